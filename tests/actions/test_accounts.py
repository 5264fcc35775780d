"""Keys to the door."""

from destraba.actions.accounts import create_account
from destraba.actions.people import add_person
from destraba.models import Account
from destraba.values.errors import Conflict, NotAllowed
from tests.actions.saying import refused
from tests.factories import NOW, Cast, command


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


def test_the_team_gives_no_accounts(cast: Cast) -> None:
    before = Account.objects.count()
    with refused(NotAllowed, "not_your_role"):
        create_account(actor=cast.ana.actor, email="x@example.pe", password=None, now=NOW)
    assert Account.objects.count() == before
