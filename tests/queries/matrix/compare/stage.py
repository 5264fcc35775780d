"""Three weeks of a mesa: its session S-1 a week in, S-2 a week later, then a week more."""

from datetime import datetime, time, timedelta

from destraba.actions.meetings.meetings import open_meeting, prepare_meeting
from destraba.actions.meetings.minutes import close_meeting
from destraba.methods.schema import MeetingKind
from destraba.models import Meeting, Mesa
from destraba.queries import access
from destraba.queries.matrix.compare.comparison import comparison
from destraba.queries.matrix.compare.moments import meetings_held, stretch
from destraba.queries.matrix.compare.rows import ComparedRow, Comparison, Difference
from tests.factories import NOW, Player, command

DAY = timedelta(days=1)
FIRST, SECOND, TODAY = NOW + 7 * DAY, NOW + 14 * DAY, NOW + 21 * DAY


def held(mesa: Mesa, at: datetime, kind: MeetingKind = MeetingKind.SESSION) -> Meeting:
    """A meeting that was closed at that moment."""
    meeting = prepare_meeting(
        actor=command(),
        mesa=mesa,
        kind=kind,
        held_on=at.date(),
        begins_at=time(9),
        lasts_minutes=60,
        now=at,
    )
    open_meeting(actor=command(), meeting=meeting, now=at)
    return close_meeting(actor=command(), meeting=meeting, now=at)


def compared(player: Player, mesa: Mesa, start: str = "S-1", end: str = "now") -> Comparison:
    """As somebody reads it at the end of the three weeks."""
    viewer = access.viewer(player.account, TODAY)
    wanted = stretch(mesa, meetings_held(viewer, mesa), start, end, TODAY)
    return comparison(viewer, mesa, wanted)


def rows(found: Comparison) -> dict[str, ComparedRow]:
    """All rows of it by their numbers."""
    return {row.number: row for branch in found.branches for row in branch.rows}


def told(found: Comparison) -> dict[str, str]:
    """The rows that differ, and what became of each."""
    return {number: row.difference.value for number, row in rows(found).items() if row.difference}


def count(found: Comparison, difference: Difference) -> int:
    """How many rows differ in that way."""
    return next(tally.rows for tally in found.tallies if tally.difference is difference)


def cells(row: ComparedRow) -> dict[str, tuple[str, str]]:
    """What changed in a row: what it was, and is."""
    return {change.label: (change.was, change.now) for change in row.changes}
