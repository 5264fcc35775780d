"""The hands of a spreadsheet on the Matrix: cells, blocks, many rows, their order, two people on one cell."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from destraba.actions.matrix.problems import edit_problem
from destraba.ledger.verify import verify
from destraba.models import Commitment, Problem
from destraba.rules.priorities import Importance
from tests import factories
from tests.factories import NOW, PASSWORD, Cast, Player, command

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MATRIX = "/mesas/forestal/matrix/"
CLASSES = "?" + "&".join(f"col={name}" for name in ("light", "owner", "due", "speed", "axis", "stage"))
ACTION = "&".join(f"col={name}" for name in ("light", "owner", "due", "helpers", "situation"))


class Hands:
    """Somebody at a browser, on the Matrix."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def sign_in(self, player: Player) -> None:
        self.page.goto(f"{self.address}/accounts/login/")
        self.page.fill("input[name=login]", player.account.email)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.press("input[name=password]", "Enter")
        expect(self.page.locator(".me").first).to_be_visible()

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.address}{MATRIX}{query}")
        self.look()

    def look(self) -> None:
        """Nothing that keeps anybody out: zero violations."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"

    def row(self, number: str) -> Any:
        return self.page.locator(f'tr[data-number="{number}"]')

    def cell(self, number: str, field: str) -> Any:
        return self.row(number).locator(f'[data-field="{field}"]')

    def go(self, number: str, field: str) -> None:
        """With the arrows alone, wherever one stands in the grid."""
        for _ in range(200):
            here, column, below, right = self.page.evaluate(
                """([number, field]) => {
                    const at = document.activeElement, row = at.closest("tr");
                    const cell = `tr[data-number="${number}"] [data-field="${field}"]`;
                    const goal = document.querySelector(cell);
                    const top = (element) => element.getBoundingClientRect().top;
                    const [down, right] = [top(goal) - top(row), goal.cellIndex - (at.cellIndex ?? -1)];
                    return [row.dataset.number, at.dataset.field, down, right];
                }""",
                [number, field],
            )
            if (here, column) == (number, field):
                return
            step = ("ArrowDown" if below > 0 else "ArrowUp") if here != number else ""
            self.press(step or ("ArrowRight" if right > 0 else "ArrowLeft"))
        raise AssertionError(f"the arrows do not lead to {field} of {number}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def says(self, words: str) -> None:
        expect(self.page.locator("[data-status] output")).to_contain_text(words)

    def paste(self, text: str) -> None:
        """What Ctrl+V does where one stands, without asking the machine for its clipboard."""
        self.page.evaluate(
            """(text) => {
                const data = new DataTransfer();
                data.setData("text/plain", text);
                const given = {clipboardData: data, bubbles: true, cancelable: true};
                document.activeElement.dispatchEvent(new ClipboardEvent("paste", given));
            }""",
            text,
        )

    def copied(self) -> str:
        """What Ctrl+C would put on the clipboard where one stands."""
        found: str = self.page.evaluate(
            """() => {
                const data = new DataTransfer();
                const given = {clipboardData: data, bubbles: true, cancelable: true};
                document.activeElement.dispatchEvent(new ClipboardEvent("copy", given));
                return data.getData("text/plain");
            }"""
        )
        return found

    def order(self, kind: str = "problem") -> list[str]:
        found: list[str] = self.page.locator(f"tr[data-object={kind}]").evaluate_all(
            "rows => rows.map((row) => row.dataset.number)"
        )
        return found


@pytest.fixture
def hands(context: BrowserContext, live_server: Any) -> Hands:
    context.set_extra_http_headers({"Accept-Language": "en"})
    context.set_default_timeout(10_000)
    return Hands(context.new_page(), live_server.url)


@pytest.fixture
def problems(cast: Cast) -> list[Problem]:
    return [factories.problem(cast, f"Traba {name}") for name in ("uno", "dos", "tres")]


def test_with_the_keyboard_alone(hands: Hands, cast: Cast, problems: list[Problem]) -> None:
    hands.sign_in(cast.ana)
    hands.open(CLASSES)
    page = hands.page

    # Type into a cell, go on with Tab, choose in the next.
    page.locator("tr [tabindex='0']").focus()
    hands.go("P-1", "title")
    hands.press("Enter", "Control+a")
    page.keyboard.type("Traba primera")
    hands.press("Tab")
    page.keyboard.press("Escape")
    hands.says("Saved")
    hands.go("P-1", "axis")
    hands.press("Enter")
    page.keyboard.type("Permisos")
    hands.press("Enter")
    expect(hands.cell("P-1", "axis")).to_have_text("Permisos")

    # A stage that takes a reason asks for it.
    hands.go("P-2", "stage")
    hands.press("Enter")
    page.locator(".editing select").select_option("out_of_scope")
    hands.press("Enter")
    expect(hands.cell("P-2", "stage")).to_contain_text("Filtered out")
    hands.go("P-2", "stage")
    hands.press("Enter")
    page.locator(".editing select").select_option("accepted")
    hands.press("Enter")
    page.locator(".editing [name=reason]").fill("Vuelve a la mesa.")
    hands.press("Enter")
    expect(hands.cell("P-2", "stage")).to_have_text("Accepted")


def test_many_rows_and_their_order_with_the_keyboard_alone(
    hands: Hands, cast: Cast, problems: list[Problem]
) -> None:
    hands.sign_in(cast.ana)
    hands.open(CLASSES)
    page = hands.page

    # Choose three rows, change a column of all, take it back.
    page.locator("tr [tabindex='0']").focus()
    hands.go("P-1", "title")
    hands.press("Shift+ArrowDown", "Shift+ArrowDown", "b")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Change 3 rows")
    hands.look()
    dialog.get_by_label("Column").select_option("speed")
    dialog.get_by_label("What it shall say").select_option("quick")
    dialog.get_by_role("button", name="Change 3 rows").click()
    expect(dialog).to_be_hidden()
    for number in ("P-1", "P-2", "P-3"):
        expect(hands.cell(number, "speed")).to_have_text("Quick")
    hands.press("Control+z")
    expect(hands.cell("P-3", "speed")).to_have_text("")

    # Put a row in its place, and back.
    hands.press("Escape")
    hands.go("P-3", "title")
    hands.press("Alt+ArrowUp")
    hands.says("P-3 stands before P-2 now")
    assert hands.order() == ["P-1", "P-3", "P-2"]
    hands.press("Control+z")
    hands.says("Taken back")
    assert hands.order() == ["P-1", "P-2", "P-3"]

    # The menu of a row, and the story of a cell.
    hands.go("P-1", "axis")
    hands.press("Enter")
    page.keyboard.type("Permisos")
    hands.press("Enter")
    hands.says("Saved")
    hands.press("Shift+F10")
    menu = page.get_by_role("menu")
    expect(menu).to_be_visible()
    hands.look()
    expect(menu.get_by_role("menuitem", name="Edit")).to_be_focused()
    hands.press(*["ArrowDown"] * 4, "Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Permisos")
    hands.press("Escape")
    hands.press("h")
    expect(page.get_by_role("dialog")).to_contain_text("Ana Paredes")
    hands.press("Escape")
    assert verify().ok


def test_fifty_rows_of_a_spreadsheet_are_pasted_and_taken_back(hands: Hands, cast: Cast) -> None:
    first = factories.commitment(factories.problem(cast), "Paso 0", owner=cast.serfor)
    hands.sign_in(cast.ana)
    hands.open(f"?open={first.problem_id}&{ACTION}")
    hands.page.locator("tr [tabindex='0']").focus()
    hands.go("C-1", "title")
    block = "\r\n".join(
        f"Paso {number}\t\tOSINFOR\t30/06/2018\tSERFOR; PRODUCE\tEn consulta" for number in range(50)
    )
    hands.paste(block + "\r\n")
    dialog = hands.page.get_by_role("dialog")
    expect(dialog).to_contain_text("new row")
    hands.look()
    dialog.get_by_role("button", name="Write it").click()
    expect(hands.page.locator("tr[data-object=commitment]")).to_have_count(50)
    expect(hands.row("C-50")).to_contain_text("30 Jun 2018")
    expect(hands.cell("C-50", "helpers")).to_contain_text(cast.produce.name)

    # What is copied says its headings, and pasted over itself changes nothing.
    hands.go("C-7", "title")
    hands.press("Space")
    text = hands.copied()
    assert text.splitlines()[0].split("\t")[1] == "Problem, solution or action"
    hands.press("Escape")
    hands.go("C-7", "title")
    hands.paste(text)
    expect(dialog).to_contain_text("Nothing: these values are already here.")
    dialog.get_by_role("button", name="Leave as it was").click()

    hands.go("C-1", "title")
    hands.press("Control+z")
    expect(hands.page.locator("tr[data-object=commitment]")).to_have_count(1)
    expect(hands.cell("C-1", "owner")).to_contain_text(cast.serfor.name)
    assert Commitment.objects.filter(withdrawn_at=None).count() == 1


def test_a_row_is_dragged_by_its_number(hands: Hands, cast: Cast, problems: list[Problem]) -> None:
    hands.sign_in(cast.ana)
    hands.open()
    source = hands.row("P-1").locator(".x-number").bounding_box()
    target = hands.row("P-3").bounding_box()
    mouse = hands.page.mouse
    mouse.move(source["x"] + source["width"] - 4, source["y"] + source["height"] / 2)
    mouse.down()
    mouse.move(target["x"] + 60, target["y"] + target["height"] - 4, steps=6)
    expect(hands.row("P-3")).to_have_class("p drop-after")
    mouse.up()
    hands.says("P-1 stands after P-3 now")
    assert hands.order() == ["P-2", "P-3", "P-1"]
    hands.page.reload()
    assert hands.order() == ["P-2", "P-3", "P-1"]


def test_two_people_on_one_cell(
    hands: Hands, cast: Cast, browser: Browser, live_server: Any, problems: list[Problem]
) -> None:
    hands.sign_in(cast.ana)
    hands.open()
    elsewhere = browser.new_context(extra_http_headers={"Accept-Language": "en"})
    other = Hands(elsewhere.new_page(), live_server.url)
    other.sign_in(cast.teo)
    other.open()
    other.cell("P-1", "title").dblclick()
    other.press("Control+a")
    other.page.keyboard.type("Como lo dice Teo")
    other.press("Enter")
    other.says("Saved")
    hands.cell("P-1", "title").dblclick()
    hands.press("Control+a")
    hands.page.keyboard.type("Como lo dice Ana")
    hands.press("Enter")
    dialog = hands.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Como lo dice Teo")
    expect(dialog).to_contain_text("Teodoro Quispe")
    hands.look()
    dialog.get_by_role("button", name="Put mine").click()
    expect(hands.cell("P-1", "title")).to_contain_text("Como lo dice Ana")
    hands.says("Saved")

    # Of many rows, the one that moved on is named and nothing is changed.
    edit_problem(actor=command(), problem=Problem.objects.get(number=2), importance=Importance.HIGH, now=NOW)
    hands.go("P-1", "title")
    hands.press("Shift+ArrowDown", "b")
    dialog.get_by_label("What it shall say").select_option("low")
    dialog.get_by_role("button", name="Change 2 rows").click()
    expect(dialog.get_by_role("alert")).to_contain_text("somebody has changed P-2 meanwhile")
    assert Problem.objects.get(number=1).importance == ""
    elsewhere.close()


@pytest.mark.parametrize(("language", "edit", "up"), [("es", "Editar", "Subir"), ("en", "Edit", "Move up")])
def test_on_a_telephone_in_both_languages(
    hands: Hands,
    cast: Cast,
    problems: list[Problem],
    context: BrowserContext,
    language: str,
    edit: str,
    up: str,
) -> None:
    context.set_extra_http_headers({"Accept-Language": language})
    hands.page.set_viewport_size({"width": 390, "height": 844})
    hands.sign_in(cast.ana)
    hands.open(CLASSES)
    hands.cell("P-2", "title").click()
    sheet = hands.page.get_by_role("dialog")
    expect(sheet).to_contain_text(edit)
    hands.look()
    sheet.get_by_role("button", name="…").or_(sheet.locator("header button")).first.click()
    menu = hands.page.get_by_role("menu")
    expect(menu).to_be_visible()
    hands.look()
    menu.get_by_role("menuitem", name=up).click()
    expect(hands.page.locator("[data-status] output")).to_contain_text("P-2")
    assert hands.order() == ["P-2", "P-1", "P-3"]
    wide = hands.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wide
