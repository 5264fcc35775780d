"""The head of the programme finds the mesa that stands still, and notes what a report declared."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from destraba.ledger.verify import verify
from destraba.models import Figure
from destraba.rules.mesas import MesaState
from tests import factories
from tests.factories import Cast
from tests.journeys.test_first_hour import Desk
from tests.queries.programme.rhythm import busy, followed, met, put

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/programme/"


@pytest.fixture
def desk(context: BrowserContext, live_server: Any) -> Desk:
    context.set_extra_http_headers({"Accept-Language": "es"})
    context.set_default_timeout(10_000)
    return Desk(context.new_page(), live_server.url)


@pytest.fixture
def programme(cast: Cast) -> Cast:
    """Four mesas: one busy, one that ceased to meet, one quiet, one suspended."""
    followed(cast.forestal, 40)
    busy(cast, cast.forestal)
    textil = factories.mesa("Mesa Ejecutiva Textil", "textil", host=cast.produce)
    followed(textil, 40)
    met(textil, 150, 136, 94)
    put(factories.mesa("Mesa Gastronómica", "gastronomia", host=cast.produce), MesaState.SUSPENDED)
    return cast


def test_the_head_sees_which_mesa_to_help(desk: Desk, programme: Cast) -> None:
    page = desk.page
    desk.sign_in(programme.hilda)
    assert desk.open(PAGE) == 200
    expect(page.locator(".now a").first).to_be_visible()
    expect(page.locator(".programme tbody").first.locator("tr")).to_have_count(3)

    # Ordered by a head, filtered, and both are in the address.
    page.locator(".programme thead a").first.click()
    page.wait_for_url("**/programme/?sort=name")
    expect(page.locator(".programme tbody tr").first).to_contain_text("Acuícola")
    page.locator(".choose input[type=checkbox]").check()
    page.locator(".choose button").click()
    page.wait_for_url("**stalled=1**")
    expect(page.locator(".programme")).to_contain_text("Textil")
    expect(page.locator(".programme")).not_to_contain_text("Acuícola")
    desk.look()
    page.goto(f"{desk.address}{PAGE}")
    page.locator(".now a").first.click()
    page.wait_for_url("**/mesas/*/")


def test_a_declared_figure_is_noted_and_withdrawn(desk: Desk, programme: Cast) -> None:
    page = desk.page
    desk.sign_in(programme.hilda)
    desk.open(PAGE)
    page.locator("details.act > summary").last.click()
    form = page.locator("form:has(input[name=out_of])")
    form.locator("[name=label]").fill("Trabas resueltas")
    form.locator("input[name=value]").fill("77")
    form.locator("[name=out_of]").fill("204")
    form.locator("[name=source]").fill("Informe final de 2019")
    desk.look()
    form.locator("button.go").click()
    expect(page.locator(".figures tbody")).to_contain_text("77")
    expect(page.locator(".figures tbody")).to_contain_text("(Informe final de 2019)")
    desk.look()
    page.locator(".figures details.act > summary").click()
    assert desk.sticking_out() == []
    desk.look()
    page.locator(".figures [name=reason]").fill("El informe se corrigió.")
    page.locator(".figures form button.go").click()
    expect(page.locator(".figures")).to_have_count(0)
    assert Figure.objects.get().withdrawn_at
    assert verify().ok


@pytest.mark.parametrize("who", ["head", "axis_lead"])
def test_it_is_for_everybody_and_keeps_its_width(desk: Desk, programme: Cast, who: str) -> None:
    desk.sign_in(programme.roles[who])
    for width in (1280, 1024, 390, 320):
        desk.page.set_viewport_size({"width": width, "height": 844})
        assert desk.open(PAGE) == 200
        assert desk.sticking_out() == [], width


def test_it_is_read_sorted_and_written_without_scripts(
    browser: Browser, live_server: Any, programme: Cast
) -> None:
    context = browser.new_context(java_script_enabled=False, extra_http_headers={"Accept-Language": "es"})
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/?next={PAGE}")
    page.fill("input[name=login]", programme.hilda.account.email)
    page.fill("input[name=password]", factories.PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"**{PAGE}")
    page.select_option("#sort", "red")
    page.click(".choose button")
    page.wait_for_url("**sort=red**")
    page.locator("details.act > summary").last.click()
    page.fill("[name=label]", "Mesas abiertas")
    page.fill("input[name=value]", "52")
    page.fill("[name=source]", "Argentina, 2016-2019")
    page.locator("form:has([name=out_of]) button.go").click()
    expect(page.locator(".figures tbody")).to_contain_text("52")
    context.close()
