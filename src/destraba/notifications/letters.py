"""What all letters have in common: who signs, how their link is given, how their parts stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from destraba.actions.links import Made
from destraba.ledger.wording import day
from destraba.notifications.addresses import link_address
from destraba.values.days import day_in


@dataclass(frozen=True, slots=True)
class WayIn:
    """How a link is given: the address behind a button, or the page at which its code is typed, and its last
    day in words."""

    address: str
    code: str
    until: str

    @property
    def page(self) -> str:
        return self.address.partition("#")[0]

    @property
    def typed(self) -> str:
        """The sentence that stands below the address."""
        return _(
            "Or type this code at the same address: %(code)s. It holds until %(until)s and is yours alone."
        ) % {"code": self.code, "until": self.until}


def way_in(made: Made, zone: str) -> WayIn:
    """For a link that was just made; its last day is that of the zone."""
    return WayIn(link_address(made.secret), made.code, day(day_in(zone, made.link.expires_at)))


def signature(name: str, place: str) -> str:
    """ "Ana P., Mesa Forestal": a person, since people answer people; without one, the place alone."""
    if not name:
        return place
    first, *others = name.split()
    initial = f" {others[0][0]}." if others else ""
    return f"{first}{initial}, {place}"


def letter_of(parts: Iterable[str]) -> str:
    """The parts that say something, a blank line between them."""
    return "\n\n".join(part for part in parts if part) + "\n"


def listed(lines: Iterable[str]) -> str:
    """One below the other, each with its dash."""
    return "\n".join(f"- {line}" for line in lines)
