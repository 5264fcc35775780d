"""Access, from the link that the team hands over to the first sign-in; and the administrator's page."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from pytest_django import DjangoAssertNumQueries

from destraba.actions.accounts import close_account, give_access, renew_access
from destraba.actions.people import add_person, open_seat, start_tenure
from destraba.models import Account, Person
from destraba.rules.permissions import Role
from tests import factories
from tests.factories import NOW, PASSWORD, TODAY, Cast, command
from tests.web.visits import Form, Page, Visitor, heads, writes

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
PEOPLE = "/mesas/forestal/people/"
ACCOUNTS = "/programme/accounts/"
CHOSEN = "la frase que elige Nora"


@pytest.fixture
def nora(cast: Cast) -> Person:
    """She sits for OSINFOR and has no account."""
    person = add_person(actor=command(), full_name="Nora Díaz", email="nora@example.pe", now=NOW)
    seat = open_seat(
        actor=command(), organization=cast.osinfor, role=Role.LIAISON, mesa=cast.forestal, now=NOW
    )
    start_tenure(actor=command(), seat=seat, person=person, starts_on=TODAY, now=NOW)
    return person


def offer(page: Page, act: str, person: Person) -> Form | None:
    found = (form for form in page.forms if form.act == act and form.fields["target"] == str(person.pk))
    return next(found, None)


def do(visitor: Visitor, path: str, act: str, person: Person) -> Page:
    form = offer(visitor.get(path), act, person)
    assert form is not None
    return visitor.send(path, form)


def link_on(page: Page) -> str:
    found = re.search(
        r'data-copy="http://[^/"]+(/accounts/password/reset/key/[^"]+)"', page.response.content.decode()
    )
    assert found is not None
    return found.group(1)


def choose(link: str, password: str = CHOSEN, again: str | None = None) -> Page:
    """Somebody opens the link in a browser of their own, and sends what they chose."""
    visitor = Visitor()
    visitor.client.cookies["django_language"] = "en"
    page = Page(visitor.client.get(link, follow=True))
    form = next((form for form in page.forms if "password1" in form.fields), None)
    if form is None:
        return page
    path = page.response.redirect_chain[-1][0]  # type: ignore[attr-defined]
    return visitor.send(path, form, password1=password, password2=password if again is None else again)


def test_from_the_seat_to_the_first_sign_in(cast: Cast, visit: Visit, nora: Person) -> None:
    team = visit(cast.ana)
    assert "nora@example.pe · No account" in team.get(PEOPLE).text
    page = do(team, PEOPLE, "access", nora)
    assert page.status == 200
    assert "The link for Nora Díaz" in page.text
    assert "holds until 18 Jun 2017, 09:00" in page.text
    assert "one signs in with nora@example.pe" in page.text
    assert "Account not used yet" in page.text
    link = link_on(page)
    assert link not in team.get(PEOPLE).response.content.decode()
    arrived = choose(link)
    assert arrived.status == 200
    assert "Mesa Ejecutiva Forestal" in arrived.text
    assert Account.objects.get(person=nora).check_password(CHOSEN)
    signed_in = Client()
    signed_in.post("/accounts/login/", {"login": "nora@example.pe", "password": CHOSEN})
    assert signed_in.get(PEOPLE).status_code == 200
    assert "This link opens nothing any more" in choose(link).text
    assert "Has an account" in team.get(PEOPLE).text
    assert offer(team.get(PEOPLE), "link", nora) is None
    assert mail.outbox == []


def test_opening_the_link_spends_nothing(cast: Cast, visit: Visit, nora: Person) -> None:
    link = link_on(do(visit(cast.ana), PEOPLE, "access", nora))
    for _scanner in range(3):
        assert Client().get(link, follow=True).status_code == 200
    assert not Account.objects.get(person=nora).has_usable_password()
    assert choose(link).status == 200
    assert Account.objects.get(person=nora).has_usable_password()


@pytest.mark.parametrize(
    ("password", "again", "says"),
    [
        ("corta", "corta", "at least 12 characters"),
        ("una frase bien larga", "otra frase bien larga", "You must type the same password each time."),
        ("nora@example.pe", "nora@example.pe", "too similar"),
        ("", "", "This field is required."),
    ],
)
def test_a_password_that_will_not_do(cast: Cast, nora: Person, password: str, again: str, says: str) -> None:
    invitation = give_access(actor=cast.ana.actor, person=nora, now=NOW)
    page = choose(f"/accounts/password/reset/key/{invitation.secret}/", password, again)
    assert says in page.text
    assert not Account.objects.get(person=nora).has_usable_password()


def test_links_that_open_nothing(cast: Cast, nora: Person) -> None:
    first = give_access(actor=cast.ana.actor, person=nora, now=NOW).secret
    second = renew_access(actor=cast.ana.actor, person=nora, now=NOW).secret
    account, _dash, token = second.partition("-")
    other = cast.marco.account.pk.hex
    for secret in (
        first,
        f"{other}-{token}",
        f"{account}-{token[:-1]}",
        f"{account}-x",
        f"0-{token}",
        f"{'z' * 40}-x",
    ):
        page = choose(f"/accounts/password/reset/key/{secret}/")
        assert "This link opens nothing any more" in page.text, secret
    with time_machine.travel(NOW + timedelta(days=3, minutes=1), tick=False):
        assert "This link opens nothing any more" in choose(f"/accounts/password/reset/key/{second}/").text
    close_account(actor=cast.ana.actor, person=nora, now=NOW)
    assert "This link opens nothing any more" in choose(f"/accounts/password/reset/key/{second}/").text
    assert cast.marco.account.check_password(PASSWORD)
    assert not Account.objects.get(person=nora).has_usable_password()


def test_a_forgotten_password_does_not_bring_a_closed_account_back(cast: Cast) -> None:
    close_account(actor=cast.ana.actor, person=cast.marco.person, now=NOW)
    Client().post("/accounts/password/reset/", {"email": cast.marco.account.email})
    assert not any("/reset/key/" in str(letter.body) for letter in mail.outbox)


def test_a_mailed_link_names_this_installation_whatever_host_was_asked(
    cast: Cast,
) -> None:
    data = {"email": cast.marco.account.email}
    with override_settings(ALLOWED_HOSTS=["*"], SITE_URL="https://mesas.example"):
        Client().post("/accounts/password/reset/", data, headers={"host": "evil.example"})
    (letter,) = mail.outbox
    assert "https://mesas.example/accounts/password/reset/key/" in letter.body
    assert "evil.example/accounts" not in letter.body


def test_without_an_address_one_sentence_and_nothing_written(cast: Cast, visit: Visit, nora: Person) -> None:
    Person.objects.filter(pk=nora.pk).update(email="")
    before = heads(), Account.objects.count()
    page = do(visit(cast.ana), PEOPLE, "access", nora)
    assert page.status == 409
    assert "Nora Díaz has no e-mail address, and one signs in with it: correct the card first." in page.text
    assert (heads(), Account.objects.count()) == before


def test_an_address_in_use_one_sentence_and_nothing_written(cast: Cast, visit: Visit, nora: Person) -> None:
    Account.objects.filter(pk=cast.marco.account.pk).update(email="nora@example.pe")
    before = heads(), Account.objects.count()
    page = do(visit(cast.ana), PEOPLE, "access", nora)
    assert page.status == 409
    assert "There is already an account with this address." in page.text
    assert (heads(), Account.objects.count()) == before


def test_what_is_not_offered_is_refused_when_it_is_asked_for_all_the_same(
    cast: Cast, visit: Visit, nora: Person
) -> None:
    team = visit(cast.ana)
    page = team.get(PEOPLE)
    mine = offer(page, "access", nora)
    assert mine is not None
    for person in (cast.pilar.person, cast.teo.person, cast.ana.person, cast.marco.person):
        assert offer(page, "link", person) is None
    before = heads(), list(Account.objects.order_by("pk").values_list("password", "is_active"))
    for act, person, status in (
        ("link", cast.pilar.person, 403),
        ("close", cast.pilar.person, 403),
        ("link", cast.marco.person, 403),
        ("reopen", cast.marco.person, 409),
        ("close", cast.ana.person, 403),
        ("access", cast.marco.person, 409),
        ("link", cast.admin.person, 404),
        ("link", cast.vecina.person, 404),
        ("close", cast.hilda.person, 404),
    ):
        fields = {"act": act, "target": str(person.pk), "version": str(person.version)}
        assert team.send(PEOPLE, mine, **fields).status == status, (act, person)
    for player in (cast.marco, cast.lucia, cast.pilar, cast.alto):
        assert visit(player).send(PEOPLE, mine).status == 403
    assert visit(cast.vecina).send(PEOPLE, mine).status == 404
    assert visit(cast.admin).send(PEOPLE, mine).status == 404
    after = heads(), list(Account.objects.order_by("pk").values_list("password", "is_active"))
    assert after == before


def test_the_administrator_sees_every_account_and_no_mesa(cast: Cast, visit: Visit, nora: Person) -> None:
    keeper = visit(cast.admin)
    page = keeper.get(ACCOUNTS)
    assert "1 person sits in a mesa and can't sign in." in page.text
    for words in ("Nora Díaz nora@example.pe No account", "Vera Costa", "Adán Mines", "Administrator"):
        assert words in page.text
    assert "Forestal" not in page.text
    assert ACCOUNTS in keeper.get("/").links
    assert ACCOUNTS not in visit(cast.ana).get("/").links


def test_the_administrator_mends_what_nobody_else_may(cast: Cast, visit: Visit) -> None:
    keeper, marco = visit(cast.admin), cast.marco.person
    page = keeper.get(ACCOUNTS)
    assert "The password stops working at once, and so does any earlier link." in page.text
    assert offer(page, "close", cast.admin.person) is None
    link = link_on(do(keeper, ACCOUNTS, "link", marco))
    assert not Account.objects.get(person=marco).has_usable_password()
    assert "Mesa Ejecutiva Forestal" in choose(link).text
    page = do(keeper, ACCOUNTS, "close", marco)
    assert "Account closed" in page.text
    assert not Account.objects.get(person=marco).is_active
    do(keeper, ACCOUNTS, "reopen", marco)
    assert Account.objects.get(person=marco).is_active


def test_garbage_is_refused(cast: Cast, visit: Visit, nora: Person) -> None:
    keeper = visit(cast.admin)
    form = offer(keeper.get(ACCOUNTS), "access", nora)
    assert form is not None
    before = heads(), Account.objects.count()
    for status, typed in (
        (404, {"act": "crown"}),
        (404, {"target": "nobody"}),
        (404, {"target": str(cast.forestal.pk)}),
        (422, {"version": "first"}),
        (412, {"version": "9"}),
    ):
        assert keeper.send(ACCOUNTS, form, **typed).status == status, typed
    assert (heads(), Account.objects.count()) == before


def test_the_page_costs_the_same_at_every_size(
    cast: Cast, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    keeper = visit(cast.admin)
    keeper.get(ACCOUNTS)
    with CaptureQueriesContext(connection) as queries:
        keeper.get(ACCOUNTS)
    assert writes(queries.captured_queries) == []
    for name in ("Uno Más", "Dos Más"):
        with django_assert_num_queries(10):
            keeper.get(ACCOUNTS)
        factories.player(name, cast.serfor, Role.MEMBER, cast.forestal)


@pytest.mark.parametrize("address", ["email/", "confirm-email/", "confirm-email/abc/"])
def test_nobody_adds_an_address_that_could_be_somebody_elses(cast: Cast, visit: Visit, address: str) -> None:
    client = Client()
    client.force_login(cast.marco.account)
    added = {"email": "lucia@example.pe", "action_add": ""}
    assert client.get(f"/accounts/{address}").status_code == 404
    assert client.post(f"/accounts/{address}", added).status_code == 404
    assert not EmailAddress.objects.filter(user=cast.marco.account, email="lucia@example.pe").exists()


def test_how_to_reach_somebody_who_sits_elsewhere_too_is_told_where_those_seats_are_given(
    cast: Cast, visit: Visit
) -> None:
    seat = open_seat(
        actor=command(), organization=cast.osinfor, role=Role.MEMBER, mesa=cast.forestal, now=NOW
    )
    start_tenure(actor=command(), seat=seat, person=cast.vecina.person, starts_on=TODAY, now=NOW)
    address = cast.vecina.person.email
    assert address
    assert address not in visit(cast.ana).get(PEOPLE).text
    assert address in visit(cast.hilda).get(PEOPLE).text
    assert cast.lucia.person.email in visit(cast.ana).get(PEOPLE).text
