"""Who looks at which thing, when: what the acts of its page, and its sentences, go by."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypedDict, TypeVar
from uuid import UUID

from destraba.models import Commitment, Mesa, Problem, Solution
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.accounts import AccountLine, accounts, holders
from destraba.queries.matrix.solutions.places import Whole, wholes
from destraba.queries.matrix.things import (
    CommitmentThing,
    ProblemThing,
    SolutionThing,
    commitment_thing,
    problem_thing,
    solution_thing,
)
from destraba.queries.people import Directory, directory
from destraba.rules.accounts import Holder
from destraba.rules.matrix.enactments import Standing, Station, standing
from destraba.rules.permissions import PROGRAMME, Deed, Subject
from destraba.values.actors import Actor
from destraba.values.days import day_in
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.web.middleware import Request

LookT = TypeVar("LookT", bound="Look")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One page being looked at. `subject` is what the permissions know of its thing."""

    viewer: Viewer
    actor: Actor
    now: datetime
    subject: Subject

    def may(self, deed: Deed) -> bool:
        """Whether the viewer may do this to the thing."""
        return access.may(self.viewer, deed, self.subject)

    def require(self, deed: Deed) -> None:
        """Raise unless the viewer may do this."""
        access.require(self.viewer, deed, self.subject)

    def speaking_for(self: LookT, seat_id: UUID | None) -> Actor:
        """The viewer, entering what the holder of a seat said."""
        return replace(self.actor, on_behalf_of=seat_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene(Look):
    """A page of a mesa."""

    mesa: Mesa

    @property
    def zone(self) -> str:
        return self.mesa.time_zone

    @property
    def today(self) -> date:
        return day_in(self.zone, self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemScene(Scene):
    thing: ProblemThing


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionScene(Scene):
    """`wholes` are the places that can be listed with all that lies in them, for those who may list any."""

    thing: SolutionThing
    wholes: tuple[Whole, ...]

    @property
    def standing(self) -> Standing | None:
        """Where its norm stands today; None where it needs none, or none is written down."""
        return standing(self.thing.way, self.today) if self.thing.way else None

    @property
    def in_force_since(self) -> FuzzyDate | None:
        """Since when its norm is in force."""
        found = self.standing
        return found.since if found and found.station is Station.IN_FORCE else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentScene(Scene):
    thing: CommitmentThing


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleScene(Scene):
    """The seats of a mesa, which its team gives, and the head, who says what teams there are."""

    directory: Directory
    holders: Mapping[UUID, Holder]

    def may(self, deed: Deed) -> bool:
        return access.may(self.viewer, deed, self.subject) or self._as_head(deed)

    def require(self, deed: Deed) -> None:
        if not self._as_head(deed):
            access.require(self.viewer, deed, self.subject)

    def _as_head(self, deed: Deed) -> bool:
        return deed is Deed.MANAGE_SEATS and access.may(self.viewer, Deed.MANAGE_CAPACITY, PROGRAMME)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsScene(Look):
    """Everybody's keys, for the administrator."""

    zone: str
    lines: list[AccountLine]

    @property
    def holders(self) -> Mapping[UUID, Holder]:
        return {line.person.pk: line.holder for line in self.lines}


def problem_scene(request: Request, slug: str, number: int) -> ProblemScene:
    """Raises NotFound, or SignInNeeded."""
    found = access.problem(request.viewer, slug, number)
    return ProblemScene(**_shared(request, found), thing=problem_thing(request.viewer, found))


def solution_scene(request: Request, slug: str, problem: int, number: int) -> SolutionScene:
    """Raises NotFound, or SignInNeeded."""
    found = access.solution(request.viewer, slug, problem, number)
    shared = _shared(request, found)
    may_list = access.may(request.viewer, Deed.EDIT_MATRIX, shared["subject"])
    return SolutionScene(
        **shared,
        thing=solution_thing(request.viewer, found),
        wholes=tuple(wholes()) if may_list else (),
    )


def commitment_scene(request: Request, slug: str, number: int) -> CommitmentScene:
    """Raises NotFound, or SignInNeeded."""
    found = access.commitment(request.viewer, slug, number)
    today = day_in(found.mesa.time_zone, request.now)
    return CommitmentScene(**_shared(request, found), thing=commitment_thing(request.viewer, found, today))


def people_scene(request: Request, slug: str) -> PeopleScene:
    """Raises NotFound, or SignInNeeded."""
    mesa = access.mesa(request.viewer, slug)
    today = day_in(mesa.time_zone, request.now)
    scene = PeopleScene(
        viewer=request.viewer,
        actor=request.actor,
        now=request.now,
        mesa=mesa,
        subject=Subject(mesa.pk),
        directory=directory(request.viewer, mesa, today),
        holders={},
    )
    if not scene.may(Deed.MANAGE_SEATS):
        return scene
    sitting = {tenure.person_id for tenure in scene.directory.tenures}
    return replace(scene, holders=holders(sitting, request.viewer.person_id, today))


def accounts_scene(request: Request) -> AccountsScene:
    """Raises NotAllowed, or SignInNeeded."""
    return AccountsScene(
        viewer=request.viewer,
        actor=request.actor,
        now=request.now,
        subject=PROGRAMME,
        zone=access.programme(request.viewer, Deed.MANAGE_ACCOUNTS).time_zone,
        lines=accounts(request.viewer, access.today(request.now)),
    )


class _Shared(TypedDict):
    viewer: Viewer
    actor: Actor
    now: datetime
    mesa: Mesa
    subject: Subject


def _shared(request: Request, record: Problem | Solution | Commitment) -> _Shared:
    return _Shared(
        viewer=request.viewer,
        actor=request.actor,
        now=request.now,
        mesa=record.mesa,
        subject=access.subject_of(record),
    )
