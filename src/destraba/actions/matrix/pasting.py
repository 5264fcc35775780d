"""A pasted block carried out: all of what was shown, in one change."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from destraba.actions.followup.commitments import new_commitment
from destraba.actions.lights import begin, keep
from destraba.actions.matrix.cells import fetch_parent
from destraba.actions.matrix.positions import Ends
from destraba.actions.matrix.problems import new_problem
from destraba.actions.matrix.setting import Setter
from destraba.actions.matrix.solutions import new_solution
from destraba.ledger import kinds
from destraba.ledger.record import Recording, recording
from destraba.models import Commitment, Mesa, Problem, Solution
from destraba.queries import access
from destraba.queries.matrix.cells import Kind, Row, cell_text
from destraba.queries.matrix.hands.found import fetch_rows
from destraba.queries.matrix.pasting import PastePlan
from destraba.rules.commitments import CommitmentState
from destraba.rules.permissions import Deed, Subject
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.actors import Actor
from destraba.values.days import day_in
from destraba.values.errors import NotFound, Stale
from destraba.values.reasons import Reason


def paste_rows(
    *, actor: Actor, mesa: Mesa, plan: PastePlan, reason: str = "", now: datetime
) -> tuple[list[Row], UUID]:
    """Carry out a plan of pasting, all of it or nothing; one change set, so one undo. What the plan leaves
    out stays out; `reason` is why agreed dates move. Raises Stale where a cell no longer says what it said
    when the plan was made."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=Subject(mesa.pk), now=now)
    with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
        hand = Setter(change, mesa)
        lines = [line for line in plan.lines if not line.is_left_out]
        standing = fetch_rows(mesa, plan.kind, [line.row_id for line in lines if line.row_id])
        titles = [line.title for line in lines if not line.row_id]
        new = iter(_enter(change, mesa, plan, titles) if titles else [])
        rows: list[Row] = []
        for line in lines:
            row = standing[line.row_id] if line.row_id else next(new)
            for cell in line.cells:
                if line.row_id and cell_text(row, cell.field) != cell.was:
                    raise Stale(Reason.of("stale"))
                if cell.refusal is None:
                    hand.set(row, cell.field, cell.value, reason)
            rows.append(row)
        hand.finish()
        return rows, change.change_set


def _enter(change: Recording, mesa: Mesa, plan: PastePlan, titles: Sequence[str]) -> Sequence[Row]:
    """New rows after the last of their siblings, as a block's lines are once the rows below it have ended."""
    if plan.kind is Kind.PROBLEM:
        return _enter_problems(change, mesa, titles)
    parent = fetch_parent(mesa, plan.kind, plan.parent_id)
    if parent is None:
        raise NotFound(Reason.of("unknown_row"))
    if plan.kind is Kind.COMMITMENT:
        return _enter_commitments(change, mesa, parent, titles)
    return _enter_solutions(change, parent, titles)


def _enter_problems(change: Recording, mesa: Mesa, titles: Sequence[str]) -> Sequence[Row]:
    ends, stage = Ends.of(Problem.objects.filter(mesa=mesa), "mesa"), ProblemStage.ACCEPTED
    new = [new_problem(change, mesa, ends.next((mesa.pk,)), stage=stage, title=title) for title in titles]
    return change.create_many(new, kinds.PROBLEM_RAISED)


def _enter_solutions(change: Recording, parent: Problem | Solution, titles: Sequence[str]) -> Sequence[Row]:
    problem = parent.problem if isinstance(parent, Solution) else parent
    siblings = Solution.objects.filter(problem=problem)
    ends, last = Ends.of(siblings, "problem"), siblings.aggregate(last=Max("number"))["last"] or 0
    new = [
        new_solution(problem, number, ends.next((problem.pk,)), stage=SolutionStage.PROPOSED, title=title)
        for number, title in enumerate(titles, start=last + 1)
    ]
    return change.create_many(new, kinds.SOLUTION_PROPOSED)


def _enter_commitments(
    change: Recording, mesa: Mesa, parent: Problem | Solution, titles: Sequence[str]
) -> Sequence[Row]:
    problem = parent.problem if isinstance(parent, Solution) else parent
    solution = parent if isinstance(parent, Solution) else None
    ends = Ends.of(Commitment.objects.filter(problem=problem, solution=solution), "problem")
    new = [
        new_commitment(
            change,
            problem,
            solution,
            ends.next((problem.pk,)),
            title=title,
            owner=None,
            stands_for_many=False,
            due=None,
            starts_on=None,
            situation="",
            state=CommitmentState.ASKED,
            declared=None,
        )
        for title in titles
    ]
    lights = begin(mesa, new, day_in(mesa.time_zone, change.now))
    change.create_many(new, kinds.COMMITMENT_ASKED)
    keep(lights)
    return new
