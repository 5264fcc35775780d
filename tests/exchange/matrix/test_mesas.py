"""A workbook may hold several mesas: one a sheet, or in a column of their own."""

import pytest

from destraba.exchange.matrix.read import read_matrix
from destraba.exchange.matrix.readings import MesaFound, Reading
from destraba.exchange.refusals import Refused
from destraba.exchange.workbooks.cells import Workbook
from destraba.exchange.workbooks.read import read_workbook
from tests.exchange.books import DATA, Row, book, plain

HEADINGS = ["N°", "Barrera", "Medida", "Responsable", "Fecha límite", "Estado"]
BY_SHEET: dict[str, list[Row]] = {
    "Acuícola": [HEADINGS, [1, "Permiso", "Eliminar", "ANA", None, "Cumplido"], [2, "Ley", "Ley", "PRODUCE"]],
    "Logística": [HEADINGS, [1, "Camiones", "Piloto", "APN", None, "??"]],
    "Notas": [["hola"]],
}
COLUMN: list[Row] = [
    ["Proyecto", "Mesa", "Acción", "Responsable"],
    ["Control bromatológico", "Logística; Comercio", "Eliminar", "SSP"],
    ["Cámara", "Equipamiento médico", "Construir", "INTI"],
    ["Capacitación", None, "Coordinar", "Trabajo"],
    ["Peajes", "LOGISTICA", "Medir", "SSP"],
]


@pytest.fixture(scope="module")
def by_sheet() -> Workbook:
    return plain(BY_SHEET)


@pytest.fixture(scope="module")
def by_column() -> Workbook:
    return plain({"Mesas": COLUMN})


def codes(reading: Reading) -> list[tuple[str, str, str]]:
    return [(doubt.sheet, doubt.cell, doubt.reason.code) for doubt in reading.doubts]


def test_an_open_choice_is_left_to_the_reader(by_sheet: Workbook) -> None:
    reading = read_matrix(by_sheet)

    assert reading.problems == ()
    assert reading.mesas_found == (
        MesaFound("Acuícola", "Acuícola", 2),
        MesaFound("Logística", "Logística", 1),
    )
    assert codes(reading) == [("Acuícola", "A1", "choose_mesa")]


@pytest.mark.parametrize("chosen", [{"sheet": "Logística"}, {"mesa_name": "logistica"}])
def test_a_mesa_is_chosen_by_its_sheet_or_its_name(by_sheet: Workbook, chosen: dict[str, str]) -> None:
    reading = read_matrix(by_sheet, **chosen)  # type: ignore[arg-type]

    assert [problem.title for problem in reading.problems] == ["Camiones"]
    assert (reading.sheets, reading.title) == (("Logística",), "Logística")
    assert codes(reading) == [("Logística", "F2", "unknown_light")]
    assert ("Notas", 0, "no_heading") in [
        (each.sheet, each.row, each.reason.code) for each in reading.skipped
    ]


def test_a_mesa_is_chosen_from_a_column(by_column: Workbook) -> None:
    assert read_matrix(by_column).mesas_found == (
        MesaFound("Logística", "Mesas", 2),
        MesaFound("Comercio", "Mesas", 1),
        MesaFound("Equipamiento médico", "Mesas", 1),
        MesaFound("", "Mesas", 1),
    )
    logistics = read_matrix(by_column, mesa_name="Logística")
    assert [problem.title for problem in logistics.problems] == ["Control bromatológico", "Peajes"]
    assert codes(logistics) == [("Mesas", "B2", "several_mesas"), ("Mesas", "B4", "no_mesa")]
    nobodys = read_matrix(by_column, mesa_name="")
    assert [problem.title for problem in nobodys.problems] == ["Capacitación"]


@pytest.mark.parametrize(
    ("chosen", "code", "params"),
    [
        ({"sheet": "Textil"}, "unknown_sheet", {"sheet": "Textil", "sheets": "Acuícola, Logística"}),
        ({"sheet": "Notas"}, "unknown_sheet", {"sheet": "Notas", "sheets": "Acuícola, Logística"}),
        ({"mesa_name": "Textil"}, "unknown_mesa_name", {"mesa": "Textil", "mesas": "Acuícola, Logística"}),
    ],
)
def test_an_unknown_choice_is_refused_with_what_there_is(
    by_sheet: Workbook, chosen: dict[str, str], code: str, params: dict[str, str]
) -> None:
    with pytest.raises(Refused) as caught:
        read_matrix(by_sheet, **chosen)  # type: ignore[arg-type]

    assert (caught.value.reason.code, caught.value.reason.params) == (code, params)


def test_a_hidden_sheet_is_no_mesa() -> None:
    workbook = read_workbook(book(BY_SHEET, hidden=["Logística"]), "x.xlsx")

    reading = read_matrix(workbook)

    assert [problem.title for problem in reading.problems] == ["Permiso", "Ley"]
    assert [(each.sheet, each.reason.code) for each in reading.skipped] == [
        ("Logística", "hidden_sheet"),
        ("Notas", "no_heading"),
    ]


def test_participants_without_an_organization_are_named() -> None:
    matrix: list[Row] = [["Problema", "Acción"], ["a", "b"]]
    people: list[Row] = [
        ["Entidad", "Nombre", "Correo"],
        ["SERFOR", "Ana Pérez", "ana@example.org"],
        [None, "Luis", None],
    ]

    reading = read_matrix(plain({"Matriz": matrix, "Participantes": people}))

    (member,) = reading.participants
    assert (member.organization, member.person, member.email) == ("SERFOR", "Ana Pérez", "ana@example.org")
    assert [(each.sheet, each.row, each.reason.code) for each in reading.skipped] == [
        ("Participantes", 3, "no_organization")
    ]


# The real files, where they lie beside the checkout. The tables above hold what is asserted of them in small.
REAL = [
    ("peru-acuicola-logistica.xlsx", "Acuícola", 11, 14),
    # Nine numbered problems and the doubtful row at the bottom, which is offered as a tenth.
    ("peru-acuicola-logistica.xlsx", "Logística", 10, 11),
    ("argentina-planilla-compartida.xlsx", "Vaca Muerta", 2, 2),
    ("argentina-planilla-compartida.xlsx", "Comercio", 1, 1),
    ("argentina-planilla-compartida.xlsx", "Equipamiento médico", 2, 2),
    # Common interest of unions and firms: nobody answers for it yet.
    ("argentina-planilla-compartida.xlsx", "", 1, 0),
]


@pytest.mark.parametrize(
    ("name", "mesa", "problems", "commitments"), [row for row in REAL if (DATA / row[0]).is_file()]
)
def test_the_real_files_are_read_mesa_by_mesa(name: str, mesa: str, problems: int, commitments: int) -> None:
    reading = read_matrix(read_workbook(DATA / name, name), mesa_name=mesa)

    assert len(reading.problems) == problems
    assert len(list(reading.commitments())) == commitments
