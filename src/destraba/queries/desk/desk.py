"""All that lies on somebody's desk."""

from dataclasses import dataclass
from datetime import datetime

from destraba.queries.access import SignInNeeded, Viewer
from destraba.queries.desk.changes import Changes, changes
from destraba.queries.desk.meetings import MeetingAhead, ahead, unsettled
from destraba.queries.desk.mesas import MesaLine, lines
from destraba.queries.desk.owed import OwedLine, owed
from destraba.queries.desk.waiting import Waiting, waiting
from destraba.queries.within import within
from destraba.values.reasons import Reason


@dataclass(frozen=True, slots=True)
class Desk:
    """Each list has what matters most first. `since`: from when on it is told what changed."""

    owed: tuple[OwedLine, ...]
    waiting: tuple[Waiting, ...]
    meetings: tuple[MeetingAhead, ...]
    changes: Changes
    mesas: tuple[MesaLine, ...]
    since: datetime


def desk(viewer: Viewer, since: datetime, now: datetime) -> Desk:
    """Raises SignInNeeded. Without a mesa within reach the desk is empty, after one statement."""
    if not viewer.standing.account:
        raise SignInNeeded(Reason.of("not_signed_in"))
    seen = within(viewer)
    if not seen.mesas:
        return Desk((), (), (), Changes(()), (), since)
    meetings = unsettled(seen)
    return Desk(
        owed=tuple(owed(seen, now)),
        waiting=tuple(waiting(seen, meetings, now)),
        meetings=tuple(ahead(seen, meetings, now)),
        changes=changes(seen, since),
        mesas=tuple(lines(seen)),
        since=since,
    )
