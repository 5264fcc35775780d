"""Mesas that meet, or do not: what the stories about the programme have in common."""

from datetime import date, time, timedelta

from destraba.actions.matrix.problems import focus_problem
from destraba.actions.meetings.meetings import call_meeting, open_meeting, prepare_meeting
from destraba.actions.meetings.minutes import close_meeting
from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.methods.schema import MeetingKind
from destraba.models import Meeting, Mesa
from destraba.rules.mesas import MesaState
from tests import factories
from tests.factories import NOW, TODAY, Cast, command


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def met(mesa: Mesa, *days: int, kind: MeetingKind = MeetingKind.SESSION) -> None:
    """It met so many days ago."""
    for one in sorted(days, reverse=True):
        meeting = prepared(mesa, -one, kind)
        now = NOW - timedelta(days=one)
        open_meeting(actor=command(), meeting=meeting, now=now)
        close_meeting(actor=command(), meeting=meeting, now=now)


def prepared(mesa: Mesa, days: int, kind: MeetingKind = MeetingKind.SESSION) -> Meeting:
    """A draft for so many days from now."""
    return prepare_meeting(
        actor=command(),
        mesa=mesa,
        kind=kind,
        held_on=ago(-days),
        begins_at=time(9),
        lasts_minutes=90,
        now=NOW - timedelta(days=max(-days, 0)),
    )


def called(mesa: Mesa, days: int) -> Meeting:
    """It is called for so many days from now."""
    return call_meeting(actor=command(), meeting=prepared(mesa, days), now=NOW)


def followed(mesa: Mesa, days: int) -> None:
    """Its following up began so many days ago; its lights stay as they are."""
    with recording(actor=command(), now=NOW - timedelta(days=days), streams=[mesa.pk]) as change:
        change.update(mesa, kinds.MESA_FOLLOWED, following_since=ago(days))


def put(mesa: Mesa, state: MesaState) -> None:
    """Suspended or closed, as the head would."""
    with recording(actor=command(), now=NOW, streams=[mesa.pk]) as change:
        change.update(mesa, kinds.MESA_EDITED, state=state.value)


def more_mesas(cast: Cast, count: int) -> list[Mesa]:
    """So many mesas more, each followed up, with one of everything."""
    mesas = []
    for number in range(count):
        mesa = factories.mesa(f"Mesa {number}", f"mesa-{number}", host=cast.produce)
        followed(mesa, 40)
        busy(cast, mesa)
        mesas.append(mesa)
    return mesas


def busy(cast: Cast, mesa: Mesa) -> None:
    """One of everything that the page of the programme shows."""
    problem = factories.problem(cast, where=mesa)
    solution = factories.solution(problem)
    factories.commitment(problem, owner=cast.serfor, answer_to=solution)
    focus_problem(actor=command(), problem=problem, now=NOW)
    met(mesa, 60, 30)
    called(mesa, 7)
