"""The first hour of a team: its spreadsheet becomes a Matrix that it edits, and nobody else sees it."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from destraba.actions.imports.matrix import bring_in
from destraba.exchange.demo.load import MATRIX
from destraba.exchange.matrix.compare.readings import plan
from destraba.exchange.matrix.read import read_matrix
from destraba.exchange.workbooks.read import read_workbook
from destraba.ledger.verify import verify
from tests.factories import NOW, PASSWORD, Cast, Player, command

PAGES = (
    "",
    "matrix/",
    "matrix/?q=madera",
    "people/",
    "import/",
    "follow/",
    "problems/6/",
    "solutions/6.1/",
    "commitments/12/",
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Desk:
    """Somebody at a browser; every page that is opened is looked at by axe."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def sign_in(self, player: Player) -> None:
        self.page.context.clear_cookies()
        self.page.goto(f"{self.address}/accounts/login/")
        self.page.fill("input[name=login]", player.account.email)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.press("input[name=password]", "Enter")
        expect(self.page.locator(".me").first).to_be_visible()

    def open(self, path: str) -> int:
        answer = self.page.goto(f"{self.address}{path}")
        assert answer
        self.look()
        return answer.status

    def look(self) -> None:
        """Nothing that keeps anybody out: zero violations."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"

    def sticking_out(self) -> list[str]:
        """What would make the page scroll sideways."""
        found: list[str] = self.page.evaluate(
            """() => document.documentElement.scrollWidth <= innerWidth ? [] :
                [...document.querySelectorAll("body *")]
                    .filter((each) => each.getBoundingClientRect().right > innerWidth)
                    .map((each) => `${each.tagName}.${each.className} ${each.textContent.slice(0, 40)}`)"""
        )
        return found

    def row(self, number: str) -> Any:
        return self.page.locator(f'tr[data-number="{number}"]')

    def cell(self, number: str, field: str) -> Any:
        return self.row(number).locator(f'[data-field="{field}"]')

    def saved(self) -> None:
        expect(self.page.locator("[data-status] output")).to_contain_text("Guardado")

    def paste(self, target: Any, text: str) -> None:
        """What Ctrl+V does, without asking the machine for its clipboard."""
        target.evaluate(
            """(element, text) => {
                const data = new DataTransfer();
                data.setData("text/plain", text);
                const given = {clipboardData: data, bubbles: true, cancelable: true};
                element.dispatchEvent(new ClipboardEvent("paste", given));
            }""",
            text,
        )


@pytest.fixture
def desk(context: BrowserContext, live_server: Any) -> Desk:
    context.set_extra_http_headers({"Accept-Language": "es"})
    context.set_default_timeout(10_000)
    return Desk(context.new_page(), live_server.url)


@pytest.mark.smoke
def test_a_spreadsheet_becomes_a_living_matrix(desk: Desk, cast: Cast) -> None:
    desk.sign_in(cast.ana)

    # Bring the spreadsheet in, having looked at it first.
    desk.open("/mesas/forestal/import/")
    desk.page.set_input_files("input[type=file]", MATRIX)
    desk.page.get_by_role("button", name="Ver qué cambiaría").click()
    expect(desk.page.locator("main")).to_contain_text("13")
    desk.look()
    desk.page.locator(".confirm button.go").click()
    desk.page.wait_for_url("**/people/**")
    desk.look()

    # Edit a cell.
    desk.open("/mesas/forestal/matrix/")
    expect(desk.page.locator("tr[data-object=problem]")).to_have_count(13)
    title = desk.cell("P-2", "title")
    title.dblclick()
    desk.page.keyboard.press("Control+a")
    desk.page.keyboard.type("Inscribir una plantación toma un año")
    desk.page.keyboard.press("Enter")
    desk.saved()
    expect(title).to_contain_text("toma un año")

    # Paste three rows under the last one.
    fresh = desk.page.locator("tr[data-new=problem] input[name=title]")
    fresh.focus()
    desk.paste(fresh, "Falta personal\nFalta un laboratorio\nFalta un camino")
    desk.page.get_by_role("dialog").get_by_role("button", name="Escribir").click()
    expect(desk.page.locator("tr[data-object=problem]")).to_have_count(16)
    expect(desk.row("P-16")).to_contain_text("Falta un camino")

    # Take it back.
    expect(desk.page.get_by_role("dialog")).to_be_hidden()
    desk.cell("P-3", "title").click()
    desk.page.keyboard.press("Control+z")
    expect(desk.page.locator("tr[data-object=problem]")).to_have_count(13)
    desk.page.keyboard.press("Control+z")
    expect(title).to_contain_text("de seis meses a un año")

    # See the story.
    desk.row("P-2").locator("a.folio").click()
    desk.page.wait_for_url("**/problems/2/")
    story = desk.page.locator(".story")
    expect(story).to_contain_text("Ana Paredes")
    expect(story).to_contain_text("Inscribir una plantación toma un año")
    desk.look()

    # Somebody of another mesa sees nothing of it.
    desk.sign_in(cast.vecina)
    assert desk.open("/mesas/forestal/matrix/") == 404
    assert desk.open("/mesas/forestal/problems/2/") == 404
    expect(desk.page.locator("body")).not_to_contain_text("plantación")
    assert verify().ok


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_page_is_for_everybody(desk: Desk, cast: Cast, context: BrowserContext, language: str) -> None:
    reading = read_matrix(read_workbook(MATRIX, MATRIX.name))
    bring_in(actor=command(), mesa=cast.forestal, incoming=plan(reading, cast.forestal).chosen(), now=NOW)
    context.set_extra_http_headers({"Accept-Language": language})
    desk.sign_in(cast.ana)
    for path in ("/", *(f"/mesas/forestal/{page}" for page in PAGES)):
        answer = desk.page.goto(f"{desk.address}{path}")
        assert answer
        assert answer.status == 200, path
        for width in (1280, 390):
            desk.page.set_viewport_size({"width": width, "height": 844})
            if language == "es":  # the rules that axe knows do not depend on the words
                desk.look()
            assert desk.sticking_out() == [], (path, width)
