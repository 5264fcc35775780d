"""A spreadsheet of many rows: page by page, and by a job that can be followed or left."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from destraba.jobs.catalogue import Run
from destraba.jobs.imports import import_matrix
from destraba.models import Event, Job, Problem
from destraba.web.imports import preview
from destraba.web.views import imports
from tests.factories import NOW, Cast
from tests.management.running import everything
from tests.web.test_imports import PEOPLE, browser, looked_at, rows, said
from tests.web.visits import Page


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of two rows, and a job from four rows on."""
    monkeypatch.setattr(preview, "PAGE", 2)
    monkeypatch.setattr(preview, "WHOLE", 3)


LONG = "\n".join(["Traba;Eje", *(f"Traba {number};Normas" for number in range(1, 6))])


@pytest.mark.usefixtures("narrow")
def test_a_long_preview_has_pages_that_keep_what_was_chosen(cast: Cast) -> None:
    client = browser(cast.ana)
    address, page = looked_at(client, LONG)
    assert "Page 1 of 3" in page.text
    assert "Bring in 5 rows" in page.text
    assert len(rows(page)) == 2
    form = next(form for form in page.forms if "row" in form.choices)
    shown = form.choices["row"]
    before = everything()
    turned = client.post(address, {**form.fields, "shown": shown, "row": shown[1:], "page": "2"})
    assert everything() == before
    assert turned.headers["Location"] == f"{address}?page=2"
    page = Page(client.get(turned.headers["Location"]))
    assert "Bring in 4 rows" in page.text
    second = rows(page)
    back = Page(client.get(address))
    boxes = re.findall(r'name="row" value="([^"]+)"( checked)?', back.response.content.decode())
    assert boxes == [(shown[0], ""), (shown[1], " checked")]
    client.post(turned.headers["Location"], {"total": "5", "shown": second, "row": second[:1]})
    assert sorted(one.title for one in Problem.objects.all()) == ["Traba 2", "Traba 3", "Traba 5"]


@pytest.mark.usefixtures("narrow")
def test_a_long_import_is_a_job_that_can_be_followed(
    cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "BY_JOB", 3)
    client = browser(cast.ana)
    address, page = looked_at(client, LONG)
    form = next(form for form in page.forms if "row" in form.choices)
    shown = form.choices["row"]
    sent = {**form.fields, "shown": shown, "row": shown[1:]}
    follow = client.post(address, sent).headers["Location"]
    assert client.post(address, sent).headers["Location"] == follow
    assert Problem.objects.count() == 0
    assert "Importing a spreadsheet" in Page(client.get(follow)).text
    told: list[tuple[int, int, str]] = []
    job = Job.objects.get()
    assert import_matrix(Run(NOW, "w", lambda *far: told.append(far)), **job.arguments) == {"href": PEOPLE}  # type: ignore[arg-type]
    assert Problem.objects.count() == 4
    assert told[0] == (0, 0, "import_reading")
    assert told[-1] == (4, 4, "import_writing")
    assert Event.objects.filter(kind="problem.raised").first().actor == cast.ana.person.pk  # type: ignore[union-attr]
    # A worker that died after writing leaves nothing to do for the next one.
    assert import_matrix(Run(NOW, "w", lambda *far: None), **job.arguments) == {"href": PEOPLE}  # type: ignore[arg-type]
    assert Problem.objects.count() == 4
    assert list((home / "uploads").glob("*/*")) == []


@pytest.mark.usefixtures("narrow")
def test_with_all_rows_of_all_pages_left_out_nothing_is_written(cast: Cast) -> None:
    client = browser(cast.ana)
    address, _page = looked_at(client, LONG)
    every = [f"problem:traba {number}" for number in range(1, 6)]
    response = client.post(address, {"total": "5", "shown": every})
    assert said(response) == ["There is nothing to bring in: choose at least one row."]
    assert Problem.objects.count() == 0
