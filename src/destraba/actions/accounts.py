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
    now: datetime,
) -> Account:
    """An account for an address. Without a password it signs in by a mailed code."""
    access.permit(actor=actor, deed=Deed.MANAGE_ACCOUNTS, subject=PROGRAMME, now=now)
    if Account.objects.filter(email=email.strip().lower()).exists():
        raise Conflict(Reason.of("account_exists"))
    return Account.objects.create_user(email, password, person=person, is_administrator=is_administrator)
