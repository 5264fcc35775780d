"""What pasting a block would do: nothing is written here, so that a person can look first."""

import csv
import hashlib
import io
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from destraba.models import Commitment, Mesa, Problem, Solution
from destraba.queries.matrix.cells import COLUMNS, EDITABLE, Kind, Value, cell_text, read_cell
from destraba.rules.commitments import CommitmentState, is_slip
from destraba.values.errors import Invalid, NotFound
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.numbers import commitment_number, problem_number, solution_number
from destraba.values.reasons import Reason
from destraba.values.texts import visible_line

MOST_ROWS = 500

Target = Problem | Solution | Commitment
TargetT = TypeVar("TargetT", Problem, Solution, Commitment)


@dataclass(frozen=True, slots=True)
class PasteCell:
    """One cell that would change from `was`; `refusal` says why it is left out."""

    field: str
    was: str
    text: str
    value: Value
    refusal: Reason | None = None


@dataclass(frozen=True, slots=True)
class PasteLine:
    """One pasted line: a row that is there (`row_id`, `number`), or a new one with this title."""

    row_id: UUID | None
    number: str
    title: str
    cells: tuple[PasteCell, ...]
    moves_a_date: bool = False

    @property
    def is_left_out(self) -> bool:
        """A new row can't be without a title."""
        return self.row_id is None and not self.title


@dataclass(frozen=True, slots=True)
class PastePlan:
    """What pasting would do. `ignored` counts the columns of the block that stand beyond the grid."""

    kind: Kind
    parent_id: UUID | None
    lines: tuple[PasteLine, ...]
    ignored: int

    @property
    def asks_why(self) -> bool:
        """Whether a date that was agreed would move, which takes a reason."""
        return any(line.moves_a_date for line in self.lines)

    @property
    def mark(self) -> str:
        """What this plan would do, in short: another mark means that the rows have moved on since."""
        does = [
            (line.row_id, line.title, [(cell.field, cell.was, cell.text) for cell in line.cells])
            for line in self.lines
        ]
        return hashlib.sha256(repr((self.parent_id, does, self.asks_why)).encode()).hexdigest()


def plan_paste(
    mesa: Mesa, *, kind: Kind, anchor_id: UUID | None, parent_id: UUID | None, field: str, tsv: str
) -> PastePlan:
    """A block laid over the anchor's row and its next siblings, along the columns from `field` on.

    Lines beyond the last sibling become new rows; without an anchor all of them do. Cells that already hold
    the value are no change. Raises Invalid for a block that is empty or too long, NotFound for an anchor
    that is not in this mesa.
    """
    block = _block(tsv)
    targets, parent = _targets(mesa, kind, anchor_id, parent_id)
    columns = COLUMNS[COLUMNS.index(field) :] if targets and field in COLUMNS else COLUMNS
    lines = [
        _line(kind, targets[index] if index < len(targets) else None, columns, texts)
        for index, texts in enumerate(block)
    ]
    widest = max(len(texts) for texts in block)
    return PastePlan(kind, parent, tuple(lines), max(widest - len(columns), 0))


def _block(tsv: str) -> list[list[str]]:
    """A clipboard's block: tabs between cells, quotes around those that hold a line break."""
    reader = csv.reader(io.StringIO(tsv), delimiter="\t")
    try:
        lines = [line for line in reader if any(cell.strip() for cell in line)]
    except csv.Error as error:
        raise Invalid(Reason.of("nothing_pasted")) from error
    if not lines:
        raise Invalid(Reason.of("nothing_pasted"))
    if len(lines) > MOST_ROWS:
        raise Invalid(Reason.of("too_many_rows_pasted", limit=MOST_ROWS))
    return lines


def _targets(
    mesa: Mesa, kind: Kind, anchor_id: UUID | None, parent_id: UUID | None
) -> tuple[list[Target], UUID | None]:
    """The anchor and its next siblings; and the parent that new rows would have."""
    if anchor_id is None:
        return [], parent_id
    if kind is Kind.PROBLEM:
        problems = Problem.objects.filter(mesa=mesa, withdrawn_at=None).order_by("position")
        anchor = _found(problems.filter(pk=anchor_id).first())
        return list(problems.filter(position__gte=anchor.position)), None
    if kind is Kind.SOLUTION:
        solutions = Solution.objects.filter(mesa=mesa, withdrawn_at=None).order_by("position")
        at = _found(solutions.filter(pk=anchor_id).first())
        after = solutions.filter(problem=at.problem_id, position__gte=at.position)
        return list(after.select_related("problem")), at.problem_id
    commitments = Commitment.objects.filter(mesa=mesa, withdrawn_at=None).order_by("position")
    here = _found(commitments.filter(pk=anchor_id).first())
    below = commitments.filter(
        problem=here.problem_id, solution=here.solution_id, position__gte=here.position
    )
    return list(below.select_related("owner_organization")), here.solution_id or here.problem_id


def _found(row: TargetT | None) -> TargetT:
    if row is None:
        raise NotFound(Reason.of("unknown_row"))
    return row


def _line(kind: Kind, target: Target | None, columns: tuple[str, ...], texts: list[str]) -> PasteLine:
    given = dict(zip(columns, texts, strict=False))
    title = "" if target else visible_line(given.pop("title", "")).strip()
    cells = [
        cell
        for field, text in given.items()
        if field in EDITABLE[kind] and (target or text.strip()) and (cell := _cell(kind, target, field, text))
    ]
    moves = isinstance(target, Commitment) and any(_is_slip(target, cell) for cell in cells)
    return PasteLine(target.pk if target else None, _number(target), title, tuple(cells), moves)


def _cell(kind: Kind, target: Target | None, field: str, text: str) -> PasteCell | None:
    """None where the cell already says so."""
    was = cell_text(target, field) if target else ""
    try:
        if field == "title" and not text.strip():
            raise Invalid(Reason.of("required", field="title"))
        value = read_cell(kind, field, text)
    except Invalid as error:
        return PasteCell(field, was, text, None, error.reason)
    return None if text.strip() == was else PasteCell(field, was, text.strip(), value)


def _is_slip(commitment: Commitment, cell: PasteCell) -> bool:
    if cell.field != "due" or cell.refusal:
        return False
    due = cell.value.last_day if isinstance(cell.value, FuzzyDate) else None
    return is_slip(CommitmentState(commitment.state), commitment.due_on, due)


def _number(target: Target | None) -> str:
    match target:
        case None:
            return ""
        case Problem():
            return problem_number(target.number)
        case Solution():
            return solution_number(target.problem.number, target.number)
        case Commitment():
            return commitment_number(target.number)
