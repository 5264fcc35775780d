"""How long it takes to tell what changed in a mesa of 20,000 events.

    ./run bench compare                                          SQLite in a folder of its own
    ./run bench compare --database postgres://user@host/name     an empty database that may be filled

The mesa has 2,000 problems, each with two solutions and five commitments, entered before its session; since
then 4,000 edits were made, 300 of them after a second session. Prints the number of SQL statements, of rows
that differ, the median and the 95th percentile of the comparison alone and of its page: since the last
session, between the two sessions, and over everything from the first day on. Compare figures of one run on
one machine, never of two machines.
"""

import argparse
import os
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime.now(UTC)
BEGUN, FIRST, SECOND = NOW - timedelta(days=60), NOW - timedelta(days=30), NOW - timedelta(days=2)


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
    mesa = _fill(options.problems, options.edits)
    _analyze()
    _measure(mesa, options.times)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--database", default="", help="a database URL; SQLite in a new folder where left out"
    )
    parser.add_argument("--problems", type=int, default=2000)
    parser.add_argument("--edits", type=int, default=4000)
    parser.add_argument("--times", type=int, default=40)
    return parser.parse_args()


def _fill(problems: int, edits: int) -> Any:
    """The mesa next to the demo's, with its two sessions."""
    from destraba.exchange.demo.load import load
    from destraba.models import Commitment, Mesa
    from destraba.web.meetings.renditions import rendition_of

    load(NOW, rendition_of)
    mesa = Mesa.objects.get(slug="textil")
    _enter(mesa, problems)
    _hold(mesa, FIRST)
    every = list(Commitment.objects.filter(mesa=mesa).order_by("number"))
    late = min(300, edits)
    _edit(mesa, every, range(edits - late), FIRST + timedelta(days=1))
    _hold(mesa, SECOND)
    _edit(mesa, every, range(edits - late, edits), SECOND + timedelta(days=1))
    return mesa


def _enter(mesa: Any, problems: int) -> None:
    from destraba.actions.followup.commitments import enter_commitment
    from destraba.actions.matrix.problems import enter_problem
    from destraba.actions.matrix.solutions import enter_solution
    from destraba.ledger.record import recording
    from destraba.models import Organization
    from destraba.rules.commitments import CommitmentState
    from destraba.rules.problems import ProblemStage
    from destraba.values.actors import Actor, Via
    from destraba.values.fuzzy_dates import FuzzyDate

    owners = list(Organization.objects.all())
    with recording(actor=Actor(None, Via.COMMAND), now=BEGUN, streams=[mesa.pk]) as change:
        for number in range(problems):
            problem = enter_problem(
                change,
                mesa,
                stage=ProblemStage.ACCEPTED,
                title=f"Traba {number}: un trámite que demora meses",
            )
            both = [
                enter_solution(change, problem, title=f"Simplificar {number}.{index}") for index in (1, 2)
            ]
            for index in range(5):
                enter_commitment(
                    change,
                    problem,
                    both[index % 2],
                    title=f"Paso {index + 1} del trámite {number}",
                    owner=owners[(number + index) % len(owners)],
                    due=FuzzyDate((NOW + timedelta(days=number % 90 - 30)).date()),
                    state=CommitmentState.AGREED,
                )


def _edit(mesa: Any, every: list[Any], which: range, at: datetime) -> None:
    """A word on each of so many commitments, a date moved on every fifth."""
    from destraba.actions.followup.commitments import amend_commitment, redate
    from destraba.ledger.record import recording
    from destraba.values.actors import Actor, Via
    from destraba.values.fuzzy_dates import FuzzyDate

    with recording(actor=Actor(None, Via.COMMAND), now=at, streams=[mesa.pk]) as change:
        for number in which:
            commitment = every[number * 7 % len(every)]
            if number % 5:
                amend_commitment(change, commitment, situation=f"Avanza, paso {number}")
            else:
                later = FuzzyDate((NOW + timedelta(days=100 + number % 60)).date())
                redate(change, commitment, later, "Falta la opinión del MEF.")


def _hold(mesa: Any, at: datetime) -> None:
    from destraba.actions.meetings.meetings import open_meeting, prepare_meeting
    from destraba.actions.meetings.minutes import close_meeting
    from destraba.methods.schema import MeetingKind
    from destraba.values.actors import Actor, Via

    actor = Actor(None, Via.COMMAND)
    meeting = prepare_meeting(
        actor=actor,
        mesa=mesa,
        kind=MeetingKind.SESSION,
        held_on=at.date(),
        begins_at=at.time().replace(microsecond=0, tzinfo=None),
        lasts_minutes=60,
        now=at,
    )
    open_meeting(actor=actor, meeting=meeting, now=at)
    close_meeting(actor=actor, meeting=meeting, now=at)


def _analyze() -> None:
    """What autovacuum does within a minute of so many new rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _measure(mesa: Any, times: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    import destraba.wsgi  # noqa: F401 -- as served: with the settings of the collector
    from destraba.models import Account, Event
    from destraba.queries import access
    from destraba.queries.matrix.compare.comparison import comparison
    from destraba.queries.matrix.compare.moments import meetings_held, stretch

    account = Account.objects.get(email=_HEAD)
    viewer = access.viewer(account, NOW)
    held = meetings_held(viewer, mesa)
    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    print(f"{connection.vendor}: {Event.objects.filter(stream=mesa.pk).count()} events")
    whole = (BEGUN - timedelta(days=1)).date().isoformat()
    for start, end in (("S-2", "now"), ("S-1", "S-2"), (whole, "now")):
        wanted = stretch(mesa, held, start, end, NOW)
        with CaptureQueriesContext(connection) as captured:
            found = comparison(viewer, mesa, wanted)
            statements = len(captured)
        alone = _timed(times, lambda wanted=wanted: comparison(viewer, mesa, wanted))
        address = f"/mesas/{mesa.slug}/matrix/compare/?from={start}&to={end}"
        assert client.get(address).status_code == 200
        page = _timed(times, lambda address=address: client.get(address))
        print(f"{start} to {end}: {statements} statements, {found.rows} rows; {alone}; page {page}")


_HEAD = "marta@demo.example"


def _timed(times: int, act: Any) -> str:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
    return f"median {statistics.median(took):.0f} ms, p95 {statistics.quantiles(took, n=20)[-1]:.0f} ms"


if __name__ == "__main__":
    main()
