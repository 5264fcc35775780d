"""What a commitment says: who, what, by when."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from destraba.actions.inputs import TITLE, because, passage, required_line
from destraba.actions.lights import refresh
from destraba.actions.matrix.positions import position_after
from destraba.ledger import kinds
from destraba.ledger.record import Recording, recording
from destraba.models import Collaboration, Commitment, Meeting, Mesa, Organization, Problem, Seat, Solution
from destraba.queries import access
from destraba.rules.commitments import CommitmentState, check_due_change, is_slip
from destraba.rules.lights import DECLARABLE, Light
from destraba.rules.permissions import Deed
from destraba.values.actors import Actor
from destraba.values.days import day_in
from destraba.values.errors import Conflict, Invalid
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.names import is_plural_owner
from destraba.values.reasons import Reason
from destraba.values.visibility import Visibility

_BATCH = 500


class CommitmentFields(TypedDict, total=False):
    """What may be edited of a commitment without moving it from one state to another."""

    title: str
    situation: str
    starts_on: date | None
    next_checkpoint_on: date | None
    declared: Light | None
    waits_for_commitment: Commitment | None
    waits_for_organization: Organization | None


def ask_commitment(
    *,
    actor: Actor,
    problem: Problem,
    solution: Solution | None = None,
    title: str,
    owner: Organization | Seat | None = None,
    due: FuzzyDate | None = None,
    after: Commitment | None = None,
    now: datetime,
) -> Commitment:
    """Ask somebody to do something; it binds once they agree."""
    access.permit(actor=actor, deed=Deed.PROPOSE_COMMITMENT, subject=access.subject_of(problem), now=now)
    with recording(actor=actor, now=now, streams=[problem.mesa_id]) as change:
        return enter_commitment(change, problem, solution, title=title, owner=owner, due=due, after=after)


def enter_commitment(
    change: Recording,
    problem: Problem,
    solution: Solution | None,
    *,
    title: str,
    owner: Organization | Seat | None = None,
    stands_for_many: bool = False,
    part_of: Commitment | None = None,
    due: FuzzyDate | None = None,
    starts_on: date | None = None,
    situation: str = "",
    state: CommitmentState = CommitmentState.ASKED,
    declared: Light | None = None,
    meeting: Meeting | None = None,
    after: Commitment | None = None,
) -> Commitment:
    """The same as part of a larger change of this mesa. A light is declared by an owner or a file."""
    siblings = Commitment.objects.filter(problem=problem, solution=solution)
    commitment = new_commitment(
        change,
        problem,
        solution,
        position_after(siblings, after),
        title=title,
        owner=owner,
        stands_for_many=stands_for_many,
        due=due,
        starts_on=starts_on,
        situation=situation,
        state=state,
        declared=declared,
        meeting=meeting,
        part_of=part_of,
    )
    change.create(commitment, kinds.COMMITMENT_ASKED)
    refresh(problem.mesa, [commitment], commitment.asked_on)
    return commitment


def new_commitment(
    change: Recording,
    problem: Problem,
    solution: Solution | None,
    position: str,
    *,
    title: str,
    owner: Organization | Seat | None,
    stands_for_many: bool,
    due: FuzzyDate | None,
    starts_on: date | None,
    situation: str,
    state: CommitmentState,
    declared: Light | None,
    meeting: Meeting | None = None,
    part_of: Commitment | None = None,
) -> Commitment:
    """A commitment as it will be entered: it has its number, and is not written yet.

    A part is for nobody who may not see the whole.
    """
    today = day_in(problem.mesa.time_zone, change.now)
    _check_declared(declared)
    _check_owner(problem.mesa_id, owner)
    if solution is not None and solution.problem_id != problem.pk:
        raise Invalid(Reason.of("solution_of_another_problem"))
    agreed = state is not CommitmentState.ASKED
    return Commitment(
        mesa_id=problem.mesa_id,
        number=change.take_number(problem.mesa, "last_commitment"),
        problem=problem,
        solution=solution,
        position=position,
        title=required_line("title", title, TITLE),
        situation=passage("situation", situation),
        meeting=meeting,
        state=state.value,
        owner_organization=_organization_of(owner),
        owner_seat=owner if isinstance(owner, Seat) else None,
        stands_for_many=stands_for_many or _stands_for_many(owner),
        part_of=part_of,
        visibility=part_of.visibility if part_of else Visibility.MESA.value,
        starts_on=starts_on,
        due=due,
        original_due=due if agreed else None,
        asked_on=today,
        agreed_on=today if agreed else None,
        done_on=today if state is CommitmentState.DONE else None,
        declared=declared.value if declared else "",
    )


def edit_commitment(
    *, actor: Actor, commitment: Commitment, now: datetime, **fields: Unpack[CommitmentFields]
) -> Commitment:
    """Correct what a commitment says; owner, date and state have acts of their own."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(commitment), now=now)
    with recording(actor=actor, now=now, streams=[commitment.mesa_id]) as change:
        return amend_commitment(change, commitment, **fields)


def amend_commitment(
    change: Recording, commitment: Commitment, **fields: Unpack[CommitmentFields]
) -> Commitment:
    """The same as part of a larger change of this mesa."""
    correct(change, commitment, **fields)
    refresh_one(change, commitment)
    return commitment


def correct(change: Recording, commitment: Commitment, **fields: Unpack[CommitmentFields]) -> None:
    """The same without the light: whoever changes many refreshes them all at once."""
    cleaned: dict[str, object] = dict(fields)
    if "title" in fields:
        cleaned["title"] = required_line("title", fields["title"], TITLE)
    if "situation" in fields:
        cleaned["situation"] = passage("situation", fields["situation"])
    if "declared" in fields:
        _check_declared(fields["declared"])
        cleaned["declared"] = fields["declared"].value if fields["declared"] else ""
    _check_waits(commitment, fields.get("waits_for_commitment"))
    change.update(commitment, kinds.COMMITMENT_EDITED, **cleaned)


def assign_commitment(
    *,
    actor: Actor,
    commitment: Commitment,
    owner: Organization | Seat | None,
    reason: str = "",
    now: datetime,
) -> Commitment:
    """Say who answers for it: one seat or one organization."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(commitment), now=now)
    with recording(actor=actor, now=now, streams=[commitment.mesa_id]) as change:
        return reassign(change, commitment, owner, reason)


def reassign(
    change: Recording, commitment: Commitment, owner: Organization | Seat | None, reason: str = ""
) -> Commitment:
    """The same as part of a larger change of this mesa."""
    _check_owner(commitment.mesa_id, owner)
    return change.update(
        commitment,
        kinds.COMMITMENT_ASSIGNED,
        passage("because", reason, 2000),
        owner_organization=_organization_of(owner),
        owner_seat=owner if isinstance(owner, Seat) else None,
        stands_for_many=_stands_for_many(owner),
    )


def date_commitment(
    *, actor: Actor, commitment: Commitment, due: FuzzyDate | None, reason: str = "", now: datetime
) -> Commitment:
    """Give a first date, or move it: once agreed, a move takes a reason and counts as a slip."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(commitment), now=now)
    with recording(actor=actor, now=now, streams=[commitment.mesa_id]) as change:
        return redate(change, commitment, due, reason)


def redate(change: Recording, commitment: Commitment, due: FuzzyDate | None, reason: str = "") -> Commitment:
    """The same as part of a larger change of this mesa."""
    postpone(change, commitment, due, reason)
    refresh_one(change, commitment)
    return commitment


def postpone(change: Recording, commitment: Commitment, due: FuzzyDate | None, reason: str) -> None:
    """The same without the light."""
    state = CommitmentState(commitment.state)
    old = commitment.due.last_day if commitment.due else None
    new = due.last_day if due else None
    if refused := check_due_change(state, old, new, reason=reason):
        raise (Invalid if refused.code == "reason_missing" else Conflict)(refused)
    slipped = is_slip(state, old, new)
    first = commitment.original_due or (due if state is not CommitmentState.ASKED else None)
    change.update(
        commitment,
        kinds.COMMITMENT_RESCHEDULED if slipped else kinds.COMMITMENT_DATED,
        because(reason) if slipped else passage("because", reason, 2000),
        due=due,
        original_due=first,
        slips=commitment.slips + int(slipped),
    )


def set_collaborators(
    *, actor: Actor, commitment: Commitment, organizations: Iterable[Organization], now: datetime
) -> None:
    """Those who help the owner: added and withdrawn so that exactly these remain."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(commitment), now=now)
    with recording(actor=actor, now=now, streams=[commitment.mesa_id]) as change:
        enter_collaborators(change, commitment, organizations)


def enter_collaborators(
    change: Recording, commitment: Commitment, organizations: Iterable[Organization]
) -> None:
    """The same as part of a larger change of this mesa."""
    wanted = {one.pk: one for one in organizations if one.pk != commitment.owner_organization_id}
    standing = {
        one.organization_id: one
        for one in Collaboration.objects.filter(commitment=commitment, withdrawn_at=None)
    }
    for pk, collaboration in standing.items():
        if pk not in wanted:
            change.update(collaboration, kinds.COLLABORATION_WITHDRAWN, withdrawn_at=change.now)
    for pk, organization in wanted.items():
        if pk not in standing:
            change.create(
                Collaboration(mesa_id=commitment.mesa_id, commitment=commitment, organization=organization),
                kinds.COLLABORATION_ADDED,
            )


def refresh_one(change: Recording, commitment: Commitment) -> None:
    """The light of one commitment after a change to it, and of those that wait for it."""
    refresh_many(change, commitment.mesa, [commitment])


def refresh_many(change: Recording, mesa: Mesa, commitments: Sequence[Commitment]) -> None:
    """The lights of commitments of one mesa after a change to each, and of those that wait for them."""
    changed = {commitment.pk for commitment in commitments}
    waiting = [
        other
        for start in range(0, len(commitments), _BATCH)
        for other in Commitment.objects.filter(
            waits_for_commitment__in=commitments[start : start + _BATCH], withdrawn_at=None
        )
        if other.pk not in changed
    ]
    refresh(mesa, [*commitments, *waiting], day_in(mesa.time_zone, change.now))


def _organization_of(owner: Organization | Seat | None) -> Organization | None:
    return owner.organization if isinstance(owner, Seat) else owner


def _stands_for_many(owner: Organization | Seat | None) -> bool:
    """Whether its name says so; a seat is one post of one body."""
    return isinstance(owner, Organization) and is_plural_owner(owner.name)


def _check_owner(mesa_id: UUID, owner: Organization | Seat | None) -> None:
    """A seat of the programme may owe something anywhere; a mesa's seat, there alone."""
    if isinstance(owner, Seat) and owner.mesa_id not in (mesa_id, None):
        raise Invalid(Reason.of("seat_elsewhere"))


def _check_waits(commitment: Commitment, other: Commitment | None) -> None:
    """Two that wait for each other would hide each other's red."""
    seen = {commitment.pk}
    while other is not None:
        if other.pk in seen:
            raise Invalid(Reason.of("waits_for_itself"))
        if other.mesa_id != commitment.mesa_id:
            raise Invalid(Reason.of("unknown_row"))
        seen.add(other.pk)
        other = other.waits_for_commitment


def _check_declared(declared: Light | None) -> None:
    if declared is not None and declared not in DECLARABLE:
        raise Invalid(Reason.of("not_declarable", light=declared.value))
