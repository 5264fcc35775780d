"""Somebody finds things with the keyboard alone, in both languages, on a screen and on a telephone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import factories
from tests.factories import Cast
from tests.journeys.test_first_hour import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = pytest.mark.parametrize(
    ("language", "none", "kinds"), [("es", "Nada de lo que", "Trabas"), ("en", "Nothing that", "Problems")]
)


@pytest.fixture
def record(cast: Cast) -> Cast:
    """Two problems about freight in one mesa, another in the next; SERFOR owes something."""
    problem = factories.problem(cast, "El flete fluvial sube cada mes")
    factories.problem(cast, "Nadie publica los fletes")
    factories.problem(cast, "El flete del hielo", where=cast.acuicola)
    factories.commitment(problem, "Publicar las tarifas", cast.serfor)
    return cast


def seated(context: BrowserContext, address: str, cast: Cast, language: str) -> Desk:
    context.set_extra_http_headers({"Accept-Language": language})
    context.set_default_timeout(10_000)
    desk = Desk(context.new_page(), address)
    desk.sign_in(cast.hilda)
    desk.page.wait_for_load_state()  # the keys are its script's
    return desk


def options(page: Page) -> Any:
    return page.locator("#finder-list [role=option]")


@LANGUAGES
def test_with_the_keyboard_alone(
    context: BrowserContext, live_server: Any, record: Cast, language: str, none: str, kinds: str
) -> None:
    desk = seated(context, live_server.url, record, language)
    page = desk.page
    desk.open("/mesas/forestal/matrix/")
    page.keyboard.press("Control+k")
    expect(page.locator("#finder-q")).to_be_focused()
    desk.look()

    # It follows what one types: what is of this mesa first, the words marked, the first line chosen.
    page.keyboard.type("fletes", delay=20)
    expect(options(page)).to_have_count(3)
    expect(page.locator("#finder-list [role=group]").first).to_have_attribute("aria-label", kinds)
    expect(options(page).last).to_contain_text("hielo")
    expect(options(page).first.locator("mark")).to_have_count(1)
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    expect(page.locator("#finder-q")).to_have_attribute("aria-activedescendant", "found-0")
    desk.look()
    page.keyboard.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    there = options(page).nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{there}")

    # What was opened is offered again; Esc leaves everything as it was.
    page.keyboard.press("Control+k")
    expect(options(page)).to_have_count(1)
    expect(options(page).first).to_have_attribute("href", there or "")
    desk.look()
    page.keyboard.type("xilófono", delay=20)
    expect(page.locator("[data-none]")).to_contain_text(none)
    desk.look()
    page.keyboard.press("Escape")
    expect(page.locator("#finder")).to_be_hidden()


@LANGUAGES
def test_on_a_telephone(
    context: BrowserContext, live_server: Any, record: Cast, language: str, none: str, kinds: str
) -> None:
    desk = seated(context, live_server.url, record, language)
    page = desk.page
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 780})
        desk.open("/mesas/forestal/")
        page.locator("a[data-search]").click()
        page.fill("#finder-q", "serfor")
        expect(options(page).first).to_contain_text("Publicar las tarifas")
        desk.look()
        assert desk.sticking_out() == []
    page.locator("[data-all]").click()
    page.wait_for_url("**/search/?q=serfor&mesa=forestal")
    desk.look()
    assert desk.sticking_out() == []
    assert desk.open("/search/") == 200
    assert desk.open("/search/?q=nada") == 200
    expect(page.locator(".empty")).to_contain_text(none)


def test_a_number_leads_straight_there(context: BrowserContext, live_server: Any, record: Cast) -> None:
    desk = seated(context, live_server.url, record, "es")
    page = desk.page
    page.keyboard.press("Control+k")
    page.keyboard.type("forestal p2", delay=20)
    expect(options(page)).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/mesas/forestal/problems/2/")
    page.keyboard.press("/")
    expect(page.locator("#finder-q")).to_be_focused()
    page.keyboard.type("P-1", delay=20)
    expect(options(page)).to_have_count(2)
    page.locator("#finder-q").press("Escape")
    # On the page of the search, the same keys lead to its own field.
    desk.open("/search/?q=flete")
    page.keyboard.press("Control+k")
    expect(page.locator("#search-q")).to_be_focused()
    page.keyboard.type("P-1")
    page.keyboard.press("Enter")
    expect(page.locator(".finds a")).to_have_count(2)


def test_whoever_signs_out_leaves_nothing_behind(
    context: BrowserContext, live_server: Any, record: Cast
) -> None:
    desk = seated(context, live_server.url, record, "es")
    page = desk.page
    page.keyboard.press("Control+k")
    page.keyboard.type("hielo", delay=20)
    expect(options(page)).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/problems/1/")
    context.clear_cookies()

    # Without a session the list says so, and the page asks to sign in.
    page.keyboard.press("Control+k")
    page.fill("#finder-q", "flete")
    expect(page.locator("[data-none]")).to_contain_text("Su sesión terminó")
    page.locator("#finder-q").press("Enter")
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate("sessionStorage.length") == 0


def test_it_is_found_without_scripts(browser: Browser, live_server: Any, record: Cast) -> None:
    context = browser.new_context(java_script_enabled=False, extra_http_headers={"Accept-Language": "es"})
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/?next=/mesas/forestal/")
    page.fill("input[name=login]", record.hilda.account.email)
    page.fill("input[name=password]", factories.PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/mesas/forestal/")
    page.click("a[data-search]")
    page.wait_for_url("**/search/?mesa=forestal")
    page.fill("#search-q", "fletes")
    page.press("#search-q", "Enter")
    page.wait_for_url("**q=fletes**")
    expect(page.locator(".finds a")).to_have_count(3)
    page.locator(".finds a").first.click()
    page.wait_for_url("**/mesas/forestal/problems/*/")
    context.close()
