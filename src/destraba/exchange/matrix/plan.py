"""What importing would do: each row of the source beside what is there, and what the source said last time.

Three sides of every cell: `said` (the source, last time), `mine` (on screen), `theirs` (the source, now). A cell
that the source has not changed never overwrites an edit on screen; where both changed, the person chooses,
and until then the screen's value stays.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from destraba.actions.imports import Incoming, IncomingMember, IncomingRow
from destraba.exchange.matrix.readings import (
    Doubt,
    Located,
    ReadCommitment,
    Reading,
    ReadProblem,
    ReadSolution,
    Skipped,
    Where,
)
from destraba.exchange.matrix.standing import Standing, called
from destraba.models import Mesa
from destraba.queries.matrix.cells import Kind

Typed = Mapping[str, object]


class Status(StrEnum):
    """What would become of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that differs: what stands on screen, and what the source says now."""

    field: str
    mine: str
    theirs: str
    is_conflict: bool


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the source. `cells` are what differs; all of a new row's cells are new."""

    kind: Kind
    key: str
    parent_key: str
    title: str
    number: str
    where: Located | None
    row_id: UUID | None
    status: Status
    cells: tuple[CellChange, ...]
    values: Typed
    said: Mapping[str, str]
    said_before: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that importing would do, parents before what hangs below them."""

    source: str
    rows: tuple[PlannedRow, ...]
    members: tuple[IncomingMember, ...]
    doubts: tuple[Doubt, ...]
    skipped: tuple[Skipped, ...]

    def count(self, kind: Kind, status: Status) -> int:
        """How many rows of a kind have a status; a conflict counts as changed."""
        return sum(row.kind is kind and row.status is status for row in self.rows)

    def chosen(self, keys: Iterable[str] | None = None, theirs: Iterable[str] = ()) -> Incoming:
        """What to bring in: the rows of these keys (all of them where None).

        A cell in conflict is taken from the source only where its row's key is in `theirs`. What hangs below
        a new row that was not chosen is left out with it.
        """
        wanted = None if keys is None else set(keys)
        taken = set(theirs)
        left_out: set[str] = set()
        rows = []
        for row in self.rows:
            is_wanted = wanted is None or row.key in wanted or row.row_id is not None
            if row.parent_key in left_out or not is_wanted:
                left_out.add(row.key)
                continue
            skipped = wanted is not None and row.key not in wanted
            rows.append(_incoming(row, skipped=skipped, takes_theirs=row.key in taken))
        return Incoming(self.source, rows, self.members)


def plan(reading: Reading, mesa: Mesa | None, *, source: str, members: Iterable[IncomingMember] = ()) -> Plan:
    """The reading against a mesa, or against nothing where the mesa is yet to be opened."""
    standing = Standing.of(mesa, source) if mesa else Standing.empty()
    rows = [_compared(row, standing) for row in _rows(reading)]
    return Plan(source, tuple(rows), tuple(members), reading.doubts, reading.skipped)


def _rows(reading: Reading) -> Iterator[PlannedRow]:
    for problem in reading.problems:
        yield _problem(problem)
        for commitment in problem.commitments:
            yield _commitment(commitment, problem.key)
        for solution in problem.solutions:
            key = f"{problem.key}/{solution.key}"
            yield _solution(solution, problem.key, key)
            for commitment in solution.commitments:
                yield _commitment(commitment, key)


def _problem(read: ReadProblem) -> PlannedRow:
    values: Typed = {
        "title": read.title,
        "axis": read.axis,
        "detail": read.note,
        "importance": read.importance,
    }
    return _new(Kind.PROBLEM, read.key, "", read.title, values, read.where)


def _solution(read: ReadSolution, parent: str, key: str) -> PlannedRow:
    values: Typed = {"title": read.title, "before": read.before, "after": read.after, "goal": read.goal}
    return _new(Kind.SOLUTION, key, parent, read.title, values, read.where)


def _commitment(read: ReadCommitment, parent: str) -> PlannedRow:
    values: Typed = {
        "title": read.title,
        "owners": read.owners,
        "due": read.due,
        "declared": read.declared,
        "situation": read.note,
    }
    return _new(Kind.COMMITMENT, f"{parent}/{read.key}", parent, read.title, values, read.where)


def _new(
    kind: Kind, key: str, parent: str, title: str, values: Typed, where: Where
) -> PlannedRow:
    said = {name: as_text(value) for name, value in values.items()}
    first = next(iter(where.values()), None)
    return PlannedRow(kind, key, parent, title, "", first, None, Status.NEW, (), values, said, {})


def _compared(row: PlannedRow, standing: Standing) -> PlannedRow:
    there = standing.find(row.kind, row.key, row.parent_key, row.title)
    if there is None:
        return row
    said_before = there.said
    cells = []
    for name, theirs in row.said.items():
        mine = there.cells[name]
        before = said_before.get(name)
        if theirs in (mine, before) or (name == "owners" and _same_owners(row.values[name], mine)):
            continue
        cells.append(CellChange(name, mine, theirs, is_conflict=before is not None and before != mine))
    status = Status.UNCHANGED
    if cells:
        status = Status.CONFLICT if any(cell.is_conflict for cell in cells) else Status.CHANGED
    standing.claim(row.kind, row.key, there)
    return replace(
        row,
        row_id=there.row_id,
        number=there.number,
        status=status,
        cells=tuple(cells),
        said_before=said_before,
    )


def _same_owners(theirs: object, mine: str) -> bool:
    """Whether the source names the same bodies, perhaps by their other names."""
    return isinstance(theirs, tuple) and "; ".join(called(theirs)) == mine


def _incoming(row: PlannedRow, *, skipped: bool, takes_theirs: bool) -> IncomingRow:
    if row.row_id is None:
        return IncomingRow(row.kind, row.key, row.parent_key, None, row.values, row.said)
    taken = {
        cell.field: row.values[cell.field]
        for cell in row.cells
        if not skipped and (takes_theirs or not cell.is_conflict)
    }
    # A row that was left out is offered again next time: what it said before still counts.
    said = row.said_before if skipped else row.said
    return IncomingRow(row.kind, row.key, row.parent_key, row.row_id, taken, said)


def as_text(value: object) -> str:
    """A cell's value as the text that two readings of it have in common."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(str(part) for part in value)
    text = getattr(value, "text", None)
    return str(text) if text is not None else str(value)
