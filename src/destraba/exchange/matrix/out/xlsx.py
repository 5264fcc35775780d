"""A Matrix as a workbook. Whatever is text stays text: nothing in it is ever a formula."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from destraba.exchange.matrix.colours import FILLS
from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.out.cells import Entry, Share, collaborators_apart, entry
from destraba.exchange.matrix.out.columns import CLASSES, Column
from destraba.exchange.matrix.out.legend import Legend, Section
from destraba.exchange.matrix.out.rows import ExportRow, ShownLight
from destraba.rules.lights import Light

_WIDTH = 16
_A3 = 8
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}  # inches
_MOST_FROZEN = 3  # columns; more leave no room on a small screen
_FOOTER = 255  # characters, as the format has it
_HEADING_FILL = "1F3864"
_SHEET_NAME_LENGTH = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_DATE = "dd/mm/yyyy"
_LEGEND_WIDTHS = (28, 34, 80)
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
    page: str = "&P / &N",
    legend: Legend | None = None,
) -> bytes:
    """A workbook with its title, the day beside its label ("Actualizado al"), the headings and the rows.

    `page` is what stands at the foot of each printed page, in the codes of the format. The legend has a sheet
    of its own.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        book.set_properties({"title": title, "created": now})
        looks = _Looks(book)
        sheet = _MatrixSheet(book.add_worksheet(_safe_sheet_name(sheet_name)), looks, columns)
        sheet.write_preamble(title, updated)
        for row in rows:
            sheet.write_row(row)
        sheet.finish(f"{title} · {updated[1]:%d/%m/%Y}", page)
        if legend is not None:
            _LegendSheet(book.add_worksheet(_safe_sheet_name(legend.name)), looks).write(legend, page)
    return stream.getvalue()


def _safe_sheet_name(name: str) -> str:
    return _NOT_IN_SHEET_NAMES.sub(" ", name)[:_SHEET_NAME_LENGTH].strip(" '") or "Matriz"


class _Looks:
    """How cells look."""

    def __init__(self, book: Any) -> None:
        look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
        dark = {"bold": True, "bg_color": f"#{_HEADING_FILL}", "font_color": "#FFFFFF", "valign": "vcenter"}
        self.plain = book.add_format(look)
        self.number = book.add_format({**look, "num_format": "0"})
        self.date = book.add_format({**look, "num_format": _DATE, "align": "left"})
        self.share = book.add_format({**look, "num_format": "0%"})
        self.heading = book.add_format({**look, **dark})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.section = book.add_format({"bold": True, "font_size": 12, "font_color": f"#{_HEADING_FILL}"})
        self.small = book.add_format({"font_color": "#595959"})
        self.bare_date = book.add_format({"num_format": _DATE, "align": "left"})
        self.lights = {
            light: book.add_format({**look, "bg_color": f"#{fill}", "font_color": _ink(light)})
            for light, fill in FILLS.items()
        }


class _Sheet:
    """Written from top to bottom, since a row is gone from memory once the next begins."""

    def __init__(self, sheet: Any, looks: _Looks) -> None:
        self._sheet, self._looks, self._row = sheet, looks, 0

    def _write(self, column: int, value: Entry) -> None:
        match value:
            case "":
                self._sheet.write_blank(self._row, column, None, self._looks.plain)
            case ShownLight():
                self._write_text(column, value.word, self._looks.lights.get(value.light, self._looks.plain))
            case Share():
                self._sheet.write_number(self._row, column, float(value.value), self._looks.share)
            case int():
                self._sheet.write_number(self._row, column, value, self._looks.number)
            case date() if value >= _FIRST_DATE:
                self._sheet.write_datetime(self._row, column, value, self._looks.date)
            case _:
                self._write_text(column, str(value), self._looks.plain)

    def _write_text(self, column: int, text: str, look: Any) -> None:
        if self._sheet.write_string(self._row, column, text, look):
            raise CellTooLong(f"row {self._row + 1}, column {column + 1}: {len(text)} characters")

    def _for_paper(self, left: str, page: str) -> None:
        """One page wide, as many long as it takes."""
        self._sheet.set_margins(**_MARGINS)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer(_footer(left, page))


class _MatrixSheet(_Sheet):
    """The rows under their headings."""

    def __init__(self, sheet: Any, looks: _Looks, columns: Sequence[Column]) -> None:
        super().__init__(sheet, looks)
        self._columns = columns
        self._apart = collaborators_apart(columns)

    def write_preamble(self, title: str, updated: tuple[str, date]) -> None:
        label, day = updated
        for column, each in enumerate(self._columns):
            self._sheet.set_column(column, column, each.width or _WIDTH)
        self._write_text(0, title, self._looks.title)
        self._row += 1
        self._write_text(0, label, None)
        self._sheet.write_datetime(self._row, 1, day, self._looks.bare_date)
        self._row += 2
        self._heading_row = self._row
        for column, each in enumerate(self._columns):
            self._write_text(column, each.heading, self._looks.heading)
        self._sheet.freeze_panes(self._row + 1, self._frozen())

    def write_row(self, row: ExportRow) -> None:
        self._row += 1
        for column, each in enumerate(self._columns):
            self._write(column, entry(row, each.field, apart=self._apart))

    def finish(self, left: str, page: str) -> None:
        self._sheet.autofilter(self._heading_row, 0, self._row, len(self._columns) - 1)
        self._sheet.set_landscape()
        self._sheet.set_paper(_A3)
        self._sheet.repeat_rows(self._heading_row)
        self._sheet.print_area(0, 0, self._row, self._last_printed())
        self._for_paper(left, page)

    def _frozen(self) -> int:
        """Up to the problem, so that one sees whose row it is."""
        fields = [column.field for column in self._columns]
        upto = fields.index(Field.PROBLEM) + 1 if Field.PROBLEM in fields else 0
        return upto if upto <= _MOST_FROZEN else 0

    def _last_printed(self) -> int:
        """Classes and the version at the far end would make everything else too small to read."""
        apart = CLASSES | {Field.VERSION}
        return max((at for at, each in enumerate(self._columns) if each.field not in apart), default=0)


class _LegendSheet(_Sheet):
    """What the colours and words mean, and what the file is."""

    def write(self, legend: Legend, page: str) -> None:
        for column, width in enumerate(_LEGEND_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._write_text(0, legend.title, self._looks.title)
        self._write_text(1, legend.stamp, self._looks.small)
        for section in legend.sections:
            self._write_section(section)
        self._for_paper(legend.title, page)

    def _write_section(self, section: Section) -> None:
        self._row += 2
        self._write_text(0, section.title, self._looks.section)
        for row in section.rows:
            self._row += 1
            for column, value in enumerate(row):
                self._write(column, value)


def _footer(left: str, page: str) -> str:
    """The page is never cut off; what people wrote is, and commands nothing."""
    right = f"&R{page}"
    room = _FOOTER - len(right) - len("&L")
    said = left.replace("&", "&&")[:room]
    return f"&L{said.removesuffix('&') if said.count('&') % 2 else said}{right}"


def _ink(light: Light) -> str:
    """Dark on light fills, white on the blue: either way at least 4.5 to 1."""
    return "#FFFFFF" if light is Light.DONE else "#000000"
