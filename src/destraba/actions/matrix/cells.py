"""One cell changed, or one column of many rows; one row added: a spreadsheet's hands on the records."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from destraba.actions.followup.commitments import enter_commitment
from destraba.actions.matrix.problems import enter_problem
from destraba.actions.matrix.setting import Setter
from destraba.actions.matrix.solutions import enter_solution
from destraba.ledger.record import Recording, recording
from destraba.models import Commitment, Mesa, Problem, Solution
from destraba.queries import access
from destraba.queries.matrix.cells import EDITABLE, Kind, Row, read_cell
from destraba.queries.matrix.hands.found import fetch_row, fetch_rows, number_of, numbers_of
from destraba.queries.matrix.hands.known import Known
from destraba.rules.permissions import Deed, Subject
from destraba.rules.problems import ProblemStage
from destraba.values.actors import Actor
from destraba.values.days import day_in
from destraba.values.errors import DomainError, Invalid, NotFound, Stale
from destraba.values.reasons import Reason

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Chosen:
    """A row as somebody had it on screen."""

    kind: Kind
    row_id: UUID
    version: int


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
    known = Known(mesa, day_in(mesa.time_zone, now))
    value = read_cell(kind, field, text, known, _owner_of(row))
    with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
        hand = Setter(change, mesa)
        hand.set(row, field, value, reason)
        hand.finish()
        return row, change.change_set


def change_cells(
    *,
    actor: Actor,
    mesa: Mesa,
    chosen: Sequence[Chosen],
    field: str,
    text: str,
    reason: str = "",
    now: datetime,
) -> tuple[list[Row], UUID]:
    """Set one column of many rows, all of them or none; one change set, so one undo.

    Raises Invalid, naming them, for rows that have no such column; Stale, naming them, for those that have
    moved on; and what a single row refuses, with its number.
    """
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=Subject(mesa.pk), now=now)
    rows = _rows(mesa, chosen)
    if lacking := [row for kind, row in rows if field not in EDITABLE[kind]]:
        raise Invalid(Reason.of("no_such_column", numbers=numbers_of(lacking), field=field))
    read = {one.row_id: one.version for one in chosen}
    if moved := [row for _kind, row in rows if row.version != read[row.pk]]:
        raise Stale(Reason.of("stale_rows", numbers=numbers_of(moved)))
    known = Known(mesa, day_in(mesa.time_zone, now))
    with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
        hand = Setter(change, mesa)
        for kind, row in rows:
            with _told_of(row):
                hand.set(row, field, read_cell(kind, field, text, known, _owner_of(row)), reason)
        hand.finish()
        return [row for _kind, row in rows], change.change_set


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
        parent = fetch_parent(mesa, kind, parent_id)
        return enter_row(change, mesa, kind, title, parent, after), change.change_set


def fetch_parent(mesa: Mesa, kind: Kind, parent_id: UUID | None) -> Problem | Solution | None:
    """What a new row of this level would hang from. Raises NotFound."""
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


def enter_row(
    change: Recording,
    mesa: Mesa,
    kind: Kind,
    title: str,
    parent: Problem | Solution | None,
    after: Row | None,
) -> Row:
    """A new row as part of a larger change of this mesa."""
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


def _rows(mesa: Mesa, chosen: Sequence[Chosen]) -> list[tuple[Kind, Row]]:
    """The rows that were chosen, in their order, each once."""
    if not chosen:
        raise Invalid(Reason.of("no_rows_chosen"))
    kinds = {one.row_id: one.kind for one in chosen}
    if len(kinds) > MOST_ROWS:
        raise Invalid(Reason.of("too_many_rows_chosen", limit=MOST_ROWS))
    found: dict[UUID, Row] = {}
    for kind in set(kinds.values()):
        found |= fetch_rows(mesa, kind, [row_id for row_id, one in kinds.items() if one is kind])
    return [(kind, found[row_id]) for row_id, kind in kinds.items()]


@contextmanager
def _told_of(row: Row) -> Iterator[None]:
    """What one of many rows refuses says which row it is."""
    try:
        yield
    except DomainError as error:
        said = Reason.of(error.reason.code, **{**error.reason.params, "at_row": number_of(row)})
        raise type(error)(said) from error


def _owner_of(row: Row) -> UUID | None:
    return row.owner_organization_id if isinstance(row, Commitment) else None
