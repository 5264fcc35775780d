"""What a form or an address brought, read as what it should be."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.http import QueryDict

from destraba.actions.matrix.cells import Chosen
from destraba.queries.matrix.cells import Kind
from destraba.values.errors import Invalid
from destraba.values.reasons import Reason


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One cell as it was sent: the row, the version it was read at, and the new text."""

    kind: Kind
    row_id: UUID
    version: int
    field: str
    text: str
    reason: str


_MOST_COLUMNS = 60


class Posted:
    """Nothing is looked up by a name that came from outside: every value is one of a closed set, or text."""

    def __init__(self, fields: QueryDict) -> None:
        self._fields = fields

    def text(self, name: str) -> str:
        """The text of a field, blank where it is missing."""
        return str(self._fields.get(name, ""))

    def key(self, name: str) -> UUID | None:
        """A record's key, or None where it is blank. Raises Invalid for what is no key."""
        text = self.text(name)
        if not text:
            return None
        try:
            return UUID(text)
        except ValueError as error:
            raise Invalid(Reason.of("unknown_row")) from error

    def kind(self) -> Kind:
        """Which level of the Matrix. Raises Invalid."""
        try:
            return Kind(self.text("object"))
        except ValueError as error:
            raise Invalid(Reason.of("unknown_row")) from error

    def number(self, name: str) -> int:
        """A whole number. Raises Invalid."""
        text = self.text(name)
        if not _is_number(text):
            raise Invalid(Reason.of("version_missing"))
        return int(text)

    def moment(self, name: str) -> datetime:
        """The moment at which a page was drawn. Raises Invalid for what no page of ours says."""
        try:
            said = datetime.fromisoformat(self.text(name))
            if said.tzinfo is None:
                raise ValueError(name)
            return said.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise Invalid(Reason.of("version_missing")) from error

    def columns(self, default: tuple[str, ...]) -> tuple[str, ...]:
        """The columns on screen, in their order; `default` for a page that does not say."""
        named = tuple(name for name in self.text("columns").split(",")[:_MOST_COLUMNS] if name)
        return tuple("declared" if name == "light" else name for name in named) or default

    def chosen(self) -> list[Chosen]:
        """The rows that were chosen: level, key and version of each. Raises Invalid."""
        return [_chosen(text) for text in self._fields.getlist("row")]

    def row(self) -> UUID:
        """The key of the row that is meant. Raises Invalid."""
        row_id = self.key("id")
        if row_id is None:
            raise Invalid(Reason.of("unknown_row"))
        return row_id

    def cell(self) -> CellEdit:
        """One cell's edit. Raises Invalid."""
        return CellEdit(
            kind=self.kind(),
            row_id=self.row(),
            version=self.number("version"),
            field=self.text("field"),
            text=self.text("value"),
            reason=self.text("reason"),
        )


def _chosen(text: str) -> Chosen:
    kind, _, rest = text.partition(" ")
    row_id, _, version = rest.partition(" ")
    if not _is_number(version):
        raise Invalid(Reason.of("version_missing"))
    try:
        return Chosen(Kind(kind), UUID(row_id), int(version))
    except ValueError as error:
        raise Invalid(Reason.of("unknown_row")) from error


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
