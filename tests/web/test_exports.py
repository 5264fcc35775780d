"""Taking the Matrix away: what one sees, under a name that says what it is, with a line in the read log."""

import csv
import io

import openpyxl
import pytest
from django.test import Client

from destraba.actions.visibility import set_visibility
from destraba.models import Problem, ReadLog
from destraba.values.visibility import Visibility
from tests.actions.saying import heads
from tests.exchange.matrix.tables import FIRST, LATER, bring
from tests.factories import Cast, Player

XLSX = "/mesas/forestal/matrix.xlsx"
CSV = "/mesas/forestal/matrix.csv"
JSON = "/mesas/forestal/matrix.json"
PDF = "/mesas/forestal/matrix.pdf"
TEMPLATE = "/mesas/forestal/import/template.xlsx"


def browser(player: Player | None = None) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    if player:
        client.force_login(player.account)
    return client


@pytest.mark.parametrize(
    ("path", "media_type", "ending"),
    [
        (XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        (CSV, "text/csv; charset=utf-8", "csv"),
        (JSON, "application/json", "json"),
        (PDF, "application/pdf", "pdf"),
    ],
)
def test_a_member_takes_the_record_of_the_mesa(cast: Cast, path: str, media_type: str, ending: str) -> None:
    bring(FIRST, cast.forestal)
    before = heads()
    response = browser(cast.marco).get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == media_type
    name = response.headers["Content-Disposition"]
    assert name.startswith('attachment; filename="forestal-')
    assert name.endswith(f'.{ending}"')
    assert response.headers["Cache-Control"] == "private, no-store"
    taken = ReadLog.objects.get()
    assert (taken.account, taken.mesa, taken.what) == (cast.marco.account, cast.forestal, f"matrix.{ending}")
    assert str(taken.request_id) == response.headers["X-Request-Id"]
    assert heads() == before


@pytest.mark.parametrize("path", [XLSX, CSV, JSON, PDF])
def test_who_may_take_it(cast: Cast, path: str) -> None:
    answers = {role: browser(player).get(path).status_code for role, player in cast.roles.items()}
    assert answers == {
        "team": 200,
        "technical_leader": 200,
        "political_leader": 200,
        "member": 200,
        "liaison": 200,
        "head": 200,
        "high_level": 403,
        "axis_lead": 403,
        "administrator": 404,
        "member_of_another_mesa": 404,
        "former_member": 404,
    }
    assert ReadLog.objects.count() == 6
    assert browser().get(path).headers["Location"].startswith("/accounts/login/")


def test_a_member_does_not_take_what_is_for_the_team(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    second = Problem.objects.select_related("mesa").get(number=2)
    set_visibility(
        actor=cast.ana.actor, record=second, visibility=Visibility.TEAM, reason="Borrador", now=LATER
    )
    for player, sees in ((cast.ana, True), (cast.marco, False)):
        content = browser(player).get(CSV).content.decode()
        assert ("Nadie supervisa" in content) is sees
        assert ("Nombrar supervisores" in content) is sees


def test_the_file_follows_the_view(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    content = browser(cast.marco).get(CSV, {"q": "supervisores"}).content.decode()
    assert "Nombrar supervisores" in content
    assert "La guía tarda" not in content
    assert ReadLog.objects.get().detail == "q=supervisores"


def test_a_csv_is_for_programs_or_for_excel_in_spanish(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    plain = browser(cast.marco).get(CSV).content
    excel = browser(cast.marco).get(CSV, {"delimiter": "semicolon"}).content
    assert plain.startswith("N°,".encode())
    assert excel.startswith("\ufeffN°;".encode())
    assert list(csv.reader(plain.decode().splitlines())) == list(
        csv.reader(excel.decode("utf-8-sig").splitlines(), delimiter=";")
    )


@pytest.mark.parametrize("paper", ["a5", "A3", "letter", "", "a3&paper=../x"])
def test_another_paper_is_refused_in_a_sentence(cast: Cast, paper: str) -> None:
    response = browser(cast.marco).get(f"{PDF}?paper={paper}")
    assert response.status_code == 422
    assert "is not one of the choices." in response.content.decode()
    assert ReadLog.objects.count() == 0


@pytest.mark.parametrize("ending", ["ods", "docx", "xls", "html", "txt"])
def test_there_is_no_other_kind_of_file(cast: Cast, ending: str) -> None:
    assert browser(cast.marco).get(f"/mesas/forestal/matrix.{ending}").status_code == 404


@pytest.mark.parametrize("delimiter", ["tab", ";", "", "SEMICOLON"])
def test_another_delimiter_is_refused_in_a_sentence(cast: Cast, delimiter: str) -> None:
    response = browser(cast.marco).get(CSV, {"delimiter": delimiter})
    assert response.status_code == 422
    assert f"“{delimiter}” is not one of the choices." in response.content.decode()
    assert ReadLog.objects.count() == 0


def test_what_was_asked_for_stands_in_the_file(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    owner = cast.serfor.pk
    said = browser(cast.marco).get(JSON, {"q": "directiva", "owner": str(owner), "light": "green"}).json()
    assert said["taken"]["asked_for"] == [
        "Text: “directiva”",
        "Light and reason: Green",
        "Who answers: Servicio Nacional Forestal y de Fauna Silvestre",
        "Problems that match: 1",
    ]


@pytest.mark.parametrize("query", ["owner=no-uuid", "light=purple", "q=" + "x" * 3000])
def test_filters_that_are_none_break_nothing(cast: Cast, query: str) -> None:
    assert browser(cast.marco).get(f"{CSV}?{query}").status_code in (200, 422)
    assert all(len(line.detail) <= 200 for line in ReadLog.objects.all())


def test_an_empty_spreadsheet_with_the_headings_is_for_those_who_import(cast: Cast) -> None:
    response = browser(cast.ana).get(TEMPLATE)
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert [cell.value for cell in sheet[4]][:3] == ["No.", "Axis", "Problem"]
    assert sheet.max_row == 4
    assert browser(cast.marco).get(TEMPLATE).status_code == 403
    assert ReadLog.objects.count() == 0  # nothing of the mesa is in it


@pytest.mark.parametrize("path", [XLSX, CSV, JSON])
def test_nothing_is_posted_there(cast: Cast, path: str) -> None:
    assert browser(cast.ana).post(path).status_code == 405
