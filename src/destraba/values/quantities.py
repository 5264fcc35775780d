"""Amounts of time, percentages and counts as people give them: "6-12 months", "up to 2 years", "varios años".

The figures of both seeds come in ranges, bounds and words (seed 001, section 4.5 and Box 1), so a quantity
keeps its bounds, how sure they are, and the words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from destraba.values import decimals
from destraba.values.texts import fold, visible_line


class Unit(StrEnum):
    """`COUNT` is a number of things, whatever they are; a bare number is a count."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    PERCENT = "percent"
    COUNT = "count"


class Qualifier(StrEnum):
    """How the bounds are meant, and so which of them there are (`_fit`)."""

    EXACT = "exact"
    ABOUT = "about"
    UP_TO = "up_to"
    AT_LEAST = "at_least"
    RANGE = "range"
    NONE_NEEDED = "none_needed"  # the step itself is gone
    SEVERAL = "several"
    WORDS = "words"  # only the text says anything


_MINUTES_LONG = {
    Unit.MINUTES: Decimal(1),
    Unit.HOURS: Decimal(60),
    Unit.DAYS: Decimal(1440),
    Unit.WORKING_DAYS: Decimal(2016),  # five of them make a week
    Unit.WEEKS: Decimal(10080),
    Unit.MONTHS: Decimal("43833.6"),
    Unit.YEARS: Decimal(525960),
}


class InvalidQuantity(ValueError):
    """The bounds contradict each other or the qualifier."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """`low` <= `high` in `unit`, as far as `qualifier` has them. `text` is what was written."""

    low: Decimal | None
    high: Decimal | None
    unit: Unit | None
    qualifier: Qualifier
    text: str = ""

    def __post_init__(self) -> None:
        for bound in (self.low, self.high):
            if bound is not None:
                decimals.check(bound)
                if bound < 0 and self.unit is not Unit.PERCENT:
                    raise InvalidQuantity(f"{bound} {self.unit}")
        if not _fit(self.qualifier, self.low, self.high) or (self.unit and self.qualifier in _UNITLESS):
            raise InvalidQuantity(f"{self.qualifier} from {self.low} to {self.high} {self.unit}")

    def in_days(self) -> tuple[Decimal, Decimal] | None:
        """Lowest and highest number of days; None where there is no time or no number.

        A convention to compare by, never to store: a month is 30.44 days, a year 365.25, a working day
        seven fifths of a day. "Up to" starts at zero, "at least" ends at Decimal("Infinity").
        """
        if self.qualifier is Qualifier.NONE_NEEDED:
            return Decimal(0), Decimal(0)
        minutes = _MINUTES_LONG.get(self.unit) if self.unit else None
        if minutes is None or (self.low is None and self.high is None):
            return None
        return (
            Decimal(0) if self.low is None else self.low * minutes / _MINUTES_LONG[Unit.DAYS],
            Decimal("Infinity") if self.high is None else self.high * minutes / _MINUTES_LONG[Unit.DAYS],
        )

    def to_plain(self) -> dict[str, str]:
        """What there is not is empty."""
        return {
            "low": "" if self.low is None else decimals.to_plain(self.low),
            "high": "" if self.high is None else decimals.to_plain(self.high),
            "unit": self.unit.value if self.unit else "",
            "qualifier": self.qualifier.value,
            "text": self.text,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, str]) -> "Quantity":
        return cls(
            Decimal(plain["low"]) if plain["low"] else None,
            Decimal(plain["high"]) if plain["high"] else None,
            Unit(plain["unit"]) if plain["unit"] else None,
            Qualifier(plain["qualifier"]),
            plain["text"],
        )


_UNITLESS = frozenset({Qualifier.NONE_NEEDED, Qualifier.WORDS})


def _fit(qualifier: Qualifier, low: Decimal | None, high: Decimal | None) -> bool:
    match qualifier:
        case Qualifier.EXACT | Qualifier.ABOUT:
            return low is not None and low == high
        case Qualifier.UP_TO:
            return low is None and high is not None
        case Qualifier.AT_LEAST:
            return low is not None and high is None
        case Qualifier.RANGE:
            return low is not None and high is not None and low <= high
        case Qualifier.NONE_NEEDED:
            return low == 0 and high == 0
        case Qualifier.SEVERAL | Qualifier.WORDS:
            return low is None and high is None


_MARKS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-") | {"’": "'", "´": "'"}
)
_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "cero zero",
            "un una uno one",
            "dos two",
            "tres three",
            "cuatro four",
            "cinco five",
            "seis six",
            "siete seven",
            "ocho eight",
            "nueve nine",
            "diez ten",
            "once eleven",
            "doce twelve",
            "trece thirteen",
            "catorce fourteen",
            "quince fifteen",
            "dieciseis sixteen",
            "diecisiete seventeen",
            "dieciocho eighteen",
            "diecinueve nineteen",
            "veinte twenty",
        )
    )
    for word in words.split()
}
_UNITS = {
    Unit.MINUTES: r"min\.?|minutos?|minutes?",
    Unit.HOURS: r"hs?|hrs?\.?|horas?|hours?",
    Unit.WORKING_DAYS: r"dias? (?:habil(?:es)?|util(?:es)?|laborables?)|(?:working|business) days?",
    Unit.DAYS: r"d|dias?(?: calendarios?| naturales| corridos)?|(?:calendar )?days?",
    Unit.WEEKS: r"semanas?|weeks?",
    Unit.MONTHS: r"mes(?:es)?|months?",
    Unit.YEARS: r"anos?|years?|yrs?\.?",
    Unit.PERCENT: r"%|por ?ciento|per ?cent",
}
_NOT_NEEDED = re.compile(
    r"(?:ya )?no (?:se (?:necesita|requiere)|es necesario|necesario)|innecesario"
    r"|(?:none|not|no longer) (?:needed|required)"
)

_NUMERAL = rf"[0-9]+(?:[.,' ][0-9]+)*|(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?![a-z])"
_UNIT = rf"(?P<unit>{'|'.join(_UNITS.values())})"
_STILL = r"(?: (?:pendientes?|pending))?"

_SEVERAL = re.compile(
    rf"(?:vari[oa]s|much[oa]s|algun[oa]s|poc[oa]s|un[oa]s|several|many|some|(?:a )?few)(?: {_UNIT})?{_STILL}"
)
_RANGE = re.compile(
    rf"(?:de |from )?(?P<low>{_NUMERAL}) ?(?:-|\b(?:a|to|o|u|or)\b) ?(?P<high>{_NUMERAL})"
    rf"(?: ?{_UNIT})?{_STILL}"
)
_BETWEEN = re.compile(
    rf"(?:entre|between) (?P<low>{_NUMERAL}) (?:y|and) (?P<high>{_NUMERAL})(?: ?{_UNIT})?{_STILL}"
)
_ABOUT = (
    r"[~≈] ?|(?:casi|aprox\.?|aproximadamente|cerca de|alrededor de|un[oa]s"
    r"|almost|nearly|about|around|approximately) "
)
_UP_TO = (
    r"(?:<=?|≤) ?|(?:hasta|(?:como )?maximo|a lo sumo|no mas de|menos de"
    r"|up to|at most|no more than|less than|under) "
)
_AT_LEAST = r"(?:>=?|≥) ?|(?:mas de|al menos|por lo menos|(?:como )?minimo|more than|at least|over) "
_ONE = re.compile(
    rf"(?:(?P<about>{_ABOUT})|(?P<up_to>{_UP_TO})|(?P<at_least>{_AT_LEAST}))?(?P<minus>-)?(?P<low>{_NUMERAL})"
    rf"(?P<plus> ?\+)?(?: ?{_UNIT})?(?P<half> y medi[oa]| and a half)?"
    rf"(?:(?P<or_more> o mas| a mas| or more)|(?P<or_less> o menos| or less| como maximo))?{_STILL}"
)
_HINTS = {
    "about": Qualifier.ABOUT,
    "up_to": Qualifier.UP_TO,
    "or_less": Qualifier.UP_TO,
    "at_least": Qualifier.AT_LEAST,
    "plus": Qualifier.AT_LEAST,
    "or_more": Qualifier.AT_LEAST,
}


def read(text: str) -> Quantity:
    """A quantity in Spanish or English. Never fails: what it can't read stays as words."""
    written = visible_line(text)
    folded = fold(written).translate(_MARKS)
    if _NOT_NEEDED.fullmatch(folded):
        return Quantity(Decimal(0), Decimal(0), None, Qualifier.NONE_NEEDED, written)
    if match := _SEVERAL.fullmatch(folded):
        return Quantity(None, None, _unit(match), Qualifier.SEVERAL, written)
    found = None
    if match := _RANGE.fullmatch(folded) or _BETWEEN.fullmatch(folded):
        found = _range(match, written)
    elif match := _ONE.fullmatch(folded):
        found = _single(match, written)
    return found or Quantity(None, None, None, Qualifier.WORDS, written)


def _range(match: re.Match[str], written: str) -> Quantity | None:
    low, high = _number(match["low"]), _number(match["high"])
    if low is None or high is None or low > high:
        return None
    return Quantity(low, high, _unit(match) or Unit.COUNT, Qualifier.RANGE, written)


def _single(match: re.Match[str], written: str) -> Quantity | None:
    number, unit = _number(match["low"]), _unit(match) or Unit.COUNT
    qualifiers = {qualifier for hint, qualifier in _HINTS.items() if match[hint]} or {Qualifier.EXACT}
    if number is None or len(qualifiers) > 1 or (match["minus"] and unit is not Unit.PERCENT):
        return None
    if match["half"]:
        number += Decimal("0.5")
    if match["minus"]:
        number = -number
    qualifier = qualifiers.pop()
    low = None if qualifier is Qualifier.UP_TO else number
    high = None if qualifier is Qualifier.AT_LEAST else number
    return Quantity(low, high, unit, qualifier, written)


def _number(text: str) -> Decimal | None:
    return Decimal(_WORDS[text]) if text in _WORDS else decimals.read(text)


def _unit(match: re.Match[str]) -> Unit | None:
    word = match["unit"] or ""
    return next((unit for unit, pattern in _UNITS.items() if re.fullmatch(pattern, word)), None)
