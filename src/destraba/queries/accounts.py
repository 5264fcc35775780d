"""Who has a key, and how it stands."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from destraba.models import Account, Person, Tenure
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.tenures import seat_held
from destraba.rules.accounts import Holder, Key, KeyDeed, card_refusal, key_obstacle, key_refusal
from destraba.rules.permissions import Deed, SeatHeld


@dataclass(frozen=True, slots=True)
class AccountLine:
    """Somebody who has an account, or sits somewhere and could have one. One signs in with `email`."""

    person: Person
    holder: Holder
    email: str = ""
    last_login: datetime | None = None


def key_of(account: Account | None) -> Key:
    """How an account stands. A second step or a mailed code opens it too, so signing in counts as use."""
    if account is None:
        return Key.NONE
    if not account.is_active:
        return Key.CLOSED
    return Key.IN_USE if account.has_usable_password() or account.last_login else Key.UNUSED


def holders(persons: Collection[UUID], seen_by: UUID | None, on: date) -> Mapping[UUID, Holder]:
    """Each of these people by what the keys go by; two statements. `seen_by` is the person who looks."""
    accounts = {one.person_id: one for one in Account.objects.filter(person__in=persons)}
    seats: dict[UUID, list[SeatHeld]] = defaultdict(list)
    lasting = Tenure.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), person__in=persons)
    for tenure in lasting.filter(withdrawn_at=None, seat__withdrawn_at=None).select_related("seat"):
        seats[tenure.person_id].append(seat_held(tenure.seat))
    return {
        person: Holder(
            seats=tuple(seats[person]),
            key=key_of(accounts.get(person)),
            administrator=person in accounts and accounts[person].is_administrator,
            is_oneself=person == seen_by,
        )
        for person in persons
    }


def person_of(email: str) -> Person | None:
    """Whoever signs in with this address, or else has it on the card; with the account, if there is one."""
    address = email.strip().lower()
    people = Person.objects.filter(withdrawn_at=None).select_related("account")
    return people.filter(account__email=address).first() or people.filter(email=address).first()


def may_do(viewer: Viewer, deed: KeyDeed, holder: Holder) -> bool:
    """Whether a page should offer this; the action asks again."""
    return not key_obstacle(deed, holder.key) and key_refusal(viewer.standing, deed, holder) is None


def may_reach(viewer: Viewer, holder: Holder) -> bool:
    """Whether a page should tell how to reach this person."""
    return card_refusal(viewer.standing, holder) is None


def accounts(viewer: Viewer, on: date) -> list[AccountLine]:
    """For the administrator: everybody with an account or a seat that lasts, by name; five statements."""
    access.programme(viewer, Deed.MANAGE_ACCOUNTS)
    sitting = Tenure.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), withdrawn_at=None)
    sitting = sitting.filter(seat__withdrawn_at=None)
    people = Person.objects.filter(Q(account__isnull=False) | Q(pk__in=sitting.values("person")))
    found = list(people.filter(withdrawn_at=None).select_related("account").order_by("sort_key", "pk"))
    known = holders([person.pk for person in found], viewer.person_id, on)
    lines = []
    for person in found:
        account = getattr(person, "account", None)
        line = AccountLine(person, known[person.pk])
        if account:
            line = AccountLine(person, known[person.pk], account.email, account.last_login)
        lines.append(line)
    return lines
