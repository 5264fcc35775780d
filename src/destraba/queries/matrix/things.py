"""One problem, solution or commitment with all that its page shows; a constant number of statements each."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from destraba.methods.schema import FocusLimit, Method
from destraba.models import (
    Answer,
    Collaboration,
    Commitment,
    Confirmation,
    Enactment,
    FocusInterval,
    Opinion,
    Organization,
    Problem,
    Seat,
    Solution,
    SolutionPlace,
    Tenure,
)
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.followup.fanning import Candidate, candidates_for
from destraba.queries.matrix.evidence import evidence_from
from destraba.queries.matrix.kin import Kin, kin_of
from destraba.queries.matrix.rows import CommitmentRow, ProblemRow
from destraba.queries.matrix.solutions.enactments import opened_on, way_of
from destraba.queries.matrix.tree import branch, commitment_row
from destraba.queries.methods import method_of
from destraba.rules.answers import AnswerState
from destraba.rules.matrix.enactments import Way
from destraba.rules.solutions import SolutionEvidence, SolutionStage


@dataclass(frozen=True, slots=True)
class SeatCard:
    """A seat by what people know it as: the post and who sits there today, which may be nobody."""

    id: UUID
    organization_id: UUID
    organization: str
    role: str
    title: str
    holder: str


@dataclass(frozen=True, slots=True)
class ProblemThing:
    """`row` holds what hangs below, as far as the viewer may see it; None once the problem was undone."""

    record: Problem
    method: Method
    row: ProblemRow | None
    intervals: tuple[FocusInterval, ...]
    in_focus: int
    kin: Kin

    @property
    def focus(self) -> FocusInterval | None:
        """The time in focus that runs now."""
        return next((one for one in self.intervals if one.ends_on is None), None)

    @property
    def focus_limit(self) -> FocusLimit:
        return self.method.focus


@dataclass(frozen=True, slots=True)
class SolutionThing:
    """The norm that it takes, what agencies think of it, where it must be applied, who says that it works.

    `opened_on` is the day on which the norm was first written down.
    """

    record: Solution
    enactment: Enactment | None
    opinions: tuple[Opinion, ...]
    places: tuple[SolutionPlace, ...]
    confirmations: tuple[Confirmation, ...]
    commitments: tuple[CommitmentRow, ...]
    opened_on: date | None = None

    @property
    def way(self) -> Way | None:
        """What is known of its norm."""
        return way_of(self.enactment, self.opinions, self.opened_on) if self.enactment else None

    @property
    def required_places(self) -> int:
        return sum(place.stage != SolutionStage.DROPPED for place in self.places)

    def evidence(self, *, observed: bool = False, effect_confirmed: bool = False) -> SolutionEvidence:
        """What stands on record, and what a form that is still to be filled in will bring."""
        confirming = [one.organization for one in self.confirmations]
        known = evidence_from(self.record, self.enactment, confirming, observed=observed)
        return replace(known, confirmed_measures=1) if effect_confirmed else known


@dataclass(frozen=True, slots=True)
class CommitmentThing:
    """`seats` are those of the mesa; `holds_up` are the commitments that wait for this one; `answers` is what
    its owner said, the oldest first; `parts` are those of its owner's members, where it was shared out."""

    record: Commitment
    row: CommitmentRow
    helpers: tuple[Organization, ...]
    seats: tuple[SeatCard, ...]
    holds_up: tuple[CommitmentRow, ...]
    collaborations: tuple[Collaboration, ...]
    answers: tuple[Answer, ...] = ()
    parts: tuple[CommitmentRow, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    @property
    def asks(self) -> tuple[Answer, ...]:
        """What the owner asked of the team that it has not settled yet."""
        return tuple(one for one in self.answers if one.state == AnswerState.OPEN)

    @property
    def owner_seats(self) -> tuple[SeatCard, ...]:
        """Who can answer for the owner: the seat that owes it, or those of the organization."""
        record = self.record
        if record.owner_seat_id:
            return tuple(seat for seat in self.seats if seat.id == record.owner_seat_id)
        return tuple(seat for seat in self.seats if seat.organization_id == record.owner_organization_id)


def problem_thing(viewer: Viewer, problem: Problem) -> ProblemThing:
    """Eight statements."""
    reach = access.reach_of(viewer, problem.mesa_id)
    shown = Problem.objects.filter(reach.problems(), mesa=problem.mesa_id, withdrawn_at=None)
    current = FocusInterval.objects.filter(problem__in=shown, ends_on=None, withdrawn_at=None)
    intervals = FocusInterval.objects.filter(problem=problem, withdrawn_at=None).order_by("-starts_on")
    return ProblemThing(
        record=problem,
        method=method_of(problem.mesa),
        row=branch(viewer, problem.mesa, problem.pk),
        intervals=tuple(intervals),
        in_focus=current.count(),
        kin=kin_of(viewer, problem),
    )


def solution_thing(viewer: Viewer, solution: Solution) -> SolutionThing:
    """Four statements, six where a norm is tracked."""
    track = Enactment.objects.filter(solution=solution, withdrawn_at=None).select_related("drafter").first()
    opinions = (
        Opinion.objects.filter(enactment=track, withdrawn_at=None)
        .select_related("organization", "enactment__solution__problem")
        .order_by("asked_on", "pk")
        if track
        else ()
    )
    places = (
        SolutionPlace.objects.filter(solution=solution, withdrawn_at=None)
        .select_related("place", "mesa", "solution__problem", "solution__mesa")
        .order_by("place__sort_key")
    )
    said = Confirmation.objects.filter(solution=solution, withdrawn_at=None).select_related("organization")
    return SolutionThing(
        record=solution,
        enactment=track,
        opinions=tuple(opinions),
        places=tuple(places),
        confirmations=tuple(said.order_by("said_on", "pk")),
        commitments=tuple(_rows(viewer, Q(solution=solution), solution.mesa_id)),
        opened_on=opened_on(track, solution.mesa.time_zone) if track else None,
    )


def commitment_thing(viewer: Viewer, commitment: Commitment, today: date) -> CommitmentThing:
    """Six statements; at most three more where it stands for many."""
    collaborations = tuple(
        Collaboration.objects.filter(commitment=commitment, withdrawn_at=None)
        .select_related("organization")
        .order_by("organization__sort_key")
    )
    helpers = tuple(one.organization for one in collaborations)
    return CommitmentThing(
        record=commitment,
        row=commitment_row(commitment, [one.name for one in helpers]),
        helpers=helpers,
        seats=tuple(seats_in(commitment.mesa_id, today)),
        holds_up=tuple(_rows(viewer, Q(waits_for_commitment=commitment), commitment.mesa_id)),
        collaborations=collaborations,
        answers=tuple(_answers(commitment)),
        parts=tuple(_rows(viewer, Q(part_of=commitment), commitment.mesa_id)),
        candidates=candidates_for(commitment) if commitment.stands_for_many else (),
    )


def seats_in(mesa_id: UUID, today: date) -> list[SeatCard]:
    """The seats of a mesa with those who hold them today, by organization; two statements."""
    held = Tenure.objects.filter(mesa=mesa_id, starts_on__lte=today, withdrawn_at=None)
    holding = held.filter(Q(ends_on=None) | Q(ends_on__gte=today)).select_related("person")
    holders = {tenure.seat_id: tenure.person.full_name for tenure in holding}
    seats = Seat.objects.filter(mesa=mesa_id, withdrawn_at=None).select_related("organization")
    return [
        SeatCard(
            id=seat.pk,
            organization_id=seat.organization_id,
            organization=seat.organization.name,
            role=seat.role,
            title=seat.title,
            holder=holders.get(seat.pk, ""),
        )
        for seat in seats.order_by("organization__sort_key", "pk")
    ]


def _answers(commitment: Commitment) -> list[Answer]:
    found = Answer.objects.filter(commitment=commitment, withdrawn_at=None)
    answers = list(found.select_related("names", "seat__organization", "evidence").order_by("said_at", "pk"))
    for answer in answers:
        answer.commitment = commitment
    return answers


def _rows(viewer: Viewer, which: Q, mesa_id: UUID) -> list[CommitmentRow]:
    """Commitments of a mesa that the viewer may see, parents included."""
    found = (
        Commitment.objects.filter(which, mesa=mesa_id, withdrawn_at=None)
        .select_related("problem", "solution", "owner_organization", "owner_seat")
        .order_by("position")
    )
    return [
        commitment_row(one, ()) for one in found if access.may_see(viewer, one, one.problem, one.solution)
    ]
