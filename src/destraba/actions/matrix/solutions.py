"""Solutions: proposed, revised with the reason kept, and carried up the ladder to the ground."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db.models import Max

from destraba.actions.inputs import TITLE, because, passage, required_line
from destraba.actions.matrix.positions import position_after
from destraba.ledger import kinds
from destraba.ledger.kinds import Kind
from destraba.ledger.record import Recording, recording
from destraba.models import (
    Confirmation,
    Enactment,
    Opinion,
    Organization,
    OrganizationKind,
    Place,
    Problem,
    Solution,
    SolutionPlace,
)
from destraba.queries import access
from destraba.rules.permissions import Deed
from destraba.rules.solutions import (
    TABLE,
    EnactmentRank,
    OpinionState,
    SolutionEvidence,
    SolutionMove,
    SolutionStage,
    check,
    starts_new_version,
)
from destraba.values.actors import Actor
from destraba.values.errors import Conflict
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.quantities import Quantity
from destraba.values.reasons import Reason

PRIVATE = {
    OrganizationKind.ASSOCIATION,
    OrganizationKind.FIRM,
    OrganizationKind.CONCESSIONAIRE,
    OrganizationKind.UNION,
}


class SolutionFields(TypedDict, total=False):
    """What may be edited of a solution without moving it on the ladder."""

    title: str
    detail: str
    before: Quantity | None
    after: Quantity | None
    goal: Quantity | None


class EnactmentFields(TypedDict, total=False):
    """The stations of a norm on its way."""

    rank: EnactmentRank
    norm: str
    drafter: Organization | None
    drafted_on: FuzzyDate | None
    prepublished_on: FuzzyDate | None
    comments_until: date | None
    signed_on: FuzzyDate | None
    published_on: FuzzyDate | None
    awaits_regulations: bool


_KIND_OF_MOVE: dict[SolutionMove, Kind] = {
    SolutionMove.REVISE: kinds.SOLUTION_REVISED,
    SolutionMove.DROP: kinds.SOLUTION_DROPPED,
}


def propose_solution(
    *,
    actor: Actor,
    problem: Problem,
    title: str,
    detail: str = "",
    after: Solution | None = None,
    now: datetime,
) -> Solution:
    """A first version of an answer to a problem."""
    access.permit(actor=actor, deed=Deed.PROPOSE_SOLUTION, subject=access.subject_of(problem), now=now)
    with recording(actor=actor, now=now, streams=[problem.mesa_id]) as change:
        return enter_solution(change, problem, title=title, detail=detail, after=after)


def enter_solution(
    change: Recording,
    problem: Problem,
    *,
    title: str,
    detail: str = "",
    stage: SolutionStage = SolutionStage.PROPOSED,
    before: Quantity | None = None,
    result: Quantity | None = None,
    goal: Quantity | None = None,
    after: Solution | None = None,
) -> Solution:
    """The same as part of a larger change of this mesa; `result` is the figure after it."""
    siblings = Solution.objects.filter(problem=problem)
    solution = Solution(
        mesa_id=problem.mesa_id,
        problem=problem,
        number=(siblings.aggregate(last=Max("number"))["last"] or 0) + 1,
        position=position_after(siblings, after),
        title=required_line("title", title, TITLE),
        detail=passage("detail", detail),
        stage=stage.value,
        before=before,
        after=result,
        goal=goal,
    )
    return change.create(solution, kinds.SOLUTION_PROPOSED)


def edit_solution(
    *, actor: Actor, solution: Solution, now: datetime, **fields: Unpack[SolutionFields]
) -> Solution:
    """Correct what a solution says. A change of substance is a revision: see `move_solution`."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(solution), now=now)
    with recording(actor=actor, now=now, streams=[solution.mesa_id]) as change:
        return amend_solution(change, solution, **fields)


def amend_solution(change: Recording, solution: Solution, **fields: Unpack[SolutionFields]) -> Solution:
    """The same as part of a larger change of this mesa."""
    cleaned: dict[str, object] = {
        name: fields[name] for name in ("before", "after", "goal") if name in fields
    }
    if "title" in fields:
        cleaned["title"] = required_line("title", fields["title"], TITLE)
    if "detail" in fields:
        cleaned["detail"] = passage("detail", fields["detail"])
    return change.update(solution, kinds.SOLUTION_EDITED, **cleaned)


def move_solution(
    *,
    actor: Actor,
    solution: Solution,
    move: SolutionMove,
    reason: str = "",
    title: str = "",
    observed_on: FuzzyDate | None = None,
    observation: str = "",
    confirmed_by: Iterable[Organization] = (),
    now: datetime,
) -> Solution:
    """Up the ladder with what the rung asks for, or back to the drawing board with the reason.

    A revision takes the new `title`; the old one stays in the ledger with the reason.
    """
    row = TABLE.row(move)
    access.permit(actor=actor, deed=row.deed, subject=access.subject_of(solution), now=now)
    confirming = list(confirmed_by)
    evidence = _evidence(solution, observed=bool(observed_on or observation), confirming=confirming)
    if refused := check(SolutionStage(solution.stage), move, reason=reason, evidence=evidence):
        raise Conflict(refused)
    changes: dict[str, object] = {"stage": row.target.value}
    if observed_on or observation:
        changes |= {"observed_on": observed_on, "observation": passage("observation", observation)}
    if starts_new_version(move):
        changes |= {
            "revision": solution.revision + 1,
            "title": required_line("title", title or solution.title, TITLE),
        }
    with recording(actor=actor, now=now, streams=[solution.mesa_id]) as change:
        for organization in confirming:
            _confirm(change, solution, organization, now)
        kind = _KIND_OF_MOVE.get(move, kinds.SOLUTION_ADVANCED)
        return change.update(solution, kind, because(reason) if reason else "", **changes)


def track_enactment(
    *, actor: Actor, solution: Solution, now: datetime, **fields: Unpack[EnactmentFields]
) -> Enactment:
    """Open or amend the track of the norm that a solution needs, or say that it needs none."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(solution), now=now)
    values: dict[str, object] = dict(fields)
    if "rank" in fields:
        values["rank"] = fields["rank"].value
    if "norm" in fields:
        values["norm"] = passage("norm", fields["norm"], 300)
    with recording(actor=actor, now=now, streams=[solution.mesa_id]) as change:
        existing = Enactment.objects.filter(solution=solution).first()
        if existing:
            return change.update(existing, kinds.ENACTMENT_EDITED, **values)
        return change.create(
            Enactment(mesa_id=solution.mesa_id, solution=solution, **values), kinds.ENACTMENT_OPENED
        )


def ask_opinion(
    *, actor: Actor, enactment: Enactment, organization: Organization, asked_on: date, now: datetime
) -> Opinion:
    """An agency is asked for its opinion on the draft; from now on its silence has a length."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(enactment.solution), now=now)
    with recording(actor=actor, now=now, streams=[enactment.mesa_id]) as change:
        opinion = Opinion(
            mesa_id=enactment.mesa_id,
            enactment=enactment,
            organization=organization,
            state=OpinionState.ASKED.value,
            asked_on=asked_on,
        )
        return change.create(opinion, kinds.OPINION_ASKED)


def record_opinion(
    *, actor: Actor, opinion: Opinion, state: OpinionState, answered_on: date, note: str = "", now: datetime
) -> Opinion:
    """What the agency said."""
    access.permit(
        actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(opinion.enactment.solution), now=now
    )
    if opinion.state != OpinionState.ASKED or state is OpinionState.ASKED:
        raise Conflict(Reason.of("opinion_already_given"))
    with recording(actor=actor, now=now, streams=[opinion.mesa_id]) as change:
        return change.update(
            opinion,
            kinds.OPINION_GIVEN,
            state=state.value,
            answered_on=answered_on,
            note=passage("note", note),
        )


def list_place(*, actor: Actor, solution: Solution, place: Place, now: datetime) -> SolutionPlace:
    """A place where the solution must be applied before the problem counts as resolved."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(solution), now=now)
    with recording(actor=actor, now=now, streams=[solution.mesa_id]) as change:
        listed = SolutionPlace(mesa_id=solution.mesa_id, solution=solution, place=place, stage=solution.stage)
        return change.create(listed, kinds.PLACE_LISTED)


def _confirm(change: Recording, solution: Solution, organization: Organization, now: datetime) -> None:
    said = Confirmation(
        mesa_id=solution.mesa_id, solution=solution, organization=organization, said_on=now.date()
    )
    change.create(said, kinds.SOLUTION_CONFIRMED)


def _evidence(solution: Solution, *, observed: bool, confirming: list[Organization]) -> SolutionEvidence:
    track = Enactment.objects.filter(solution=solution, withdrawn_at=None).first()
    said = {
        c.organization
        for c in solution.confirmations.filter(withdrawn_at=None).select_related("organization")
    }
    published = track.published_on if track else None
    return SolutionEvidence(
        norm=track.norm if track else "",
        enacted_on=published.last_day if published else None,
        no_norm_needed=track is not None and track.rank == EnactmentRank.NONE_NEEDED,
        waits_for_regulations=track is not None and track.awaits_regulations,
        observations=int(observed or bool(solution.observed_on)),
        private_organizations=len({one for one in said | set(confirming) if one.kind in PRIVATE}),
    )
