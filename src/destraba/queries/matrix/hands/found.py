"""The rows that somebody has under their hands: of this mesa and of no other."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from destraba.models import Collaboration, Commitment, Mesa, Problem, Solution
from destraba.queries.matrix.cells import Kind, Row
from destraba.values.errors import NotFound
from destraba.values.numbers import commitment_number, problem_number, solution_number
from destraba.values.reasons import Reason

_FEW = 8


def fetch_row(mesa: Mesa, kind: Kind, row_id: UUID) -> Row:
    """One row as its cells need it. Raises NotFound."""
    return fetch_rows(mesa, kind, [row_id])[row_id]


def fetch_rows(mesa: Mesa, kind: Kind, row_ids: Collection[UUID]) -> dict[UUID, Row]:
    """The same for many, by key. Raises NotFound where one is missing."""
    found: dict[UUID, Row] = {row.pk: row for row in live_rows(mesa, kind).filter(pk__in=row_ids)}
    if len(found) < len(set(row_ids)):
        raise NotFound(Reason.of("unknown_row"))
    for row in found.values():
        row.mesa = mesa
    return found


def live_rows(mesa: Mesa, kind: Kind) -> QuerySet[Any]:
    """The rows of a level in their order, each with what its cells say."""
    if kind is Kind.PROBLEM:
        return Problem.objects.filter(mesa=mesa, withdrawn_at=None).order_by("position")
    if kind is Kind.SOLUTION:
        solutions = Solution.objects.filter(mesa=mesa, withdrawn_at=None)
        return solutions.select_related("problem").order_by("position")
    helping = Collaboration.objects.filter(withdrawn_at=None).select_related("organization").order_by("pk")
    return (
        Commitment.objects.filter(mesa=mesa, withdrawn_at=None)
        .select_related("problem", "solution", "owner_organization", "owner_seat")
        .prefetch_related(Prefetch("collaborations", queryset=helping))
        .order_by("position")
    )


def number_of(row: Row) -> str:
    """What people call it: P-12, P-12.1, C-45."""
    match row:
        case Problem():
            return problem_number(row.number)
        case Solution():
            return solution_number(row.problem.number, row.number)
        case Commitment():
            return commitment_number(row.number)


def numbers_of(rows: Sequence[Row]) -> str:
    """Several, in their order; of many, the first few."""
    named = ", ".join(number_of(row) for row in rows[:_FEW])
    return named if len(rows) <= _FEW else f"{named}, …"
