"""What importing would do: each row of the source beside what is there, and what may be chosen of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from destraba.actions.imports.incoming import (
    Incoming,
    IncomingFile,
    IncomingMember,
    IncomingRow,
    row_id,
)
from destraba.exchange.matrix.colours import OwnColours
from destraba.exchange.matrix.compare.rows import Values
from destraba.exchange.matrix.compare.said import Said
from destraba.exchange.matrix.readings import Doubt, Located, Skipped
from destraba.queries.matrix.cells import Kind


class Status(StrEnum):
    """What would become of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"


class Side(StrEnum):
    """Which value of a cell in conflict stays."""

    SCREEN = "screen"
    SPREADSHEET = "spreadsheet"


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that differs: what stands on screen and what the source says now, as `said` puts them."""

    field: str
    mine: str
    theirs: str
    is_conflict: bool
    where: Located | None


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the source. `cells` are what differs, none for a new row: there all is new.

    `before` is what the source said of it last time, `said` what it says now.
    """

    kind: Kind
    key: str
    parent: str
    parent_id: UUID | None
    title: str
    number: str
    where: Located | None
    record_id: UUID | None
    status: Status
    cells: tuple[CellChange, ...]
    values: Values
    said: Said
    before: Said

    @property
    def id(self) -> str:
        return row_id(self.kind, self.key)

    def cell_id(self, field: str) -> str:
        """How a choice between two values names its cell."""
        return f"{self.id}:{field}"


@dataclass(frozen=True, slots=True)
class Plan:
    """All that importing would do, parents before what hangs below them.

    `strangers` are the names that no organization has yet, and `unclaimed` counts the rows on screen that the
    source does not have: they stay.
    """

    source: str
    as_of: int
    rows: tuple[PlannedRow, ...]
    members: tuple[IncomingMember, ...]
    doubts: tuple[Doubt, ...]
    skipped: tuple[Skipped, ...]
    strangers: tuple[str, ...]
    unclaimed: int
    columns: tuple[tuple[str, str], ...]
    colours: OwnColours

    def count(self, kind: Kind, *statuses: Status) -> int:
        """How many rows of a kind have one of these statuses."""
        return sum(row.kind is kind and row.status in statuses for row in self.rows)

    def of(self, *statuses: Status) -> list[PlannedRow]:
        return [row for row in self.rows if row.status in statuses]

    def chosen(
        self,
        rows: Iterable[str] | None = None,
        sides: Mapping[str, Side] | None = None,
        file: IncomingFile | None = None,
        left_out: Collection[str] = (),
    ) -> Incoming:
        """What to bring in: the rows of these ids, all of them where None, without those left out; a cell in
        conflict as chosen by its id. One that nobody chose for stays open: it is offered again next time.

        What hangs below a new row that was left out is left out with it.
        """
        wanted = None if rows is None else set(rows)
        gone: set[str] = set()
        incoming = []
        for row in self.rows:
            is_wanted = (wanted is None or row.id in wanted) and row.id not in left_out
            if row.record_id is None and (row.parent in gone or not is_wanted):
                gone.add(row.id)
            elif is_wanted or row.status is Status.UNCHANGED:
                incoming.append(_incoming(row, sides or {}))
        return Incoming(
            self.source,
            self.as_of,
            incoming,
            self.members,
            self.columns,
            {colour: light.value if light else "" for colour, light in self.colours.items()},
            file,
        )


def _incoming(row: PlannedRow, sides: Mapping[str, Side]) -> IncomingRow:
    if row.record_id is None:
        return IncomingRow(row.kind, row.key, row.parent, row.parent_id, None, row.values, row.said)
    taken: dict[str, object] = {}
    open_cells = set()
    for cell in row.cells:
        side = sides.get(row.cell_id(cell.field))
        if not cell.is_conflict or side is Side.SPREADSHEET:
            taken[cell.field] = row.values[cell.field]
        elif side is None:
            open_cells.add(cell.field)
    kept = {name: row.before[name] for name in open_cells if name in row.before}
    now = {name: text for name, text in row.said.items() if name not in open_cells}
    return IncomingRow(row.kind, row.key, row.parent, row.parent_id, row.record_id, taken, {**now, **kept})
