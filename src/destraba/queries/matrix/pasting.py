"""What pasting a block would do: nothing is written here, so that a person can look first."""

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from uuid import UUID

from destraba.models import Commitment, Mesa, Organization, Solution
from destraba.queries.matrix.cells import (
    COLUMNS,
    EDITABLE,
    Kind,
    Row,
    Value,
    held,
    in_words,
    is_same,
    read_cell,
)
from destraba.queries.matrix.hands.found import live_rows, number_of
from destraba.queries.matrix.hands.known import Known
from destraba.rules.commitments import CommitmentState, is_slip
from destraba.values.errors import Invalid, NotFound
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.reasons import Reason
from destraba.values.texts import visible_line

MOST_ROWS = 500

_NAMES = frozenset({"owner", "helpers"})


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
    mesa: Mesa,
    *,
    kind: Kind,
    anchor_id: UUID | None,
    parent_id: UUID | None,
    field: str,
    tsv: str,
    today: date,
    columns: Sequence[str] = COLUMNS,
) -> PastePlan:
    """A block laid over the anchor's row and its next siblings, along the columns from `field` on.

    `columns` are those on screen, in their order. Lines beyond the last sibling become new rows; without an
    anchor all of them do. Cells that already hold the value are no change. Raises Invalid for a block that is
    empty or too long, NotFound for an anchor that is not in this mesa. At most six statements.
    """
    block = _block(tsv)
    targets, parent = _targets(mesa, kind, anchor_id, parent_id, len(block))
    if targets and field in columns:
        columns = columns[columns.index(field) :]
    known = Known(mesa, today)
    known.learn(text for texts in block for name, text in zip(columns, texts, strict=False) if name in _NAMES)
    lines = [
        _line(kind, target, dict(zip(columns, texts, strict=False)), known)
        for texts, target in zip_longest(block, targets)
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
    mesa: Mesa, kind: Kind, anchor_id: UUID | None, parent_id: UUID | None, most: int
) -> tuple[list[Row], UUID | None]:
    """The anchor and its next siblings, as many as there are lines; the parent that new rows would have."""
    if anchor_id is None:
        return [], parent_id
    rows = live_rows(mesa, kind)
    anchor = rows.filter(pk=anchor_id).first()
    if anchor is None:
        raise NotFound(Reason.of("unknown_row"))
    below = rows.filter(position__gte=anchor.position)
    if isinstance(anchor, Solution):
        parent_id = anchor.problem_id
        below = below.filter(problem=anchor.problem_id)
    elif isinstance(anchor, Commitment):
        parent_id = anchor.solution_id or anchor.problem_id
        below = below.filter(problem=anchor.problem_id, solution=anchor.solution_id)
    return list(below[:most]), parent_id


def _line(kind: Kind, target: Row | None, given: dict[str, str], known: Known) -> PasteLine:
    title = "" if target else visible_line(given.pop("title", "")).strip()
    owner = target.owner_organization_id if isinstance(target, Commitment) else None
    cells: list[PasteCell] = []
    for field, text in sorted(given.items(), key=lambda one: one[0] == "seat"):
        if field in EDITABLE[kind] and (target or text.strip()):
            cell = _cell(kind, target, field, text, known, owner)
            if field == "owner" and cell and not cell.refusal:
                # Its seat is looked for among those of whoever the same line names.
                owner = cell.value.pk if isinstance(cell.value, Organization) else None
            cells.extend([cell] if cell else [])
    moves = isinstance(target, Commitment) and any(_is_slip(target, cell) for cell in cells)
    number = number_of(target) if target else ""
    return PasteLine(target.pk if target else None, number, title, tuple(cells), moves)


def _cell(
    kind: Kind, target: Row | None, field: str, text: str, known: Known, owner_id: UUID | None
) -> PasteCell | None:
    """None where the cell already holds it."""
    holds = held(target, field) if target else None
    was = in_words(holds)
    try:
        if field == "title" and not text.strip():
            raise Invalid(Reason.of("required", field="title"))
        value = read_cell(kind, field, text, known, owner_id)
    except Invalid as error:
        return PasteCell(field, was, text, None, error.reason)
    same = text.strip() == was or is_same(holds, value)
    return None if same else PasteCell(field, was, text.strip(), value)


def _is_slip(commitment: Commitment, cell: PasteCell) -> bool:
    if cell.field != "due" or cell.refusal:
        return False
    due = cell.value.last_day if isinstance(cell.value, FuzzyDate) else None
    return is_slip(CommitmentState(commitment.state), commitment.due_on, due)
