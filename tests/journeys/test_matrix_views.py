"""Two hundred problems: what is stuck is found, kept under a name and found again; at both widths, in both
languages, with the keyboard alone."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from playwright.sync_api import BrowserContext, expect

from destraba.actions.matrix.problems import enter_problem
from destraba.ledger.record import recording
from destraba.rules.problems import ProblemStage
from tests import factories
from tests.factories import NOW, TODAY, Cast, command
from tests.journeys.test_first_hour import Desk
from tests.queries.desk.stage import DAY, agreed, followed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, TELEPHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
MANY = 130


@pytest.fixture(autouse=True)
def _that_thursday() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def full(cast: Cast) -> Cast:
    """One problem with a red row and one that is on time, and many that nobody took up."""
    problem = factories.problem(cast)
    agreed(problem, "Publicar el protocolo único", cast.serfor, TODAY - 4 * DAY)
    agreed(problem, "Capacitar a las oficinas", cast.osinfor, TODAY + 30 * DAY)
    followed(cast.forestal)
    with recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as change:
        for number in range(MANY):
            enter_problem(change, cast.forestal, stage=ProblemStage.ACCEPTED, title=f"Traba {number}")
    return cast


def _desk(context: BrowserContext, live_server: Any, language: str) -> Desk:
    context.set_extra_http_headers({"Accept-Language": language})
    context.set_default_timeout(10_000)
    return Desk(context.new_page(), live_server.url)


def test_what_is_stuck_is_found_and_kept_under_a_name(
    context: BrowserContext, live_server: Any, full: Cast
) -> None:
    desk = _desk(context, live_server, "en")
    page = desk.page
    desk.sign_in(full.ana)
    page.goto(f"{desk.address}/mesas/forestal/matrix/")
    rows = page.locator('tr[data-object="problem"]')
    expect(rows).to_have_count(100)
    page.get_by_role("link", name="Show the next problems").scroll_into_view_if_needed()
    expect(rows).to_have_count(MANY + 1)
    page.get_by_role("link", name="Stuck", exact=True).click()
    expect(rows).to_have_count(1)
    expect(page.locator('tr[data-object="commitment"]')).to_have_count(1)
    page.wait_for_load_state()
    opener = page.get_by_role("link", name="Columns and conditions")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Axis", exact=True).check()
    desk.look()
    dialog.get_by_role("button", name="Show").click()

    page.wait_for_url("**quick=stuck**col=axis**")
    expect(page.get_by_role("columnheader", name="Axis")).to_be_visible()
    page.wait_for_load_state()
    page.get_by_role("link", name="Columns and conditions").click()
    dialog.get_by_label("Keep what is shown now as").fill("Lo trabado, con su eje")
    dialog.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("The view “Lo trabado, con su eje” is kept.")).to_be_visible()
    page.goto(f"{desk.address}/mesas/forestal/matrix/")
    page.get_by_text("Views", exact=True).click()
    page.get_by_role("link", name="Lo trabado, con su eje").click()
    expect(rows).to_have_count(1)
    desk.look()


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_fits_and_is_accessible_at_both_widths(
    context: BrowserContext, live_server: Any, full: Cast, language: str
) -> None:
    desk = _desk(context, live_server, language)
    desk.sign_in(full.ana)
    for size in (TELEPHONE, WIDE):
        desk.page.set_viewport_size(size)  # type: ignore[arg-type]
        for address in (
            "/mesas/forestal/matrix/?light=red&group=owner",
            "/mesas/forestal/matrix/?quick=stuck&col=light&col=axis&col=policy&col=situation&col=helpers",
            "/mesas/forestal/matrix/view/?light=red",
            "/programme/matrix/?agency=serfor",
        ):
            desk.page.goto(desk.address + address)
            desk.look()
            assert desk.sticking_out() == [], (address, size)
