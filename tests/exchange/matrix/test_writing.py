"""What is written reads back as it was, and nothing in it is ever a formula."""

import csv
import datetime as dt
import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from destraba.exchange.matrix.colours import FILLS
from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.out.columns import Column
from destraba.exchange.matrix.out.csvs import write_csv
from destraba.exchange.matrix.out.rows import ExportRow, ShownLight
from destraba.exchange.matrix.out.xlsx import CellTooLong, write_xlsx
from destraba.exchange.matrix.read import read_matrix
from destraba.exchange.matrix.readings import Reading
from destraba.exchange.workbooks.read import read_workbook
from destraba.rules.lights import Light
from destraba.values import quantities
from destraba.values.fuzzy_dates import FuzzyDate, Precision
from destraba.values.texts import clean_line
from tests.values.naughty import NAUGHTY

NOW = dt.datetime(2017, 5, 31, 12, 0, tzinfo=dt.UTC)
HEADINGS = {
    Field.NUMBER: "N°",
    Field.AXIS: "Eje",
    Field.PROBLEM: "Problema identificado",
    Field.PROBLEM_NOTE: "Nota de la traba",
    Field.PRIORITY: "Prioridad",
    Field.SOLUTION_NUMBER: "N° solución",
    Field.SOLUTION: "Solución propuesta",
    Field.BEFORE: "Antes",
    Field.AFTER: "Después",
    Field.COMMITMENT_NUMBER: "N° compromiso",
    Field.COMMITMENT: "Acción / compromiso",
    Field.OWNER: "Entidad responsable",
    Field.COLLABORATORS: "Colaboradores",
    Field.START: "Inicio",
    Field.DUE: "Plazo",
    Field.LIGHT: "Semáforo",
    Field.PERCENT: "% de avance",
    Field.NOTE: "Situación actual",
}
COLUMNS = [Column(field, heading) for field, heading in HEADINGS.items()]
PROBLEM = ExportRow(
    number="P-1", axis="Trámites", problem="Registro lento", problem_note="Doce meses", priority="Alta"
)
SOLUTION = replace(
    PROBLEM,
    solution_number="P-1.1",
    solution="Registro simplificado",
    before=quantities.read("6-12 meses"),
    after=quantities.read("3 días"),
)
ROWS = [
    replace(
        PROBLEM, commitment_number="C-3", commitment="Difundirlo", owner="SERFOR", due_text="por definir"
    ),
    replace(
        SOLUTION,
        commitment_number="C-1",
        commitment="Implementar",
        owner="SERFOR",
        collaborators=("GORE Loreto", "Ministerio de Agricultura y Riego"),
        start=FuzzyDate(dt.date(2015, 1, 1), Precision.YEAR),
        due=FuzzyDate(dt.date(2015, 9, 30)),
        light=ShownLight(Light.DONE, "Hecho"),
        percent=Decimal("62.5"),
        note="Se aplica\nen dos regiones",
    ),
    replace(
        SOLUTION,
        commitment_number="C-2",
        commitment="Lanzar",
        owner="GORE Ucayali",
        due=FuzzyDate(dt.date(2017, 5, 1), Precision.MONTH, "mayo 2017"),
        light=ShownLight(Light.AMBER, "Ámbar"),
    ),
    ExportRow(number="P-2", problem="Registro lento", solution_number="P-2.1", solution="Eliminarlo"),
    ExportRow(number="P-3", problem="Pedido: prioridad nacional", light=ShownLight(Light.NONE, "")),
]


def workbook(rows: list[ExportRow], columns: list[Column] = COLUMNS) -> bytes:
    updated = ("Actualizado al", dt.date(2017, 5, 31))
    return write_xlsx(rows, columns, title="Mesa Forestal", sheet_name="Matriz", updated=updated, now=NOW)


def read_back(content: bytes) -> Reading:
    return read_matrix(read_workbook(content, "exportado"))


@pytest.fixture(params=["xlsx", "csv"])
def reading(request: pytest.FixtureRequest) -> Reading:
    return read_back(workbook(ROWS) if request.param == "xlsx" else write_csv(ROWS, COLUMNS))


def test_all_levels_come_back_under_their_numbers(reading: Reading) -> None:
    assert [(problem.key, problem.number, problem.title) for problem in reading.problems] == [
        ("P-1", "P-1", "Registro lento"),
        ("P-2", "P-2", "Registro lento"),
        ("P-3", "P-3", "Pedido: prioridad nacional"),
    ]
    assert [(solution.key, solution.title) for solution in reading.solutions()] == [
        ("P-1.1", "Registro simplificado"),
        ("P-2.1", "Eliminarlo"),
    ]
    assert [each.key for each in reading.commitments()] == ["C-3", "C-1", "C-2"]
    assert [each.key for each in reading.problems[0].commitments] == ["C-3"]


def test_all_values_come_back(reading: Reading) -> None:
    problem, (solution, *_) = reading.problems[0], reading.problems[0].solutions
    difundir, implementar, lanzar = reading.commitments()

    assert (problem.axis, problem.note, problem.importance) == ("Trámites", "Doce meses", "high")
    assert (solution.before, solution.after) == (SOLUTION.before, SOLUTION.after)
    assert implementar.owners == ("SERFOR", "GORE Loreto", "Ministerio de Agricultura y Riego")
    assert implementar.start
    assert (implementar.start.date, implementar.start.precision) == (dt.date(2015, 1, 1), Precision.YEAR)
    assert implementar.due
    assert (implementar.due.date, implementar.due.precision) == (dt.date(2015, 9, 30), Precision.DAY)
    assert (implementar.percent, implementar.note) == (Decimal("62.5"), "Se aplica\nen dos regiones")
    assert lanzar.due == FuzzyDate(dt.date(2017, 5, 1), Precision.MONTH, "mayo 2017")
    assert (difundir.due, difundir.due_text) == (None, "por definir")
    assert [each.declared for each in reading.commitments()] == [None, Light.DONE, Light.AMBER]


def test_reading_back_raises_no_doubt_and_skips_nothing(reading: Reading) -> None:
    assert reading.doubts == ()
    assert reading.skipped == ()


def test_the_title_and_its_day_come_back_from_a_workbook() -> None:
    reading = read_back(workbook(ROWS))

    assert (reading.title, reading.updated_on) == ("Mesa Forestal", FuzzyDate(dt.date(2017, 5, 31)))


def test_the_workbook_is_one_that_a_team_likes() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(ROWS)))["Matriz"]

    assert [cell.value for cell in sheet[4]] == list(HEADINGS.values())
    assert sheet.freeze_panes == "D5"
    assert sheet.auto_filter.ref == "A4:R9"
    due = sheet["O6"]
    assert (due.value, due.number_format) == (dt.datetime(2015, 9, 30), "dd/mm/yyyy")  # noqa: DTZ001
    assert (sheet["O7"].value, sheet["P6"].value) == ("mayo 2017", "Hecho")
    assert [sheet[f"P{row}"].fill.fgColor.rgb[2:] for row in (6, 7)] == [
        FILLS[Light.DONE],
        FILLS[Light.AMBER],
    ]
    assert sheet["P5"].value is None
    assert (sheet["Q6"].value, sheet["Q6"].number_format) == (0.625, "0%")


def test_collaborators_stand_after_the_owner_when_they_have_no_column() -> None:
    columns = [Column(Field.COMMITMENT, "Acción", 30), Column(Field.OWNER, "Responsable")]

    lines = list(csv.reader(io.StringIO(write_csv(ROWS, columns, delimiter=",", bom=False).decode())))

    assert lines[2] == ["Implementar", "SERFOR; GORE Loreto; Ministerio de Agricultura y Riego"]


@pytest.mark.parametrize(
    ("fuzzy", "written"),
    [
        (FuzzyDate(dt.date(2017, 5, 1), Precision.MONTH), "2017-05"),
        (FuzzyDate(dt.date(2017, 5, 1), Precision.MONTH, "junio 2017"), "2017-05"),
        (FuzzyDate(dt.date(2017, 5, 1), Precision.MONTH, "pronto"), "2017-05"),
        (FuzzyDate(dt.date(2017, 10, 1), Precision.QUARTER), "2017-Q4"),
        (FuzzyDate(dt.date(2017, 7, 1), Precision.QUARTER, "T3 2017"), "T3 2017"),
        (FuzzyDate(dt.date(2017, 1, 1), Precision.YEAR), "2017"),
        (FuzzyDate(dt.date(1950, 1, 31)), "1950-01-31"),
    ],
)
def test_a_date_is_written_so_that_it_reads_back(fuzzy: FuzzyDate, written: str) -> None:
    rows = [replace(ROWS[0], due=fuzzy)]

    for content in (workbook(rows), write_csv(rows, COLUMNS)):
        (commitment,) = read_back(content).commitments()
        assert commitment.due_text == written
        assert commitment.due
        assert (commitment.due.date, commitment.due.precision) == (fuzzy.date, fuzzy.precision)


DANGEROUS = [
    "=1+1",
    "=cmd|'/C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "\u00a0=1",
    "'=1",
    '=HYPERLINK("x")',
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_run_stays_text(text: str) -> None:
    rows = [ExportRow(number="P-1", problem=text, commitment=text, owner="SERFOR", note=text)]
    content = workbook(rows)

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
    cells = openpyxl.load_workbook(io.BytesIO(content))["Matriz"][5]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "inlineStr"}
    for line in csv.reader(io.StringIO(write_csv(rows, COLUMNS).decode("utf-8-sig")), delimiter=";"):
        assert not [cell for cell in line if cell.lstrip()[:1] in {"=", "+", "-", "@"} and cell.strip()]
    for written in (content, write_csv(rows, COLUMNS)):
        assert [problem.title for problem in read_back(written).problems] == [clean_line(text, 500)]


def test_titles_headings_and_sheet_names_are_no_formulas_either() -> None:
    columns = [Column(Field.PROBLEM, "=Problema"), Column(Field.OWNER, "@Responsable")]

    content = write_xlsx(
        ROWS,
        columns,
        title="=1+1",
        sheet_name="[Mesa]: ¿cuál? 'larga' y más larga que 31",
        updated=("=2", NOW.date()),
        now=NOW,
    )

    book = openpyxl.load_workbook(io.BytesIO(content))
    (name,) = book.sheetnames
    assert name == "Mesa   ¿cuál  'larga' y más la"
    assert [book[name][cell].data_type for cell in ("A1", "A2", "A4", "B4")] == ["s"] * 4
    assert write_csv([], columns, bom=False) == b"'=Problema,'@Responsable\r\n"


def test_naughty_strings_come_back_from_both() -> None:
    texts = [text for each in NAUGHTY if 0 < len(text := clean_line(each, 100_000)) <= 500]
    rows = [ExportRow(number=f"P-{at}", problem=text, axis="x") for at, text in enumerate(texts, start=1)]
    columns = [column for column in COLUMNS if column.field in (Field.NUMBER, Field.PROBLEM, Field.AXIS)]

    for content in (
        workbook(rows, columns),
        write_csv(rows, columns),
        write_csv(rows, columns, delimiter="\t"),
    ):
        assert [problem.title for problem in read_back(content).problems] == texts


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=8))
def test_any_text_comes_back_from_csv(found: list[str]) -> None:
    texts = [text for each in found if (text := clean_line(each, 10_000))]
    rows = [ExportRow(number=f"P-{at}", problem=text, axis="x") for at, text in enumerate(texts, start=1)]

    content = write_csv(rows, COLUMNS)

    assert [problem.title for problem in read_back(content).problems] == texts


def test_a_text_that_no_cell_can_hold_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(CellTooLong, match="row 5, column 18: 40000 characters"):
        workbook([replace(ROWS[0], note="x" * 40_000)])
