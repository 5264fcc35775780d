"""Keys to the door. Operational: the ledger has no part in passwords."""

from datetime import datetime

from destraba.models import Account, Person
from destraba.queries import access
from destraba.rules.permissions import PROGRAMME, Deed
from destraba.values.actors import Actor
from destraba.values.errors import Conflict
from destraba.values.reasons import Reason


def create_account(
    *,
    actor: Actor,
    email: str,
    password: str | None,
    person: Person | None = None,
    is_administrator: bool = False,
    password_hash: str = "",
    now: datetime,
) -> Account:
    """An account for an address. Without a password it signs in by a mailed code.

    A hash that was made before takes the password's place: making one is slow on purpose.
    """
    access.permit(actor=actor, deed=Deed.MANAGE_ACCOUNTS, subject=PROGRAMME, now=now)
    if Account.objects.filter(email=email.strip().lower()).exists():
        raise Conflict(Reason.of("account_exists"))
    account = Account(email=email.strip().lower(), person=person, is_administrator=is_administrator)
    if password_hash:
        account.password = password_hash
    else:
        account.set_password(password)
    account.save(force_insert=True)
    return account
