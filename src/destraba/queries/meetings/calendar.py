"""The meetings of a mesa: those to come, the one under way, those that were."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from destraba.models import Meeting, Mesa
from destraba.queries.access import Viewer
from destraba.queries.meetings.seen import FOR_ALL, commitments_seen, items_seen
from destraba.queries.meetings.things import meetings_within
from destraba.rules.meetings import IN_THE_ROOM, MeetingState
from destraba.rules.minutes import MinutesState
from destraba.values.visibility import Visibility


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting in the list; `minutes` is the state of its minutes, None where it has none."""

    meeting: Meeting
    minutes: MinutesState | None
    items: int
    decisions: int
    commitments: int
    there: int
    expected: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """The next first where they are to come, the latest first where they are over."""

    coming: tuple[MeetingLine, ...]
    past: tuple[MeetingLine, ...]

    @property
    def under_way(self) -> MeetingLine | None:
        return next((one for one in self.coming if one.meeting.state == MeetingState.IN_PROGRESS), None)


def calendar(viewer: Viewer, mesa: Mesa) -> Calendar:
    """Two statements. A draft is the team's: nobody else hears of it."""
    visible = meetings_within(viewer, mesa)
    meetings = Meeting.objects.filter(mesa=mesa, withdrawn_at=None, visibility__in=visible)
    if Visibility.TEAM not in visible:
        meetings = meetings.exclude(state=MeetingState.DRAFT)
    lines = [
        _line(one)
        for one in meetings.select_related("minutes").annotate(
            items=Count("agenda", filter=items_seen(visible, "agenda__"), distinct=True),
            decisions=Count(
                "entries",
                filter=Q(entries__withdrawn_at=None, entries__kind="decision")
                & Q(entries__visibility__in=visible)
                & (Q(entries__item=None) | items_seen(visible, "entries__item__")),
                distinct=True,
            ),
            promised=Count("commitments", filter=commitments_seen(visible, "commitments__"), distinct=True),
            expected=Count("attendances", filter=Q(attendances__withdrawn_at=None), distinct=True),
            there=Count(
                "attendances",
                filter=Q(attendances__withdrawn_at=None, attendances__presence__in=IN_THE_ROOM),
                distinct=True,
            ),
        )
    ]
    over = {MeetingState.CLOSED, MeetingState.CANCELLED}
    coming = sorted((one for one in lines if one.meeting.state not in over), key=_when)
    past = sorted((one for one in lines if one.meeting.state in over), key=_when, reverse=True)
    return Calendar(tuple(coming), tuple(past))


def next_meeting(mesa: Mesa, today: date) -> Meeting | None:
    """The next one that the mesa was called to, or the one under way."""
    coming = Meeting.objects.filter(
        mesa=mesa,
        state__in=[MeetingState.CALLED, MeetingState.IN_PROGRESS],
        held_on__gte=today,
        visibility__in=FOR_ALL,
        withdrawn_at=None,
    )
    return coming.order_by("held_on", "begins_at").first()


def _line(one: Meeting) -> MeetingLine:
    minutes = getattr(one, "minutes", None)
    counted = vars(one)
    return MeetingLine(
        meeting=one,
        minutes=MinutesState(minutes.state) if minutes else None,
        items=counted["items"],
        decisions=counted["decisions"],
        commitments=counted["promised"],
        there=counted["there"],
        expected=counted["expected"],
    )


def _when(one: MeetingLine) -> tuple[date, str, int]:
    return one.meeting.held_on, one.meeting.begins_at.isoformat(), one.meeting.number
