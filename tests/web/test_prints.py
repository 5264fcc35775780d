"""A long Matrix on paper: asked for by a form, set by a job, fetched by whoever asked."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from destraba.actions.visibility import set_visibility
from destraba.documents.matrix import prints as kept
from destraba.jobs.worker import Worker
from destraba.models import Job, Problem, ReadLog, Tenure
from destraba.rules.operations.jobs import JobState
from destraba.values.visibility import Visibility
from destraba.web.exports import prints
from tests.actions.saying import heads
from tests.exchange.matrix.tables import FIRST, LATER, bring
from tests.factories import NOW, Cast
from tests.web.test_exports import PDF, browser


@pytest.fixture(autouse=True)
def _long(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(prints, "AT_ONCE", 1)
    settings.HOME = str(tmp_path)


def work() -> None:
    Worker("w").serve(until_empty=True)


def asked(client: Client, query: str = "?paper=a4") -> Job:
    response = client.post(f"{PDF}{query}")
    job = Job.objects.get(name="print", state=JobState.WAITING)
    assert response.headers["Location"] == f"/jobs/{job.pk}/"
    return job


def test_looking_writes_nothing_and_says_how_long_it_is(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    page = browser(cast.marco).get(PDF, {"paper": "a4", "q": "guía"}).content.decode()
    assert "What you ask for has 4 lines. On A4" in page
    assert 'href="/mesas/forestal/matrix.xlsx?paper=a4&amp;q=gu%C3%ADa"' in page
    assert Job.objects.filter(name="print").count() == ReadLog.objects.count() == 0


def test_it_is_set_by_a_job_and_fetched_from_its_page(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    before, marco = heads(), browser(cast.marco)
    job = asked(marco)
    work()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.created_by) == (JobState.SUCCEEDED, 7, 7, cast.marco.account)
    assert str(job.result["href"]) in marco.get(f"/jobs/{job.pk}/").content.decode()
    response = marco.get(str(job.result["href"]))
    assert response.content.startswith(b"%PDF")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="forestal-')
    assert (ReadLog.objects.get().what, ReadLog.objects.get().detail) == ("matrix.pdf", "paper=a4")
    assert heads() == before


def test_it_is_nobody_elses_and_no_longer_theirs_once_they_have_left(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    marco = browser(cast.marco)
    job = asked(marco)
    work()
    job.refresh_from_db()
    href = str(job.result["href"])
    for other in (cast.ana, cast.lucia, cast.vecina):
        response = browser(other).get(href)
        assert response.headers.get("Location") == "/mesas/forestal/matrix/" or response.status_code == 404
    assert browser().get(href).headers["Location"].startswith("/accounts/login/")
    assert marco.get(href.replace("forestal", "acuicola")).status_code == 404
    Tenure.objects.filter(person=cast.marco.person).update(ends_on=NOW.date() - timedelta(days=400))
    assert marco.get(href).status_code == 404


def test_it_shows_what_its_reader_could_see_when_asking(cast: Cast, tmp_path: Path) -> None:
    bring(FIRST, cast.forestal)
    second = Problem.objects.select_related("mesa").get(number=2)
    set_visibility(
        actor=cast.ana.actor, record=second, visibility=Visibility.TEAM, reason="Borrador", now=LATER
    )
    asked(browser(cast.marco))
    (page,) = tmp_path.glob("prints/*/*/*/page.json")
    assert "Nadie supervisa" not in page.read_text(encoding="utf-8")
    assert page.stat().st_mode & 0o077 == 0


def test_what_nobody_fetches_is_swept_away(cast: Cast, tmp_path: Path) -> None:
    bring(FIRST, cast.forestal)
    marco = browser(cast.marco)
    job = asked(marco)
    work()
    job.refresh_from_db()
    kept.sweep(timezone.now() + timedelta(days=2))
    assert list(tmp_path.glob("prints/*/*/*")) == []
    response = marco.get(str(job.result["href"]), follow=True)
    assert "That PDF is no longer kept. Ask for it again." in response.content.decode()


def test_what_is_gone_before_its_turn_is_said_to_be_gone(cast: Cast, tmp_path: Path) -> None:
    bring(FIRST, cast.forestal)
    job = asked(browser(cast.marco))
    kept.sweep(timezone.now() + timedelta(days=2))
    work()
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "print_gone")


def test_a_job_that_is_tried_again_sets_nothing_twice(cast: Cast, tmp_path: Path) -> None:
    bring(FIRST, cast.forestal)
    job = asked(browser(cast.marco))
    work()
    (made,) = tmp_path.glob("prints/*/*/*/matrix.pdf")
    at = made.stat().st_mtime_ns
    kept.print_out(*(UUID(job.arguments[name]) for name in ("account", "mesa", "token")))
    assert made.stat().st_mtime_ns == at
