"""Solutions: proposed, revised with the reason kept, and carried up the ladder to the ground."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db.models import Max

from destraba.actions.inputs import TITLE, because, passage, required_line
from destraba.actions.matrix.enactments import begin_anew
from destraba.actions.matrix.places import carry_places
from destraba.actions.matrix.positions import position_after
from destraba.actions.matrix.problems import unresolve
from destraba.ledger import kinds
from destraba.ledger.kinds import Kind
from destraba.ledger.record import Recording, recording
from destraba.models import Confirmation, Organization, Problem, Solution
from destraba.queries import access
from destraba.queries.matrix.evidence import evidence_of, place_refusal, required_places
from destraba.rules.matrix.classes import Funding
from destraba.rules.permissions import Deed
from destraba.rules.solutions import (
    TABLE,
    SolutionMove,
    SolutionStage,
    check,
    check_funding,
    has_reached,
    starts_new_version,
)
from destraba.values.actors import Actor
from destraba.values.days import day_in
from destraba.values.errors import Conflict, Invalid
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.quantities import Quantity


class SolutionFields(TypedDict, total=False):
    """What may be edited of a solution without moving it on the ladder."""

    title: str
    detail: str
    before: Quantity | None
    after: Quantity | None
    goal: Quantity | None
    funding: Funding | None
    budget_window_on: date | None


class Revision(TypedDict, total=False):
    """What a new version says that the one before did not.

    `another_norm`: the track of its norm begins anew.
    """

    title: str
    detail: str
    before: Quantity | None
    after: Quantity | None
    goal: Quantity | None
    another_norm: bool


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
    solution = new_solution(
        problem,
        (siblings.aggregate(last=Max("number"))["last"] or 0) + 1,
        position_after(siblings, after),
        stage=stage,
        title=title,
        detail=detail,
        before=before,
        after=result,
        goal=goal,
    )
    return change.create(solution, kinds.SOLUTION_PROPOSED)


def new_solution(
    problem: Problem, number: int, position: str, *, stage: SolutionStage, **fields: Unpack[SolutionFields]
) -> Solution:
    """A solution as it will be entered, not written yet."""
    solution = Solution(
        mesa_id=problem.mesa_id,
        problem=problem,
        number=number,
        position=position,
        stage=stage.value,
        **_worded(fields),
    )
    for name, value in _funded(solution, fields).items():
        setattr(solution, name, value)
    return solution


def edit_solution(
    *, actor: Actor, solution: Solution, now: datetime, **fields: Unpack[SolutionFields]
) -> Solution:
    """Correct what a solution says. A change of substance is a revision: see `move_solution`."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(solution), now=now)
    with recording(actor=actor, now=now, streams=[solution.mesa_id]) as change:
        return amend_solution(change, solution, **fields)


def amend_solution(change: Recording, solution: Solution, **fields: Unpack[SolutionFields]) -> Solution:
    """The same as part of a larger change of this mesa."""
    return change.update(solution, kinds.SOLUTION_EDITED, **_worded(fields), **_funded(solution, fields))


def _worded(fields: SolutionFields | Revision) -> dict[str, object]:
    """What a solution says, cleaned."""
    cleaned: dict[str, object] = {
        name: fields[name] for name in ("before", "after", "goal") if name in fields
    }
    if "title" in fields:
        cleaned["title"] = required_line("title", fields["title"], TITLE)
    if "detail" in fields:
        cleaned["detail"] = passage("detail", fields["detail"])
    return cleaned


def _funded(solution: Solution, fields: SolutionFields) -> dict[str, object]:
    """Who pays for it, and by when a budget must be asked for: with its money found, it waits for none."""
    if not {"funding", "budget_window_on"} & fields.keys():
        return {}
    standing = Funding(solution.funding) if solution.funding else None
    funding = fields.get("funding", standing)
    window = fields.get("budget_window_on", solution.budget_window_on)
    if refused := check_funding(funding, window):
        if "budget_window_on" in fields:
            raise Invalid(refused)
        window = None
    return {"funding": funding.value if funding else "", "budget_window_on": window}


def move_solution(
    *,
    actor: Actor,
    solution: Solution,
    move: SolutionMove,
    reason: str = "",
    revision: Revision | None = None,
    observed_on: FuzzyDate | None = None,
    observation: str = "",
    confirmed_by: Iterable[Organization] = (),
    now: datetime,
) -> Solution:
    """Up the ladder with what the rung asks for, or back to the drawing board with the reason.

    A revision says what is new in `revision`; the old words stay in the ledger with the reason. What was seen
    of the version before, and who said that it works, counts for the new one no longer.
    """
    access.permit(actor=actor, deed=TABLE.row(move).deed, subject=access.subject_of(solution), now=now)
    with recording(actor=actor, now=now, streams=[solution.mesa_id]) as change:
        return carry_solution(
            change,
            solution,
            move,
            reason=reason,
            revision=revision,
            observed_on=observed_on,
            observation=observation,
            confirmed_by=confirmed_by,
        )


def carry_solution(
    change: Recording,
    solution: Solution,
    move: SolutionMove,
    *,
    reason: str = "",
    revision: Revision | None = None,
    observed_on: FuzzyDate | None = None,
    observation: str = "",
    confirmed_by: Iterable[Organization] = (),
) -> Solution:
    """The same as part of a larger change of this mesa, by an actor who may."""
    row = TABLE.row(move)
    stage = SolutionStage(solution.stage)
    confirming = list(confirmed_by)
    evidence = evidence_of(solution, observed=bool(observed_on or observation), confirming=confirming)
    if refused := check(stage, move, reason=reason, evidence=evidence):
        raise Conflict(refused)
    if refused := place_refusal(stage, move, len(required_places(solution))):
        raise Conflict(refused)
    changes: dict[str, object] = {"stage": row.target.value}
    if observed_on or observation:
        changes |= {"observed_on": observed_on, "observation": passage("observation", observation)}
    if starts_new_version(move):
        changes |= _next_version(change, solution, revision or {})
    for organization in confirming:
        _confirm(change, solution, organization, day_in(solution.mesa.time_zone, change.now))
    if row.target is not SolutionStage.DROPPED:
        carry_places(change, solution, row.target, seen_anew=starts_new_version(move))
    if solution.problem.resolved_on and not has_reached(row.target, SolutionStage.APPLIED):
        unresolve(change, solution.problem, because(reason) if reason else "")
    kind = _KIND_OF_MOVE.get(move, kinds.SOLUTION_ADVANCED)
    return change.update(solution, kind, because(reason) if reason else "", **changes)


def _next_version(change: Recording, solution: Solution, revision: Revision) -> dict[str, object]:
    """Nobody has seen the new version anywhere yet."""
    for said in solution.confirmations.filter(withdrawn_at=None):
        change.update(said, kinds.CONFIRMATION_WITHDRAWN, withdrawn_at=change.now)
    if revision.get("another_norm"):
        begin_anew(change, solution)
    return {
        **_worded(revision),
        "revision": solution.revision + 1,
        "observed_on": None,
        "observation": "",
    }


def _confirm(change: Recording, solution: Solution, organization: Organization, said_on: date) -> None:
    """An organization says once that it works for it."""
    if Confirmation.objects.filter(solution=solution, organization=organization, withdrawn_at=None).exists():
        return
    said = Confirmation(
        mesa_id=solution.mesa_id, solution=solution, organization=organization, said_on=said_on
    )
    change.create(said, kinds.SOLUTION_CONFIRMED)
