"""What stands in a workbook arrives as it is."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Color, GradientFill, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from destraba.exchange.workbooks.cells import (
    CellKind,
    Merge,
    cell_name,
    column_letters,
    place_named,
)
from destraba.exchange.workbooks.read import read_workbook
from tests.exchange.books import archive, book, parts, read, saved


def test_values_of_every_kind_keep_their_kind() -> None:
    row = [
        "SERFOR",
        12,
        0.5,
        dt.date(2015, 9, 30),
        dt.datetime(2015, 9, 30, 10, 5),  # noqa: DTZ001 - spreadsheets know no zones
        True,
        dt.time(10, 5),
        " dos  espacios ",
    ]

    sheet = read({"Matriz": [row]}).sheets[0]

    assert [(cell.kind, cell.text) for cell in sheet.row(1)] == [
        (CellKind.TEXT, "SERFOR"),
        (CellKind.NUMBER, "12"),
        (CellKind.NUMBER, "0.5"),
        (CellKind.DATE, "2015-09-30"),
        (CellKind.DATE, "2015-09-30T10:05:00"),
        (CellKind.BOOL, "true"),
        (CellKind.TEXT, "10:05:00"),
        (CellKind.TEXT, " dos  espacios "),
    ]
    assert (sheet.rows, sheet.columns) == (1, 8)


@pytest.mark.parametrize(
    ("value", "text"), [(1e21, "1000000000000000000000"), (1e-7, "0.0000001"), (100, "100")]
)
def test_numbers_have_no_exponent(value: float, text: str) -> None:
    assert read({"Matriz": [[value]]}).sheets[0].text(1, 1) == text


def test_a_formula_is_marked_and_its_remembered_value_taken() -> None:
    rows = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>WEBSERVICE("x")</f></c></row>'

    first, second = read_workbook(archive(parts(rows)), "x.xlsx").sheets[0].row(1)

    assert (first.text, first.formula) == ("2", True)
    assert (second.kind, second.text, second.formula) == (CellKind.BLANK, "", True)


def test_an_error_is_no_text() -> None:
    cell = (
        read_workbook(archive(parts('<row><c t="e"><v>#REF!</v></c></row>')), "x.xlsx").sheets[0].cells[1, 1]
    )

    assert (cell.kind, cell.text) == (CellKind.ERROR, "")


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    workbook = openpyxl.Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    workbook["Sheet"]["A1"] = dt.date(2015, 9, 30)

    assert read_workbook(saved(workbook), "x.xlsx").sheets[0].text(1, 1) == "2015-09-30"


def test_text_in_several_runs_is_one_text_and_escapes_are_undone() -> None:
    runs = '<is><r><t xml:space="preserve">uno </t></r><r><t>dos</t></r></is>'
    escaped = "<is><t>a_x000D_b _x005F_x0041_</t></is>"

    sheet = read_workbook(
        archive(parts(f'<row><c t="inlineStr">{runs}</c><c t="inlineStr">{escaped}</c></row>')), "x.xlsx"
    ).sheets[0]

    assert (sheet.text(1, 1), sheet.text(1, 2)) == ("uno dos", "a\rb _x0041_")


def test_the_strict_dialect_of_the_format_is_read_too() -> None:
    usual, strict = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
    members = parts('<row><c t="inlineStr"><is><t>x</t></is></c></row>')
    members = {
        name: text.replace(f"{usual}spreadsheetml/2006/main", f"{strict}spreadsheetml/main").replace(
            f"{usual}officeDocument/2006", f"{strict}officeDocument"
        )
        for name, text in members.items()
    }

    assert read_workbook(archive(members), "x.xlsx").sheets[0].text(1, 1) == "x"


def test_cells_without_references_are_counted() -> None:
    rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c t="inlineStr"><is><t>x</t></is></c></row>'

    sheet = read_workbook(archive(parts(rows)), "x.xlsx").sheets[0]

    assert {place: cell.text for place, cell in sheet.cells.items()} == {
        (1, 1): "1",
        (1, 2): "2",
        (2, 2): "x",
    }


def test_fills_are_resolved_to_what_one_sees() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    fills = [
        PatternFill("solid", fgColor="FF0070C0"),
        PatternFill("solid", fgColor=Color(indexed=13)),
        PatternFill("solid", fgColor=Color(theme=4)),
        PatternFill("solid", fgColor=Color(theme=9, tint=0.4)),
        PatternFill("solid", fgColor=Color(theme=0, tint=-0.25)),
        PatternFill("darkGrid", fgColor="FF0070C0"),
        GradientFill(stop=["FF0000", "00FF00"]),
        PatternFill(),
    ]
    for column, fill in enumerate(fills, start=1):
        sheet.cell(1, column, "x").fill = fill

    cells = read_workbook(saved(workbook), "x.xlsx").sheets[0].row(1)

    assert [cell.fill for cell in cells] == [
        "0070C0",
        "FFFF00",
        "4F81BD",
        "FAC090",
        "BFBFBF",
        None,
        None,
        None,
    ]


def test_a_cell_may_be_all_fill_and_no_value() -> None:
    sheet = read({"Matriz": [["a", None, "c"]]}, fills={"B1": "FFC000"}).sheets[0]

    assert (sheet.cells[1, 2].kind, sheet.cells[1, 2].fill) == (CellKind.BLANK, "FFC000")


def test_indents_comments_merges_and_hidden_sheets_are_seen() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["B3"] = "a", "b", "c"
    sheet["A2"].alignment = Alignment(indent=2)
    sheet["A2"].comment = Comment("Coordinar con el enlace", "equipo")
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("B3:D9")
    workbook.create_sheet("Listas")["A1"] = "x"
    workbook["Listas"].sheet_state = "hidden"

    first, second = read_workbook(saved(workbook), "x.xlsx").sheets

    assert (first.cells[2, 1].indent, first.cells[2, 1].note) == (2, "Coordinar con el enlace")
    assert first.merges == (Merge(1, 1, 1, 2), Merge(3, 2, 3, 2))  # cut where the values end
    assert (first.hidden, second.hidden) == (False, True)


def test_colour_in_a_whole_column_makes_no_sheet_longer() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'

    sheet = read_workbook(archive(parts(rows)), "x.xlsx").sheets[0]

    assert (sheet.rows, sheet.columns, len(sheet.cells)) == (1, 1, 1)


def test_charts_are_no_sheets() -> None:
    workbook = openpyxl.Workbook()
    workbook.create_chartsheet("Gráfico")
    workbook["Sheet"]["A1"] = "x"

    assert [sheet.name for sheet in read_workbook(saved(workbook), "x.xlsx").sheets] == ["Sheet"]


def test_a_workbook_without_styles_has_no_fills() -> None:
    sheet = read_workbook(archive(parts('<row><c s="7"><v>1</v></c></row>')), "x.xlsx").sheets[0]

    assert sheet.cells[1, 1].fill is None


def test_it_is_read_from_a_path_too(tmp_path: Path) -> None:
    path = tmp_path / "matriz.xlsx"
    path.write_bytes(book({"Matriz": [["x"]]}))

    assert read_workbook(path, "matriz.xlsx").sheets[0].text(1, 1) == "x"


@pytest.mark.parametrize(
    ("place", "name"), [((6, 7), "G6"), ((1, 26), "Z1"), ((1, 27), "AA1"), ((1048576, 16384), "XFD1048576")]
)
def test_cells_have_the_names_that_people_know(place: tuple[int, int], name: str) -> None:
    assert cell_name(*place) == name
    assert place_named(name) == place
    assert name.startswith(column_letters(place[1]))


@pytest.mark.parametrize("name", ["", "G", "6", "g6", "G0", "ABCD1", "G6 "])
def test_what_is_no_cell_has_no_place(name: str) -> None:
    with pytest.raises(ValueError, match=name or "^$"):
        place_named(name)
