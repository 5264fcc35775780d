"""How long a cell edit takes in a large Matrix: 2,000 problems, 4,000 solutions, 10,000 commitments.

    ./run bench cell_edit                                          SQLite in a folder of its own
    ./run bench cell_edit --database postgres://user@host/name     an empty database that may be filled

Prints, for a few columns, the number of SQL statements of one edit and the median and the 95th percentile of
many, after some that are not counted; and what the disk alone takes to keep a transaction of one row, under
which no edit can come. Compare figures of one run on one machine, never of two machines.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

_PIECE = {"X-Fragment": "rows", "X-Requested-With": "fetch"}


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

    call_command("prepare")
    slug = _fill(options.problems)
    _analyze()
    _floor()
    _measure(slug, options.edits)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--database", default="", help="a database URL; SQLite in a new folder where left out"
    )
    parser.add_argument("--problems", type=int, default=2000)
    parser.add_argument("--edits", type=int, default=100)
    return parser.parse_args()


def _fill(problems: int) -> str:
    """A mesa of that many problems, each with two solutions and five commitments; three closed sessions."""
    from destraba.exchange.demo.load import load
    from destraba.ledger.record import recording
    from destraba.models import Commitment, Mesa, Problem, Solution
    from destraba.values.actors import Actor, Via
    from destraba.web.meetings.renditions import rendition_of

    now = datetime.now(UTC)
    load(now, rendition_of)
    mesa = Mesa.objects.get(slug="forestal")
    with recording(actor=Actor(None, Via.COMMAND), now=now, streams=[mesa.pk]) as change:
        _enter_commitments(change, mesa, _enter_solutions(change, mesa, problems - mesa.last_problem), now)
    for _ in range(3):
        _close_a_session(mesa, now)
    print(
        *(f"{model.objects.count()} {model._meta.verbose_name}s" for model in (Problem, Solution, Commitment))
    )
    return mesa.slug


def _enter_solutions(change: Any, mesa: Any, count: int) -> list[Any]:
    from destraba.actions.matrix.positions import Ends
    from destraba.actions.matrix.problems import new_problem
    from destraba.actions.matrix.solutions import new_solution
    from destraba.ledger import kinds
    from destraba.models import Problem
    from destraba.rules.problems import ProblemStage
    from destraba.rules.solutions import SolutionStage

    ends = Ends.of(Problem.objects.filter(mesa=mesa), "mesa")
    stage = ProblemStage.ACCEPTED
    problems = [
        new_problem(change, mesa, ends.next((mesa.pk,)), stage=stage, title=f"Traba {n}: demora meses")
        for n in range(count)
    ]
    change.create_many(problems, kinds.PROBLEM_RAISED)
    answers = [
        new_solution(
            problem, n, ends.next((problem.pk,)), stage=SolutionStage.AGREED, title=f"Simplificar {n}"
        )
        for problem in problems
        for n in (1, 2)
    ]
    return list(change.create_many(answers, kinds.SOLUTION_PROPOSED))


def _enter_commitments(change: Any, mesa: Any, solutions: list[Any], now: datetime) -> None:
    from destraba.actions.followup.commitments import new_commitment
    from destraba.actions.lights import begin, keep
    from destraba.actions.matrix.positions import Ends
    from destraba.ledger import kinds
    from destraba.models import Organization
    from destraba.rules.commitments import CommitmentState
    from destraba.values.fuzzy_dates import FuzzyDate

    owners, ends = list(Organization.objects.all()), Ends()
    commitments = [
        new_commitment(
            change,
            solution.problem,
            solution,
            ends.next((solution.pk,)),
            title=f"Paso {step} del trámite {index}",
            owner=owners[(index + step) % len(owners)],
            stands_for_many=False,
            due=FuzzyDate((now + timedelta(days=(index * 7 + step) % 400 - 60)).date()),
            starts_on=None,
            situation="",
            state=CommitmentState.AGREED,
            declared=None,
        )
        for index, solution in enumerate(solutions)
        for step in range(2 + index % 2)
    ]
    lights = begin(mesa, commitments, now.date())
    change.create_many(commitments, kinds.COMMITMENT_ASKED)
    keep(lights)


def _close_a_session(mesa: Any, now: datetime) -> None:
    """The lights look back on the closes of past sessions, which keep those of every commitment."""
    from destraba.actions.meetings.meetings import open_meeting, prepare_meeting
    from destraba.actions.meetings.minutes import close_meeting
    from destraba.methods.schema import MeetingKind
    from destraba.values.actors import Actor, Via

    actor = Actor(None, Via.COMMAND)
    meeting = prepare_meeting(
        actor=actor,
        mesa=mesa,
        kind=MeetingKind.SESSION,
        held_on=now.date(),
        begins_at=now.time(),
        lasts_minutes=60,
        now=now,
    )
    open_meeting(actor=actor, meeting=meeting, now=now)
    close_meeting(actor=actor, meeting=meeting, now=now)


def _analyze() -> None:
    """What autovacuum does within a minute of so many new rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _floor() -> None:
    """What the disk takes to keep one row for good."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (written integer)")
        took = []
        for number in range(100):
            began = time.perf_counter()
            with transaction.atomic():
                cursor.execute("INSERT INTO bench_floor VALUES (%s)", [number])
            took.append((time.perf_counter() - began) * 1000)
    print(f"{connection.vendor}: a transaction of one row takes {_told(took)}")


def _measure(slug: str, edits: int) -> None:
    from django.test import Client

    import destraba.wsgi  # noqa: F401 -- as served: with the settings of the collector
    from destraba.models import Account, Commitment, Organization, Problem, Solution

    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    client.force_login(
        Account.objects.get(email="ana@demo.example"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    address = f"/mesas/{slug}/matrix/cells/"
    names = list(Organization.objects.values_list("name", flat=True)[:2])
    soon = (datetime.now(UTC) + timedelta(days=30)).date()
    columns: list[tuple[Any, str, Callable[[int], str]]] = [
        (Problem, "title", lambda turn: f"Traba dicha de otro modo {turn}"),
        (Problem, "importance", lambda turn: ("high", "low")[turn % 2]),
        (Solution, "funding", lambda turn: ("fund", "budget")[turn % 2]),
        (Commitment, "title", lambda turn: f"Paso dicho de otro modo {turn}"),
        (Commitment, "owner", lambda turn: names[turn % 2]),
        (Commitment, "declared", lambda turn: ("red", "green")[turn % 2]),
        (Commitment, "due", lambda turn: (soon + timedelta(days=turn)).isoformat()),
    ]
    for model, field, text in columns:
        ids = list(
            model.objects.filter(mesa__slug=slug).order_by("-number", "pk").values_list("pk", flat=True)
        )
        _measure_one(client, address, model, field, text, ids[:: max(len(ids) // 40, 1)], edits)


def _measure_one(
    client: Any,
    address: str,
    model: Any,
    field: str,
    text: Callable[[int], str],
    ids: list[Any],
    edits: int,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    turns = count()

    def edit() -> float:
        turn = next(turns)
        row = model.objects.only("version").get(pk=ids[turn % len(ids)])
        fields = {
            "object": model._meta.model_name,
            "id": str(row.pk),
            "version": row.version,
            "field": field,
            "value": text(turn),
            "reason": "Para medir.",
        }
        began = time.perf_counter()
        answer = client.post(address, fields, headers=_PIECE)
        took = (time.perf_counter() - began) * 1000
        assert answer.status_code == 200, (answer.status_code, answer.content)
        return took

    for _ in range(10):
        edit()
    with CaptureQueriesContext(connection) as captured:
        edit()
        statements = len(captured) - 1  # one of them asks for the version
    took = [edit() for _ in range(edits)]
    print(f"{model._meta.model_name} {field}: {statements} statements, {_told(took)} over {edits} edits")


def _told(took: list[float]) -> str:
    return f"median {statistics.median(took):.1f} ms, p95 {statistics.quantiles(took, n=20)[-1]:.1f} ms"


if __name__ == "__main__":
    main()
