"""The meetings that are not over, or whose minutes are not settled, across somebody's mesas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from destraba.models import Meeting, Mesa
from destraba.queries.meetings.seen import FOR_ALL, items_seen
from destraba.queries.within import Within
from destraba.rules.meetings import LIVE, MeetingState
from destraba.rules.minutes import MinutesState
from destraba.values.days import day_in

MOST = 3
_UNSETTLED = (MinutesState.DRAFT, MinutesState.CIRCULATED)


@dataclass(frozen=True, slots=True)
class MeetingAhead:
    """A meeting that is to come or under way. `items` are those that the viewer may see; `planned` are the
    minutes that these take. `today` is the day in its own zone."""

    mesa: Mesa
    meeting: Meeting
    items: int
    planned: int
    today: date

    @property
    def state(self) -> MeetingState:
        return MeetingState(self.meeting.state)


def unsettled(seen: Within) -> list[Meeting]:
    """Meetings that are not over, and those with minutes that are not approved; one statement.

    Each with how many items of its agenda there are, and the minutes they take: `items` and `planned` for
    everybody, `items_of_team` and `planned_of_team` with what is for the team alone.
    """
    meetings = Meeting.objects.filter(
        seen.meetings(),
        Q(state__in=LIVE)
        | Q(state=MeetingState.CLOSED, minutes__state__in=_UNSETTLED, minutes__withdrawn_at=None),
        withdrawn_at=None,
    )
    return list(_counted(meetings).select_related("minutes"))


def ahead(seen: Within, meetings: Sequence[Meeting], now: datetime) -> list[MeetingAhead]:
    """Those that are to come or under way, the soonest first, at most three."""
    mesas, of_the_team = seen.by_key, set(seen.team_mesas())
    found = [_ahead(mesas[one.mesa_id], one, now, whole=one.mesa_id in of_the_team) for one in meetings]
    coming = [one for one in found if one.state in LIVE and one.meeting.held_on >= one.today]
    return sorted(coming, key=lambda one: (one.meeting.begins, one.mesa.slug))[:MOST]


def _ahead(mesa: Mesa, one: Meeting, now: datetime, *, whole: bool) -> MeetingAhead:
    counted, of = vars(one), "_of_team" if whole else ""
    return MeetingAhead(
        mesa=mesa,
        meeting=one,
        items=counted[f"items{of}"],
        planned=counted[f"planned{of}"],
        today=day_in(one.time_zone, now),
    )


def _counted(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    there, for_all = Q(agenda__withdrawn_at=None), items_seen(FOR_ALL, "agenda__")
    return meetings.annotate(
        items=Count("agenda", filter=for_all),
        planned=Coalesce(Sum("agenda__minutes", filter=for_all), 0),
        items_of_team=Count("agenda", filter=there),
        planned_of_team=Coalesce(Sum("agenda__minutes", filter=there), 0),
    )
