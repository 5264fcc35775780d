"""What a file is, found in its content: a name proves nothing."""

from codecs import BOM_UTF8
from collections.abc import Collection
from enum import StrEnum

from destraba.exchange.refusals import Refused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Excel 2 to 4 wrote bare records, each beginning with the number of its version.
_BARE_XLS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_NOT_A_TABLE = (b"%PDF-", b"{\\rtf", b"<", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b"))
_CONTROLS_PER_TEXT = 0.02

_PARTS_OF_OTHERS = {
    "xl/vbaProject.bin": "macro_workbook",
    "xl/workbook.bin": "binary_workbook",
    "Index/Document.iwa": "apple_numbers",
    "Index.zip": "apple_numbers",
    "content.xml": "open_document",
}


class Format(StrEnum):
    """The formats that are read."""

    XLSX = "xlsx"
    DELIMITED = "delimited"


def recognise(content: bytes) -> Format:
    """What the bytes are. Raises `Refused`, with a code of its own for each foreign format."""
    if not content.strip():
        raise Refused.of("empty_workbook")
    if content.startswith(b"PK"):
        return Format.XLSX
    if content.startswith(_OLE):
        raise Refused.of(_kind_of_ole(content))
    if content.startswith(_BARE_XLS):
        raise Refused.of("old_xls")
    if content.startswith(_UTF16_MARKS) or _is_text(content):
        return Format.DELIMITED
    raise Refused.of("not_a_spreadsheet")


def refuse_others(names: Collection[str]) -> None:
    """Raises `Refused` when the parts of an archive are not those of an .xlsx workbook."""
    for name, code in _PARTS_OF_OTHERS.items():
        if name in names:
            raise Refused.of(code)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Refused.of("not_a_spreadsheet")


def _kind_of_ole(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "password_protected"
    if any(name.encode("utf-16-le") + b"\0\0" in content for name in ("Workbook", "Book")):
        return "old_xls"
    return "not_a_spreadsheet"


def _is_text(content: bytes) -> bool:
    if content.removeprefix(BOM_UTF8).lstrip().startswith(_NOT_A_TABLE) or b"\0" in content:
        return False
    controls = len(content) - len(content.translate(None, _CONTROLS))
    return controls <= len(content) * _CONTROLS_PER_TEXT
