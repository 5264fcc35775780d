"""How long the Matrix page takes: 2,000 problems with two solutions and five commitments each.

    ./run bench matrix_page                                          SQLite in a folder of its own
    ./run bench matrix_page --database postgres://user@host/name     an empty database that may be filled

    ./run bench matrix_page --problems 200                           a mesa as large as they come

For the first page and for the dearest ways to look at it: the number of SQL statements, the weight of the
page, the median and the 95th percentile, and how long the very first request took, when nothing was compiled
or drawn yet. Compare figures of one run on one machine, never of two machines.
"""

import argparse
import gzip
import os
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

SOLUTIONS = 2
LOOKS = {
    "first page": "",
    "by light": "?light=red",
    "by text": "?q=tramite+1999",
    "by who answers": "?owner={owner}",
    "due in 14 days": "?quick=due",
    "stuck": "?quick=stuck",
    "grouped by who answers": "?group=owner",
    "grouped by light, the last due first": "?group=light&sort=-due",
    "sorted by last movement": "?sort=-moved",
    "every column": "?"
    + "&".join(f"col={name}" for name in ("step", "light", "owner", "axis", "policy", "state")),
    "far down": "?from=1900",
}


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
    _measure(slug, options.requests)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--database", default="", help="a database URL; SQLite in a new folder where left out"
    )
    parser.add_argument("--problems", type=int, default=2000)
    parser.add_argument("--requests", type=int, default=60)
    return parser.parse_args()


def _fill(problems: int) -> str:
    """A mesa of that many problems, in one change set."""
    from destraba.actions.followup.commitments import enter_commitment
    from destraba.actions.matrix.problems import enter_problem
    from destraba.actions.matrix.solutions import enter_solution
    from destraba.exchange.demo.load import load
    from destraba.ledger.record import recording
    from destraba.models import Mesa, Organization
    from destraba.rules.commitments import CommitmentState
    from destraba.rules.problems import ProblemStage
    from destraba.values.actors import Actor, Via
    from destraba.values.fuzzy_dates import FuzzyDate
    from destraba.web.meetings.renditions import rendition_of

    now = datetime.now(UTC)
    load(now, rendition_of)
    mesa = Mesa.objects.get(slug="forestal")
    owners = list(Organization.objects.all())
    with recording(actor=Actor(None, Via.COMMAND), now=now, streams=[mesa.pk]) as change:
        for number in range(problems - mesa.last_problem):
            problem = enter_problem(
                change,
                mesa,
                stage=ProblemStage.ACCEPTED,
                title=f"Traba {number}: un trámite que demora meses",
            )
            for way in range(SOLUTIONS):
                solution = enter_solution(
                    change, problem, title=f"Simplificar el trámite {number}, vía {way + 1}"
                )
                # Three under the first, two under the second.
                for index in range(SOLUTIONS + 1 - way):
                    enter_commitment(
                        change,
                        problem,
                        solution,
                        title=f"Paso {index + 1} del trámite {number}",
                        owner=owners[(number + index) % len(owners)],
                        due=FuzzyDate((now + timedelta(days=number % 400 - 200)).date()),
                        state=CommitmentState.AGREED,
                    )
    return mesa.slug


def _analyze() -> None:
    """What autovacuum does within a minute of so many new rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _measure(slug: str, requests: int) -> None:
    from django.db import connection
    from django.test import Client

    import destraba.wsgi  # noqa: F401 -- as served: with the settings of the collector
    from destraba.models import Account, Commitment, Problem

    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    client.force_login(
        Account.objects.get(email="ana@demo.example"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    owner = (
        Commitment.objects.filter(mesa__slug=slug).order_by("-number").values_list("owner_organization")[0][0]
    )
    print(f"{connection.vendor}: {Problem.objects.filter(mesa__slug=slug).count()} problems")
    for name, query in LOOKS.items():
        _look(client, name, f"/mesas/{slug}/matrix/{query.format(owner=owner)}", requests)


def _look(client: "Client", name: str, address: str, requests: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    began = time.perf_counter()
    page = client.get(address)
    first = (time.perf_counter() - began) * 1000
    assert page.status_code == 200, page.status_code
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
        statements = len(captured)
    took = []
    for _ in range(requests):
        began = time.perf_counter()
        client.get(address)
        took.append((time.perf_counter() - began) * 1000)
    rows, weight = gzip.decompress(page.content).count(b"data-object="), len(page.content) / 1024
    p95 = statistics.quantiles(took, n=20)[-1]
    print(
        f"{name:38} median {statistics.median(took):6.1f} ms, p95 {p95:6.1f} ms, first {first:6.0f} ms; "
        f"{statements} statements; {rows} rows, {weight:.1f} KB compressed"
    )


if __name__ == "__main__":
    main()
