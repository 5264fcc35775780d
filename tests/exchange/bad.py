"""Files that no door takes in, each with the sentence that it gets."""

import zipfile
from io import BytesIO

import openpyxl

from tests.exchange.books import archive, book, parts, saved

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
_SHEET = "xl/worksheets/sheet1.xml"


def _with(extra: dict[str, str | bytes]) -> bytes:
    return archive({**parts("<row><c><v>1</v></c></row>"), **extra})


def _corner() -> bytes:
    workbook = openpyxl.Workbook()
    workbook["Sheet"]["A1"] = workbook["Sheet"]["XFD1048576"] = "x"
    return saved(workbook)


def _bomb() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(_SHEET, b"0" * 60_000_000)
    return stream.getvalue()


def _huge_cell() -> bytes:
    text = "x" * 10_000_000
    # Stored, not packed: ten million letters of one kind would be a bomb before they are a cell.
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts(f'<row><c r="B1" t="inlineStr"><is><t>{text}</t></is></c></row>').items():
            package.writestr(name, content)
    return stream.getvalue()


_DOCTYPE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'

REFUSED: dict[str, tuple[bytes, str]] = {
    "a bomb": (_bomb(), "It unpacks to far more than it should"),
    "a password": (_OLE + "EncryptedPackage".encode("utf-16-le"), "It is locked with a password."),
    "a picture under another name": (b"\x89PNG\r\n\x1a\n\x00\x00", "This is no spreadsheet."),
    "a PDF": (b"%PDF-1.7", "This is no spreadsheet."),
    "macros": (_with({"xl/vbaProject.bin": b"x"}), "It holds macros, which are never run here."),
    ".xls": (_OLE + "Workbook".encode("utf-16-le") + b"\0\0", "This is the old Excel format."),
    ".ods": (archive({"content.xml": "<a/>", "mimetype": "x"}), "This is an OpenDocument file."),
    "16,000 columns": (
        book({"Matriz": [["Traba", *["x"] * 15_999]]}),
        "Sheet Matriz reaches out to WQJ1; at most 400 columns are read.",
    ),
    "one cell in the last corner": (_corner(), "Sheet Sheet reaches out to XFD1048576; at most 400 columns"),
    "30,000 rows": (
        "\n".join(["Traba;Responsable", *["a;b"] * 30_000]).encode(),
        "Sheet bad reaches down to A20001; at most 20000 rows are read.",
    ),
    "ten million letters in a cell": (
        _huge_cell(),
        "Sheet Hoja, cell B1: at most 32767 characters are read.",
    ),
    "ten million letters in a line": (
        f"Traba;Responsable\na;{'x' * 10_000_000}\n".encode(),
        "Sheet bad, cell B2: at most 32767 characters are read.",
    ),
    "NUL in CSV": (b"Traba;Responsable\na\x00b;SERFOR\n", "This is no spreadsheet."),
    "NUL in a cell": (
        archive(parts('<row><c r="A1" t="inlineStr"><is><t>a&#0;b</t></is></c></row>')),
        "It is damaged and can't be read.",
    ),
    "DOCTYPE": (_with({_SHEET: _DOCTYPE}), "It holds instructions that no spreadsheet needs"),
    "cut off": (book({"Matriz": [["x"]]})[:900], "It is damaged and can't be read."),
    "a quote that never ends": (
        b'Traba;Responsable\na;SERFOR\n"b;SERFOR\nc;SERFOR\n',
        "Sheet bad, row 3: a quotation mark opens and never closes.",
    ),
    "no heading": (b"Lista de compras\npan\nleche\n", "No heading was found"),
    "nothing": (b"", "This spreadsheet is empty."),
}
