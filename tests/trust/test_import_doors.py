"""What no door takes in: one sentence with its place, nothing half written, and the server lives on."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from destraba.models import Commitment
from tests.exchange.bad import REFUSED
from tests.exchange.books import book
from tests.exchange.matrix.tables import FIRST
from tests.factories import Cast
from tests.management.running import everything, run
from tests.web.visits import Page

FORM = "/mesas/forestal/import/"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path / "home")
    return tmp_path / "home"


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_at_the_upload(cast: Cast, home: Path, content: bytes, sentence: str) -> None:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(cast.ana.account)
    before = everything()
    response = client.post(FORM, {"file": SimpleUploadedFile("bad.xlsx", content)})
    assert response.status_code == 422
    assert Page(response).text.count(sentence) == 1
    assert everything() == before
    assert not home.exists()
    fine = client.post(FORM, {"file": SimpleUploadedFile("matriz.csv", FIRST.encode())})
    assert fine.status_code == 302


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_at_the_command_line(cast: Cast, tmp_path: Path, home: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(content)
    before = everything()
    for target in (("--mesa", "forestal"), ("--mesa", "nueva", "--create")):
        ran = run("import_matrix", str(path), *target)
        assert (ran.code, ran.said) == (1, "")
        assert ran.complained.startswith(sentence)
        assert ran.complained.count("\n") == 1
    assert everything() == before
    assert not home.exists()


HEADINGS = ["Traba", "Compromiso", "Responsable", "Plazo", "Situación"]
DOUBTED = {
    "a formula without a value": (["=B1"], "E2", "The formula has no stored value; it is read as blank."),
    "a date in 1900": ([None, date(1900, 1, 15)], "D2", "lies in the year 1900, which can't be meant."),
    "a date in 9999": ([None, "31/12/9999"], "D2", "lies too far away: use a year between 1900 and 2199."),
    "an impossible date": ([None, "31/02/2016"], "D2", "is a day that does not exist."),
}


@pytest.mark.parametrize(("cells", "place", "sentence"), DOUBTED.values(), ids=DOUBTED)
def test_a_doubtful_cell_is_named_at_both_doors_and_the_rest_comes_in(
    cast: Cast, tmp_path: Path, cells: list[object], place: str, sentence: str
) -> None:
    situation, due = cells[0], cells[1] if len(cells) > 1 else None
    rows = [HEADINGS, ["La guía", "Firmar", "SERFOR", due, situation]]
    content = book({"Matriz": rows})
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(cast.ana.account)
    shown = client.post(FORM, {"file": SimpleUploadedFile("m.xlsx", content)}).headers["Location"]
    text = Page(client.get(shown)).text
    assert f"Matriz!{place}" in text
    assert sentence in text
    path = tmp_path / "m.xlsx"
    path.write_bytes(content)
    told = json.loads(run("import_matrix", str(path), "--mesa", "forestal", "--json").said)
    assert [(one["cell"], sentence in one["message"]) for one in told["doubts"]] == [(place, True)]
    written = Commitment.objects.get()
    assert (written.due, written.situation, written.owner_organization) == (None, "", cast.serfor)


def test_two_headings_and_an_unknown_agency_are_told(cast: Cast, tmp_path: Path) -> None:
    rows = [HEADINGS, ["La guía", "Firmar", "Agencia Nueva"], [], HEADINGS[:4], ["Otra", "Otra", "SERFOR"]]
    rows[3] = ["Problema", "Acción", "Entidad", "Fecha límite"]
    path = tmp_path / "m.xlsx"
    path.write_bytes(book({"Matriz": rows}))
    said = run("import_matrix", str(path), "--mesa", "forestal").said
    assert "Matriz!A4  Another heading begins here; what is below it is left out." in said
    assert "Organizations that are new here (1)\n  Agencia Nueva" in said
    assert Commitment.objects.get().owner_organization is not None
