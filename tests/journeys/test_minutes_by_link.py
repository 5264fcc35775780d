"""Minutes go round: the mail is opened on a telephone, they are read there, objected to or approved."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from destraba.jobs.catalogue import Run
from destraba.jobs.circulation import circulate
from destraba.ledger.verify import verify
from destraba.models import Minutes, Objection, Outbox
from destraba.rules.minutes import MinutesState
from tests.actions.meetings.rounds import DECIDED, PRIVATE, going_round
from tests.factories import Cast, Player

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TELEPHONE = {"width": 390, "height": 844}
OVERFLOW = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")]
        .filter((each) => each.getBoundingClientRect().right > innerWidth)
        .map((each) => `${each.tagName}.${each.className} ${each.textContent.slice(0, 40)}`)"""
TOO_SMALL = """() => [...document.querySelectorAll("a, button, summary, textarea")]
    .filter((each) => each.checkVisibility())
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([each, box]) => box.width > 0 && box.height < 44)
    .map(([each, box]) => `${each.tagName} ${each.textContent.slice(0, 30)} ${box.height}`)"""


def look(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.evaluate(OVERFLOW) == []
    assert page.evaluate(TOO_SMALL) == []


@pytest.fixture
def minutes(cast: Cast) -> Minutes:
    """They go round now, for a day."""
    minutes, now = going_round(cast), datetime.now(UTC)
    Minutes.objects.filter(pk=minutes.pk).update(objections_until=now + timedelta(days=1))
    circulate(Run(now, "nobody", lambda _done, _total, _words="": None))
    return minutes


@pytest.fixture
def pocket(browser: Browser) -> Iterator[Any]:
    """Makes browsers of a telephone's size, and closes them."""
    made: list[BrowserContext] = []

    def take(**options: Any) -> BrowserContext:
        context = browser.new_context(viewport=TELEPHONE, has_touch=True, locale="es-PE", **options)
        context.set_default_timeout(10_000)
        made.append(context)
        return context

    yield take
    for context in made:
        context.close()


def mail_to(player: Player) -> str:
    return Outbox.objects.get(person=player.person).text


def secret_in(mail: str) -> str:
    found = re.search(r"/u#(\S+)", mail)
    assert found
    return found[1]


def code_in(mail: str) -> str:
    found = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", mail)
    assert found
    return found[0]


def stored(minutes: Minutes) -> Minutes:
    return Minutes.objects.get(pk=minutes.pk)


def test_from_the_mail_to_the_objection_on_record(
    cast: Cast, minutes: Minutes, pocket: Any, live_server: Any
) -> None:
    page = pocket().new_page()
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(f"{request.url} {request.headers}"))
    secret = secret_in(mail_to(cast.lucia))

    # The button of the mail opens what was decided; the secret is nowhere to be seen.
    page.goto(f"{live_server.url}/u#{secret}")
    page.wait_for_url("**/u/minutes/")
    assert not any(secret in request for request in asked_for)
    expect(page.locator("main")).to_contain_text(DECIDED)
    expect(page.locator("main")).not_to_contain_text(PRIVATE)
    expect(page.locator(".promised .mine")).to_contain_text("Firmar la guía")
    look(page)
    page.locator(".rest summary").click()
    look(page)

    # Looking changed nothing. A blank form says what is missing; one sentence is enough.
    assert stored(minutes).state == MinutesState.CIRCULATED
    page.locator("[name=text]").fill("   ")
    page.locator(".objection .send").click()
    expect(page.locator(".note.red")).to_be_visible()
    look(page)
    page.locator("[name=text]").fill("La guía será electrónica desde setiembre, no desde agosto.")
    page.locator(".objection .send").click()
    expect(page.locator(".received")).to_be_visible()
    look(page)

    objection = Objection.objects.get()
    assert (objection.text[:8], objection.seat, objection.edition) == ("La guía ", cast.lucia.seat, 1)
    assert stored(minutes).state == MinutesState.DRAFT
    assert verify().ok


def test_a_leader_without_a_script_types_the_code_and_approves(
    cast: Cast, minutes: Minutes, pocket: Any, live_server: Any
) -> None:
    page = pocket(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/u")
    page.fill("[name=code]", code_in(mail_to(cast.pilar)).lower())
    page.locator("form.code button").first.click()
    page.wait_for_url("**/u/minutes/")
    assert stored(minutes).state == MinutesState.CIRCULATED
    with page.expect_download() as download:
        page.locator("a[href='/u/minutes/pdf/']").click()
    assert download.value.suggested_filename == "acuerdos-1-2017.pdf"
    page.locator("form[action='/u/minutes/approval/'] button").click()
    page.wait_for_url("**/u/minutes/?sent*")
    assert stored(minutes).state == MinutesState.APPROVED


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_for_everybody(
    cast: Cast, minutes: Minutes, pocket: Any, live_server: Any, language: str, scheme: str
) -> None:
    context = pocket(color_scheme=scheme, extra_http_headers={"Accept-Language": language})
    page = context.new_page()
    page.goto(f"{live_server.url}/u#{secret_in(mail_to(cast.pilar))}")
    page.wait_for_url("**/u/minutes/")
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        look(page)
