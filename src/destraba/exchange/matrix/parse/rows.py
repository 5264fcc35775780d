"""The rows of a table under its heading: merged cells spread out, what is no row left out and named."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from destraba.exchange.matrix.fields import LEVELS, Field
from destraba.exchange.matrix.headings import HeadingRow, matrix_heading
from destraba.exchange.matrix.readings import Located, Notebook, Where
from destraba.exchange.workbooks.cells import Cell, CellKind, Place, Sheet, cell_name
from destraba.values.texts import fold

_TOTAL = re.compile(r"(?:gran )?(?:sub ?)?(?:total(?:es)?|suma|sum)(?: (?:de|general|geral|of)\b.*| ?:.*|)")
_LONGEST_TOTAL = 60
_NEVER_A_HEADING = frozenset({CellKind.NUMBER, CellKind.DATE, CellKind.BOOL})
_HEADING_WORDS = 6
_SECTION_WIDTH = 3
_INDENT_WIDTH = 4  # blanks that a level is worth when somebody indents with the space bar


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; a merged cell is there in each of its rows, at the place where it is written."""

    number: int
    cells: Mapping[Field, Cell]
    columns: Mapping[Field, int]
    section: str = ""

    def text(self, field: Field) -> str:
        cell = self.cells.get(field)
        return cell.text.strip() if cell else ""

    def place(self, field: Field) -> Place | None:
        """Where the value is written: the same for all rows of a merged cell."""
        cell = self.cells.get(field)
        return (cell.row, cell.column) if cell else None

    def name(self, field: Field) -> str:
        """The name of the cell ("G6"), also of a blank one; the row's first when there is no such column."""
        return cell_name(*(self.place(field) or (self.number, self.columns.get(field, 1))))

    def own(self, field: Field) -> bool:
        """Whether the value is written in this very row."""
        cell = self.cells.get(field)
        return cell is not None and cell.row == self.number

    def is_blank(self) -> bool:
        """Whether the row itself says nothing."""
        return not any(self.own(field) and self.text(field) for field in self.cells)


@dataclass(frozen=True, slots=True)
class _Section:
    """A line that heads rows: those more indented than it, or, without an indent, all up to the next."""

    text: str
    indent: int | None


_NO_SECTION = _Section("", None)


def matrix_rows(sheet: Sheet, heading: HeadingRow, notebook: Notebook) -> Iterator[TableRow]:
    """From the heading to the end of the Matrix. What is left out is noted with its reason."""
    wide = _merged_across(sheet)
    section = _NO_SECTION
    for row in filled_rows(sheet, heading, notebook):
        if _repeats(sheet, heading, row):
            notebook.skip(row.number, "repeated_heading")
        elif _is_another_heading(sheet, row):
            notebook.doubt(cell_name(row.number, 1), "second_heading")
            notebook.skip(row.number, "second_table")
            return
        elif _is_total(row):
            notebook.skip(row.number, "total", text=_first_text(row))
        elif _is_section(sheet, row, wide):
            section = _Section(_first_text(row), None if _is_wide(row, wide) else _depth(row))
            notebook.skip(row.number, "section", text=section.text)
        elif not any(row.text(level) for level in LEVELS) and not row.text(Field.OWNER):
            notebook.skip(row.number, "no_title", text=_first_text(row))
        else:
            if section.indent is not None and _depth(row) <= section.indent:
                section = _NO_SECTION
            yield replace(row, section=section.text)


def filled_rows(sheet: Sheet, heading: HeadingRow, notebook: Notebook) -> Iterator[TableRow]:
    """All rows below the heading that say something in its columns."""
    anchors = _anchors(sheet, heading)
    for number in range(heading.row + 1, sheet.rows + 1):
        row = _row(sheet, heading, anchors, number)
        if not row.is_blank():
            yield row
        elif outside := next((cell.text.strip() for cell in sheet.row(number) if cell.text.strip()), ""):
            notebook.skip(number, "outside_table", text=outside[:200])
        else:
            notebook.skip(number, "blank")


def located(sheet: str, row: TableRow, *fields: Field) -> Where:
    """Where those fields of a row are written."""
    return {
        field: Located(sheet, cell_name(cell.row, cell.column), cell.text)
        for field in fields
        if (cell := row.cells.get(field)) and (cell.kind is not CellKind.BLANK or cell.fill)
    }


def _anchors(sheet: Sheet, heading: HeadingRow) -> Mapping[Place, Place]:
    """From each place that a merged cell covers, in columns that matter, to where its value is written."""
    columns = set(heading.columns.values())
    return {
        (row, merge.first_column): (merge.first_row, merge.first_column)
        for merge in sheet.merges
        if merge.first_column in columns
        for row in range(merge.first_row + 1, merge.last_row + 1)
    }


def _row(sheet: Sheet, heading: HeadingRow, anchors: Mapping[Place, Place], number: int) -> TableRow:
    places = ((field, (number, column)) for field, column in heading.columns.items())
    found = ((field, sheet.cells.get(anchors.get(place, place))) for field, place in places)
    return TableRow(number, {field: cell for field, cell in found if cell}, heading.columns)


def _repeats(sheet: Sheet, heading: HeadingRow, row: TableRow) -> bool:
    """Whether every cell of the row says again what stands over its column."""
    written = [cell for field, cell in row.cells.items() if row.own(field) and cell.text.strip()]
    return all(fold(cell.text) == fold(sheet.text(heading.row, cell.column)) for cell in written)


def _is_another_heading(sheet: Sheet, row: TableRow) -> bool:
    """A heading further down says three things at least, in few words: a row of work has known words by
    chance ("Proyecto de ley", "Medida", "Propuesta"), but then a number, a date or a sentence beside them."""
    if any(_is_of_work(cell) for field, cell in row.cells.items() if row.own(field)):
        return False
    other = matrix_heading(sheet, row.number)
    return other is not None and len(other.columns) >= 3


def _is_of_work(cell: Cell) -> bool:
    """In a file without kinds of cells, digits show what is a number or a date."""
    has_digits = any(letter.isdigit() for letter in cell.text)
    return cell.kind in _NEVER_A_HEADING or has_digits or len(cell.text.split()) > _HEADING_WORDS


def _is_total(row: TableRow) -> bool:
    """Sums at the bottom: nobody answers for them, and where the number is there is "Total" or nothing."""
    if row.text(Field.OWNER) or row.text(Field.DUE):
        return False
    own = {field: row.text(field) for field in row.cells if row.own(field)}
    short = {field: text for field, text in own.items() if len(text) <= _LONGEST_TOTAL}
    sums = {field for field, text in short.items() if _TOTAL.fullmatch(fold(text))}
    return bool(sums) and (Field.NUMBER in sums or not row.text(Field.NUMBER))


def _merged_across(sheet: Sheet) -> AbstractSet[Place]:
    return {
        (merge.first_row, merge.first_column)
        for merge in sheet.merges
        if merge.first_row == merge.last_row and merge.last_column - merge.first_column + 1 >= _SECTION_WIDTH
    }


def _is_section(sheet: Sheet, row: TableRow, wide: AbstractSet[Place]) -> bool:
    """A line that heads those below it: alone in its row, merged across or less indented than the next."""
    written = [cell for field, cell in row.cells.items() if row.own(field) and row.text(field)]
    if len(written) != 1 or Field.PROBLEM not in row.columns:
        return False
    cell = written[0]
    below = sheet.cells.get((row.number + 1, cell.column))
    is_less_indented = below is not None and below.kind is CellKind.TEXT and _indent(below) > _indent(cell)
    return is_less_indented or _is_wide(row, wide)


def _is_wide(row: TableRow, wide: AbstractSet[Place]) -> bool:
    return any(row.own(field) and row.place(field) in wide for field in row.cells)


def _depth(row: TableRow) -> int:
    cell = row.cells.get(Field.PROBLEM)
    return _indent(cell) if cell else 0


def _indent(cell: Cell) -> int:
    return cell.indent * _INDENT_WIDTH + len(cell.text) - len(cell.text.lstrip())


def _first_text(row: TableRow) -> str:
    written = sorted((cell.column, cell.text.strip()) for field, cell in row.cells.items() if row.own(field))
    return next((text for _, text in written if text), "")[:200]
