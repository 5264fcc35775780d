"""The order of the rows, as people drag them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from destraba.actions.matrix.positions import position_after, position_before
from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.models import Commitment, Mesa, Problem, Solution
from destraba.queries import access
from destraba.queries.matrix.cells import Kind, Row
from destraba.queries.matrix.hands.found import fetch_row
from destraba.rules.permissions import Deed, Subject
from destraba.values.actors import Actor
from destraba.values.errors import Invalid, Stale
from destraba.values.reasons import Reason

_MOVED = {
    Kind.PROBLEM: kinds.PROBLEM_MOVED,
    Kind.SOLUTION: kinds.SOLUTION_MOVED,
    Kind.COMMITMENT: kinds.COMMITMENT_MOVED,
}


def move_row(
    *,
    actor: Actor,
    mesa: Mesa,
    kind: Kind,
    row_id: UUID,
    version: int,
    after_id: UUID | None = None,
    before_id: UUID | None = None,
    now: datetime,
) -> tuple[Row, UUID]:
    """Put a row right after a sibling, right before one, or first. A commitment may go beside one of another
    solution of its problem, and hangs from that one then; nothing else changes what it hangs from.

    Returns the row and the change set, for undo; where it stands there already, nothing is written.
    """
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=Subject(mesa.pk), now=now)
    row = fetch_row(mesa, kind, row_id)
    if row.version != version:
        raise Stale(Reason.of("stale"))
    beside_id = after_id or before_id
    beside = fetch_row(mesa, kind, beside_id) if beside_id else None
    if beside is not None and (beside.pk == row.pk or not _share_their_parent(row, beside)):
        raise Invalid(Reason.of("not_a_sibling"))
    with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
        others = _siblings(beside or row).exclude(pk=row.pk)
        after = beside if after_id else _last_before(others, beside)
        if not _stands_after(row, after, beside):
            position = position_after(others, after) if after else position_before(others)
            moved = {"solution": beside.solution} if isinstance(beside, Commitment) else {}
            change.update(row, _MOVED[kind], position=position, **moved)
        return row, change.change_set


def _share_their_parent(row: Row, other: Row) -> bool:
    if isinstance(row, Problem):
        return isinstance(other, Problem)
    return not isinstance(other, Problem) and row.problem_id == other.problem_id


def _siblings(row: Row) -> QuerySet[Any]:
    """The rows among which this one stands."""
    match row:
        case Problem():
            return Problem.objects.filter(mesa=row.mesa_id)
        case Solution():
            return Solution.objects.filter(problem=row.problem_id)
        case Commitment():
            return Commitment.objects.filter(problem=row.problem_id, solution=row.solution_id)


def _last_before(others: QuerySet[Any], row: Row | None) -> Row | None:
    """The sibling that stands right before this one; of none, none stands before."""
    if row is None:
        return None
    found: Row | None = (
        others.filter(withdrawn_at=None, position__lt=row.position).order_by("-position").first()
    )
    return found


def _stands_after(row: Row, after: Row | None, beside: Row | None) -> bool:
    """Whether it stands there already."""
    if (
        isinstance(row, Commitment)
        and isinstance(beside, Commitment)
        and beside.solution_id != row.solution_id
    ):
        return False
    return _last_before(_siblings(row), row) == after
