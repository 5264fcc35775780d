"""Where an act takes place: one mesa, at a moment, with the people and organizations of the demo."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from destraba.actions.meetings.minutes import Rendition
from destraba.models import Commitment, Meeting, Mesa, Minutes, Organization, Person, Problem, Seat, Solution
from destraba.values.actors import Actor, Via
from destraba.values.days import day_in
from destraba.values.fuzzy_dates import FuzzyDate

Render = Callable[[Mesa, Meeting, datetime], Rendition]
"""Makes the two renditions of a meeting's minutes, which lies above this layer."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Days are counted from the day on which the demo is loaded, in the programme's zone."""

    now: datetime
    zone: str

    def day(self, days: int) -> date:
        return day_in(self.zone, self.now) + timedelta(days=days)

    def moment(self, days: int, at: time) -> datetime:
        return datetime.combine(self.day(days), at, ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class Troupe:
    """Who may appear: people by first name, organizations by name; `keyless` have no account."""

    people: Mapping[str, Person]
    organizations: Mapping[str, Organization]
    keyless: frozenset[str]

    def actor(self, first_name: str) -> Actor:
        """With an account, at the command line, which it is; without one, by the link that is mailed."""
        if not first_name:
            return Actor(None, Via.COMMAND)
        via = Via.LINK if first_name in self.keyless else Via.COMMAND
        return Actor(self.people[first_name].pk, via)


@dataclass(frozen=True, slots=True)
class Scene:
    """One act's surroundings; records are fetched anew for each, as they stand by then."""

    mesa: Mesa
    actor: Actor
    now: datetime
    clock: Clock
    troupe: Troupe
    render: Render

    def organization(self, name: str) -> Organization | None:
        return self.troupe.organizations[name] if name else None

    def due(self, days: int | None) -> FuzzyDate | None:
        return None if days is None else FuzzyDate(self.clock.day(days))

    def problem(self, number: int) -> Problem:
        return Problem.objects.select_related("mesa").get(mesa=self.mesa, number=number)

    def solution(self, problem: int) -> Solution:
        """The first one of a problem."""
        solutions = Solution.objects.select_related("mesa", "problem")
        return solutions.get(mesa=self.mesa, problem__number=problem, number=1)

    def commitment(self, number: int) -> Commitment:
        commitments = Commitment.objects.select_related("mesa", "problem", "solution")
        return commitments.get(mesa=self.mesa, number=number)

    def meeting(self, number: int) -> Meeting:
        return Meeting.objects.select_related("mesa").get(mesa=self.mesa, number=number)

    def minutes(self, meeting: int) -> Minutes:
        return Minutes.objects.select_related("meeting__mesa", "mesa").get(
            mesa=self.mesa, meeting__number=meeting
        )

    def seat(self, organization: str) -> Seat:
        """The first seat of an organization in this mesa."""
        seats = Seat.objects.filter(mesa=self.mesa, organization=self.troupe.organizations[organization])
        return seats.order_by("pk")[0]
