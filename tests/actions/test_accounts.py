"""Keys to the door: who gets one, by whose hand, and what an old link opens."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.account import app_settings as library
from allauth.account.models import EmailAddress
from django.test import Client

from destraba.actions.accounts import (
    Invitation,
    close_account,
    create_account,
    give_access,
    mark_desk_seen,
    renew_access,
    reopen_account,
)
from destraba.actions.people import add_person, correct_person, end_tenure, open_seat, start_tenure
from destraba.models import Account, Mesa, Person, Tenure
from destraba.queries.accounts import holders, key_of
from destraba.rules.accounts import Key
from destraba.rules.permissions import Role
from destraba.values.errors import Conflict, NotAllowed
from tests.actions.saying import kinds_of, refused
from tests.factories import NOW, TODAY, Cast, Player, command


@pytest.fixture(autouse=True)
def _that_thursday() -> Iterator[None]:
    """The library's tokens carry the clock's time."""
    with time_machine.travel(NOW, tick=False):
        yield


def seated(
    cast: Cast, role: Role = Role.MEMBER, mesa: Mesa | None = None, email: str = "nora@example.pe"
) -> Person:
    """Nora Díaz, who sits in the forestry mesa and has no account."""
    person = add_person(actor=command(), full_name="Nora Díaz", email=email, now=NOW)
    sit(cast, person, role, mesa or cast.forestal)
    return person


def sit(cast: Cast, person: Person, role: Role, mesa: Mesa | None, days: int = 0) -> Tenure:
    seat = open_seat(actor=command(), organization=cast.osinfor, role=role, mesa=mesa, now=NOW)
    starts = TODAY + timedelta(days=days)
    return start_tenure(actor=command(), seat=seat, person=person, starts_on=starts, now=NOW)


def opens(invitation: Invitation) -> bool:
    """Whether the library would take this link for good, now."""
    account = Account.objects.get(pk=invitation.account.pk)
    token = invitation.secret.partition("-")[2]
    return bool(library.PASSWORD_RESET_TOKEN_GENERATOR().check_token(account, token))


def choose(invitation: Invitation, password: str = "una frase de Nora") -> Account:
    account = Account.objects.get(pk=invitation.account.pk)
    account.set_password(password)
    account.save()
    return account


def test_the_administrator_gives_an_account_that_signs_in_by_code(cast: Cast) -> None:
    person = add_person(actor=command(), full_name="Nueva Cara", now=NOW)
    account = create_account(
        actor=cast.admin.actor, email=" Nueva@Example.PE ", password=None, person=person, now=NOW
    )
    assert account.email == "nueva@example.pe"
    assert account.person == person
    assert not account.has_usable_password()
    assert not account.is_administrator


def test_two_accounts_never_share_an_address(cast: Cast) -> None:
    with refused(Conflict, "account_exists"):
        create_account(actor=cast.admin.actor, email="ANA@example.pe", password=None, now=NOW)


def test_the_team_makes_no_accounts_out_of_nothing(cast: Cast) -> None:
    before = Account.objects.count()
    with refused(NotAllowed, "not_your_role"):
        create_account(actor=cast.ana.actor, email="x@example.pe", password=None, now=NOW)
    assert Account.objects.count() == before


@pytest.mark.parametrize("who", ["ana", "teo", "hilda", "admin"])
def test_whoever_gives_the_seat_gives_access(cast: Cast, who: str) -> None:
    giver: Player = getattr(cast, who)
    nora = seated(cast)
    invitation = give_access(actor=giver.actor, person=nora, now=NOW)
    assert invitation.account.email == "nora@example.pe"
    assert invitation.account.person == nora
    assert not invitation.account.has_usable_password()
    assert not invitation.account.is_administrator
    assert invitation.until == NOW + timedelta(days=3)
    assert opens(invitation)
    assert kinds_of(nora) == ["person.added", "account.given"]


@pytest.mark.parametrize("who", ["marco", "lucia", "pilar", "alto", "ejes", "vecina", "antes"])
def test_nobody_else_does(cast: Cast, who: str) -> None:
    nora = seated(cast)
    player: Player = getattr(cast, who)
    with refused(NotAllowed, "not_your_account"):
        give_access(actor=player.actor, person=nora, now=NOW)
    assert not Account.objects.filter(person=nora).exists()


@pytest.mark.parametrize("role", [Role.TECHNICAL_LEADER, Role.POLITICAL_LEADER, Role.HIGH_LEVEL])
def test_the_team_gives_no_access_to_whoever_sits_higher(cast: Cast, role: Role) -> None:
    nora = seated(cast, role)
    with refused(NotAllowed, "not_your_account"):
        give_access(actor=cast.ana.actor, person=nora, now=NOW)
    assert opens(give_access(actor=cast.hilda.actor, person=nora, now=NOW))


def test_a_seat_elsewhere_or_one_that_is_still_to_begin_counts_too(cast: Cast) -> None:
    nora = seated(cast)
    elsewhere = sit(cast, nora, Role.MEMBER, cast.acuicola)
    with refused(NotAllowed, "not_your_account"):
        give_access(actor=cast.ana.actor, person=nora, now=NOW)
    end_tenure(actor=command(), tenure=elsewhere, ends_on=TODAY, now=NOW)
    sit(cast, nora, Role.HEAD, None, days=7)
    with refused(NotAllowed, "not_your_account"):
        give_access(actor=cast.ana.actor, person=nora, now=NOW + timedelta(days=1))


def test_to_name_somebody_known_a_member_does_not_bring_their_key(cast: Cast) -> None:
    for known in (cast.admin, cast.hilda, cast.vecina):
        sit(cast, known.person, Role.MEMBER, cast.forestal)
        before = Account.objects.get(pk=known.account.pk).password
        for act in (renew_access, close_account, reopen_account):
            with refused(NotAllowed, "not_your_account"):
                act(actor=cast.ana.actor, person=known.person, now=NOW)
        assert Account.objects.get(pk=known.account.pk).password == before


def test_one_signs_in_with_an_address(cast: Cast) -> None:
    nora = seated(cast, email="")
    with refused(Conflict, "no_address"):
        give_access(actor=cast.ana.actor, person=nora, now=NOW)
    assert not Account.objects.filter(person=nora).exists()


def test_an_address_that_is_another_accounts_is_refused(cast: Cast) -> None:
    nora = seated(cast)
    create_account(actor=command(), email="nora@example.pe", password=None, now=NOW)
    with refused(Conflict, "account_exists"):
        give_access(actor=cast.ana.actor, person=nora, now=NOW)


def test_so_is_one_that_somebody_has_added_to_theirs(cast: Cast) -> None:
    nora = seated(cast)
    EmailAddress.objects.create(user=cast.marco.account, email="Nora@example.pe", verified=True)
    with refused(Conflict, "account_exists"):
        give_access(actor=cast.ana.actor, person=nora, now=NOW)


def test_an_account_comes_with_its_one_address(cast: Cast) -> None:
    nora = seated(cast)
    account = give_access(actor=cast.ana.actor, person=nora, now=NOW).account
    create_account(actor=command(), email="otra@example.pe", password=None, now=NOW)
    kept = EmailAddress.objects.filter(email__in=["nora@example.pe", "otra@example.pe"])
    assert set(kept.values_list("email", "verified", "primary")) == {
        ("nora@example.pe", True, True),
        ("otra@example.pe", True, True),
    }
    assert EmailAddress.objects.get(user=account).email == "nora@example.pe"


def test_an_account_is_given_once(cast: Cast) -> None:
    nora = seated(cast)
    give_access(actor=cast.ana.actor, person=nora, now=NOW)
    with refused(Conflict, "has_account"):
        give_access(actor=cast.ana.actor, person=nora, now=NOW)
    assert Account.objects.filter(person=nora).count() == 1


def test_a_new_link_kills_the_old_one(cast: Cast) -> None:
    nora = seated(cast)
    first = give_access(actor=cast.ana.actor, person=nora, now=NOW)
    second = renew_access(actor=cast.ana.actor, person=nora, now=NOW)
    assert (opens(first), opens(second)) == (False, True)
    assert kinds_of(nora)[-1] == "account.renewed"


def test_a_link_dies_with_time_and_with_use(cast: Cast) -> None:
    nora = seated(cast)
    invitation = give_access(actor=cast.ana.actor, person=nora, now=NOW)
    with time_machine.travel(NOW + timedelta(days=3, seconds=1), tick=False):
        assert not opens(invitation)
    choose(invitation)
    assert not opens(invitation)


def test_once_it_is_used_the_administrator_alone_makes_another(cast: Cast) -> None:
    nora = seated(cast)
    choose(give_access(actor=cast.ana.actor, person=nora, now=NOW))
    for giver in (cast.ana, cast.teo, cast.hilda):
        with refused(NotAllowed, "administrator_only"):
            renew_access(actor=giver.actor, person=nora, now=NOW)
    assert Account.objects.get(person=nora).check_password("una frase de Nora")
    invitation = renew_access(actor=cast.admin.actor, person=nora, now=NOW)
    assert opens(invitation)
    assert not Account.objects.get(person=nora).has_usable_password()


def test_signing_in_by_code_is_use_too(cast: Cast) -> None:
    nora = seated(cast)
    account = give_access(actor=cast.ana.actor, person=nora, now=NOW).account
    Account.objects.filter(pk=account.pk).update(last_login=NOW)
    with refused(NotAllowed, "administrator_only"):
        renew_access(actor=cast.ana.actor, person=nora, now=NOW)


def test_an_unused_account_follows_the_address_on_the_card(cast: Cast) -> None:
    nora = seated(cast, email="nroa@example.pe")
    give_access(actor=cast.ana.actor, person=nora, now=NOW)
    card = {"full_name": "Nora Díaz", "phone": "", "mesa": cast.forestal, "now": NOW}
    correct_person(actor=cast.ana.actor, person=nora, email="nora@example.pe", **card)
    assert renew_access(actor=cast.ana.actor, person=nora, now=NOW).account.email == "nora@example.pe"
    assert not EmailAddress.objects.filter(email="nroa@example.pe").exists()


def test_one_in_use_keeps_its_own_whatever_the_card_says(cast: Cast) -> None:
    nora = seated(cast)
    choose(give_access(actor=cast.ana.actor, person=nora, now=NOW))
    card = {"full_name": "Nora Díaz", "phone": "", "mesa": cast.forestal, "now": NOW}
    correct_person(actor=cast.ana.actor, person=nora, email="mala@example.pe", **card)
    assert renew_access(actor=cast.admin.actor, person=nora, now=NOW).account.email == "nora@example.pe"


def test_a_closed_account_is_signed_out_and_opens_nothing(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.marco.account)
    assert browser.get("/mesas/forestal/").status_code == 200
    close_account(actor=cast.ana.actor, person=cast.marco.person, now=NOW)
    assert browser.get("/mesas/forestal/").status_code == 302
    assert kinds_of(cast.marco.person)[-1] == "account.closed"
    with refused(Conflict, "account_closed"):
        close_account(actor=cast.ana.actor, person=cast.marco.person, now=NOW)
    with refused(Conflict, "account_closed"):
        renew_access(actor=cast.admin.actor, person=cast.marco.person, now=NOW)
    with refused(Conflict, "account_closed"):
        give_access(actor=cast.admin.actor, person=cast.marco.person, now=NOW)
    with refused(NotAllowed, "administrator_only"):
        reopen_account(actor=cast.ana.actor, person=cast.marco.person, now=NOW)
    again = reopen_account(actor=cast.admin.actor, person=cast.marco.person, now=NOW)
    assert again.is_active
    with refused(Conflict, "account_open"):
        reopen_account(actor=cast.admin.actor, person=cast.marco.person, now=NOW)
    browser.force_login(again)
    assert browser.get("/mesas/forestal/").status_code == 200


def test_nobody_closes_their_own(cast: Cast) -> None:
    for player in (cast.ana, cast.admin):
        with refused(NotAllowed, "own_account"):
            close_account(actor=player.actor, person=player.person, now=NOW)


def test_how_an_account_stands(cast: Cast) -> None:
    nora = seated(cast)
    assert holders([nora.pk], None, TODAY)[nora.pk].key is Key.NONE
    account = give_access(actor=cast.ana.actor, person=nora, now=NOW).account
    assert key_of(account) is Key.UNUSED
    found = holders([nora.pk, cast.admin.person.pk], nora.pk, TODAY)
    assert found[nora.pk].is_oneself
    assert [seat.role for seat in found[nora.pk].seats] == [Role.MEMBER]
    assert found[cast.admin.person.pk].administrator
    assert key_of(cast.marco.account) is Key.IN_USE


def test_nobody_says_for_somebody_else_that_they_have_read(cast: Cast) -> None:
    account = cast.marco.account
    for actor in (cast.ana.actor, cast.hilda.actor, cast.admin.actor, command()):
        with refused(NotAllowed, "not_your_row"):
            mark_desk_seen(actor=actor, account=account, shown_at=NOW, now=NOW)
    mark_desk_seen(actor=cast.marco.actor, account=account, shown_at=NOW, now=NOW)
    assert Account.objects.get(pk=account.pk).desk_seen_at == NOW
