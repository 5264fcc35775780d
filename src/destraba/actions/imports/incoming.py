"""What a person chose of a spreadsheet: plain data, made by whoever read and compared it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from destraba.models import OrganizationKind
from destraba.queries.matrix.cells import Kind
from destraba.rules.permissions import Role

Values = Mapping[str, object]


def row_id(kind: Kind, key: str) -> str:
    """A row's identity among all rows of its source: keys are its kind's own."""
    return f"{kind.value}:{key}"


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """One row of a source: new where `record_id` is None.

    `parent` is the `id` of the row that it hangs below, and `parent_id` its record where there is one.
    `values` are the cells to write, typed; `said` is everything that the source says in this row, as text,
    kept for the comparison when it comes again.
    """

    kind: Kind
    key: str
    parent: str
    parent_id: UUID | None
    record_id: UUID | None
    values: Values
    said: Mapping[str, str]

    @property
    def id(self) -> str:
        return row_id(self.kind, self.key)


@dataclass(frozen=True, slots=True)
class IncomingMember:
    """An organization that the source lists as a participant."""

    name: str
    kind: OrganizationKind
    role: Role
    is_occasional: bool


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """The spreadsheet itself, kept beside what was taken from it."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Incoming:
    """What to write, parents before what hangs below them.

    `as_of` is where the mesa's chain stood when source and mesa were compared. `columns` are the team's own
    headings with their fields, and `colours` its own lights, for the next time.
    """

    source: str
    as_of: int
    rows: Sequence[IncomingRow]
    members: Sequence[IncomingMember] = ()
    columns: Sequence[tuple[str, str]] = ()
    colours: Mapping[str, str] = field(default_factory=dict)
    file: IncomingFile | None = None

    @property
    def writes(self) -> bool:
        """Whether anything of it would change the mesa."""
        return any(row.record_id is None or row.values for row in self.rows)


@dataclass(frozen=True, slots=True)
class Imported:
    """What was done. `change_set` can be undone by whoever did it, where `is_undoable`."""

    change_set: UUID
    is_undoable: bool
