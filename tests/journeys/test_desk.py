"""A morning at the desk: the team goes where it is needed, a member reads what changed and says so."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserContext, expect

from destraba.actions.matrix.problems import edit_problem, raise_problem
from destraba.ledger.verify import verify
from destraba.models import Account
from tests import factories
from tests.factories import NOW, PASSWORD, TODAY, Cast, Player
from tests.journeys.test_first_hour import Desk
from tests.queries.desk.stage import DAY, agreed, called, circulated, followed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, TELEPHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def _that_thursday() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def desk(context: BrowserContext, live_server: Any) -> Desk:
    context.set_extra_http_headers({"Accept-Language": "en"})
    context.set_default_timeout(10_000)
    return Desk(context.new_page(), live_server.url)


@pytest.fixture
def full(cast: Cast) -> Cast:
    """Something of everything."""
    problem = factories.problem(cast)
    agreed(problem, "Publicar el protocolo único de la guía de transporte", cast.serfor, TODAY - 4 * DAY)
    agreed(problem, "Capacitar a las oficinas de Ucayali y Loreto", cast.conafor, TODAY + 3 * DAY)
    followed(cast.forestal)
    raise_problem(actor=cast.lucia.actor, mesa=cast.forestal, title="Cierra a las cinco", now=NOW - DAY)
    edit_problem(actor=cast.ana.actor, problem=problem, title="La guía tarda un mes", now=NOW - DAY)
    circulated(cast.forestal)
    called(cast.forestal)
    return cast


def look_at_both_widths(desk: Desk) -> None:
    for size in (TELEPHONE, WIDE):
        desk.page.set_viewport_size(size)  # type: ignore[arg-type]
        desk.look()
        assert desk.sticking_out() == [], size


def test_the_team_goes_where_it_is_needed(desk: Desk, full: Cast) -> None:
    desk.sign_in(full.ana)
    expect(desk.page).to_have_title("Desk · Destraba")
    look_at_both_widths(desk)
    now = desk.page.locator(".now")
    expect(now).to_contain_text("accept the problem, or say why not")
    now.get_by_role("link").click()
    desk.page.wait_for_url("**/problems/2/")
    desk.page.keyboard.press("g")
    desk.page.keyboard.press("d")
    desk.page.wait_for_url(f"{desk.address}/")
    desk.page.get_by_role("link", name="See the agenda").click()
    desk.page.wait_for_url("**/meetings/2/#agenda")


def test_a_member_sees_at_once_what_is_asked_and_marks_the_news_as_seen(desk: Desk, full: Cast) -> None:
    desk.page.set_viewport_size(TELEPHONE)  # type: ignore[arg-type]
    desk.sign_in(full.marco)
    first = desk.page.locator(".duties > li").first
    expect(first).to_contain_text("Capacitar a las oficinas")
    box = first.bounding_box()
    assert box
    assert box["y"] + box["height"] <= TELEPHONE["height"], "below the first screen"
    look_at_both_widths(desk)
    news = desk.page.locator(".news")
    expect(news).to_contain_text("Lucía Farfán raised P-2")
    news.get_by_role("button", name="Mark as seen").click()
    expect(news).to_contain_text("Nobody else has changed anything that you can see.")
    look_at_both_widths(desk)
    assert Account.objects.get(pk=full.marco.account.pk).desk_seen_at
    assert verify().ok


@pytest.mark.parametrize("role", ["head", "political_leader", "liaison", "axis_lead", "administrator"])
def test_everybodys_desk_is_for_everybody(desk: Desk, full: Cast, role: str) -> None:
    desk.sign_in(full.roles[role])
    look_at_both_widths(desk)


def test_all_of_it_works_without_a_script(browser: Browser, live_server: Any, full: Cast) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport=TELEPHONE, extra_http_headers={"Accept-Language": "en"}
    )
    page = context.new_page()
    sign_in(page, live_server.url, full.marco)
    expect(page.locator(".news")).to_contain_text("Ana Paredes edited P-1")
    page.get_by_role("button", name="Mark as seen").click()
    expect(page.locator(".news")).to_contain_text("Nobody else has changed anything")
    page.locator(".menu.nav > summary").click()
    page.locator(".menu.nav").get_by_role("link", name="Public page").click()
    page.wait_for_url("**/public/")
    context.close()


def sign_in(page: Any, address: str, player: Player) -> None:
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", player.account.email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
