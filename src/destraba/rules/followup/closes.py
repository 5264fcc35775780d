"""What the closes of past meetings mean for a light: how long undated, how long amber (rules 7 and 11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from destraba.rules.lights import Light, counts_as_amber

KEPT = 12
"""How many closes are looked back on; no count goes further. Every threshold is far below."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a commitment showed: the light, and the code of the reason."""

    light: Light
    reason: str


@dataclass(frozen=True, slots=True)
class Close:
    """A meeting's close: its day in the mesa's zone, and what every open commitment showed, by number."""

    on: date
    shown: Mapping[int, Shown]


def meetings_since(closes: Sequence[Close], agreed_on: date | None) -> int:
    """How many closed after the day on which it was agreed: the one that agreed it is not counted."""
    return sum(agreed_on is not None and close.on > agreed_on for close in closes)


def amber_running(closes: Sequence[Close], number: int) -> int:
    """At how many of the latest closes running a commitment counted as amber. `closes` are latest first."""
    for count, close in enumerate(closes):
        shown = close.shown.get(number)
        if shown is None or not counts_as_amber(shown.light, shown.reason):
            return count
    return len(closes)
