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
    after_id: UUID | None,
    now: datetime,
) -> tuple[Row, UUID]:
    """Put a row right after a sibling, or first. A commitment may go after one of another solution of its
    problem, and hangs from that one then; nothing else changes what it hangs from.

    Returns the row and the change set, for undo; where it stands there already, nothing is written.
    """
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=Subject(mesa.pk), now=now)
    row = fetch_row(mesa, kind, row_id)
    if row.version != version:
        raise Stale(Reason.of("stale"))
    after = fetch_row(mesa, kind, after_id) if after_id else None
    if after is not None and (after.pk == row.pk or not _share_their_parent(row, after)):
        raise Invalid(Reason.of("not_a_sibling"))
    with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
        others = _siblings(row, after).exclude(pk=row.pk)
        if not _stands_after(row, after, others):
            position = position_after(others, after) if after else position_before(others)
            moved = {"solution": after.solution} if isinstance(after, Commitment) else {}
            change.update(row, _MOVED[kind], position=position, **moved)
        return row, change.change_set


def _share_their_parent(row: Row, other: Row) -> bool:
    if isinstance(row, Problem):
        return isinstance(other, Problem)
    return not isinstance(other, Problem) and row.problem_id == other.problem_id


def _siblings(row: Row, after: Row | None) -> QuerySet[Any]:
    """The rows among which it will stand."""
    match after or row:
        case Problem():
            return Problem.objects.filter(mesa=row.mesa_id)
        case Solution() as one:
            return Solution.objects.filter(problem=one.problem_id)
        case Commitment() as one:
            return Commitment.objects.filter(problem=one.problem_id, solution=one.solution_id)


def _stands_after(row: Row, after: Row | None, others: QuerySet[Any]) -> bool:
    """Whether it stands there already."""
    if isinstance(after, Commitment) and isinstance(row, Commitment) and after.solution_id != row.solution_id:
        return False
    before = others.filter(withdrawn_at=None, position__lt=row.position).order_by("-position").first()
    return before == after
