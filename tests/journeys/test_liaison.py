"""A liaison who would rather not: the mail is opened on a telephone, answered, and that is all."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from destraba.actions.links import Made, make_link
from destraba.ledger.verify import verify
from destraba.models import Answer, Commitment, Link
from destraba.rules.answers import AnswerKind
from destraba.rules.operations.links import LinkPurpose
from tests.factories import Cast
from tests.web.links.stage import Owing, owing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TELEPHONE = {"width": 390, "height": 844}
OVERFLOW = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")]
        .filter((each) => each.getBoundingClientRect().right > innerWidth)
        .map((each) => `${each.tagName}.${each.className} ${each.textContent.slice(0, 40)}`)"""
TOO_SMALL = """() => [...document.querySelectorAll(
        "a, button, summary, .opt, input:not([type=hidden], [type=radio]), textarea")]
    .filter((each) => each.checkVisibility())
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([each, box]) => box.width > 0 && box.height < 44)
    .map(([each, box]) => `${each.tagName} ${each.textContent.slice(0, 30)} ${box.height}`)"""


class Telephone:
    """A page in a pocket; whatever is opened is looked at."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def open_mail(self, made: Made) -> None:
        self.page.goto(f"{self.address}/u#{made.secret}")

    def look(self) -> None:
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        assert self.page.evaluate(OVERFLOW) == []
        assert self.page.evaluate(TOO_SMALL) == []

    def card(self, commitment: Commitment) -> Any:
        return self.page.locator(".card-row", has=self.page.locator(f"b:text-is('C-{commitment.number}')"))

    def choose(self, commitment: Commitment, words: str) -> Any:
        card = self.card(commitment)
        card.locator(".opt", has_text=words).first.click()
        return card


@pytest.fixture
def stage(cast: Cast) -> Owing:
    return owing(cast)


@pytest.fixture
def made(cast: Cast) -> Made:
    return make_link(purpose=LinkPurpose.UPDATE, person=cast.lucia.person, now=datetime.now(UTC))


@pytest.fixture
def pocket(browser: Browser) -> Iterator[Any]:
    """Makes browsers of a telephone's size, and closes them."""
    made: list[BrowserContext] = []

    def take(**options: Any) -> BrowserContext:
        context = browser.new_context(viewport=TELEPHONE, has_touch=True, locale="es-PE", **options)
        context.set_default_timeout(10_000)
        made.append(context)
        return context

    yield take
    for context in made:
        context.close()


def test_half_a_minute_on_a_telephone(stage: Owing, made: Made, pocket: Any, live_server: Any) -> None:
    telephone = Telephone(pocket().new_page(), live_server.url)
    asked_for: list[str] = []
    telephone.page.on("request", lambda request: asked_for.append(f"{request.url} {request.headers}"))

    # The mail opens a page with her rows and nothing else; the secret is nowhere to be seen.
    telephone.open_mail(made)
    telephone.page.wait_for_url("**/u/rows/")
    assert made.secret not in telephone.page.url
    assert not any(made.secret in request for request in asked_for)
    expect(telephone.page.locator("main")).not_to_contain_text("Supervisar en origen")
    telephone.look()

    # One touch, one sentence, send.
    card = telephone.choose(stage.late, "Avanza")
    expect(card.locator("[name=proposed]")).to_be_hidden()
    card.locator("[name=note]").fill("La directiva está en firma.")
    telephone.look()
    card.locator(".send").click()
    expect(telephone.page.locator("h1")).to_contain_text("Recibido")
    telephone.look()

    # The next one is not hers to promise for June.
    card = telephone.choose(stage.asked, "Otra fecha")
    card.locator("[name=proposed]").fill("2099-07-31")
    card.locator("[name=why]").fill("Falta el presupuesto.")
    telephone.look()
    card.locator(".send").click()
    expect(telephone.page.locator(".received")).to_have_count(2)

    kinds = list(Answer.objects.order_by("said_at").values_list("kind", flat=True))
    assert kinds == [AnswerKind.PROGRESS, AnswerKind.OTHER_DATE]
    assert verify().ok


def test_opening_the_mail_sends_no_answer(stage: Owing, made: Made, pocket: Any, live_server: Any) -> None:
    """A scanner of mail opens links, runs scripts and waits."""
    before = list(Commitment.objects.order_by("pk").values())
    telephone = Telephone(pocket().new_page(), live_server.url)
    telephone.open_mail(made)
    telephone.page.wait_for_url("**/u/rows/")
    telephone.page.wait_for_timeout(1000)
    assert list(Commitment.objects.order_by("pk").values()) == before
    assert not Answer.objects.exists()
    assert Link.objects.get().used_count == 1


def test_without_a_script_one_types_the_code(stage: Owing, made: Made, pocket: Any, live_server: Any) -> None:
    telephone = Telephone(pocket(java_script_enabled=False).new_page(), live_server.url)
    telephone.open_mail(made)
    telephone.page.fill("[name=code]", made.code.lower())
    telephone.page.locator("form.code button").click()
    telephone.page.wait_for_url("**/u/rows/")
    card = telephone.choose(stage.late, "Sigue igual")
    card.locator(".send").click()
    expect(telephone.page.locator("h1")).to_contain_text("Recibido")
    assert Answer.objects.get().kind == AnswerKind.SAME


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_link_is_for_everybody(
    stage: Owing, made: Made, pocket: Any, live_server: Any, language: str, scheme: str
) -> None:
    context = pocket(color_scheme=scheme, extra_http_headers={"Accept-Language": language})
    telephone = Telephone(context.new_page(), live_server.url)
    for width in (390, 320, 1280):
        telephone.page.set_viewport_size({"width": width, "height": 844})
        telephone.page.goto(f"{live_server.url}/u")
        telephone.look()
        telephone.page.goto(f"{live_server.url}/u/rows/" + ("" if width == 390 else "?again"))
        telephone.look()
    telephone.open_mail(made)
    telephone.page.wait_for_url("**/u/rows/")
    for width in (320, 390, 1280):
        telephone.page.set_viewport_size({"width": width, "height": 844})
        telephone.look()
        for answer in ("progress", "waits", "other_date", "not_mine"):
            telephone.card(stage.late).locator(f"[value={answer}]").check()
            assert telephone.page.evaluate(OVERFLOW) == [], (answer, width)
        telephone.look()
