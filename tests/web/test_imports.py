"""A spreadsheet by hand: dropped, looked at, chosen from, written, taken back. Without scripts."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.commitments import edit_commitment
from destraba.actions.people import open_seat, start_tenure
from destraba.exchange.matrix import spreadsheets
from destraba.exchange.matrix.words import remembered
from destraba.models import Commitment, File, ImportSource, Problem
from destraba.rules.lights import Light
from destraba.rules.permissions import Role
from destraba.values.errors import Stale
from destraba.values.reasons import Reason
from tests.actions.saying import heads
from tests.exchange.books import book
from tests.exchange.matrix.tables import FIRST, HEADINGS, LATER, bring
from tests.factories import NOW, SINCE, Cast, Player, command
from tests.management.running import everything
from tests.web.visits import Page, writes

FORM = "/mesas/forestal/import/"
UNDO = "/mesas/forestal/import/undo/"
PEOPLE = "/mesas/forestal/people/"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


def browser(player: Player | None = None) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    if player:
        client.force_login(player.account)
    return client


def hand_over(
    client: Client, content: str | bytes, name: str = "matriz.csv", path: str = FORM
) -> HttpResponse:
    raw = content.encode() if isinstance(content, str) else content
    return client.post(path, {"file": SimpleUploadedFile(name, raw)})


def looked_at(client: Client, content: str | bytes, name: str = "matriz.csv") -> tuple[str, Page]:
    """The address of the preview, and the preview."""
    address = hand_over(client, content, name).headers["Location"]
    return address, Page(client.get(address))


def rows(page: Page) -> list[str]:
    """The boxes of the preview, all ticked."""
    return [value for form in page.forms if form.method == "post" for value in form.choices.get("row", [])]


def said(response: HttpResponse) -> list[str]:
    request: Any = getattr(response, "wsgi_request", None)
    return [str(message) for message in get_messages(request)]


def test_the_form_says_what_it_takes(cast: Cast) -> None:
    page = Page(browser(cast.ana).get(FORM))
    assert page.status == 200
    assert "Excel (.xlsx) or CSV, up to 25 MB" in page.text
    assert "/mesas/forestal/import/template.xlsx" in page.links


def test_who_may_import(cast: Cast) -> None:
    answers = {role: browser(player).get(FORM).status_code for role, player in cast.roles.items()}
    assert [role for role, status in answers.items() if status == 200] == ["team", "technical_leader"]
    refused = {"political_leader", "member", "liaison", "head", "high_level", "axis_lead"}
    assert {role for role, status in answers.items() if status == 403} == refused
    assert {answers[role] for role in ("administrator", "member_of_another_mesa", "former_member")} == {404}
    assert browser().get(FORM).headers["Location"].startswith("/accounts/login/")


def test_looking_writes_nothing(cast: Cast) -> None:
    client = browser(cast.ana)
    before = everything()
    address, page = looked_at(client, FIRST)
    assert page.status == 200
    assert "Bring in 7 rows" in page.text
    assert len(rows(page)) == 7
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(address)
    assert writes(captured.captured_queries) == []
    assert everything() == before


def test_what_is_marked_is_written_and_the_people_are_next(cast: Cast, home: Path) -> None:
    client = browser(cast.ana)
    address, page = looked_at(client, FIRST)
    response = client.post(address, {"row": rows(page)})
    assert response.headers["Location"] == PEOPLE
    assert said(response) == [
        "7 new rows were brought in. To take it back, open Import again. Now say who answers for each agency."
    ]
    assert (Problem.objects.count(), Commitment.objects.count()) == (3, 3)
    assert File.objects.get().name == "matriz.csv"
    assert list((home / "uploads").glob("*/*")) == []


def test_pressing_the_button_twice_writes_once(cast: Cast) -> None:
    client = browser(cast.ana)
    address, page = looked_at(client, FIRST)
    client.post(address, {"row": rows(page)})
    again = client.post(address, {"row": rows(page)})
    assert again.headers["Location"] == FORM
    assert said(again)[-1] == "That file is no longer kept. Hand it over again."
    assert Problem.objects.count() == 3


def test_two_at_the_very_same_moment_write_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser(cast.ana)
    address, page = looked_at(client, FIRST)
    monkeypatch.setattr("destraba.exchange.uploads.Upload.claim", lambda _upload: None)
    assert client.post(address, {"row": rows(page)}).headers["Location"] == PEOPLE
    assert Problem.objects.count() == 0


def test_a_box_that_is_cleared_is_left_out(cast: Cast) -> None:
    client = browser(cast.ana)
    address, page = looked_at(client, FIRST)
    client.post(address, {"row": [row for row in rows(page) if row != "problem:#2"]})
    assert [problem.title for problem in Problem.objects.all()] == [
        "La guía tarda doce días",
        "Un pedido sin solución todavía",
    ]


def test_without_any_box_nothing_is_written_and_the_choice_stays(cast: Cast) -> None:
    client = browser(cast.ana)
    address, _page = looked_at(client, FIRST)
    response = client.post(address, {})
    assert response.headers["Location"] == address
    assert said(response) == ["There is nothing to bring in: choose at least one row."]
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("side", "stays"), [("screen", "En despacho"), ("spreadsheet", "Firmada"), ("", "En despacho")]
)
def test_both_values_of_a_conflict_are_shown_and_one_is_chosen(cast: Cast, side: str, stays: str) -> None:
    bring(FIRST, cast.forestal)
    first = Commitment.objects.select_related("mesa").get(number=1)
    edit_commitment(actor=command(), commitment=first, situation="En despacho", now=LATER)
    client = browser(cast.ana)
    address, page = looked_at(client, FIRST.replace("En firma", "Firmada"))
    assert "On screen En despacho" in page.text
    assert "In the spreadsheet Firmada" in page.text
    form = next(form for form in page.forms if "row" in form.choices)
    name = next(name for name in form.choices if name.startswith("side-"))
    assert form.fields[name] == "screen"
    client.post(address, {"row": rows(page), **({name: side} if side else {})})
    first.refresh_from_db()
    assert first.situation == stays


def test_what_was_changed_is_counted(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    client = browser(cast.ana)
    address, page = looked_at(client, FIRST.replace("En firma", "Firmada"))
    assert said(client.post(address, {"row": rows(page)}))[0].startswith("1 row was changed. To take it back")


def test_what_changed_is_shown_beside_what_was(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    again = FIRST.replace("30/06/2017", "15/07/2017").replace("Ámbar", "Rojo")
    _address, page = looked_at(browser(cast.ana), again)
    assert "Due: was 30 Jun 2017 now 15 Jul 2017" in page.text
    assert "Declared light: was Amber now Red" in page.text


def test_the_same_again_has_no_button(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    _address, page = looked_at(browser(cast.ana), FIRST)
    assert "There is nothing to bring in" in page.text
    assert rows(page) == []


def test_doubts_skipped_rows_and_new_names_are_told(cast: Cast) -> None:
    text = (
        FIRST.replace("30/06/2017", "31/02/2017").replace("OSINFOR", "Ministerio Nuevo")
        + ";;;;;;;\n;TOTAL;;;;;;\n"
    )
    _address, page = looked_at(browser(cast.ana), text)
    assert "row 2, Plazo “31/02/2017” is a day that does not exist. The cell is left out" in page.text
    assert "row 7 A total: “TOTAL”" in page.text
    assert "Names that are new here" in page.text
    assert "Ministerio Nuevo" in page.text


def test_a_column_nobody_understands_is_explained_once(cast: Cast) -> None:
    text = FIRST.replace("Responsable", "Cancha de")
    client = browser(cast.ana)
    address, page = looked_at(client, text)
    assert "The column “Cancha de” is not understood and is left out." in page.text
    explaining = next(form for form in page.forms if "column-E" in form.fields)
    assert explaining.fields["column-E"] == "-"
    page = Page(client.get(address, {**explaining.fields, "column-E": "owner"}))
    assert "is not understood" not in page.text
    form = next(form for form in page.forms if "row" in form.choices)
    assert form.fields["column-E"] == "owner"
    client.post(address, {**form.fields, "row": rows(page)})
    assert Commitment.objects.get(number=3).owner_organization == cast.osinfor
    columns = {heading: str(field) for heading, field in remembered(cast.forestal).columns.items()}
    assert columns["Cancha de"] == "owner"
    _address, page = looked_at(client, text)
    assert "There is nothing to bring in" in page.text


def test_a_column_may_be_left_out(cast: Cast) -> None:
    client = browser(cast.ana)
    address, page = looked_at(client, FIRST)
    explaining = next(form for form in page.forms if "column-H" in form.fields)
    page = Page(client.get(address, {**explaining.fields, "column-H": "-"}))
    form = next(form for form in page.forms if "row" in form.choices)
    client.post(address, {**form.fields, "row": rows(page)})
    assert Commitment.objects.get(number=1).situation == ""
    assert remembered(cast.forestal).columns["Situación"] is None


def test_a_colour_nobody_knows_is_explained_once(cast: Cast) -> None:
    headings = ["Traba", "Compromiso", "Responsable", "Semáforo"]
    content = book({"Matriz": [headings, ["La guía", "Firmar", "SERFOR", None]]}, fills={"D2": "7030A0"})
    client = browser(cast.ana)
    address, page = looked_at(client, content, "matriz.xlsx")
    assert "The colour #7030A0 is no light that is known" in page.text
    page = Page(client.get(address, {"colour-7030A0": "amber"}))
    assert "is no light that is known" not in page.text
    form = next(form for form in page.forms if "row" in form.choices)
    client.post(address, {**form.fields, "row": rows(page)})
    assert Commitment.objects.get().declared == Light.AMBER
    _address, page = looked_at(client, content, "matriz.xlsx")
    assert "There is nothing to bring in" in page.text


SEVERAL = {
    "Acuícola": [["Traba", "Responsable"], ["Una traba", "SERFOR"]],
    "Forestal": [["Traba", "Responsable"], ["Otra traba", "SERFOR"], ["Y otra", "SERFOR"]],
}


def choices_of_mesas(page: Page) -> list[tuple[str, str]]:
    """Which mesa of the spreadsheet, and the address that is proposed for it."""
    forms = [form for form in page.forms if "into" in form.fields]
    return [(str(form.fields["found"]), str(form.fields["into"])) for form in forms]


def test_several_mesas_are_gone_through_with_one_file(cast: Cast) -> None:
    client = browser(cast.ana)
    address, page = looked_at(client, book(SEVERAL), "dos.xlsx")
    assert rows(page) == []
    assert "go through them one by one" in page.text
    # Ana edits the Forestal alone, so that is where a mesa of another name would go.
    assert choices_of_mesas(page) == [("0", "forestal"), ("1", "forestal")]
    assert "No mesa is called so." in page.text
    page = Page(client.get(address, {"found": "1", "into": "forestal"}))
    form = next(form for form in page.forms if "row" in form.choices)
    assert form.fields["found"] == "1"
    response = client.post(address, {**form.fields, "row": rows(page)})
    assert response.headers["Location"] == address
    assert Problem.objects.filter(mesa=cast.forestal).count() == 2
    assert ImportSource.objects.get().name == "Forestal"
    page = Page(client.get(address))
    assert "brought in" in page.text
    page = Page(client.get(address, {"found": "0"}))
    client.post(address, {"found": "0", "row": rows(page)})
    assert Problem.objects.filter(mesa=cast.forestal).count() == 3


def test_a_mesa_of_the_spreadsheet_goes_to_the_one_that_is_called_so(cast: Cast) -> None:
    client = browser(cast.hilda)
    for mesa in (cast.forestal, cast.acuicola):
        seat = open_seat(actor=command(), organization=cast.produce, role=Role.TEAM, mesa=mesa, now=NOW)
        start_tenure(actor=command(), seat=seat, person=cast.hilda.person, starts_on=SINCE, now=NOW)
    address, page = looked_at(client, book(SEVERAL), "dos.xlsx")
    assert choices_of_mesas(page) == [("0", "acuicola"), ("1", "forestal")]
    response = client.get(address, {"found": "0", "into": "acuicola"})
    there = response.headers["Location"]
    assert there == address.replace("forestal", "acuicola") + "?found=0"
    page = Page(client.get(there))
    client.post(there, {"found": "0", "row": rows(page)})
    assert [one.title for one in Problem.objects.filter(mesa=cast.acuicola)] == ["Una traba"]


def test_a_file_goes_into_no_mesa_that_one_may_not_edit(cast: Cast) -> None:
    client = browser(cast.ana)
    address, _page = looked_at(client, book(SEVERAL), "dos.xlsx")
    assert client.get(address, {"found": "0", "into": "acuicola"}).status_code == 404
    assert client.post(address.replace("forestal", "acuicola"), {"row": "x"}).status_code == 404


BAD = {
    "no spreadsheet": (b"%PDF-1.7", "This is no spreadsheet."),
    "empty": (b"", "This spreadsheet is empty."),
    "no heading": (b"Lista\npan\n", "No heading was found"),
}


@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD)
def test_a_bad_file_is_one_sentence_at_its_field_and_is_not_kept(
    cast: Cast, home: Path, content: bytes, sentence: str
) -> None:
    before = everything()
    response = hand_over(browser(cast.ana), content, "x.xlsx")
    assert response.status_code == 422
    assert sentence in Page(response).text
    assert everything() == before
    assert not (home / "uploads").exists()


def test_no_file_at_all(cast: Cast) -> None:
    response = browser(cast.ana).post(FORM, {})
    assert response.status_code == 422
    assert "Choose a spreadsheet first." in Page(response).text


def test_a_file_that_is_too_large_is_not_taken_in(
    cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "UPLOAD_LIMIT", 1024 * 1024)
    response = hand_over(browser(cast.ana), b"Traba;Responsable\n" + b"x" * 3 * 1024 * 1024)
    assert response.status_code == 413
    assert "The file is larger than 1 MB." in Page(response).text
    assert not (home / "uploads").exists()


@pytest.mark.django_db
def test_a_stranger_fills_no_disk(client: Client) -> None:
    """Neither with one body that no form of ours could send, nor with many files in one."""
    huge = client.post("/accounts/login/", headers={"content-length": str(200 * 1024**2)})
    assert huge.status_code == 413
    assert b"25 MB" in huge.content
    many = {f"file{number}": SimpleUploadedFile("a.xlsx", b"x") for number in range(2)}
    assert client.post("/accounts/login/", many).status_code == 400


def test_a_preview_is_for_whoever_handed_the_file_over_and_for_that_mesa(cast: Cast) -> None:
    address, page = looked_at(browser(cast.ana), FIRST)
    colleague = browser(cast.teo)
    for answer in (colleague.get(address), colleague.post(address, {"row": rows(page)})):
        assert answer.headers["Location"] == FORM
    elsewhere = address.replace("forestal", "acuicola")
    assert browser(cast.ana).get(elsewhere).status_code == 404
    assert browser(cast.marco).get(address).status_code == 403
    assert Problem.objects.count() == 0


def test_whatever_is_sent_along_that_is_no_choice_counts_for_nothing(cast: Cast) -> None:
    client = browser(cast.ana)
    address, page = looked_at(client, FIRST)
    odd = {
        "row": [*rows(page), "problem:#99", "../../etc/passwd"],
        "side-commitment:x:title": "spreadsheet",
        "side-x": "both",
        "found": "9999999999",
        "column-ZZZ": "owner",
        "column-A": "password",
        "colour-FFFFFF": "purple",
    }
    assert client.get(address, {**odd, "row": "x"}).status_code == 200
    assert client.post(address, odd).headers["Location"] == PEOPLE
    assert Problem.objects.count() == 3


def test_text_of_a_cell_is_never_markup(cast: Cast) -> None:
    _address, page = looked_at(browser(cast.ana), FIRST.replace("En firma", "<script>alert(1)</script>"))
    assert b"<script>alert" not in page.response.content
    assert b"&lt;script&gt;alert(1)" in page.response.content


def test_a_write_that_fails_leaves_the_file_to_be_tried_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser(cast.ana)
    address, page = looked_at(client, FIRST)

    def restless(**_given: object) -> None:
        raise Stale(Reason.of("stale"))

    with monkeypatch.context() as patched:
        patched.setattr(spreadsheets, "bring_in", restless)
        before = everything()
        assert client.post(address, {"row": rows(page)}).status_code == 412
        assert everything() == before
    assert client.post(address, {"row": rows(page)}).headers["Location"] == PEOPLE
    assert Problem.objects.count() == 3


def test_what_nobody_came_back_to_is_swept_away_after_a_day(cast: Cast, home: Path) -> None:
    client = browser(cast.ana)
    first = hand_over(client, FIRST).headers["Location"]
    (folder,) = (home / "uploads").glob("*/*")
    long_ago = time.time() - 25 * 3600
    os.utime(folder, (long_ago, long_ago))
    hand_over(client, FIRST)
    assert len(list((home / "uploads").glob("*/*"))) == 1
    assert client.get(first).headers["Location"] == FORM


def test_an_import_is_taken_back_from_its_page(cast: Cast) -> None:
    client = browser(cast.ana)
    address, page = looked_at(client, FIRST)
    client.post(address, {"row": rows(page)})
    assert "Take it back" in Page(client.get(FORM)).text
    response = client.post(UNDO)
    assert response.headers["Location"] == "/mesas/forestal/matrix/"
    assert said(response)[-1] == "The import was taken back. The ledger keeps both."
    assert Problem.objects.filter(withdrawn_at=None).count() == 0
    assert "Take it back" not in Page(client.get(FORM)).text
    before = heads()
    assert client.post(UNDO).status_code == 422
    assert heads() == before


def test_nobody_takes_back_the_import_of_another(cast: Cast) -> None:
    client = browser(cast.ana)
    address, page = looked_at(client, FIRST)
    client.post(address, {"row": rows(page)})
    assert browser(cast.teo).post(UNDO).status_code == 422
    assert Problem.objects.filter(withdrawn_at=None).count() == 3


@pytest.mark.parametrize("count", [1, 60])
def test_a_preview_takes_as_many_statements_for_60_rows_as_for_one(
    cast: Cast, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    line = "{0};Traba {0};Solución {0};Compromiso {0};SERFOR;30/06/2017;Verde;Dice {0}"
    text = "\n".join([HEADINGS, *map(line.format, range(count))])
    bring(text, cast.forestal)
    client = browser(cast.ana)
    address = hand_over(client, text.replace("Dice", "Dijo")).headers["Location"]
    # Session, account, its programme and seats, the mesa, its words: six; then the ten of comparing.
    with django_assert_num_queries(16):
        page = Page(client.get(address))
    assert len(rows(page)) == count
