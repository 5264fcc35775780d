"""`destraba import-matrix`: the issue's own acceptance, and one sentence for every bad file."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError

from destraba.actions.programme import found_programme
from destraba.ledger.verify import verify
from destraba.models import Commitment, Mesa, Problem
from destraba.rules.mesas import MesaState
from tests.exchange.books import DATA, book
from tests.exchange.forestal import forestal
from tests.exchange.matrix.tables import FIRST
from tests.factories import NOW, Cast, command
from tests.management.running import everything, run

pytestmark = pytest.mark.django_db

REAL = [path.read_bytes() for path in (DATA / "peru-forestal.xlsx",) if path.exists()]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def founded() -> None:
    found_programme(actor=command(), name="Programa", time_zone="America/Lima", now=NOW)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "matriz.csv"
    path.write_text(FIRST)
    return path


@pytest.mark.usefixtures("founded")
@pytest.mark.parametrize("content", [forestal(), *REAL])
def test_the_forestry_matrix_tried_written_and_written_again(
    content: bytes, tmp_path: Path, home: Path
) -> None:
    path = tmp_path / "peru-forestal.xlsx"
    path.write_bytes(content)
    arguments = ("import_matrix", str(path), "--mesa", "forestal-prueba", "--create", "--json")
    new = {"problems": 13, "solutions": 12, "commitments": 21}
    before = everything()

    tried = json.loads(run(*arguments, "--dry-run").said)
    assert {level: tried[level] for level in new} == {
        level: {"new": count, "changed": 0, "unchanged": 0} for level, count in new.items()
    }
    assert tried["declared"] == {"done": 13, "amber": 6, "red": 1, "none": 1}
    assert (tried["mesa"], tried["dry_run"], tried["conflicts"]) == ("forestal-prueba", True, 0)
    assert set(tried["doubts"][0]) == {"sheet", "cell", "message"}
    assert set(tried["skipped"][0]) == {"sheet", "row", "reason"}
    assert everything() == before
    assert not home.exists()

    written = json.loads(run(*arguments).said)
    assert {**written, "dry_run": True} == tried
    mesa = Mesa.objects.get(slug="forestal-prueba")
    assert (mesa.name, mesa.is_quiet, mesa.state) == ("Mesa Ejecutiva Forestal", True, MesaState.CANDIDATE)
    assert (Problem.objects.count(), Commitment.objects.count()) == (13, 21)

    after = everything()
    again = json.loads(run(*arguments).said)
    assert {level: again[level] for level in new} == {
        level: {"new": 0, "changed": 0, "unchanged": count} for level, count in new.items()
    }
    assert everything() == after
    assert verify().failures == []


def test_what_people_read(cast: Cast, sheet: Path) -> None:
    ran = run("import_matrix", str(sheet), "--mesa", "forestal")
    assert ran.code == 0
    assert ran.said.splitlines() == [
        "forestal · matriz (matriz.csv)",
        "               new  changed  unchanged",
        "  problems       3        0          0",
        "  solutions      1        0          0",
        "  commitments    3        0          0",
        "Declared lights: 1 green, 1 amber, 1 red",
    ]
    assert ran.complained == ""


def test_conflicts_doubts_new_names_and_rows_that_stay_are_listed(cast: Cast, sheet: Path) -> None:
    run("import_matrix", str(sheet), "--mesa", "forestal")
    sheet.write_text(
        "N°;Traba;Compromiso;Responsable;Plazo;Situación\n"
        "2;Nadie supervisa las concesiones;Nombrar supervisores;Ministerio Nuevo;31/02/2017;Ya\n"
    )
    Commitment.objects.filter(number=3).update(situation="Otra cosa")
    said = run("import_matrix", str(sheet), "--mesa", "forestal", "--dry-run").said
    assert "matriz.csv) · only tried, nothing written" in said
    assert "In conflict, left as on screen: screen | spreadsheet (1)\n  matriz!F2  Otra cosa | Ya" in said
    assert "  matriz!E2  “31/02/2017” is a day that does not exist." in said
    assert "Organizations that are new here (1)\n  Ministerio Nuevo" in said
    assert "5 rows of the mesa are not in the spreadsheet; they stay." in said


def test_one_of_several_mesas(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "dos.xlsx"
    rows = [["Traba", "Responsable"], ["Una traba", "SERFOR"]]
    path.write_bytes(book({"Acuícola": rows, "Logística": [*rows, ["Otra traba", "SERFOR"]]}))
    before = everything()
    ran = run("import_matrix", str(path), "--mesa", "acuicola")
    assert (ran.code, ran.said) == (1, "")
    assert ran.complained == (
        "There are several mesas in this spreadsheet (Acuícola / Acuícola, Logística / Logística): "
        "choose one with --sheet or --mesa-name.\n"
    )
    assert everything() == before
    assert run("import_matrix", str(path), "--mesa", "acuicola", "--sheet", "Logística").code == 0
    assert Problem.objects.filter(mesa=cast.acuicola).count() == 2
    ran = run("import_matrix", str(path), "--mesa", "acuicola", "--sheet", "Pesca")
    assert ran.complained == "There is no sheet “Pesca” with a Matrix. There are: Acuícola, Logística.\n"


def test_all_mesas_of_a_spreadsheet_at_once(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "tres.xlsx"
    head = ["Mesa", "Traba", "Responsable"]
    rows = [["Acuícola; Forestal", "De ambas", "SERFOR"], ["Pesca", "De nadie", "SERFOR"]]
    path.write_bytes(
        book({"Mesas": [head, *rows, ["Acuícola", "Suya", "SERFOR"], ["", "Sin mesa", "SERFOR"]]})
    )
    ran = run("import_matrix", str(path), "--all", "--dry-run")
    assert (ran.code, Problem.objects.count()) == (0, 0)
    assert ran.complained.splitlines() == [
        "Mesas / Pesca: no mesa is called so; 1 problem is left out.",
        "Mesas / —: no mesa is called so; 1 problem is left out.",
    ]
    told = json.loads(run("import_matrix", str(path), "--all", "--create", "--json").said)
    assert [(one["mesa"], one["problems"]["new"]) for one in told] == [
        ("acuicola", 2),
        ("forestal", 1),
        ("pesca", 1),
    ]
    assert Problem.objects.filter(title="De ambas").count() == 2
    again = json.loads(run("import_matrix", str(path), "--all", "--json").said)
    assert {one["problems"]["new"] for one in again} == {0}
    assert verify().failures == []


def test_where_one_of_them_fails_none_is_written(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "dos.xlsx"
    head = ["Traba", "Responsable"]
    path.write_bytes(book({"Forestal": [head, ["Una", "SERFOR"]], "Acuícola": [head]}))
    before = everything()
    ran = run("import_matrix", str(path), "--all")
    assert (ran.code, ran.complained.count("\n")) == (1, 1)
    assert everything() == before


def bomb() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return stream.getvalue()


BAD = {
    "no spreadsheet": (b"%PDF-1.7 nothing", "This is no spreadsheet. Save it as Excel (.xlsx) or CSV"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "This is no spreadsheet."),
    "empty": (b"", "This spreadsheet is empty."),
    "a bomb": (bomb(), "It unpacks to far more than it should"),
    "no heading": (b"Lista de compras\npan\nleche\n", "No heading was found: it takes a row with a column"),
    "only a heading": (b"Traba;Responsable\n", "Sheet bad has a heading and nothing below it."),
}


@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD)
def test_a_bad_file_is_one_sentence_and_nothing_written(
    cast: Cast, tmp_path: Path, content: bytes, sentence: str, home: Path
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    before = everything()
    for target in (("--mesa", "forestal"), ("--mesa", "nueva", "--create")):
        ran = run("import_matrix", str(path), *target)
        assert (ran.code, ran.said) == (1, "")
        assert ran.complained.startswith(sentence)
        assert ran.complained.count("\n") == 1
    assert everything() == before
    assert not home.exists()


def test_a_file_that_is_not_there(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "no.xlsx"
    ran = run("import_matrix", str(path), "--mesa", "forestal")
    assert (ran.code, ran.complained) == (1, f"{path} can't be read (No such file or directory).\n")


def test_a_mesa_that_is_not_there(cast: Cast, sheet: Path) -> None:
    ran = run("import_matrix", str(sheet), "--mesa", "pesca")
    assert ran.code == 1
    assert ran.complained == "There is no mesa at the address pesca. Use --create to open it.\n"


def test_a_method_that_is_not_there(cast: Cast, sheet: Path, home: Path) -> None:
    before = everything()
    ran = run("import_matrix", str(sheet), "--mesa", "pesca", "--create", "--method", "feng-shui")
    assert (ran.code, ran.complained) == (1, "There is no method called feng-shui.\n")
    assert everything() == before


def test_an_installation_without_a_programme_is_told_what_comes_first(sheet: Path) -> None:
    ran = run("import_matrix", str(sheet), "--mesa", "pesca", "--create")
    assert ran.code == 1
    assert "destraba setup --name" in ran.complained


def test_a_name_for_the_new_mesa(cast: Cast, sheet: Path) -> None:
    run("import_matrix", str(sheet), "--mesa", "pesca", "--create", "--name", "Mesa de Pesca")
    assert Mesa.objects.get(slug="pesca").name == "Mesa de Pesca"


DOUBTFUL = {
    "a date that is none": ("Plazo", "cuando se pueda", "“cuando se pueda” is not a date."),
    "a day that does not exist": ("Plazo", "31/02/2016", "“31/02/2016” is a day that does not exist."),
    "a light word that is none": ("Semáforo", "??", "“??” is no light. Write one such as green"),
    "a commitment without owner": ("Responsable", "", "Nobody answers for this commitment."),
}


@pytest.mark.parametrize(("column", "text", "sentence"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_doubtful_cell_is_named_and_the_rest_is_written(
    cast: Cast, tmp_path: Path, column: str, text: str, sentence: str
) -> None:
    cells = {"Traba": "La guía", "Compromiso": "Firmar", "Responsable": "SERFOR", "Plazo": "", "Semáforo": ""}
    cells[column] = text
    path = tmp_path / "matriz.csv"
    path.write_text(f"{';'.join(cells)}\n{';'.join(cells.values())}\n")
    told = json.loads(run("import_matrix", str(path), "--mesa", "forestal", "--json").said)
    letter = "ABCDE"[list(cells).index(column)]
    assert [(doubt["sheet"], doubt["cell"]) for doubt in told["doubts"]] == [("matriz", f"{letter}2")]
    assert told["doubts"][0]["message"].startswith(sentence)
    assert Commitment.objects.get().title == "Firmar"


def test_calling_it_wrongly_is_2() -> None:
    with pytest.raises(CommandError) as caught:
        run("import_matrix")
    assert "the following arguments are required: file" in str(caught.value)
