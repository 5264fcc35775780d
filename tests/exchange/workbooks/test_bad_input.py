"""Whatever is no workbook, or too much of one, is refused as a whole, with a code that makes one sentence."""

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from destraba.exchange.refusals import Refused
from destraba.exchange.workbooks.limits import Limits
from destraba.exchange.workbooks.read import read_workbook
from destraba.values.errors import DomainError
from tests.exchange.books import archive, book, parts, saved

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
SHEET = "xl/worksheets/sheet1.xml"


def refusal(content: bytes, limits: Limits | None = None) -> tuple[str, Mapping[str, str | int]]:
    with pytest.raises(Refused) as caught:
        read_workbook(content, "matriz.xlsx", limits=limits or Limits())
    assert isinstance(caught.value, DomainError)
    return caught.value.reason.code, caught.value.reason.params


def a_workbook_with(extra: Mapping[str, str | bytes]) -> bytes:
    return archive({**parts("<row><c><v>1</v></c></row>"), **extra})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty_workbook", id="nothing at all"),
        pytest.param(b" \r\n ", "empty_workbook", id="blanks"),
        pytest.param(PNG, "not_a_spreadsheet", id="a picture under another name"),
        pytest.param(b"%PDF-1.7\n", "not_a_spreadsheet", id="a PDF"),
        pytest.param(b"\xef\xbb\xbf <html><table>", "not_a_spreadsheet", id="a page saved as .xls"),
        pytest.param(b"\x1f\x8b\x08\x08", "not_a_spreadsheet", id="gzip"),
        pytest.param(bytes(range(1, 256)), "not_a_spreadsheet", id="bytes"),
        pytest.param(OLE + "Workbook".encode("utf-16-le") + b"\0\0", "old_xls", id=".xls"),
        pytest.param(b"\x09\x00\x04\x00\x02\x00\x10\x00", "old_xls", id=".xls of 1987"),
        pytest.param(
            OLE + "EncryptedPackage".encode("utf-16-le"), "password_protected", id="with a password"
        ),
        pytest.param(OLE + "WordDocument".encode("utf-16-le"), "not_a_spreadsheet", id=".doc"),
        pytest.param(archive({"readme.txt": "hola"}), "not_a_spreadsheet", id="a zip of something"),
        pytest.param(
            archive({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}),
            "not_a_spreadsheet",
            id=".docx",
        ),
        pytest.param(archive({"content.xml": "<a/>", "mimetype": "x"}), "open_document", id=".ods"),
        pytest.param(archive({"Index/Document.iwa": "x"}), "apple_numbers", id=".numbers"),
        pytest.param(a_workbook_with({"xl/workbook.bin": b"x"}), "binary_workbook", id=".xlsb"),
        pytest.param(a_workbook_with({"xl/vbaProject.bin": b"x"}), "macro_workbook", id="macros"),
        pytest.param(b"PK\x03\x04" + b"\0" * 40, "unreadable", id="no archive"),
        pytest.param(book({"Matriz": [["x"]]})[:900], "unreadable", id="cut off"),
        pytest.param(book({"Matriz": []}), "empty_workbook", id="a workbook without a value"),
        pytest.param(archive(parts(sheet="<worksheet><sheetData>")), "unreadable", id="XML that never ends"),
        pytest.param(archive(parts('<row><c r="$A$1"><v>1</v></c></row>')), "unreadable", id="no such cell"),
        pytest.param(archive(parts('<row r="x"/>')), "unreadable", id="no such row"),
        pytest.param(a_workbook_with({"xl/workbook.xml": "<workbook/>"}), "empty_workbook", id="no sheets"),
        pytest.param(
            a_workbook_with({"_rels/.rels": "<a/>"}), "unreadable", id="nothing says where the workbook is"
        ),
    ],
)
def test_what_is_no_workbook_is_refused_by_its_content(content: bytes, code: str) -> None:
    assert refusal(content)[0] == code


def test_the_name_proves_nothing() -> None:
    assert read_workbook(book({"Matriz": [["x"]]}), "foto.png").sheets[0].text(1, 1) == "x"


def test_a_bomb_is_refused_long_before_it_is_unpacked() -> None:
    bomb = a_workbook_with({"xl/sharedStrings.xml": "<sst>" + " " * 40_000_000 + "</sst>"})

    assert len(bomb) < 50_000
    assert refusal(bomb) == ("bomb", {"limit": 100})


def test_a_bomb_in_a_part_that_nobody_needs_is_a_bomb_too() -> None:
    assert refusal(a_workbook_with({"xl/media/image1.png": b"\0" * 40_000_000}))[0] == "bomb"


def test_many_small_parts_add_up() -> None:
    small = {f"xl/media/{number}.bin": b"\0" * 900_000 for number in range(20)}

    assert refusal(a_workbook_with(small))[0] == "bomb"


def test_too_many_parts_are_a_bomb() -> None:
    assert (
        refusal(a_workbook_with({f"xl/{number}": "" for number in range(50)}), Limits(members=40))[0]
        == "bomb"
    )


def test_a_header_that_lies_about_the_size_is_not_believed() -> None:
    """It declares a hundred bytes and unpacks to ten million: who trusts it stops early, others do not."""
    content = a_workbook_with({"xl/lies.xml": "<a>" + "0123456789" * 1_000_000 + "</a>"})
    at = content.rindex(b"PK\x01\x02")
    lying = content[: at + 24] + struct.pack("<I", 100) + content[at + 28 :]

    with zipfile.ZipFile(io.BytesIO(lying)) as package:
        assert package.getinfo("xl/lies.xml").file_size == 100
    assert refusal(lying)[0] == "bomb"


def test_a_small_lie_is_a_lie() -> None:
    content = a_workbook_with({"xl/lies.xml": "<a>0123456789</a>"})
    at = content.rindex(b"PK\x01\x02")

    assert refusal(content[: at + 24] + struct.pack("<I", 16) + content[at + 28 :])[0] == "bomb"


def test_two_parts_of_one_name_are_refused() -> None:
    stream = io.BytesIO(a_workbook_with({}))
    with zipfile.ZipFile(stream, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr(SHEET, "<worksheet/>")

    assert refusal(stream.getvalue())[0] == "bomb"


def test_more_than_fifty_megabytes_are_refused_however_well_they_pack() -> None:
    assert refusal(book({"Matriz": [["x"]]}), Limits(unpacked_bytes=9_000)) == (
        "too_large_unpacked",
        {"limit": 0},
    )
    assert refusal(b"a;b\r\n" * 300, Limits(unpacked_bytes=1_000))[0] == "too_large_unpacked"


def test_a_huge_file_is_not_even_taken_in(tmp_path: Path) -> None:
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as file:
        file.truncate(5_000_000_000)

    with pytest.raises(Refused) as caught:
        read_workbook(path, "huge.xlsx")
    assert caught.value.reason.code == "too_large_unpacked"


def test_a_part_packed_in_a_rare_way_is_refused() -> None:
    stream = io.BytesIO(a_workbook_with({}))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_LZMA) as package:
        package.writestr("xl/rare.xml", "<a/>")

    assert refusal(stream.getvalue()) == ("unreadable", {"cause": "xl/rare.xml"})


def test_an_encrypted_part_asks_for_a_password() -> None:
    content = bytearray(a_workbook_with({}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1

    assert refusal(bytes(content))[0] == "password_protected"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "docProps/core.xml", "xl/unheard-of.bin"])
def test_a_doctype_is_refused_wherever_and_however_it_is_written(part: str, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    laughs = head + '<!DOCTYPE a [<!ENTITY b "ja"><!ENTITY c "&b;&b;">]><a>&c;</a>'

    assert refusal(a_workbook_with({part: laughs.encode(encoding)})) == ("doctype", {"part": part})


def test_a_file_from_outside_is_never_fetched() -> None:
    outside = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'

    assert refusal(a_workbook_with({SHEET: outside}))[0] == "doctype"


def test_one_cell_in_the_last_corner_costs_nothing() -> None:
    workbook = openpyxl.Workbook()
    workbook["Sheet"]["A1"] = workbook["Sheet"]["XFD1048576"] = "x"

    assert refusal(saved(workbook)) == (
        "too_many_columns",
        {"limit": 400, "sheet": "Sheet", "cell": "XFD1048576"},
    )


def test_a_merge_over_the_whole_sheet_costs_nothing() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    sheet = parts(rows)[SHEET].replace(
        "</worksheet>", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )

    read = read_workbook(archive(parts(sheet=sheet)), "x.xlsx").sheets[0]

    assert (read.rows, read.columns, len(read.merges)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("sheets", "limits", "refused"),
    [
        ({"A": [["x"]] * 30}, Limits(rows=20), ("too_many_rows", {"limit": 20, "sheet": "A", "cell": "A30"})),
        (
            {"A": [["x"]] * 15, "B": [["x"]] * 15},
            Limits(rows=20),
            ("too_many_rows", {"limit": 20, "sheet": "B", "cell": "A15"}),
        ),
        ({"A": [["x"] * 500]}, Limits(), ("too_many_columns", {"limit": 400, "sheet": "A", "cell": "SF1"})),
        ({"A": [["x"] * 9] * 9}, Limits(cells=80), ("too_many_cells", {"limit": 80, "sheet": "A"})),
        ({f"{n}": [["x"]] for n in range(61)}, Limits(), ("too_many_sheets", {"limit": 60, "count": 61})),
        ({"A": [["x" * 90]] * 9}, Limits(text_length=800), ("too_much_text", {"limit": 800, "sheet": "A"})),
    ],
)
def test_too_much_is_refused_with_its_place(
    sheets: Mapping[str, list[list[str]]], limits: Limits, refused: tuple[str, Mapping[str, str | int]]
) -> None:
    assert refusal(book(sheets), limits) == refused


def test_a_cell_that_holds_more_than_a_cell_can_is_refused() -> None:
    content = archive(parts(f'<row><c r="B1" t="inlineStr"><is><t>{"x" * 40_000}</t></is></c></row>'))

    assert refusal(content) == ("cell_too_long", {"limit": 32_767, "sheet": "Hoja", "cell": "B1"})


def test_a_shared_text_in_every_cell_is_counted_each_time() -> None:
    cells = "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    members = parts(cells)
    members["xl/_rels/workbook.xml.rels"] = members["xl/_rels/workbook.xml.rels"].replace(
        "</R", f'<Relationship Id="rId2" Target="sharedStrings.xml" Type="{kind}"/></R'
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    members["xl/sharedStrings.xml"] = f'<sst xmlns="{main}"><si><t>{"y" * 30_000}</t></si></sst>'

    assert read_workbook(archive(members), "x.xlsx").sheets[0].text(1, 100) == "y" * 30_000
    assert refusal(archive(members), Limits(text_length=2_999_999))[0] == "too_much_text"
