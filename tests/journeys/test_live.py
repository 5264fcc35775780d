"""A session chaired from the keyboard, on a telephone, without scripts, and with a line that drops."""

from datetime import date, time
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from destraba.actions.meetings.agenda import add_item, propose_agenda
from destraba.actions.meetings.meetings import open_meeting, prepare_meeting
from destraba.ledger.verify import verify
from destraba.methods.schema import MeetingKind
from destraba.models import Attendance, Commitment, Entry, Meeting, Problem
from destraba.values.fuzzy_dates import FuzzyDate
from tests import factories
from tests.factories import NOW, Cast, command
from tests.journeys.test_first_hour import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIVE = "/mesas/forestal/meetings/1/live/"


@pytest.fixture
def desk(context: BrowserContext, live_server: Any) -> Desk:
    context.set_extra_http_headers({"Accept-Language": "es"})
    context.set_default_timeout(10_000)
    return Desk(context.new_page(), live_server.url)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A session with a late commitment, a problem without any and a matter of its own."""
    prepared = prepare_meeting(
        actor=command(),
        mesa=cast.forestal,
        kind=MeetingKind.SESSION,
        held_on=date(2017, 6, 15),
        begins_at=time(9, 0),
        lasts_minutes=90,
        now=NOW,
    )
    factories.commitment(factories.problem(cast), owner=cast.serfor, due=FuzzyDate(date(2017, 6, 1)))
    propose_agenda(actor=command(), meeting=prepared, now=NOW)
    second = factories.problem(cast, "Falta un camino a la concesión")
    add_item(actor=command(), meeting=prepared, problem=second, now=NOW)
    add_item(actor=command(), meeting=prepared, title="Próxima fecha", minutes=5, now=NOW)
    return prepared


def status(page: Page) -> Any:
    return page.locator("#saved span")


def seat(page: Page, organization: str, presence: str) -> Any:
    row = page.locator(".seats li", has_text=organization).first
    return row.locator(f"label.{presence}")


class SlowLine:
    """Holds every request to the room until the test lets it go."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.held: list[Route] = []
        page.route("**/live/**", lambda route: self.held.append(route))

    def wait(self) -> Route:
        """The next request that is held; fails after five seconds without one."""
        for _ in range(250):
            if self.held:
                return self.held.pop(0)
            self.page.wait_for_timeout(20)
        raise AssertionError("Nothing was sent.")


def write(page: Page, key: str, text: str) -> None:
    """One letter for what it is, the words, Ctrl and Enter."""
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(key)
    expect(page.locator("#quick-text")).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")


def promises(desk: Desk) -> None:
    """One of somebody who is there, and one of somebody who is not."""
    page = desk.page
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.keyboard.type("Ceder dos inspectores")
    page.fill("#quick-owner", "SERFOR")
    expect(page.locator("[data-binding].yes")).to_be_visible()
    desk.look()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".made .tag.ink")).to_have_count(1)
    page.locator("#quick-text").blur()
    page.keyboard.press("c")
    page.keyboard.type("Acompañar la inspección")
    page.fill("#quick-owner", "OSINFOR")
    expect(page.locator("[data-binding].yes")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".made .tag:not(.ink)")).to_have_count(1)
    page.locator("#quick-text").blur()


def test_a_session_is_chaired_from_the_keyboard(desk: Desk, cast: Cast, meeting: Meeting) -> None:
    page = desk.page
    desk.sign_in(cast.ana)
    assert desk.open(LIVE) == 200
    page.locator("#bar form button").click()
    expect(page.locator("#bar.on")).to_be_visible()
    desk.look()

    # Who is there: written as soon as it is said.
    seat(page, "SERFOR", "present").click()
    expect(page.locator("#attendance .head .t1")).to_contain_text("1 ")
    seat(page, "CONAFOR Perú", "substitute").click()
    page.keyboard.type("Nora Díaz")
    page.keyboard.press("Tab")
    expect(page.locator("#attendance .head .t1")).to_contain_text("2 ")
    page.locator("body").click(position={"x": 2, "y": 2})

    # What is said and decided.
    write(page, "n", "De nueve plazas, tres están cubiertas.")
    expect(page.locator(".rec li")).to_have_count(1)
    write(page, "d", "Las tres oficinas aplican el protocolo desde julio.")
    expect(page.locator(".rec li")).to_have_count(2)
    desk.look()

    promises(desk)
    write(page, "t", "La guía se pide dos veces")
    expect(page.locator("#record")).to_contain_text("P-3")

    # On to the next, and back with a key.
    page.locator("#quick-text").blur()
    page.keyboard.press("x")
    expect(page.locator("#h-current")).to_have_text("Falta un camino a la concesión")
    expect(page.locator(".agenda li.taken")).to_have_count(1)
    page.keyboard.press("k")
    page.wait_for_url("**item=**")
    expect(page.locator(".rec li")).to_have_count(2)

    page.locator('#bar a[href*="closing"]').click()
    expect(page.locator("#closing li").first).to_contain_text("2")
    desk.look()
    page.locator("#closing .go").click()
    page.wait_for_url("**/meetings/1/")
    made = Commitment.objects.filter(meeting=meeting).order_by("number")
    assert [one.state for one in made] == ["agreed", "asked"]
    assert [one.kind for one in Entry.objects.order_by("position")] == ["note", "decision"]
    assert Problem.objects.get(meeting=meeting).number == 3
    assert set(Attendance.objects.values_list("presence", "substitute")) == {
        ("present", ""),
        ("substitute", "Nora Díaz"),
    }
    assert verify().ok


def test_nothing_is_lost_when_the_line_drops_or_the_laptop_closes(
    desk: Desk, cast: Cast, meeting: Meeting, context: BrowserContext
) -> None:
    page = desk.page
    open_meeting(actor=command(), meeting=meeting, now=NOW)
    desk.sign_in(cast.ana)
    desk.open(LIVE)
    context.set_offline(True)
    page.fill("#quick-text", "Dicho sin conexión")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#saved.bad")).to_be_visible()
    assert page.input_value("#quick-text") == "Dicho sin conexión"
    seat(page, "SERFOR", "present").click()
    context.set_offline(False)
    page.reload()
    assert page.input_value("#quick-text") == "Dicho sin conexión"
    expect(page.locator("#attendance .head .t1")).to_contain_text("1 ")
    assert not Entry.objects.exists()

    # Signed out meanwhile: it says so, and goes on once one is back.
    kept = context.cookies()
    context.clear_cookies()
    page.locator("#quick-text").press("Control+Enter")
    expect(page.locator("#saved.bad")).to_be_visible()
    assert page.input_value("#quick-text") == "Dicho sin conexión"
    context.add_cookies(kept)  # type: ignore[arg-type]
    page.locator("#quick-text").press("Control+Enter")
    expect(page.locator(".rec li")).to_have_count(1)
    assert page.input_value("#quick-text") == ""
    page.reload()
    assert page.input_value("#quick-text") == ""
    assert Entry.objects.get().text == "Dicho sin conexión"


def test_what_is_written_while_something_is_on_its_way_arrives_too(
    desk: Desk, cast: Cast, meeting: Meeting
) -> None:
    page = desk.page
    open_meeting(actor=command(), meeting=meeting, now=NOW)
    desk.sign_in(cast.ana)
    desk.open(LIVE)
    line = SlowLine(page)
    seat(page, "SERFOR", "present").click()
    attendance = line.wait()
    write(page, "n", "Dicho mientras se guardaba")
    attendance.continue_()
    line.wait().continue_()
    expect(page.locator(".rec li")).to_have_count(1)
    expect(page.locator("#attendance .head .t1")).to_contain_text("1 ")

    # And what is typed on, behind what was sent, stays to be sent.
    write(page, "n", "La primera frase.")
    sent = line.wait()
    page.keyboard.type(" Y la segunda.")
    sent.continue_()
    expect(page.locator(".rec li")).to_have_count(2)
    assert page.input_value("#quick-text") == "Y la segunda."
    page.keyboard.press("Control+Enter")
    line.wait().continue_()
    expect(page.locator(".rec li")).to_have_count(3)
    assert [one.text for one in Entry.objects.order_by("position")] == [
        "Dicho mientras se guardaba",
        "La primera frase.",
        "Y la segunda.",
    ]


def test_what_another_chair_wrote_appears_and_what_is_typed_stays(
    desk: Desk, cast: Cast, meeting: Meeting, browser: Browser
) -> None:
    open_meeting(actor=command(), meeting=meeting, now=NOW)
    desk.sign_in(cast.ana)
    desk.open(LIVE)
    with browser.new_context() as context:
        teo = Desk(context.new_page(), desk.address)
        teo.sign_in(cast.teo)
        teo.open(LIVE)
        teo.page.fill("#quick-text", "Escribe Teodoro")
        teo.page.keyboard.press("Control+Enter")
        expect(teo.page.locator(".rec li")).to_have_count(1)
    desk.page.fill("#quick-text", "Escribe Ana")
    seat(desk.page, "SERFOR", "present").click()
    expect(desk.page.locator(".rec li")).to_contain_text("Escribe Teodoro")
    assert desk.page.input_value("#quick-text") == "Escribe Ana"


def test_it_is_chaired_without_a_script_too(
    cast: Cast, meeting: Meeting, browser: Browser, live_server: Any
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        desk = Desk(context.new_page(), live_server.url)
        page = desk.page
        desk.sign_in(cast.ana)
        page.goto(f"{live_server.url}{LIVE}")
        page.locator("#bar form button").click()
        seat(page, "SERFOR", "present").click()
        page.locator(".att .keep button").click()
        page.locator(".kinds label", has_text="C").last.scroll_into_view_if_needed()
        page.check('input[value="commitment"]', force=True)
        page.fill("#quick-text", "Ceder dos inspectores")
        page.fill("#quick-owner", "SERFOR")
        page.locator(".send button").click()
        expect(page.locator(".made .tag.ink")).to_have_count(1)
        page.locator('.take button[value="taken"]').click()
        expect(page.locator("#h-current")).to_have_text("Falta un camino a la concesión")
        page.locator('#bar a[href*="closing"]').click()
        page.locator("#closing .go").click()
        page.wait_for_url("**/meetings/1/")
    assert Commitment.objects.get(meeting=meeting).state == "agreed"


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_is_for_everybody(
    desk: Desk, cast: Cast, meeting: Meeting, context: BrowserContext, language: str
) -> None:
    open_meeting(actor=command(), meeting=meeting, now=NOW)
    context.set_extra_http_headers({"Accept-Language": language})
    desk.sign_in(cast.ana)
    for query in ("", "?item=none", "?closing=1"):
        desk.page.goto(f"{desk.address}{LIVE}{query}")
        for width in (1280, 768, 390):
            desk.page.set_viewport_size({"width": width, "height": 844})
            for kind in ("note", "commitment"):
                desk.page.locator(f'.kinds [value="{kind}"]').check(force=True)
                assert desk.sticking_out() == [], (query, width, kind)
            desk.look()
