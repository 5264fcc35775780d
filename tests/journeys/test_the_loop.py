"""The whole loop once: a spreadsheet comes in, a session is held, promises are chased, the public looks."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from destraba.exchange.demo.load import MATRIX
from destraba.jobs.catalogue import Run
from destraba.jobs.timetable import TIMETABLE
from destraba.ledger.verify import verify
from destraba.models import Answer, Commitment, Minutes, Outbox, Person
from destraba.models.files import place_of
from destraba.rules.followup.nudges import is_office_hour
from destraba.rules.operations.mail import MailState
from tests.factories import Cast
from tests.journeys.test_first_hour import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIMA = ZoneInfo("America/Lima")
MESA = "/mesas/forestal/"
MEETING = f"{MESA}meetings/1/"
TELEPHONE = {"width": 390, "height": 844}


class Walker(Desk):
    """Somebody who does what the pages offer, with a script or without; each page is looked at."""

    def __init__(self, page: Page, address: str, *, scripted: bool) -> None:
        super().__init__(page, address)
        self.scripted = scripted

    def look(self) -> None:
        if self.scripted:  # axe is a script itself
            super().look()

    def act(self, code: str, **fields: str) -> None:
        """Press the button of an act; where it asks something, say it."""
        act = self.page.locator(f'[id^="act-{code}-"]').first
        if act.evaluate("each => each.tagName") == "DETAILS":
            act.locator("summary").click()
            for name, value in fields.items():
                act.locator(f'[name="{name}"]').fill(value)
            act = act.locator("form")
        with self.page.expect_navigation():
            act.locator("button").last.click()
        self.look()


@pytest.fixture(params=[True, False], ids=["scripted", "plain"])
def scripted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def take(browser: Browser, live_server: Any, scripted: bool) -> Iterator[Any]:
    """Makes browsers, each of somebody else, and closes them."""
    made: list[BrowserContext] = []

    def walker(**options: Any) -> Walker:
        context = browser.new_context(
            java_script_enabled=scripted, extra_http_headers={"Accept-Language": "es"}, **options
        )
        context.set_default_timeout(10_000)
        made.append(context)
        return Walker(context.new_page(), live_server.url, scripted=scripted)

    yield walker
    for context in made:
        context.close()


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files are named by what is in them, and one is altered here: nobody else's may be."""
    monkeypatch.setattr(settings, "HOME", tmp_path)


def office_hour() -> datetime:
    """Now, or the next moment at which somebody may be reminded."""
    moment = datetime.now(UTC)
    while not is_office_hour(moment.astimezone(LIMA)):
        moment += timedelta(minutes=30)
    return moment


def clockwork() -> None:
    """What the worker does by itself, once: invitations, reminders, minutes, mail."""
    run = Run(office_hour(), "clockwork", lambda _done, _total, _words="": None)
    for entry in TIMETABLE:
        entry.work(run)


def mail_to(person: Person, purpose: str) -> Outbox:
    mail = Outbox.objects.filter(person=person, purpose=purpose).latest("created_at")
    assert mail.state == MailState.SENT, mail.error
    return mail


def open_link(walker: Walker, mail: Outbox) -> None:
    """By the button of the mail; without a script, by the code that stands below it."""
    secret, code = re.search(r"/u#(\S+)", mail.text), re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", mail.text)
    assert secret is not None
    assert code is not None
    if walker.scripted:
        walker.page.goto(f"{walker.address}/u#{secret[1]}")
    else:
        walker.page.goto(f"{walker.address}/u")
        walker.page.fill("#code", code[0])
        walker.page.locator("form.code button").click()


def bring_in_the_matrix(ana: Walker) -> None:
    ana.open(f"{MESA}import/")
    ana.page.set_input_files("input[type=file]", MATRIX)
    ana.page.get_by_role("button", name="Ver qué cambiaría").click()
    expect(ana.page.locator("main")).to_contain_text("13")
    ana.look()
    ana.page.locator(".confirm button.go").click()
    ana.page.wait_for_url("**/people/**")
    ana.open(f"{MESA}follow/")
    expect(ana.page.locator("main")).to_contain_text("nadie responde todavía")
    ana.page.locator("form.btns button").click()
    ana.page.wait_for_url(f"**{MESA}")


def call_the_session(ana: Walker) -> None:
    ana.open(f"{MESA}meetings/")
    tomorrow = datetime.now(LIMA) + timedelta(days=1)
    ana.act("prepare", held_on=f"{tomorrow:%Y-%m-%d}", begins_at="09:00", lasts="90m", venue="Sala Grau")
    ana.open(MEETING)
    ana.act("propose")
    expect(ana.page.locator("ol.agenda li").first).to_contain_text("Sin fecha")
    ana.act("call")


def hold_the_session(ana: Walker) -> None:
    ana.open(f"{MEETING}live/")
    page = ana.page
    page.locator("#bar form button").click()
    expect(page.locator("#bar.on")).to_be_visible()
    page.locator(".seats li", has_text="SERFOR").first.locator("label.present").click()
    if not ana.scripted:
        page.locator(".att .keep button").click()
    expect(page.locator("#attendance .head .t1")).to_contain_text("1 ")
    for kind, text, owner in (
        ("decision", "Las tres oficinas aplican el protocolo desde julio.", ""),
        ("commitment", "Ceder dos inspectores", "SERFOR"),
    ):
        page.check(f'.kinds [value="{kind}"]', force=True)
        page.fill("#quick-text", text)
        if owner:
            page.fill("#quick-owner", owner)
            if page.locator("#quick-problem").count():
                page.fill("#quick-problem", "P-5")
        page.locator(".send button").click()
        expect(page.locator("#record, .made").first).to_contain_text(text)
        expect(page.locator("#quick-text")).to_have_value("")
    expect(page.locator(".made .tag.ink")).to_have_count(1)
    page.locator('.take button[value="taken"]').click()
    page.locator('#bar a[href*="closing"]').click()
    ana.look()
    page.locator("#closing .go").click()
    page.wait_for_url(f"**{MEETING}")


def answer_from_the_street(lucia: Walker, cast: Cast) -> None:
    open_link(lucia, mail_to(cast.lucia.person, "nudge"))
    page = lucia.page
    page.wait_for_url("**/u/rows/")
    lucia.look()
    card = page.locator(".card-row", has_text="Ceder dos inspectores").first
    if not card.locator(".opt").first.is_visible():
        page.locator("details.rest > summary").click()
        card.locator("details.again > summary").click()
    card.locator(".opt", has_text="Avanza").first.click()
    card.locator('textarea[name="note"]').first.fill("Ya están en Pucallpa.")
    card.locator("button.send").click()
    expect(page.locator(".card-row.answered")).to_contain_text("Ya están en Pucallpa.")
    assert lucia.sticking_out() == [] if lucia.scripted else True
    lucia.look()


def agree_on_the_minutes(ana: Walker, pilar: Walker) -> None:
    ana.open(MEETING)
    ana.act("circulate")
    clockwork()
    pilar.open(MEETING)
    pilar.act("approve")
    ana.open(MEETING)
    ana.act("publish")


def test_from_the_spreadsheet_to_the_public(take: Any, cast: Cast) -> None:
    ana, pilar, lucia, anybody = take(), take(), take(viewport=TELEPHONE), take(viewport=TELEPHONE)
    ana.sign_in(cast.ana)
    pilar.sign_in(cast.pilar)
    assert anybody.open("/public/mesas/forestal/") == 404

    bring_in_the_matrix(ana)
    call_the_session(ana)
    clockwork()
    assert mail_to(cast.marco.person, "invitation").calendar
    hold_the_session(ana)
    clockwork()
    answer_from_the_street(lucia, cast)
    made = Commitment.objects.get(title="Ceder dos inspectores")
    assert (made.state, Answer.objects.get().commitment) == ("agreed", made)
    ana.open(f"{MESA}commitments/{made.number}/")
    expect(ana.page.locator("main")).to_contain_text("Ya están en Pucallpa.")
    assert anybody.open("/public/mesas/forestal/") == 404

    agree_on_the_minutes(ana, pilar)
    assert anybody.open("/public/") == 200
    anybody.page.get_by_role("link", name="Mesa Ejecutiva Forestal").first.click()
    anybody.look()
    shown = anybody.page.locator("main")
    expect(shown).to_contain_text("Servicio Nacional Forestal")
    expect(shown).to_contain_text("Ceder dos inspectores")
    expect(shown).not_to_contain_text("Lucía")
    expect(shown).not_to_contain_text("Pucallpa")

    minutes = Minutes.objects.select_related("pdf").get()
    assert minutes.pdf is not None
    href = shown.locator('a[href$=".pdf"]').first.get_attribute("href")
    pdf = anybody.page.request.get(f"{anybody.address}{href}").body()
    assert pdf.startswith(b"%PDF")
    assert sha256(pdf).hexdigest() == minutes.pdf.sha256
    expect(shown).to_contain_text(minutes.pdf.sha256[:12])
    assert verify().ok

    # The frozen file is part of what is verified: one byte, and it is named.
    frozen = place_of(minutes.pdf.sha256)
    frozen.chmod(0o600)
    frozen.write_bytes(pdf + b" ")
    assert [one for one in verify().failures if minutes.pdf.sha256 in str(one)]
