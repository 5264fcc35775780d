"""Who may give a key to whom, and take it away.

A link that sets a password opens all that its account opens, and whoever makes it could use it. So nobody
makes one for somebody who sits where they give no seats, or higher than they do; and once somebody has used
their account, nobody but the administrator makes another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from destraba.rules.permissions import HEAD_ONLY, RUNNERS, Role, SeatHeld, Standing, roles_in
from destraba.values.reasons import Reason


class Key(StrEnum):
    """How somebody's account stands. Unused: nobody has set its password or signed in with it yet."""

    NONE = "none"
    UNUSED = "unused"
    IN_USE = "in_use"
    CLOSED = "closed"


class KeyDeed(StrEnum):
    """What is done to somebody's account."""

    GIVE = "give"
    RENEW = "renew"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose account it is. `seats` are those held today and those that are still to begin."""

    seats: tuple[SeatHeld, ...]
    key: Key = Key.NONE
    administrator: bool = False
    is_oneself: bool = False


GIVEN_BY: Mapping[Role, frozenset[Role]] = MappingProxyType(
    {
        Role.MEMBER: RUNNERS | HEAD_ONLY,
        Role.LIAISON: RUNNERS | HEAD_ONLY,
        Role.TEAM: RUNNERS | HEAD_ONLY,
        Role.TECHNICAL_LEADER: frozenset({Role.TECHNICAL_LEADER}) | HEAD_ONLY,
        Role.POLITICAL_LEADER: HEAD_ONLY,
        Role.HIGH_LEVEL: HEAD_ONLY,
        Role.AXIS_LEAD: HEAD_ONLY,
        Role.HEAD: HEAD_ONLY,
    }
)
"""Role of the holder -> the roles that hand out its key, in the same mesa or, for the head, in all."""

ADMINISTRATORS_ALONE = frozenset({(KeyDeed.RENEW, Key.IN_USE), (KeyDeed.REOPEN, Key.CLOSED)})
NOT_TO_ONESELF = frozenset({KeyDeed.RENEW, KeyDeed.CLOSE})
POSSIBLE: Mapping[KeyDeed, frozenset[Key]] = MappingProxyType(
    {
        KeyDeed.GIVE: frozenset({Key.NONE}),
        KeyDeed.RENEW: frozenset({Key.UNUSED, Key.IN_USE}),
        KeyDeed.CLOSE: frozenset({Key.UNUSED, Key.IN_USE}),
        KeyDeed.REOPEN: frozenset({Key.CLOSED}),
    }
)
_INSTEAD = {Key.NONE: "no_account", Key.CLOSED: "account_closed"}


def key_refusal(giver: Standing, deed: KeyDeed, holder: Holder) -> Reason | None:
    """Why this giver may not do this, or None.

    Codes: `not_signed_in`; `own_account` (nobody locks themselves out); `not_your_account` (the holder sits
    where the giver gives no seats, higher, or nowhere); `administrator_only`.
    """
    if not giver.account:
        return Reason.of("not_signed_in")
    if holder.is_oneself and deed in NOT_TO_ONESELF:
        return Reason.of("own_account")
    if giver.administrator:
        return None
    if not holder.seats or not _stands_over(giver, holder):
        return Reason.of("not_your_account")
    if (deed, holder.key) in ADMINISTRATORS_ALONE:
        return Reason.of("administrator_only")
    return None


def card_refusal(reader: Standing, holder: Holder) -> Reason | None:
    """Why somebody may not see how to reach this person, nor put the card right, or None.

    A name stands in the stories of every mesa, and an address opens an account: so it is for those who give
    all the seats that the person holds. Codes: `not_signed_in`, `not_your_card`.
    """
    if not reader.account:
        return Reason.of("not_signed_in")
    if reader.administrator or holder.is_oneself or _stands_over(reader, holder):
        return None
    return Reason.of("not_your_card")


def key_obstacle(deed: KeyDeed, key: Key) -> str:
    """The code for why an account that stands so does not allow this, blank where it does."""
    if key in POSSIBLE[deed]:
        return ""
    if deed is KeyDeed.GIVE:
        return "account_closed" if key is Key.CLOSED else "has_account"
    return _INSTEAD.get(key, "account_open")


def _stands_over(giver: Standing, holder: Holder) -> bool:
    return not holder.administrator and all(_gives(giver, seat) for seat in holder.seats)


def _gives(giver: Standing, seat: SeatHeld) -> bool:
    return not GIVEN_BY[seat.role].isdisjoint(roles_in(giver, seat.mesa_id))
