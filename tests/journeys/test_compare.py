"""What changed since the last session, looked at by a member; and what a cell was before."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, expect

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.commitments import date_commitment
from destraba.actions.matrix.problems import edit_problem, move_problem
from destraba.actions.mesas import start_following_up
from destraba.models import Commitment
from destraba.rules.commitments import CommitmentMove
from destraba.rules.problems import ProblemMove
from destraba.values.fuzzy_dates import FuzzyDate
from tests import factories
from tests.factories import NOW, Cast, command
from tests.journeys.test_first_hour import Desk
from tests.queries.matrix.compare.stage import held

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/mesas/forestal/matrix/compare/"
OPEN_HISTORY = """async (cell) => {
  const grid = document.querySelector("script[src*='matrix/grid']").src;
  const { openHistory } = await import(grid.replace("grid.js", "history.js"));
  const status = { words: {}, say: (words) => { throw new Error(words); } };
  await openHistory({ status }, document.querySelector(`tr[data-number="C-1"] ${cell}`));
}"""
DUE = "/mesas/forestal/commitments/1/history/?field=due"


@pytest.fixture
def desk(context: BrowserContext, live_server: Any) -> Desk:
    context.set_extra_http_headers({"Accept-Language": "es"})
    context.set_default_timeout(10_000)
    return Desk(context.new_page(), live_server.url)


@pytest.fixture
def story(cast: Cast) -> Cast:
    """Since S-1, a week ago: a title was mended, a problem withdrawn, a date moved, a commitment added."""
    start_following_up(actor=command(), mesa=cast.forestal, now=NOW)
    first, second = factories.problem(cast, "La guía tarda"), factories.problem(cast, "Una ley")
    owed = agreed(cast, factories.commitment(first, owner=cast.serfor))
    last_week, now = timezone.now() - timedelta(days=7), timezone.now() - timedelta(days=1)
    held(cast.forestal, last_week)
    edit_problem(actor=cast.ana.actor, problem=first, title="La guía tarda 12 días", now=now)
    move_problem(
        actor=cast.ana.actor, problem=second, move=ProblemMove.WITHDRAW, reason="Solo declara.", now=now
    )
    for days, reason in ((10, ""), (20, "Falta la opinión del MEF.")):
        due = FuzzyDate((now + timedelta(days=days)).date())
        date_commitment(actor=cast.ana.actor, commitment=owed, due=due, reason=reason, now=now)
    factories.commitment(first, "Publicar el padrón", owner=cast.serfor, now=now)
    return cast


def agreed(cast: Cast, asked: Commitment) -> Commitment:
    return move_commitment(actor=command(), commitment=asked, move=CommitmentMove.AGREE, now=NOW)


def test_a_member_sees_what_changed_and_narrows_it_down_by_keyboard(desk: Desk, story: Cast) -> None:
    page = desk.page
    desk.sign_in(story.marco)
    assert desk.open("/mesas/forestal/") == 200
    page.get_by_role("link", name="Comparar con la última sesión").press("Enter")
    page.wait_for_url(f"**{PAGE}")
    desk.look()
    compared = page.locator(".compared")
    expect(compared.locator("del", has_text="Una ley")).to_be_visible()
    expect(compared).to_contain_text("Solo declara.")
    expect(compared.locator("tr", has_text="C-1").locator("ins").first).to_be_visible()

    # One kind alone, and back, without a mouse.
    page.locator(".chips a", has_text="Agregadas").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**show=added**")
    expect(compared).to_contain_text("Publicar el padrón")
    expect(compared).not_to_contain_text("Una ley")
    desk.look()

    # A day instead of the meeting: its field comes when it is asked for.
    day = page.locator("[name=from_day]")
    expect(day).to_be_hidden()
    page.select_option("#from", "day")
    expect(day).to_be_visible()
    tomorrow_a_week_ago = (timezone.now() - timedelta(days=3)).date().isoformat()
    day.fill(tomorrow_a_week_ago)
    page.locator(".between button").press("Enter")
    page.wait_for_url(f"**from={tomorrow_a_week_ago}**")
    expect(compared.locator("del", has_text="Una ley")).to_be_visible()
    desk.look()

    # What can't be compared is said, and the choice stays.
    assert desk.open(f"{PAGE}?from=now&to=S-1") == 422
    expect(page.locator(".note")).to_contain_text("anterior")
    expect(page.locator("#to")).to_have_value("S-1")


def test_a_cell_tells_what_it_was_and_the_row_leads_to_its_cells(desk: Desk, story: Cast) -> None:
    page = desk.page
    desk.sign_in(story.marco)
    assert desk.open("/mesas/forestal/commitments/1/") == 200
    page.locator("a[href$='/commitments/1/history/']").press("Enter")
    page.wait_for_url("**/history/")
    desk.look()
    page.locator(".chips a", has_text="Plazo").first.press("Enter")
    page.wait_for_url("**field=due")
    desk.look()
    expect(page.locator(".story > li")).to_have_count(2)
    expect(page.locator(".story .quote")).to_have_text("Falta la opinión del MEF.")
    assert desk.open("/mesas/forestal/commitments/1/history/?field=light") == 200


def test_the_grid_shows_a_cell_s_history_in_a_dialog(desk: Desk, story: Cast) -> None:
    page = desk.page
    desk.sign_in(story.ana)
    desk.open("/mesas/forestal/matrix/?q=directiva")
    for cell, heading in (
        (".x-due", "Plazo C-1"),
        (".x-light", "Semáforo C-1"),
        (".x-moved", "Historia C-1"),
    ):
        page.evaluate(OPEN_HISTORY, cell)
        dialog = page.locator("dialog[open]")
        expect(dialog.locator("h2")).to_have_text(heading)
        desk.look()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_keeps_its_width_in_both_languages(
    desk: Desk, story: Cast, language: str, context: BrowserContext
) -> None:
    context.set_extra_http_headers({"Accept-Language": language})
    desk.sign_in(story.ana)
    for width in (1280, 390, 320):
        desk.page.set_viewport_size({"width": width, "height": 844})
        for path in (PAGE, f"{PAGE}?from=day", DUE):
            desk.open(path)
            assert desk.sticking_out() == [], (width, path)


def test_it_is_read_and_asked_for_without_scripts(browser: Browser, live_server: Any, story: Cast) -> None:
    context = browser.new_context(java_script_enabled=False, extra_http_headers={"Accept-Language": "es"})
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/?next={PAGE}")
    page.fill("input[name=login]", story.marco.account.email)
    page.fill("input[name=password]", factories.PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"**{PAGE}")
    page.select_option("#to", "S-1")
    page.select_option("#from", "day")
    page.fill("[name=from_day]", "2017-01-01")
    page.click(".between button")
    page.wait_for_url("**from=2017-01-01**")
    expect(page.locator(".compared")).to_contain_text("La guía tarda")
    context.close()
