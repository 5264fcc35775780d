"""`destraba setup`: from an empty installation to somebody who can sign in."""

import pytest
from django.core.management import CommandError
from django.utils import timezone

from destraba.ledger.verify import verify
from destraba.management.commands import setup
from destraba.models import Account, Programme, Seat
from destraba.queries import access
from destraba.rules.permissions import PROGRAMME, Deed
from tests.management.running import everything, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody sits there and types these."""
    typed: list[str] = []
    monkeypatch.setattr(setup.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(setup, "getpass", lambda _prompt: typed.pop(0))
    return typed


def test_without_a_terminal_the_password_is_made_up_and_shown_once() -> None:
    ran = run("setup", "--name", "Mesas del Perú", "--admin", "Ana@Produce.pe")
    assert ran.code == 0
    first, second, third = ran.said.splitlines()
    assert first == "Founded: Mesas del Perú"
    assert third == "Next: destraba import-matrix FILE --mesa ADDRESS --create"
    account = Account.objects.get(email="ana@produce.pe")
    assert account.check_password(second.rpartition(" ")[2])
    assert account.is_administrator
    assert Seat.objects.count() == 0  # the keys of the installation open no mesa
    assert verify().failures == []


def test_whoever_heads_the_programme_can_open_mesas() -> None:
    run("setup", "--name", "P", "--admin", "ana@x.pe", "--person", "Ana Paredes", "--organization", "PRODUCE")
    viewer = access.viewer(Account.objects.get(), timezone.now())
    assert viewer.name == "Ana Paredes"
    assert access.may(viewer, Deed.OPEN_MESA, PROGRAMME)


def test_a_password_is_typed_twice(terminal: list[str]) -> None:
    terminal += ["una frase larga", "una frase larga"]
    ran = run("setup", "--name", "P", "--admin", "ana@x.pe")
    assert "Password" not in ran.said
    assert Account.objects.get().check_password("una frase larga")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["una frase larga", "otra frase larga"], "They differ. Nothing was written."),
        (["corta", "corta"], "This password is too short."),
    ],
)
def test_a_password_that_will_not_do(terminal: list[str], typed: list[str], sentence: str) -> None:
    terminal += typed
    before = everything()
    ran = run("setup", "--name", "P", "--admin", "ana@x.pe")
    assert ran.code == 1
    assert ran.complained.startswith(sentence)
    assert everything() == before


def test_it_is_possible_once() -> None:
    run("setup", "--name", "P", "--admin", "ana@x.pe")
    ran = run("setup", "--name", "Q", "--admin", "eva@x.pe")
    assert (ran.code, ran.complained) == (1, "This installation already has its programme.\n")
    assert (Programme.objects.count(), Account.objects.count()) == (1, 1)


def test_an_address_that_is_none_founds_nothing() -> None:
    before = everything()
    ran = run("setup", "--name", "P", "--admin", "ana")
    assert (ran.code, ran.complained) == (1, "“ana” is not an e-mail address.\n")
    assert everything() == before


def test_a_zone_that_is_none_is_a_wrong_call() -> None:
    with pytest.raises(CommandError, match="--time-zone"):
        run("setup", "--name", "P", "--admin", "ana@x.pe", "--time-zone", "America/Nowhere")
