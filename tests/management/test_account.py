"""`destraba account`: for whoever lost their password, the administrator included."""

from destraba.actions.people import add_person
from destraba.models import Account
from tests.factories import NOW, Cast, command
from tests.management.running import everything, run


def test_it_prints_a_link_and_the_old_password_is_gone(cast: Cast) -> None:
    ran = run("account", "ADAN@example.pe")
    assert ran.code == 0
    first, link = ran.said.splitlines()
    assert first.startswith("Link for Adán Mines, until ")
    assert "/accounts/password/reset/key/" in link
    assert not Account.objects.get(pk=cast.admin.account.pk).has_usable_password()


def test_whoever_has_none_is_given_one(cast: Cast) -> None:
    person = add_person(actor=command(), full_name="Nora Díaz", email="nora@example.pe", now=NOW)
    assert run("account", "nora@example.pe").code == 0
    assert Account.objects.get(person=person).email == "nora@example.pe"


def test_it_closes_and_opens_again(cast: Cast) -> None:
    assert run("account", "marco@example.pe", "--close").said == "Closed: Marco Ríos\n"
    assert not Account.objects.get(person=cast.marco.person).is_active
    ran = run("account", "marco@example.pe", "--close")
    assert (ran.code, ran.complained) == (1, "The account of Marco Ríos is closed.\n")
    assert run("account", "marco@example.pe", "--reopen").said == "Open again: Marco Ríos\n"
    assert Account.objects.get(person=cast.marco.person).is_active


def test_an_address_that_is_nobodys_changes_nothing(cast: Cast) -> None:
    before = everything()
    ran = run("account", "nadie@example.pe")
    assert (ran.code, ran.complained) == (1, "Nobody has the address nadie@example.pe.\n")
    assert everything() == before
