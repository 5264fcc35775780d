"""Workbooks built for a test: by openpyxl as people make them, or part by part as nobody should."""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from destraba.exchange.workbooks.cells import Cell, CellKind, Merge, Sheet, Workbook, place_named
from destraba.exchange.workbooks.read import read_workbook

DATA = Path(__file__).parents[3] / "shared" / "data"
"""The real spreadsheets, where they lie beside the checkout."""

Row = Sequence[object]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def book(
    sheets: Mapping[str, Sequence[Row]],
    *,
    fills: Mapping[str, str] | None = None,
    merges: Sequence[str] = (),
    comments: Mapping[str, str] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """An .xlsx of those rows. Fills, merges and comments are for the first sheet."""
    workbook = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    workbook.remove(workbook.worksheets[0])
    first = workbook.worksheets[0]
    for cell, colour in (fills or {}).items():
        first[cell].fill = PatternFill("solid", fgColor=colour)
    for cell, text in (comments or {}).items():
        first[cell].comment = Comment(text, "equipo")
    for merge in merges:
        first.merge_cells(merge)
    return saved(workbook)


def saved(workbook: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def read(
    sheets: Mapping[str, Sequence[Row]], *, fills: Mapping[str, str] | None = None, merges: Sequence[str] = ()
) -> Workbook:
    """The same, read back."""
    return read_workbook(book(sheets, fills=fills, merges=merges), "matriz.xlsx")


def plain(
    sheets: Mapping[str, Sequence[Row]], *, fills: Mapping[str, str] | None = None, merges: Sequence[str] = ()
) -> Workbook:
    """The same without a file: what reading it would give."""
    found = []
    for at, (name, rows) in enumerate(sheets.items()):
        colours = {place_named(cell): colour for cell, colour in (fills or {}).items()} if at == 0 else {}
        values = {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1)}
        cells = {
            place: Cell(*place, *_kind_and_text(values.get(place)), fill=colours.get(place))
            for place in sorted({*values, *colours})
            if values.get(place) is not None or place in colours
        }
        merged = tuple(_merge(merge) for merge in merges) if at == 0 else ()
        found.append(Sheet(name, len(rows), max(map(len, rows), default=0), cells, merged))
    return Workbook("matriz.xlsx", tuple(found))


def _kind_and_text(value: object) -> tuple[CellKind, str]:
    match value:
        case None:
            return CellKind.BLANK, ""
        case dt.date():
            return CellKind.DATE, value.isoformat()
        case int() | float():
            return CellKind.NUMBER, str(value)
        case _:
            return CellKind.TEXT, str(value)


def _merge(name: str) -> Merge:
    first, _, last = name.partition(":")
    return Merge(*place_named(first), *place_named(last))


def parts(rows: str = "", *, sheet: str = "") -> dict[str, str]:
    """The fewest parts that make a workbook, its one sheet "Hoja" being `rows`, or `sheet` altogether."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_XML}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_XML}.worksheet+xml"/></Types>',
        "_rels/.rels": _relationships("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Hoja" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relationships("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet
        or f'<worksheet xmlns="{_MAIN}"><dimension ref="A1:XFD1048576"/>'
        f"<sheetData>{rows}</sheetData></worksheet>",
    }


def archive(members: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return stream.getvalue()


def _relationships(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )
