"""The Matrix under the hands, in a real browser, on the style page; each test plays the server's side."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template import engines
from django.utils import translation
from markupsafe import Markup
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Answer = tuple[int, str, dict[str, str]]
Posted = dict[str, str]


def macro(file: str, name: str, *given: Any) -> Markup:
    with translation.override("es"):
        env = engines["jinja2"].env  # type: ignore[attr-defined]
        return Markup(getattr(env.get_template(f"components/{file}.html").make_module({}), name)(*given))


def row(**changes: Any) -> Markup:
    """C-12 as the server would draw it after a change."""
    plain = {
        "kind": "commitment", "id": "c12", "version": 6, "number": "C-12", "href": "#", "level": 3,
        "title": "Mejorar la gestión de las oficinas regionales", "owner": "GORE Ucayali", "light": "red",
        "due": "30 may", "due_iso": "2017-05-30",
        "edits": {"owner": ("owner", "GORE Ucayali"), "due": ("date", "30/05/2017")},
    }  # fmt: skip
    return macro("grid", "row", plain | changes)


@pytest.fixture(scope="module")
def shelf(browser: Browser) -> Iterator[BrowserContext]:
    """One visit for all tests: fonts, styles and scripts come once."""
    context = browser.new_context(extra_http_headers={"Accept-Language": "es"})
    yield context
    context.close()


@pytest.fixture
def matrix(shelf: BrowserContext, live_server: Any) -> Iterator[Page]:
    """The style page, its Matrix awake, in Spanish."""
    page = shelf.new_page()
    page.goto(f"{live_server.url}/style/")
    expect(page.locator('[data-id="p6"] .x-title')).to_have_attribute("tabindex", "0")
    yield page
    page.close()


@pytest.fixture
def server(matrix: Page) -> Callable[[str, Answer], list[Posted]]:
    """Let an address of the grid answer, and keep what was posted to it."""

    def answers(where: str, answer: Answer) -> list[Posted]:
        posts: list[Posted] = []

        def handle(route: Route) -> None:
            fields = route.request.post_data or ""
            posts.append(dict(re.findall(r"([^&=]+)=([^&]*)", fields)))
            status, body, headers = answer
            route.fulfill(status=status, body=body, headers={"Content-Type": "text/html", **headers})

        matrix.unroute(f"**/style/{where}/")
        matrix.route(f"**/style/{where}/", handle)
        return posts

    return answers


def stand_on(page: Page, row_id: str, column: str) -> None:
    page.locator(f'[data-id="{row_id}"] .{column}').click()


def saying(page: Page) -> Any:
    return page.locator("[data-status] output")


def type_into(page: Page, row_id: str, column: str, text: str) -> None:
    stand_on(page, row_id, column)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_the_grid_is_one_tab_stop_and_arrows_do_the_rest(matrix: Page) -> None:
    stops = "[...document.querySelectorAll('[data-grid] tr[data-id] *')].filter(e => e.tabIndex >= 0).length"
    assert matrix.evaluate(stops) == 1
    stand_on(matrix, "p6", "x-title")
    matrix.keyboard.press("ArrowDown")
    matrix.keyboard.press("ArrowRight")
    expect(matrix.locator('[data-id="s6"] .x-step')).to_be_focused()
    matrix.keyboard.press("j")
    expect(matrix.locator('[data-id="c10"] .x-step')).to_be_focused()
    for _ in range(3):
        matrix.keyboard.press("ArrowLeft")
    expect(matrix.locator('tr[data-id="c10"]')).to_be_focused()


def test_left_shuts_an_open_problem_and_right_opens_it(matrix: Page) -> None:
    stand_on(matrix, "p6", "x-title")
    for _ in range(3):
        matrix.keyboard.press("ArrowLeft")
    expect(matrix.locator('[data-id="c10"]')).to_be_hidden()
    expect(matrix.locator('[data-id="p6"]')).to_have_attribute("aria-expanded", "false")
    matrix.keyboard.press("ArrowRight")
    expect(matrix.locator('[data-id="c10"]')).to_be_visible()
    assert "open=p6" in matrix.url


def test_enter_edits_and_saves_and_the_change_can_be_taken_back(matrix: Page, server: Any) -> None:
    posts = server("cells", (200, row(owner="SERFOR"), {"X-Change-Set": "change-1"}))
    undone = server("undo", (200, row(version=7), {"X-Change-Set": "change-2"}))
    type_into(matrix, "c12", "x-owner", "SERFOR")
    expect(saying(matrix)).to_contain_text(str(matrix.locator("[data-status]").get_attribute("data-saved")))
    expect(matrix.locator('[data-id="c12"] .x-owner')).to_have_text("SERFOR")
    assert (posts[0]["id"], posts[0]["version"], posts[0]["field"]) == ("c12", "5", "owner")
    matrix.keyboard.press("Control+z")
    expect(matrix.locator('[data-id="c12"] .x-owner')).to_have_text("GORE Ucayali")
    assert undone[0]["change_set"] == "change-1"


def test_escape_leaves_all_as_it_was(matrix: Page, server: Any) -> None:
    posts = server("cells", (200, row(), {}))
    stand_on(matrix, "c12", "x-owner")
    matrix.keyboard.press("Enter")
    matrix.keyboard.type("Another")
    matrix.keyboard.press("Escape")
    expect(matrix.locator('[data-id="c12"] .x-owner')).to_contain_text("GORE Ucayali")
    assert posts == []


def test_a_date_that_was_agreed_asks_why_before_it_moves(matrix: Page, server: Any) -> None:
    posts = server("cells", (200, row(due="7 jul"), {}))
    type_into(matrix, "c12", "x-due", "07/07/2017")
    expect(matrix.locator("[name=reason]")).to_be_focused()
    assert posts == []
    matrix.keyboard.type("porque")
    matrix.keyboard.press("Enter")
    expect(matrix.locator('[data-id="c12"] .x-due')).to_have_text("7 jul")
    assert posts[0]["reason"] == "porque"


def test_a_refusal_brings_the_editor_back_with_what_was_typed(matrix: Page, server: Any) -> None:
    server("cells", (422, "Esa fecha no existe.", {}))
    type_into(matrix, "c13", "x-due", "31/02/2016")
    expect(matrix.locator(".editing .error")).to_have_text("Esa fecha no existe.")
    expect(matrix.locator(".editing > .in")).to_have_value("31/02/2016")
    matrix.keyboard.press("Escape")
    expect(matrix.locator('[data-id="c13"] .x-due')).to_contain_text("T3 2017")


def test_without_a_connection_nothing_typed_is_lost(matrix: Page) -> None:
    matrix.route("**/style/cells/", lambda route: route.abort())
    type_into(matrix, "c13", "x-due", "agosto 2017")
    expect(matrix.locator(".editing > .in")).to_have_value("agosto 2017")
    expect(saying(matrix)).to_have_class(re.compile("failed"))


@pytest.mark.parametrize(("choice", "sent"), [("theirs", 1), ("mine", 2)])
def test_two_people_on_one_cell_see_both_values(matrix: Page, server: Any, choice: str, sent: int) -> None:
    edit = {
        "object": "commitment",
        "id": "c12",
        "field": "owner",
        "value": "SERFOR",
        "label": "Responde",
        "number": "C-12",
    }
    theirs = row(version=9, owner="OSINFOR")
    panel = macro(
        "conflict", "conflict", edit, "OSINFOR", "SERFOR", "Marta", "hace 2 minutos", 9, "#", theirs
    )
    before = server("cells", (409, panel, {}))
    type_into(matrix, "c12", "x-owner", "SERFOR")
    expect(matrix.locator("dialog [data-conflict]")).to_be_visible()
    after = server("cells", (200, row(version=10, owner="SERFOR"), {}))
    matrix.locator(f"dialog [value={choice}]").click()
    expect(matrix.locator('[data-id="c12"] .x-owner')).to_have_text(
        "OSINFOR" if choice == "theirs" else "SERFOR"
    )
    assert len(before) + len(after) == sent
    assert [post["version"] for post in after] == ["9"] * (sent - 1)


def test_what_is_typed_under_the_last_row_becomes_a_row(matrix: Page, server: Any) -> None:
    posts = server(
        "rows", (200, row(id="new", kind="problem", number="P-14", level=1, title="Doble guía"), {})
    )
    matrix.locator("tr.new [name=title]").fill("Doble guía")
    matrix.keyboard.press("Enter")
    expect(matrix.locator('tr[data-id="new"] + tr.new')).to_be_visible()
    expect(matrix.locator("tr.new [name=title]")).to_have_value("")
    assert (posts[0]["object"], posts[0]["level"]) == ("problem", "1")


def test_shift_chooses_rows(matrix: Page) -> None:
    stand_on(matrix, "c10", "x-title")
    matrix.keyboard.press("Shift+ArrowDown")
    matrix.keyboard.press("Shift+ArrowDown")
    expect(matrix.locator('tr[aria-selected="true"]')).to_have_count(3)
    matrix.keyboard.press("Escape")
    expect(matrix.locator('tr[aria-selected="true"]')).to_have_count(0)


def test_single_keys_can_be_switched_off_and_stay_off(matrix: Page) -> None:
    stand_on(matrix, "c10", "x-title")
    matrix.keyboard.press("?")
    matrix.locator("[data-keys-switch]").uncheck()
    matrix.keyboard.press("Escape")
    matrix.reload()
    stand_on(matrix, "c10", "x-title")
    matrix.keyboard.press("j")
    expect(matrix.locator('[data-id="c10"] .x-title')).to_be_focused()


def test_on_a_phone_a_row_is_edited_in_a_sheet(matrix: Page, server: Any) -> None:
    posts = server("cells", (200, row(owner="SERFOR"), {}))
    matrix.set_viewport_size({"width": 390, "height": 844})
    stand_on(matrix, "c12", "x-owner")
    sheet = matrix.locator("dialog.sheet")
    sheet.locator(".in").first.fill("SERFOR")
    sheet.locator(".btn.go").click()
    expect(matrix.locator('[data-id="c12"] .x-owner')).to_have_text("SERFOR")
    assert [post["field"] for post in posts] == ["owner"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_component_is_accessible_and_fits(matrix: Page, theme: str) -> None:
    matrix.emulate_media(reduced_motion="reduce")  # or a colour is measured on its way to another
    matrix.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    for width in (1280, 390, 320):
        matrix.set_viewport_size({"width": width, "height": 900})
        assert matrix.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(matrix).response["violations"]
        assert [(width, one["id"], one["nodes"][0]["html"]) for one in found] == []
