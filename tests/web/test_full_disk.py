"""A disk that is full: one sentence each, nothing half written, and the next request is answered."""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, transaction
from django.db.backends.utils import CursorWrapper
from django.test import Client

from destraba.models import Answer, Commitment, Event, File, Minutes, Objection, Problem
from destraba.rules.operations.links import LinkPurpose
from tests.actions.meetings.rounds import going_round, held
from tests.factories import PASSWORD, Cast
from tests.web.links.stage import OPEN, Liaison, address, link_for, owing
from tests.web.visits import Page, Visitor, heads

pytestmark = pytest.mark.usefixtures("that_thursday")

FULL = "The disk of this installation is full: nothing of this was kept."
LOOK = "The disk of this installation is full: look first whether what you sent is there."
PHOTO = b"\xff\xd8\xff\xe0 photo"
Visits = Callable[..., Visitor]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file gets to the disk any more."""

    def refuse(*_given: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)


@contextmanager
def full_database(*, cache_too: bool = True) -> Iterator[None]:
    """The database takes no row any more, as SQLite says it; PostgreSQL's word is told in test_errors.py."""

    execute = CursorWrapper._execute

    def refuse(cursor: CursorWrapper, sql: str, *given: Any) -> Any:
        is_write = sql.startswith(("INSERT", "UPDATE", "DELETE"))
        if is_write and (cache_too or "destraba_cache" not in sql):
            cause = sqlite3.OperationalError("database or disk is full")
            cause.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise OperationalError(*cause.args) from cause
        return execute(cursor, sql, *given)

    with transaction.atomic():
        with mock.patch.object(CursorWrapper, "_execute", refuse):
            yield
        transaction.set_rollback(True)  # of the test's own transaction, which the refusal has broken


def kept_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def said_once(page: Page, words: str = FULL) -> bool:
    return page.status == 507 and page.text.count(words) == 1


def test_evidence_that_finds_no_room_leaves_the_form_as_it_was(
    cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    stage, liaison = owing(cast), Liaison()
    liaison.open(link_for(cast.lucia.person).secret)
    before = heads()
    with monkeypatch.context():
        request.getfixturevalue("full")
        photo = SimpleUploadedFile("foto.jpg", PHOTO)
        page = liaison.answer(stage.late, "done", note="Publicada.", evidence=photo)
    assert said_once(page)
    back = next(form for form in page.forms if form.action.startswith(address(stage.late)))
    assert (back.fields["note"], back.fields["answer"]) == ("Publicada.", "done")
    assert (heads(), Answer.objects.count(), File.objects.count()) == (before, 0, 0)
    assert kept_below(home) == []
    monkeypatch.undo()
    monkeypatch.setattr(settings, "HOME", home)
    again = liaison.send(back, evidence=SimpleUploadedFile("foto.jpg", PHOTO))
    assert again.status == 200
    assert File.objects.get().size == len(PHOTO)


def test_a_spreadsheet_that_finds_no_room_is_refused_beside_its_field(
    cast: Cast, home: Path, visit: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: Any, **_more: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", refuse)
    team = visit(cast.ana)
    sent = {"file": SimpleUploadedFile("matriz.csv", "Traba;Medida\nLa guía tarda;Otra guía\n".encode())}
    page = Page(team.client.post("/mesas/forestal/import/", sent))
    assert said_once(page)
    assert kept_below(home) == []


def test_minutes_that_find_no_room_stay_a_draft(cast: Cast, home: Path, visit: Visits, full: None) -> None:
    held(cast)
    before = heads()
    page = visit(cast.ana).fill_in("/mesas/forestal/meetings/1/", "circulate")
    assert page.status == 507
    assert FULL in page.text
    assert Minutes.objects.get().state == "draft"
    assert (heads(), File.objects.count(), kept_below(home)) == (before, 0, [])


def raising(member: Visitor) -> Callable[[], Page]:
    """A problem that is raised, as a browser sends it, as often as one likes."""
    form = next(form for form in member.get("/mesas/forestal/").forms if "/problems/" in form.action)
    body = urlencode({**form.fields, "title": "Falta un camino"})
    kind = "application/x-www-form-urlencoded"
    return lambda: Page(member.client.post("/mesas/forestal/problems/", body, content_type=kind, follow=True))


def test_a_database_without_room_says_so_as_often_as_it_is_asked(cast: Cast, visit: Visits) -> None:
    send, before = raising(visit(cast.marco)), heads()
    with full_database(cache_too=False):
        pages = [send(), send()]
        assert (heads(), Problem.objects.count()) == (before, 0)
    assert all(said_once(page) for page in pages)
    assert "All that had been saved" in pages[0].text
    assert send().status == 200
    assert Problem.objects.count() == 1


def test_what_never_arrived_is_not_said_to_have_been_sent_already(cast: Cast, visit: Visits) -> None:
    send = raising(visit(cast.marco))
    with full_database():
        assert said_once(send())
    assert send().status == 200
    assert Problem.objects.count() == 1


def test_an_objection_that_finds_no_room_comes_back_with_its_words(cast: Cast, home: Path) -> None:
    minutes = going_round(cast)
    made = link_for(cast.marco.person, LinkPurpose.MINUTES)
    made.link.scope = [str(minutes.pk), str(minutes.edition)]
    made.link.save()
    visitor = Liaison()
    form = next(one for one in visitor.open(made.secret).forms if "objection" in one.action)
    with full_database():
        page = visitor.send(form, text="No dije eso.")
    assert said_once(page)
    assert "No dije eso." in [one.fields.get("text") for one in page.forms]
    assert (Objection.objects.count(), Minutes.objects.get().state) == (0, "circulated")


def test_a_script_gets_the_sentence_alone(cast: Cast, visit: Visits) -> None:
    team = visit(cast.ana)
    sent = {"object": "problem", "title": "Falta un camino"}
    with full_database():
        answer = team.client.post("/mesas/forestal/matrix/rows/", sent, headers={"X-Fragment": "1"})
    assert (answer.status_code, answer.content.decode()) == (507, FULL)


def test_what_was_done_when_a_session_found_no_room_is_to_be_looked_for(
    cast: Cast, visit: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The problem is on record; the word about it is what could not be kept."""
    member = visit(cast.marco)
    member.client.raise_request_exception = False
    send = raising(member)

    def refuse(*_given: Any, **_more: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(SessionStore, "save", refuse)
    assert said_once(send(), LOOK)
    assert Problem.objects.count() == 1


@pytest.mark.parametrize("path", ["/u/again/", "/accounts/login/"])
def test_whoever_is_not_signed_in_has_not_tried_too_often(cast: Cast, path: str) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["django_language"] = "en"
    sent = {"address": cast.lucia.person.email, "login": cast.ana.account.email, "password": PASSWORD}
    with full_database():
        page = Page(client.post(path, sent))
    assert page.status == 507
    assert "There is no room left" in page.text
    assert Page(client.get("/public/")).status == 200


def test_a_link_is_not_opened_by_half(cast: Cast) -> None:
    owing(cast)
    made = link_for(cast.lucia.person)
    visitor = Liaison()
    with full_database():
        page = Page(visitor.client.post(OPEN, {"secret": made.secret}))
    assert said_once(page)
    assert "link" not in visitor.client.cookies
    assert visitor.open(made.secret).status == 200


def test_what_else_goes_wrong_is_not_called_a_full_disk(
    cast: Cast, visit: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: Any, **_more: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("destraba.web.mesas.views.access.mesa", broken)
    member = visit(cast.marco)
    member.client.raise_request_exception = False
    page = member.get("/mesas/forestal/")
    assert (page.status, FULL in page.text) == (500, False)
    assert (Event.objects.filter(kind="mesa.opened").exists(), Commitment.objects.count()) == (True, 0)
