"""One cell changed, one row added, a block pasted: a spreadsheet's hands on the records of the Matrix."""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never
from uuid import UUID

from destraba.actions.followup.commitments import (
    amend_commitment,
    enter_commitment,
    reassign,
    redate,
)
from destraba.actions.matrix.problems import amend_problem, enter_problem
from destraba.actions.matrix.solutions import amend_solution, enter_solution
from destraba.ledger.record import Recording, recording
from destraba.models import Commitment, Mesa, Organization, Problem, Solution
from destraba.queries import access
from destraba.queries.matrix.cells import Kind, Value, cell_text, read_cell
from destraba.queries.matrix.pasting import PastePlan
from destraba.rules.lights import Light
from destraba.rules.permissions import Deed, Subject
from destraba.rules.priorities import Importance
from destraba.rules.problems import ProblemStage
from destraba.values.actors import Actor
from destraba.values.errors import Invalid, NotFound, Stale
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.reasons import Reason

Row = Problem | Solution | Commitment


def change_cell(
    *,
    actor: Actor,
    mesa: Mesa,
    kind: Kind,
    row_id: UUID,
    version: int,
    field: str,
    text: str,
    reason: str = "",
    now: datetime,
) -> tuple[Row, UUID]:
    """Set one cell of a row that was read at `version`. Returns the row and the change set, for undo."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=Subject(mesa.pk), now=now)
    row = fetch_row(mesa, kind, row_id)
    if row.version != version:
        raise Stale(Reason.of("stale"))
    value = read_cell(kind, field, text)
    with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
        _set(change, row, field, value, reason)
        return row, change.change_set


def add_row(
    *,
    actor: Actor,
    mesa: Mesa,
    kind: Kind,
    title: str,
    parent_id: UUID | None = None,
    after_id: UUID | None = None,
    now: datetime,
) -> tuple[Row, UUID]:
    """A new row under its parent, after a sibling or last. A solution's parent is a problem; a commitment's
    is a solution or, where none is known yet, a problem."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=Subject(mesa.pk), now=now)
    with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
        after = fetch_row(mesa, kind, after_id) if after_id else None
        return _enter(change, mesa, kind, title, _parent(mesa, kind, parent_id), after), change.change_set


def paste_rows(
    *, actor: Actor, mesa: Mesa, plan: PastePlan, reason: str = "", now: datetime
) -> tuple[list[Row], UUID]:
    """Carry out a plan of pasting, all of it or nothing; one change set, so one undo. What the plan leaves
    out stays out; `reason` is why agreed dates move. Raises Stale where a cell no longer says what it said
    when the plan was made."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=Subject(mesa.pk), now=now)
    with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
        rows: list[Row] = []
        parent = _parent(mesa, plan.kind, plan.parent_id)
        after: Row | None = None
        for line in plan.lines:
            if line.is_left_out:
                continue
            if line.row_id:
                row = fetch_row(mesa, plan.kind, line.row_id)
            else:
                row = _enter(change, mesa, plan.kind, line.title, parent, after)
            for cell in line.cells:
                if line.row_id and cell_text(row, cell.field) != cell.was:
                    raise Stale(Reason.of("stale"))
                if cell.refusal is None:
                    _set(change, row, cell.field, cell.value, reason)
            after = row
            rows.append(row)
        return rows, change.change_set


def fetch_row(mesa: Mesa, kind: Kind, row_id: UUID) -> Row:
    """A row of this mesa and of no other. Raises NotFound."""
    rows: Iterable[Row]
    match kind:
        case Kind.PROBLEM:
            rows = Problem.objects.select_related("mesa").filter(mesa=mesa, pk=row_id, withdrawn_at=None)
        case Kind.SOLUTION:
            rows = Solution.objects.select_related("mesa", "problem").filter(
                mesa=mesa, pk=row_id, withdrawn_at=None
            )
        case Kind.COMMITMENT:
            rows = Commitment.objects.select_related("mesa", "problem", "owner_organization").filter(
                mesa=mesa, pk=row_id, withdrawn_at=None
            )
        case _:
            assert_never(kind)
    for row in rows:
        return row
    raise NotFound(Reason.of("unknown_row"))


def _parent(mesa: Mesa, kind: Kind, parent_id: UUID | None) -> Problem | Solution | None:
    if kind is Kind.PROBLEM or parent_id is None:
        return None
    if kind is Kind.COMMITMENT:
        solution = Solution.objects.select_related("problem__mesa").filter(mesa=mesa, pk=parent_id).first()
        if solution:
            return solution
    problem = Problem.objects.select_related("mesa").filter(mesa=mesa, pk=parent_id).first()
    if problem is None:
        raise NotFound(Reason.of("unknown_row"))
    return problem


def _enter(
    change: Recording,
    mesa: Mesa,
    kind: Kind,
    title: str,
    parent: Problem | Solution | None,
    after: Row | None,
) -> Row:
    if kind is Kind.PROBLEM:
        sibling = after if isinstance(after, Problem) else None
        return enter_problem(change, mesa, stage=ProblemStage.ACCEPTED, title=title, after=sibling)
    if parent is None:
        raise NotFound(Reason.of("unknown_row"))
    problem = parent.problem if isinstance(parent, Solution) else parent
    if kind is Kind.SOLUTION:
        return enter_solution(
            change, problem, title=title, after=after if isinstance(after, Solution) else None
        )
    solution = parent if isinstance(parent, Solution) else None
    return enter_commitment(
        change, problem, solution, title=title, after=after if isinstance(after, Commitment) else None
    )


def _set(change: Recording, row: Row, field: str, value: Value, reason: str) -> None:
    """The act that a cell stands for: an owner is assigned, a date is moved, the rest is edited."""
    if isinstance(row, Commitment) and field == "owner":
        reassign(change, row, value if isinstance(value, Organization) else None, reason)
    elif isinstance(row, Commitment) and field == "due":
        redate(change, row, value if isinstance(value, FuzzyDate) else None, reason)
    elif isinstance(row, Commitment) and field == "declared":
        amend_commitment(change, row, declared=value if isinstance(value, Light) else None)
    elif isinstance(row, Problem) and field == "importance":
        amend_problem(change, row, importance=value if isinstance(value, Importance) else None)
    elif field == "title":
        _retitle(change, row, str(value))
    else:
        raise Invalid(Reason.of("unknown_field"))


def _retitle(change: Recording, row: Row, title: str) -> None:
    match row:
        case Problem():
            amend_problem(change, row, title=title)
        case Solution():
            amend_solution(change, row, title=title)
        case Commitment():
            amend_commitment(change, row, title=title)
