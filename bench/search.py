"""How long a search takes: 50,000 records on SQLite, 250,000 on PostgreSQL, words common and rare.

    ./run bench search                                          SQLite in a folder of its own
    ./run bench search --database postgres://user@host/name     an empty database that may be filled

Fills the mesas of the demo with problems, solutions, commitments and paragraphs of minutes whose words are as
common as words are, organizations and people besides; makes the index of them; and asks for pages as the head
of the programme, who sees everything, a member of the team and a member of one mesa. Prints, for each sort of
query, the median and the 95th percentile of the whole request, how much of it this process worked (with
SQLite that is all, with PostgreSQL the server works besides), and the number of SQL statements. Compare
figures of one run on one machine, never of two machines.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

COMMON = (
    *("trámite", "norma", "autorización", "registro", "plazo", "región", "oficina", "entidad", "documento"),
    *("inspección", "licencia", "guía", "transporte", "puerto", "exportación", "madera", "concesión"),
    *("certificado", "laboratorio", "crédito"),
)
APART = ("semáforo", "brújula")
"""Two words of which every fifth record has one, and none both."""
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "cho", "lla", "pre", "tri")
QUERIES = {
    "rare": ["expediente 4711", "expediente 90210", "rulapocho"],
    "common": ["trámite", "norma", "registro de la oficina"],
    "beginning": ["tr", "expor", "no"],
    "accents and plurals": ["EXPORTACION", "trámites de las licencias", "guias"],
    "common, never together": [" ".join(APART)],
    "agency": ["SERFOR", "Ministerio de la Producción", "serfor trámite"],
    "people": ["Quispe", "Rosa"],
    "number": ["C-45", "forestal P-12", "P-12.1"],
    "nothing": ["xilófono", "trámite xilófono"],
}
ACCOUNTS = {"head": "marta", "team": "ana", "member": "rosa"}


def main() -> None:
    options = _options()
    os.environ["DESTRABA_ENV"] = "demo"
    os.environ["DESTRABA_HOME"] = tempfile.mkdtemp(prefix="destraba-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "destraba.settings"
    if options.database:
        os.environ["DESTRABA_DATABASE_URL"] = options.database
    import django

    django.setup()
    from django.core.management import call_command

    from destraba.exchange.demo.load import load
    from destraba.web.meetings.renditions import rendition_of

    call_command("prepare")
    load(datetime.now(UTC), rendition_of)
    _fill(options.records or (250_000 if options.database else 50_000))
    _index()
    _measure(options.requests)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--database", default="", help="a database URL; SQLite in a new folder where left out"
    )
    parser.add_argument("--records", type=int, default=0, help="where the usual number is not wanted")
    parser.add_argument("--requests", type=int, default=10, help="of each query, of each person")
    return parser.parse_args()


class _Writer:
    """Writes as a mesa does: a few words in every line, most in hardly any."""

    def __init__(self) -> None:
        self._random = random.Random(45)
        rare = {"".join(self._random.choices(SYLLABLES, k=4)) for _ in range(6000)}
        self._words = [*COMMON, *sorted(rare)]
        self._weights = [1 / (rank + 2) for rank in range(len(self._words))]
        self._lines = 0

    def line(self, length: int) -> str:
        self._lines += 1
        words = self._random.choices(self._words, self._weights, k=length)
        if self._lines % 5 < len(APART):
            words.append(APART[self._lines % 5])
        return f"{' '.join(words).capitalize()}, expediente {self._lines}"

    def pick(self, every: list[Any]) -> Any:
        return self._random.choice(every)


def _fill(records: int) -> None:
    """Past the ledger, which is not what is measured."""
    from destraba.models import Mesa, Organization, Programme

    began, writer = time.perf_counter(), _Writer()
    programme, mesas = Programme.objects.get(), list(Mesa.objects.all())
    now = datetime.now(UTC)
    _keep(
        Organization(
            programme=programme, name=f"Dirección {writer.line(3)}", kind="agency", sort_key="z", moved_at=now
        )
        for _ in range(2000)
    )
    owners = list(Organization.objects.filter(kind="agency")[:200]) + list(
        Organization.objects.filter(aliases__name="SERFOR") | Organization.objects.filter(name="SERFOR")
    )
    _people(programme, mesas, owners, writer, now)
    _matrix(records, mesas, owners, writer, now)
    print(f"filled in {time.perf_counter() - began:.0f} s")


def _people(programme: Any, mesas: list[Any], owners: list[Any], writer: _Writer, now: datetime) -> None:
    from destraba.models import Person, Seat, Tenure

    first, last = ("Rosa", "Luis", "Carmen", "Jorge", "Ana"), ("Quispe", "Rojas", "Flores", "Huamán")
    people = [
        Person(
            programme=programme,
            full_name=f"{writer.pick([*first])} {writer.pick([*last])} {number}",
            sort_key="z",
            moved_at=now,
        )
        for number in range(3000)
    ]
    seats = [
        Seat(
            programme=programme,
            mesa=writer.pick(mesas),
            organization=writer.pick(owners),
            role="member",
            moved_at=now,
        )
        for _ in people
    ]
    _keep(people)
    _keep(seats)
    began = (now - timedelta(days=100)).date()
    _keep(
        Tenure(
            programme=programme, mesa_id=seat.mesa_id, seat=seat, person=person, starts_on=began, moved_at=now
        )
        for person, seat in zip(people, seats, strict=True)
    )


def _matrix(records: int, mesas: list[Any], owners: list[Any], writer: _Writer, now: datetime) -> None:
    """Of every eight records one is a problem, two are solutions, four commitments, one a paragraph."""
    from destraba.models import Meeting

    held = [
        one for one in (Meeting.objects.filter(mesa=mesa, state="closed").first() for mesa in mesas) if one
    ]
    for start in range(0, records // 8, 2000):
        stop = min(start + 2000, records // 8)
        moved = now - timedelta(minutes=records // 8 - start)
        problems = [
            _problem(mesas[number % len(mesas)], number, writer, moved) for number in range(start, stop)
        ]
        solutions = [_solution(problem, index, writer) for problem in problems for index in (1, 2)]
        commitments = [
            _commitment(solution, 1000 + 4 * start + 2 * place + index, writer, writer.pick(owners))
            for place, solution in enumerate(solutions)
            for index in range(2)
        ]
        entries = [_paragraph(held[index % len(held)], index, writer, now) for index in range(len(problems))]
        for rows in (problems, solutions, commitments, entries):
            _keep(rows)


def _problem(mesa: Any, number: int, writer: _Writer, moved: datetime) -> Any:
    from destraba.models import Problem

    return Problem(
        mesa=mesa,
        number=1000 + number,
        position=str(number),
        title=writer.line(8),
        detail=writer.line(25),
        stage="accepted",
        axis="simplificación" if number % 4 else "",
        moved_at=moved,
    )


def _solution(problem: Any, number: int, writer: _Writer) -> Any:
    from destraba.models import Solution

    return Solution(
        mesa_id=problem.mesa_id,
        problem=problem,
        number=number,
        position=str(number),
        title=writer.line(8),
        stage="agreed",
        moved_at=problem.moved_at,
    )


def _commitment(solution: Any, number: int, writer: _Writer, owner: Any) -> Any:
    from destraba.models import Commitment

    return Commitment(
        mesa_id=solution.mesa_id,
        problem_id=solution.problem_id,
        solution=solution,
        number=number,
        position=str(number),
        title=writer.line(8),
        situation=writer.line(12),
        state="agreed",
        owner_organization=owner,
        asked_on=solution.moved_at.date(),
        moved_at=solution.moved_at,
    )


def _paragraph(meeting: Any, index: int, writer: _Writer, now: datetime) -> Any:
    from destraba.models import Entry

    return Entry(
        mesa_id=meeting.mesa_id,
        meeting=meeting,
        kind="decision",
        position=str(index),
        text=writer.line(25),
        moved_at=now,
    )


def _keep(rows: Any) -> None:
    left: Iterator[Any] = iter(rows)
    while some := list(islice(left, 1000)):
        type(some[0]).objects.bulk_create(some)


def _index() -> None:
    from django.db import connection

    from destraba.ledger.search.keeping import rebuild

    began = time.perf_counter()
    count = rebuild()
    print(f"{connection.vendor}: index of {count:,} records made in {time.perf_counter() - began:.0f} s")
    with connection.cursor() as cursor:
        # What autovacuum does within a minute of so many new rows.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _measure(requests: int) -> None:
    import destraba.wsgi  # noqa: F401 -- as served: with the settings of the collector

    every: list[tuple[float, float]] = []
    for role, name in ACCOUNTS.items():
        client = _client(name)
        for sort, texts in QUERIES.items():
            took, statements = [], 0
            for text in texts:
                statements = max(statements, _statements(client, text))
                took += [_milliseconds(client, text, index) for index in range(requests)]
            every += took
            print(f"{role:7} {sort:23} {_figures(took)}  {statements:2} statements", flush=True)
    print(f"all {len(every):5} requests          {_figures(every)}")


def _figures(took: list[tuple[float, float]]) -> str:
    """By the clock, and what of it this process worked: on a busy machine the rest is waiting."""
    wall, worked = ([pair[which] for pair in took] for which in (0, 1))
    return (
        f"median {statistics.median(wall):6.1f} ms, p95 {statistics.quantiles(wall, n=20)[-1]:6.1f} ms, "
        f"max {max(wall):6.1f} ms; worked {statistics.median(worked):6.1f} ms, "
        f"p95 {statistics.quantiles(worked, n=20)[-1]:6.1f} ms"
    )


def _client(name: str) -> Any:
    from django.test import Client

    from destraba.models import Account

    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    client.force_login(
        Account.objects.get(email=f"{name}@demo.example"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def _milliseconds(client: Any, text: str, index: int) -> tuple[float, float]:
    """Every other request is that of the dialog, which sends it while somebody types."""
    began, worked = time.perf_counter(), time.process_time()
    _ask(client, text, in_a_dialog=bool(index % 2))
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def _statements(client: Any, text: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _ask(client, text, in_a_dialog=False)
    with CaptureQueriesContext(connection) as captured:
        _ask(client, text, in_a_dialog=False)
    return len(captured)


def _ask(client: Any, text: str, *, in_a_dialog: bool) -> None:
    headers = {"X-Fragment": "search"} if in_a_dialog else {}
    response = client.get("/search/", {"q": text}, headers=headers)
    assert response.status_code in {200, 302}, response.status_code


if __name__ == "__main__":
    main()
