"""A solution from its page: revised, followed on paper, told place by place, and shared out among regions."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from destraba.actions.followup.answers import move_commitment
from destraba.actions.matrix.enactments import ask_opinion, track_enactment
from destraba.actions.mesas import start_following_up
from destraba.actions.people import add_place
from destraba.ledger.verify import verify
from destraba.models import Commitment, OrganizationKind, Place, Solution
from destraba.rules.commitments import CommitmentMove
from destraba.rules.solutions import EnactmentRank
from destraba.values.fuzzy_dates import read
from destraba.values.places import PlaceKind
from tests import factories
from tests.factories import NOW, TODAY, Cast, command
from tests.journeys.test_first_hour import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SOLUTION, WHOLE, FUNDING = (
    "/mesas/forestal/solutions/1.1/",
    "/mesas/forestal/commitments/1/",
    "/mesas/forestal/funding/",
)


@pytest.fixture(params=["es", "en"])
def desk(request: pytest.FixtureRequest, context: BrowserContext, live_server: Any) -> Desk:
    context.set_extra_http_headers({"Accept-Language": request.param})
    context.set_default_timeout(15_000)
    return Desk(context.new_page(), live_server.url)


@pytest.fixture
def mesa(cast: Cast) -> Cast:
    """P-1.1 waits for an opinion on its decree, and the regions owe C-1, all in one."""
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    solution = factories.solution(factories.problem(cast))
    track = track_enactment(
        actor=cast.ana.actor,
        solution=solution,
        rank=EnactmentRank.SUPREME_DECREE,
        norm="Decreto de la guía",
        drafter=cast.serfor,
        drafted_on=read("mayo 2017"),
        now=NOW,
    )
    ask_opinion(actor=cast.ana.actor, enactment=track, organization=cast.osinfor, asked_on=TODAY, now=NOW)
    peru = add_place(actor=command(), name="Perú", kind=PlaceKind.COUNTRY, now=NOW)
    for name in ("Loreto", "Ucayali"):
        add_place(actor=command(), name=name, kind=PlaceKind.REGION, parent=peru, now=NOW)
    kind = OrganizationKind.REGIONAL_GOVERNMENT
    factories.organization("Gobierno Regional de Loreto", "GORE Loreto", kind=kind)
    group = factories.organization("Gobiernos regionales", "Las regiones", kind=kind)
    whole = factories.commitment(
        solution.problem, "Reforzar las oficinas", owner=group, due=read("30/06/2099"), answer_to=solution
    )
    move_commitment(actor=cast.ana.actor, commitment=whole, move=CommitmentMove.AGREE, now=NOW)
    return cast


def opened(desk: Desk, act: str) -> Locator:
    """The form of an act, opened with the keyboard alone."""
    details = desk.page.locator(f"details.act[id^=act-{act}-]")
    summary = details.locator("summary").first
    summary.focus()
    desk.page.keyboard.press("Enter")
    expect(details).to_have_attribute("open", "")
    return details.locator("form")


def send(form: Locator) -> None:
    form.locator("button.go").last.press("Enter")
    form.page.wait_for_load_state()


def test_a_norm_is_followed_to_the_gazette_and_its_solution_to_the_ground(desk: Desk, mesa: Cast) -> None:
    page = desk.page
    desk.sign_in(mesa.ana)
    assert desk.open(SOLUTION) == 200
    expect(page.locator(".stands")).to_contain_text(mesa.osinfor.name)

    form = opened(desk, "opinion")
    form.locator("[value=favourable]").check()
    desk.look()
    send(form)
    form = opened(desk, "publish")
    form.locator("[name=norm]").fill("DS 020-2017")
    form.locator("[name=published_on]").fill("01/06/2017")
    send(form)
    page.locator("form[id^=act-enact-] button").press("Enter")
    page.wait_for_load_state()

    form = opened(desk, "list_place")
    form.locator("[name=within]").select_option(str(Place.objects.get(name="Perú").pk))
    form.locator("[name=names]").fill("Puno")
    desk.look()
    send(form)
    expect(page.locator("[aria-labelledby=places-title] tbody tr")).to_have_count(3)
    for name in ("Loreto", "Puno"):
        page.get_by_role("checkbox", name=name).check()
    form = opened(desk, "place")
    form.locator("[value=apply]").check()
    form.locator("[name=note]").fill("Lo vio CONAFOR.")
    desk.look()
    send(form)
    expect(page.locator("[aria-labelledby=places-title]")).to_contain_text("2 ")
    expect(page.locator(".now")).to_contain_text("Ucayali")
    desk.look()
    assert verify().ok


def test_what_is_applied_without_effect_is_revised_and_the_old_words_stay(desk: Desk, mesa: Cast) -> None:
    page = desk.page
    solution = Solution.objects.get()
    track_enactment(actor=mesa.ana.actor, solution=solution, rank=EnactmentRank.NONE_NEEDED, now=NOW)
    desk.sign_in(mesa.ana)
    desk.open(SOLUTION)
    form = opened(desk, "apply")
    form.locator("[name=observed_on]").fill("junio 2017")
    form.locator("[name=observation]").fill("Se usa en Pucallpa.")
    send(form)

    form = opened(desk, "without_effect")
    form.locator("[name=title]").fill("Guía en papel también")
    form.locator("[name=before]").fill("6-12 months")
    form.locator("[name=goal]").fill("US$ 1m")
    form.locator("[name=reason]").fill("Sin internet no sirve.")
    desk.look()
    send(form)
    editions = page.locator(".editions > li")
    expect(editions).to_have_count(2)
    expect(editions.first.locator("del").first).to_contain_text("Guía electrónica en un día")
    expect(editions.first.locator("ins").first).to_contain_text("Guía en papel también")
    expect(editions.first).to_contain_text("Sin internet no sirve.")
    desk.look()

    form = opened(desk, "funding")
    form.locator("[name=funding]").select_option("unfunded")
    form.locator("[name=budget_window_on]").fill("2099-07-31")
    send(form)
    page.locator(f'.facts a[href="{FUNDING}"]').click()
    page.wait_for_url(f"**{FUNDING}")
    expect(page.locator("tbody")).to_contain_text("6-12 months → US$ 1m")
    desk.look()
    assert verify().ok


def test_what_the_regions_owe_is_asked_of_each(desk: Desk, mesa: Cast) -> None:
    page = desk.page
    desk.sign_in(mesa.ana)
    desk.open(WHOLE)
    form = opened(desk, "fan_out")
    for box in form.locator("[name=chosen]").all():
        box.check()
    desk.look()
    send(form)
    parts = page.locator("[aria-labelledby=parts] tbody tr")
    expect(parts).to_have_count(2)
    expect(page.locator("[aria-labelledby=parts] .head")).to_contain_text("0 ")
    desk.look()
    parts.first.locator("a").first.click()
    page.wait_for_url("**/commitments/2/")
    expect(page.locator(f'.facts a[href="{WHOLE}"]')).to_be_visible()
    desk.look()
    assert Commitment.objects.filter(part_of__number=1).count() == 2
    assert verify().ok


def test_the_pages_keep_their_width(desk: Desk, mesa: Cast) -> None:
    desk.sign_in(mesa.ana)
    for width in (1280, 390, 320):
        desk.page.set_viewport_size({"width": width, "height": 844})
        for path in (SOLUTION, WHOLE, FUNDING):
            assert desk.open(path) == 200
            assert desk.sticking_out() == [], (width, path)
            for summary in desk.page.locator("details.act:not([open]) > summary").all():
                if summary.is_visible():
                    summary.click()
            assert desk.sticking_out() == [], (width, path)
            desk.look()


def test_places_are_told_and_a_commitment_shared_out_without_scripts(
    browser: Browser, live_server: Any, mesa: Cast
) -> None:
    context = browser.new_context(java_script_enabled=False, extra_http_headers={"Accept-Language": "es"})
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/?next={SOLUTION}")
    page.fill("input[name=login]", mesa.ana.account.email)
    page.fill("input[name=password]", factories.PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"**{SOLUTION}")
    page.locator("details.act[id^=act-sign-] > summary").click()
    page.fill("[id^=act-sign-] [name=signed_on]", "02/06/2017")
    page.locator("[id^=act-sign-] form button.go").click()
    expect(page.locator(".stands")).to_contain_text("publicación")
    page.locator("details.act[id^=act-list_place-] > summary").click()
    page.fill("[name=names]", "Puno\nCusco")
    page.locator("[id^=act-list_place-] form button.go").click()
    page.get_by_role("checkbox", name="Puno").check()
    page.locator("details.act[id^=act-place-] > summary").click()
    page.locator("[id^=act-place-] [value=drop]").check()
    page.fill("[id^=act-place-] [name=note]", "Allí no hay plantaciones.")
    page.locator("[id^=act-place-] form button.go").click()
    expect(page.locator("[aria-labelledby=places-title] tr.dim")).to_have_count(1)
    page.goto(f"{live_server.url}{WHOLE}")
    page.locator("details.act[id^=act-fan_out-] > summary").click()
    page.fill("[name=others]", "GORE Ucayali")
    page.locator("[id^=act-fan_out-] form button.go").click()
    expect(page.locator("[aria-labelledby=parts] tbody tr")).to_have_count(1)
    context.close()
