"""The closes of a mesa's past meetings, as its lights look back on them."""

from destraba.models import Meeting, Mesa
from destraba.queries.methods import method_of
from destraba.rules.followup.closes import KEPT, Close, Shown
from destraba.rules.lights import Light
from destraba.rules.meetings import MeetingState
from destraba.values.days import day_in


def closes_of(mesa: Mesa) -> tuple[Close, ...]:
    """The latest first; only of the kinds that have a cadence, at which the whole Matrix is gone through."""
    found = Meeting.objects.filter(
        mesa=mesa,
        state=MeetingState.CLOSED,
        kind__in=list(method_of(mesa).cadences),
        withdrawn_at=None,
    ).order_by("-closed_at")
    return tuple(
        Close(day_in(meeting.time_zone, meeting.closed_at), _shown(meeting))
        for meeting in found[:KEPT]
        if meeting.closed_at
    )


def _shown(meeting: Meeting) -> dict[int, Shown]:
    shown = meeting.lights_at_close.items()
    return {int(number): Shown(Light(one["light"]), one["reason"]) for number, one in shown}
