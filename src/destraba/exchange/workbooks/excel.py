"""The cells of an .xlsx workbook whose extents were checked before.

python-calamine reads the values (a formula's is the one that the file remembers), `looks` adds the rest.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO
from zipfile import ZipFile

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from destraba.exchange.refusals import Refused
from destraba.exchange.workbooks.cells import Cell, CellKind, Merge, Place, Sheet, cell_name
from destraba.exchange.workbooks.extents import Extent
from destraba.exchange.workbooks.limits import Limits
from destraba.exchange.workbooks.looks import Look, read_looks
from destraba.exchange.workbooks.parts import notes, sheet_parts
from destraba.exchange.workbooks.styles import read_styles

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_NOTHING = Look()


def read_excel(
    file: BinaryIO, extents: Mapping[str, Extent], limits: Limits
) -> Iterator[tuple[Sheet, Iterator[list[Cell]]]]:
    """Each sheet, first without its cells; then its rows, to be taken before the next sheet.

    `extents` is by the name of the sheet. Raises `Refused`, and whatever the libraries raise.
    """
    file.seek(0)
    book = CalamineWorkbook.from_filelike(file)
    hidden = {sheet.name for sheet in book.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}
    budget = _TextBudget(limits)
    with ZipFile(file) as archive:
        styles = read_styles(archive)
        for name, part in sheet_parts(archive).items():
            values, extent = book.get_sheet_by_name(name), extents[name]
            with archive.open(part) as xml:
                looks = read_looks(xml, styles, extent.rows, extent.columns)
            head = Sheet(name, extent.rows, extent.columns, {}, _merges(values, extent), name in hidden)
            yield head, _rows(head, values, looks, notes(archive, part), budget)


@dataclass(slots=True)
class _TextBudget:
    """How much text the cells may still hold."""

    limits: Limits
    spent: int = 0

    def spend(self, sheet: str, cell: Cell) -> None:
        length = len(cell.text)
        if length > self.limits.cell_length:
            place = cell_name(cell.row, cell.column)
            raise Refused.of("cell_too_long", limit=self.limits.cell_length, sheet=sheet, cell=place)
        self.spent += length + len(cell.note)
        if self.spent > self.limits.text_length:
            raise Refused.of("too_much_text", limit=self.limits.text_length, sheet=sheet)


def _rows(
    head: Sheet,
    values: CalamineSheet,
    looks: Mapping[int, dict[int, Look]],
    pinned: Mapping[int, dict[int, str]],
    budget: _TextBudget,
) -> Iterator[list[Cell]]:
    rows = values.to_python(skip_empty_area=False)
    rows += [[]] * (head.rows - len(rows))
    for number, row in enumerate(rows, start=1):
        seen, said = looks.get(number, {}), pinned.get(number, {})
        # A row is as wide as the sheet and mostly empty.
        columns = {column for column, value in enumerate(row, start=1) if value != ""}.union(seen, said)
        cells = []
        for column in sorted(columns):
            value = row[column - 1] if column <= len(row) else None
            cell = _cell((number, column), value, seen.get(column, _NOTHING), said.get(column, ""))
            budget.spend(head.name, cell)
            cells.append(cell)
        if cells:
            yield cells


def _cell(place: Place, value: Value | None, look: Look, note: str) -> Cell:
    kind, text = (CellKind.ERROR, "") if look.error else _plain(value)
    return Cell(*place, kind, text, look.style.fill, look.style.indent, look.formula, note)


def _merges(sheet: CalamineSheet, extent: Extent) -> tuple[Merge, ...]:
    """Merged rectangles in order, counted from 1; what lies beyond the last value is cut off."""
    return tuple(
        Merge(top + 1, left + 1, min(bottom + 1, extent.rows), min(right + 1, extent.columns))
        for (top, left), (bottom, right) in sorted(sheet.merged_cell_ranges or ())
        if top < extent.rows and left < extent.columns
    )


def _plain(value: Value | None) -> tuple[CellKind, str]:
    match value:
        case None | "":
            return CellKind.BLANK, ""
        case str():
            return CellKind.TEXT, value
        case bool():
            return CellKind.BOOL, str(value).lower()
        case int() | float():
            return _plain_number(value)
        case dt.datetime() if value.time() == dt.time.min:
            return CellKind.DATE, value.date().isoformat()
        case dt.date():
            return CellKind.DATE, value.isoformat()
        case _:
            return CellKind.TEXT, str(value)


def _plain_number(value: int | float) -> tuple[CellKind, str]:
    number = Decimal(repr(value))
    if not number.is_finite():
        return CellKind.ERROR, str(number)
    text = f"{number:f}"
    return CellKind.NUMBER, text.rstrip("0").rstrip(".") if "." in text else text
