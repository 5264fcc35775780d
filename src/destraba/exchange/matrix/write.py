"""Writes a Matrix as a workbook or as CSV. Whatever is text stays text: nothing in it is ever a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from destraba.exchange.matrix.colours import FILLS
from destraba.exchange.matrix.exports import Column, Entry, ExportRow, Share, ShownLight, entry
from destraba.exchange.matrix.fields import Field
from destraba.exchange.workbooks.delimited import guard
from destraba.rules.lights import Light

_LONG = frozenset({Field.PROBLEM, Field.SOLUTION, Field.COMMITMENT, Field.NOTE, Field.PROBLEM_NOTE})
_LONG_WIDTH, _WIDTH = 40, 16
_HEADING_FILL = "1F3864"
_SHEET_NAME_LENGTH = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FIRST_DATE = date(1900, 3, 1)  # before it, spreadsheets disagree by a day
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class CellTooLong(ValueError):
    """A text is longer than a cell of a workbook may hold."""


def write_xlsx(
    rows: Iterable[ExportRow],
    columns: Sequence[Column],
    *,
    title: str,
    sheet_name: str,
    updated: tuple[str, date],
    now: datetime,
    date_format: str = "dd/mm/yyyy",
) -> bytes:
    """A workbook with its title, the day beside its label ("Actualizado al"), the headings and the rows."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        book.set_properties({"title": title, "created": now})
        sheet = _Sheet(book, sheet_name, columns, date_format)
        sheet.write_preamble(title, updated)
        for row in rows:
            sheet.write_row(row)
        sheet.finish()
    return stream.getvalue()


def write_csv(
    rows: Iterable[ExportRow], columns: Sequence[Column], *, delimiter: str = ";", bom: bool = True
) -> bytes:
    """Headings and rows; days as ISO dates. An apostrophe stands before what a spreadsheet would run."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    apart = _collaborators_apart(columns)
    writer.writerow([guard(column.heading) for column in columns])
    for row in rows:
        writer.writerow([_text(entry(row, column.field, apart=apart)) for column in columns])
    return stream.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _text(value: Entry) -> str:
    match value:
        case ShownLight():
            return guard(value.word)
        case Share():
            return f"{(value.value * 100).normalize():f}%"
        case date():
            return value.isoformat()
        case _:
            return guard(value)


def _collaborators_apart(columns: Iterable[Column]) -> bool:
    return any(column.field is Field.COLLABORATORS for column in columns)


def _safe_sheet_name(name: str) -> str:
    return _NOT_IN_SHEET_NAMES.sub(" ", name)[:_SHEET_NAME_LENGTH].strip(" '") or "Matriz"


class _Sheet:
    """The one sheet, written from top to bottom, since a row is gone from memory once the next begins."""

    def __init__(self, book: Any, name: str, columns: Sequence[Column], date_format: str) -> None:
        self._columns = columns
        self._apart = _collaborators_apart(columns)
        self._sheet = book.add_worksheet(_safe_sheet_name(name))
        self._row = 0
        look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
        self._plain = book.add_format(look)
        self._date = book.add_format({**look, "num_format": date_format, "align": "left"})
        self._share = book.add_format({**look, "num_format": "0%"})
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._bare_date = book.add_format({"num_format": date_format, "align": "left"})
        self._heading = book.add_format(
            {
                **look,
                "bold": True,
                "bg_color": f"#{_HEADING_FILL}",
                "font_color": "#FFFFFF",
                "valign": "vcenter",
            }
        )
        self._lights = {
            light: book.add_format({**look, "bg_color": f"#{fill}", "font_color": _ink(light)})
            for light, fill in FILLS.items()
        }

    def write_preamble(self, title: str, updated: tuple[str, date]) -> None:
        label, day = updated
        for column, each in enumerate(self._columns):
            width = each.width or (_LONG_WIDTH if each.field in _LONG else _WIDTH)
            self._sheet.set_column(column, column, width)
        self._write_text(0, title, self._title)
        self._row += 1
        self._write_text(0, label, None)
        self._sheet.write_datetime(self._row, 1, day, self._bare_date)
        self._row += 2
        self._heading_row = self._row
        for column, each in enumerate(self._columns):
            self._write_text(column, each.heading, self._heading)
        self._sheet.freeze_panes(self._row + 1, 0)

    def write_row(self, row: ExportRow) -> None:
        self._row += 1
        for column, each in enumerate(self._columns):
            self._write(column, entry(row, each.field, apart=self._apart))

    def finish(self) -> None:
        self._sheet.autofilter(self._heading_row, 0, self._row, len(self._columns) - 1)

    def _write(self, column: int, value: Entry) -> None:
        match value:
            case "":
                self._sheet.write_blank(self._row, column, None, self._plain)
            case ShownLight():
                self._write_text(column, value.word, self._lights[value.light])
            case Share():
                self._sheet.write_number(self._row, column, float(value.value), self._share)
            case date() if value >= _FIRST_DATE:
                self._sheet.write_datetime(self._row, column, value, self._date)
            case _:
                self._write_text(column, str(value), self._plain)

    def _write_text(self, column: int, text: str, look: Any) -> None:
        if self._sheet.write_string(self._row, column, text, look):
            raise CellTooLong(f"row {self._row + 1}, column {column + 1}: {len(text)} characters")


def _ink(light: Light) -> str:
    """Dark on light fills, white on the blue: either way at least 4.5 to 1."""
    return "#FFFFFF" if light is Light.DONE else "#000000"
