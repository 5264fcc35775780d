"""Problems are filtered as the method asks: raised, sorted, restored, ranked; and nothing is a gate."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from destraba.ledger.verify import verify
from destraba.models import FocusInterval, Problem
from tests import factories
from tests.factories import Cast
from tests.journeys.test_first_hour import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MESA = "/mesas/forestal/"
EXEMPTION = "Exonerar de impuestos a la madera"


@pytest.fixture
def desk(context: BrowserContext, live_server: Any) -> Desk:
    context.set_extra_http_headers({"Accept-Language": "es"})
    context.set_default_timeout(10_000)
    return Desk(context.new_page(), live_server.url)


@pytest.fixture
def mesa(cast: Cast) -> Cast:
    """Three problems on record, one of them with somebody who has to act."""
    slow = factories.problem(cast, "Inscribir una plantación toma de seis meses a un año")
    factories.commitment(slow, owner=cast.serfor)
    factories.problem(cast, "El SERFOR no publica las concesiones que supervisa")
    factories.problem(cast, "La guía de transporte tarda 12 días", where=cast.acuicola)
    return cast


def test_a_problem_is_raised_by_somebody_who_first_sees_what_is_there(desk: Desk, mesa: Cast) -> None:
    page = desk.page
    desk.sign_in(mesa.marco)
    desk.open(f"{MESA}problems/")
    page.fill("[name=title]", "Inscribir plantaciones toma un ano")
    found = page.locator("[data-found]")
    expect(found).to_contain_text("P-1")
    desk.look()
    page.fill("[name=title]", EXEMPTION)
    expect(found).not_to_contain_text("P-1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/problems/3/")
    raised = Problem.objects.get(mesa=mesa.forestal, number=3)
    assert (raised.stage, raised.raised_by) == ("raised", mesa.marco.seat)
    expect(page.locator("main")).not_to_contain_text("Clasificar")


def test_a_request_hangs_from_the_inefficiency_and_is_restored(desk: Desk, mesa: Cast) -> None:
    page = desk.page
    factories.problem(mesa, EXEMPTION)
    desk.sign_in(mesa.ana)
    desk.open(f"{MESA}problems/3/")
    page.get_by_role("link", name="Clasificar").click()
    page.wait_for_url("**/classify/")
    desk.look()

    # By keys alone: the third question, then one sentence, which is on record already.
    follows = page.locator("[data-follows]")
    page.locator("[name=request][value='']").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=request][value=yes]")).to_be_checked()
    expect(follows).to_contain_text("deja fuera subsidios")
    page.locator("[name=underlying_title]").focus()
    page.keyboard.type("inscribir plantaciones toma un año")
    page.locator("[data-take='P-1']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name=underlying]")).to_have_value("P-1")
    expect(follows).not_to_contain_text("Nombre la ineficiencia")
    expect(follows.locator("[value=compensates_inefficiency]")).to_be_checked()
    desk.look()
    page.locator("[name=reason]").fill("Lo que falta es el registro.")
    page.get_by_role("button", name="Guardar").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".notes")).to_contain_text("P-3 quedó de lado")
    desk.look()

    # It stays in the Matrix with its reason, and on its page; reopening brings it back.
    desk.open(f"{MESA}matrix/")
    expect(page.locator("main")).to_contain_text("Dejadas de lado")
    expect(page.locator("main")).to_contain_text(EXEMPTION)
    desk.open(f"{MESA}problems/3/")
    expect(page.locator(".facts")).to_contain_text("Compensa una ineficiencia")
    expect(page.locator(".facts")).to_contain_text("P-1")
    page.locator("details.act > summary", has_text="Reabrir").click()
    page.locator("details[open] [name=reason]").fill("La ley la pide con plazo.")
    page.locator("details[open] button.go").click()
    expect(page.locator(".facts")).to_contain_text("Aceptada")
    assert Problem.objects.get(number=3, mesa=mesa.forestal).underlying_id
    assert verify().ok


def test_answers_are_undone_at_once(desk: Desk, mesa: Cast) -> None:
    page = desk.page
    desk.sign_in(mesa.teo)
    desk.open(f"{MESA}problems/1/classify/")
    page.get_by_text("«Mi problema»").click()
    page.select_option("[name=public_input]", "red_tape")
    page.get_by_role("button", name="Guardar").click()
    page.wait_for_url("**?done=**")
    assert Problem.objects.get(mesa=mesa.forestal, number=1).public_input == "red_tape"
    desk.look()
    page.get_by_role("button", name="Deshacer").click()
    expect(page.locator(".notes")).to_contain_text("Deshecho")
    assert Problem.objects.get(mesa=mesa.forestal, number=1).public_input == ""


def test_problems_are_placed_and_put_in_focus(desk: Desk, mesa: Cast) -> None:
    page = desk.page
    desk.sign_in(mesa.ana)
    desk.open(f"{MESA}priorities/")
    waiting = page.locator("#p1")
    expect(waiting).to_contain_text("Propuesta: rápida")
    waiting.get_by_role("button", name="Tomarla").click()
    expect(page.locator("#p1 [name=speed]")).to_have_value("quick")
    page.locator("#p1 [name=importance]").select_option("high")
    page.locator("#p1").get_by_role("button", name="Guardar").click()
    expect(page.locator("td.best")).to_contain_text("P-1")
    expect(page.locator(".now")).to_contain_text("empiece por P-1")
    card = page.locator("td.best #p1")
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    desk.look()
    card.get_by_role("button", name="Poner en foco").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".foci-list")).to_contain_text("P-1")
    expect(page.locator("main")).to_contain_text("aconseja 3 como mínimo")
    desk.look()
    assert FocusInterval.objects.filter(ends_on=None).count() == 1
    page.locator(".foci-list").get_by_role("button", name="Sacar de foco").click()
    expect(page.locator(".foci-list")).to_have_count(0)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_pages_keep_their_width_and_keep_nobody_out(
    context: BrowserContext, live_server: Any, mesa: Cast, language: str
) -> None:
    context.set_extra_http_headers({"Accept-Language": language})
    context.set_default_timeout(10_000)
    desk = Desk(context.new_page(), live_server.url)
    desk.sign_in(mesa.ana)
    for width in (1280, 390, 320):
        desk.page.set_viewport_size({"width": width, "height": 844})
        for path in ("problems/", "problems/1/classify/", "priorities/"):
            assert desk.open(f"{MESA}{path}") == 200
            assert desk.sticking_out() == [], f"{path} at {width}"
    desk.page.emulate_media(color_scheme="dark")
    for path in ("problems/1/classify/", "priorities/"):
        desk.open(f"{MESA}{path}")


def test_all_of_it_works_without_scripts(browser: Browser, live_server: Any, mesa: Cast) -> None:
    context = browser.new_context(java_script_enabled=False, extra_http_headers={"Accept-Language": "es"})
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/?next={MESA}problems/")
    page.fill("input[name=login]", mesa.ana.account.email)
    page.fill("input[name=password]", factories.PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"**{MESA}problems/")

    # Look first, then raise it in the name of a member.
    page.fill("[name=title]", "Inscribir plantaciones toma un año: declararlo de interés nacional")
    page.get_by_role("button", name="Ver primero si ya está").click()
    expect(page.locator(".alike")).to_contain_text("P-1")
    page.select_option("[name=raised_by]", label="Confederación Nacional de la Madera, Marco Ríos")
    page.get_by_role("button", name="Plantearla").click()
    page.wait_for_url("**/problems/3/")

    # What follows is shown before it is written.
    page.get_by_role("link", name="Clasificar").click()
    page.check("[name=improves_operations][value=no]")
    page.get_by_role("button", name="Guardar").click()
    expect(page.locator("[data-follows]")).to_contain_text("meramente declarativo")
    page.get_by_role("button", name="Guardar").click()
    expect(page.locator(".notes")).to_contain_text("P-3 quedó de lado")
    assert Problem.objects.get(mesa=mesa.forestal, number=3).filter_reason == "declaratory"

    page.goto(f"{live_server.url}{MESA}priorities/")
    page.locator("#p2 [name=importance]").select_option("high")
    page.locator("#p2 [name=speed]").select_option("slow")
    page.locator("#p2").get_by_role("button", name="Guardar").click()
    expect(page.locator("td.good")).to_contain_text(["P-2"])
    context.close()
