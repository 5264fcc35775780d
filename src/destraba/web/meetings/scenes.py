"""Who looks at which meeting, when."""

from collections.abc import Iterable
from dataclasses import dataclass

from destraba.models import AgendaItem, Meeting, Minutes, Objection
from destraba.queries import access
from destraba.queries.meetings.calendar import Calendar, calendar
from destraba.queries.meetings.things import MeetingThing, meeting_thing
from destraba.rules.meetings import TABLE, MeetingMove, MeetingState
from destraba.rules.minutes import TABLE as MINUTES
from destraba.rules.minutes import MinutesMove, MinutesState
from destraba.rules.permissions import Subject
from destraba.web.middleware import Request
from destraba.web.things.scenes import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarScene(Scene):
    """All meetings of a mesa."""

    calendar: Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingScene(Scene):
    """One of them."""

    thing: MeetingThing

    @property
    def meeting(self) -> Meeting:
        return self.thing.meeting

    @property
    def state(self) -> MeetingState:
        return MeetingState(self.meeting.state)

    def can(self, move: MeetingMove) -> bool:
        """Whether the meeting may make this move from where it stands."""
        return move in TABLE.moves_from(self.state)

    def minutes_can(self, minutes: Minutes, move: MinutesMove) -> bool:
        """Whether its minutes may."""
        return move in MINUTES.moves_from(MinutesState(minutes.state))

    def the_meeting(self) -> list[Meeting]:
        return [self.meeting]

    def the_items(self) -> Iterable[AgendaItem]:
        return self.thing.items

    def the_minutes(self) -> list[Minutes]:
        return [self.thing.minutes] if self.thing.minutes else []

    def the_objections(self) -> Iterable[Objection]:
        return self.thing.objections


def calendar_scene(request: Request, slug: str) -> CalendarScene:
    """Raises NotFound, or SignInNeeded."""
    mesa = access.mesa(request.viewer, slug)
    return CalendarScene(
        viewer=request.viewer,
        actor=request.actor,
        now=request.now,
        mesa=mesa,
        subject=Subject(mesa.pk),
        calendar=calendar(request.viewer, mesa),
    )


def meeting_scene(request: Request, slug: str, number: int) -> MeetingScene:
    """Raises NotFound, or SignInNeeded."""
    mesa = access.mesa(request.viewer, slug)
    return MeetingScene(
        viewer=request.viewer,
        actor=request.actor,
        now=request.now,
        mesa=mesa,
        subject=Subject(mesa.pk),
        thing=meeting_thing(request.viewer, mesa, number),
    )
