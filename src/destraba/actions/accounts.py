"""Keys to the door. Operational: the ledger has no part in passwords, and notes who was given a key."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account import app_settings as library
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import make_password

from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.models import Account, Person
from destraba.queries import access
from destraba.queries.accounts import holders, key_of
from destraba.rules.accounts import Key, KeyDeed, key_obstacle
from destraba.rules.desk.pressing import seen_until
from destraba.rules.permissions import PROGRAMME, Deed
from destraba.values.actors import Actor
from destraba.values.errors import Conflict, NotAllowed
from destraba.values.reasons import Reason


@dataclass(frozen=True, slots=True)
class Invitation:
    """What lets somebody choose a password: shown once, to whoever made it, and stored nowhere."""

    account: Account
    secret: str
    until: datetime


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
    account = Account(email=_free(email), person=person, is_administrator=is_administrator)
    if password_hash:
        account.password = password_hash
    else:
        account.set_password(password)
    return _opened(account)


def give_access(*, actor: Actor, person: Person, now: datetime) -> Invitation:
    """An account for somebody who sits somewhere; whoever has the secret chooses its password."""
    _permit(actor, KeyDeed.GIVE, person, now)
    with recording(actor=actor, now=now, streams=[person.programme_id]) as change:
        _account_for(KeyDeed.GIVE, person)
        account = Account(email=_free(_address(person)), person=person, password=make_password(None))
        _opened(account)
        change.note(person, kinds.ACCOUNT_GIVEN)
    return _invitation(account, now)


def renew_access(*, actor: Actor, person: Person, now: datetime) -> Invitation:
    """Another link; earlier ones open nothing any more, nor does the password, where there was one.

    An account that nobody has used yet follows the address on the card; one in use keeps its own, which
    only its holder changes.
    """
    _permit(actor, KeyDeed.RENEW, person, now)
    with recording(actor=actor, now=now, streams=[person.programme_id]) as change:
        account = _account_for(KeyDeed.RENEW, person)
        _permit(actor, KeyDeed.RENEW, person, now)
        email = account.email
        if key_of(account) is Key.UNUSED and email != person.email:
            email = _free(_address(person), but=account)
        # Whoever chooses a password by the earlier link in this very moment is faster, and keeps it.
        as_read = Account.objects.filter(
            pk=account.pk, password=account.password, last_login=account.last_login, is_active=True
        )
        if not as_read.update(password=make_password(None), email=email):
            raise Conflict(Reason.of("key_turned", person=person.full_name))
        EmailAddress.objects.filter(user=account).update(email=email)
        account.refresh_from_db()
        change.note(person, kinds.ACCOUNT_RENEWED)
    _end_sessions(account)
    return _invitation(account, now)


def close_account(*, actor: Actor, person: Person, now: datetime) -> Account:
    """It opens nothing any more, wherever its holder is signed in; seats stay as they are."""
    _permit(actor, KeyDeed.CLOSE, person, now)
    with recording(actor=actor, now=now, streams=[person.programme_id]) as change:
        account = _account_for(KeyDeed.CLOSE, person)
        Account.objects.filter(pk=account.pk).update(is_active=False)
        change.note(person, kinds.ACCOUNT_CLOSED)
    _end_sessions(account)
    account.refresh_from_db()
    return account


def reopen_account(*, actor: Actor, person: Person, now: datetime) -> Account:
    """It opens again what its holder's seats open, with the password that it had."""
    _permit(actor, KeyDeed.REOPEN, person, now)
    with recording(actor=actor, now=now, streams=[person.programme_id]) as change:
        account = _account_for(KeyDeed.REOPEN, person)
        Account.objects.filter(pk=account.pk).update(is_active=True)
        change.note(person, kinds.ACCOUNT_REOPENED)
    account.refresh_from_db()
    return account


def mark_desk_seen(*, actor: Actor, account: Account, shown_at: datetime, now: datetime) -> Account:
    """Its holder has read what changed, as a page of `shown_at` told it. Nobody reads for somebody else."""
    if actor.person_id != account.person_id or not account.is_active:
        raise NotAllowed(Reason.of("not_your_row"))
    account.desk_seen_at = seen_until(shown_at, account.desk_seen_at, now)
    Account.objects.filter(pk=account.pk).update(desk_seen_at=account.desk_seen_at)
    return account


def _permit(actor: Actor, deed: KeyDeed, person: Person, now: datetime) -> None:
    holder = holders([person.pk], actor.person_id, access.today(now))[person.pk]
    access.permit_key(actor=actor, deed=deed, holder=holder, now=now)


def _account_for(deed: KeyDeed, person: Person) -> Account:
    """The account as it stands under the lock; for GIVE there is none. Raises Conflict."""
    account = Account.objects.filter(person=person).first()
    if obstacle := key_obstacle(deed, key_of(account)):
        raise Conflict(Reason.of(obstacle, person=person.full_name))
    return account or Account()


def _address(person: Person) -> str:
    if not person.email:
        raise Conflict(Reason.of("no_address", person=person.full_name))
    return person.email


def _free(email: str, but: Account | None = None) -> str:
    """The address, if no other account signs in with it. Raises Conflict."""
    address = email.strip().lower()
    others = Account.objects.filter(email=address)
    added = EmailAddress.objects.filter(email__iexact=address, verified=True)
    if but:
        others, added = others.exclude(pk=but.pk), added.exclude(user=but)
    if others.exists() or added.exists():
        raise Conflict(Reason.of("account_exists"))
    return address


def _opened(account: Account) -> Account:
    """With its one address, which nobody else can claim."""
    account.save(force_insert=True)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


def _end_sessions(account: Account) -> None:
    for session in UserSession.objects.filter(user=account):
        session.end()


def _invitation(account: Account, now: datetime) -> Invitation:
    """The accounts library's own token: signed, dated, and dead once the password is another."""
    token = library.PASSWORD_RESET_TOKEN_GENERATOR().make_token(account)
    until = now + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return Invitation(account, f"{user_pk_to_url_str(account)}-{token}", until)
