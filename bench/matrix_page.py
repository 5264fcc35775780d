"""How long the Matrix page takes: 200 problems, shut, each with a solution and three commitments.

    ./run bench matrix_page                                          SQLite in a folder of its own
    ./run bench matrix_page --database postgres://user@host/name     an empty database that may be filled

Prints the number of SQL statements, the weight of the page, the median and the 95th percentile of 200
requests after 20 that are not counted, and how long the very first took, when nothing was compiled or drawn
yet. Compare figures of one run on one machine, never of two machines.
"""

import argparse
import gzip
import os
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta


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
    parser.add_argument("--problems", type=int, default=200)
    parser.add_argument("--requests", type=int, default=200)
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
            solution = enter_solution(change, problem, title=f"Simplificar el trámite {number}")
            for index in range(3):
                enter_commitment(
                    change,
                    problem,
                    solution,
                    title=f"Paso {index + 1} del trámite {number}",
                    owner=owners[(number + index) % len(owners)],
                    due=FuzzyDate((now + timedelta(days=number - 30)).date()),
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
    from django.test.utils import CaptureQueriesContext

    import destraba.wsgi  # noqa: F401 -- as served: with the settings of the collector
    from destraba.models import Account

    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    client.force_login(
        Account.objects.get(email="ana@demo.example"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    address = f"/mesas/{slug}/matrix/"
    began = time.perf_counter()
    page = client.get(address)
    first = (time.perf_counter() - began) * 1000
    assert page.status_code == 200, page.status_code
    for _ in range(20):
        client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
        statements = len(captured)
    took = []
    for _ in range(requests):
        began = time.perf_counter()
        client.get(address)
        took.append((time.perf_counter() - began) * 1000)
    print(
        f"{connection.vendor}: {statements} statements, "
        f"{len(gzip.decompress(page.content)) / 1024:.0f} KB, {len(page.content) / 1024:.1f} KB compressed"
    )
    print(
        f"median {statistics.median(took):.1f} ms, p95 {statistics.quantiles(took, n=20)[-1]:.1f} ms, "
        f"max {max(took):.1f} ms over {requests} requests; the very first {first:.0f} ms"
    )


if __name__ == "__main__":
    main()
