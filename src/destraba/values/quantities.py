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
from destraba.values.texts import fold


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
    """How the bounds are meant, and so which of them there are."""

    EXACT = "exact"  # low = high
    ABOUT = "about"  # low = high
    UP_TO = "up_to"  # high alone
    AT_LEAST = "at_least"  # low alone
    RANGE = "range"  # both
    NONE_NEEDED = "none_needed"  # low = high = 0: the step itself is gone
    SEVERAL = "several"  # neither
    WORDS = "words"  # neither, nor a unit: only the text says anything


_BOUNDS = {  # (has low, has high)
    Qualifier.EXACT: (True, True),
    Qualifier.ABOUT: (True, True),
    Qualifier.UP_TO: (False, True),
    Qualifier.AT_LEAST: (True, False),
    Qualifier.RANGE: (True, True),
    Qualifier.NONE_NEEDED: (True, True),
    Qualifier.SEVERAL: (False, False),
    Qualifier.WORDS: (False, False),
}

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
        if (self.low is not None, self.high is not None) != _BOUNDS[self.qualifier]:
            raise InvalidQuantity(f"{self.qualifier} from {self.low} to {self.high}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise InvalidQuantity(f"{self.low} is above {self.high}")
        if self.qualifier in _SINGLE and self.low != self.high:
            raise InvalidQuantity(f"{self.qualifier} from {self.low} to {self.high}")
        if self.qualifier is Qualifier.NONE_NEEDED and self.low != 0:
            raise InvalidQuantity(f"{self.qualifier} of {self.low}")
        if self.qualifier is Qualifier.WORDS and self.unit is not None:
            raise InvalidQuantity(f"{self.qualifier} with {self.unit}")

    def in_days(self) -> tuple[Decimal, Decimal] | None:
        """Lowest and highest number of days; None where there is no time or no number.

        A convention to compare by, never to store: a month is 30.44 days, a year 365.25, a working day
        seven fifths of a day. "Up to" starts at zero, "at least" ends at Decimal("Infinity").
        """
        if self.qualifier is Qualifier.NONE_NEEDED:
            return Decimal(0), Decimal(0)
        if self.unit not in _MINUTES_LONG or (self.low is None and self.high is None):
            return None
        days = [_days(bound, self.unit) if bound is not None else None for bound in (self.low, self.high)]
        return days[0] or Decimal(0), Decimal("Infinity") if days[1] is None else days[1]

    def to_plain(self) -> dict[str, str | None]:
        return {
            "low": None if self.low is None else decimals.to_plain(self.low),
            "high": None if self.high is None else decimals.to_plain(self.high),
            "unit": None if self.unit is None else self.unit.value,
            "qualifier": self.qualifier.value,
            "text": self.text,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, str | None]) -> "Quantity":
        low, high, unit = plain["low"], plain["high"], plain["unit"]
        return cls(
            None if low is None else Decimal(low),
            None if high is None else Decimal(high),
            None if unit is None else Unit(unit),
            Qualifier(plain["qualifier"] or ""),
            plain["text"] or "",
        )


_SINGLE = frozenset({Qualifier.EXACT, Qualifier.ABOUT, Qualifier.NONE_NEEDED})


def _days(bound: Decimal, unit: Unit) -> Decimal:
    return bound * _MINUTES_LONG[unit] / _MINUTES_LONG[Unit.DAYS]


def read(text: str) -> Quantity:
    """A quantity in Spanish or English. Never fails: what it can't read stays as words."""
    folded = fold(text).translate(_MARKS)
    written = text.strip()
    if folded in _NOT_NEEDED:
        return Quantity(Decimal(0), Decimal(0), None, Qualifier.NONE_NEEDED, written)
    if match := _SEVERAL.fullmatch(folded):
        return Quantity(None, None, _unit(match), Qualifier.SEVERAL, written)
    if (match := _RANGE.fullmatch(folded) or _BETWEEN.fullmatch(folded)) and (bounds := _bounds(match)):
        return Quantity(*bounds, _unit(match) or Unit.COUNT, Qualifier.RANGE, written)
    if (match := _ONE.fullmatch(folded)) and (number := _number(match["low"])) is not None:
        return _bounded(match, number, _unit(match) or Unit.COUNT, written)
    return Quantity(None, None, None, Qualifier.WORDS, written)


def _bounds(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    low, high = _number(match["low"]), _number(match["high"])
    return None if low is None or high is None or low > high else (low, high)


def _bounded(match: re.Match[str], number: Decimal, unit: Unit, written: str) -> Quantity:
    if match["minus"]:
        number = -number
    if match["half"]:
        number += Decimal("0.5")
    if match["up_to"] or match["or_less"]:
        return Quantity(None, number, unit, Qualifier.UP_TO, written)
    if match["at_least"] or match["plus"] or match["or_more"]:
        return Quantity(number, None, unit, Qualifier.AT_LEAST, written)
    return Quantity(number, number, unit, Qualifier.ABOUT if match["about"] else Qualifier.EXACT, written)


def _number(text: str) -> Decimal | None:
    return Decimal(_WORDS[text]) if text in _WORDS else decimals.read(text)


def _unit(match: re.Match[str]) -> Unit | None:
    word = match["unit"]
    return next((unit for unit, pattern in _UNITS.items() if word and re.fullmatch(pattern, word)), None)


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
    Unit.HOURS: r"h|hs?|hrs?\.?|horas?|hours?",
    Unit.WORKING_DAYS: r"dias? (?:habil(?:es)?|util(?:es)?|laborables?)|(?:working|business) days?",
    Unit.DAYS: r"d|dias?(?: calendarios?| naturales| corridos)?|(?:calendar )?days?",
    Unit.WEEKS: r"semanas?|weeks?",
    Unit.MONTHS: r"mes(?:es)?|months?",
    Unit.YEARS: r"anos?|years?|yrs?\.?",
    Unit.PERCENT: r"%|por ?ciento|per ?cent",
}
_NOT_NEEDED = frozenset(
    {
        "no se necesita",
        "ya no se necesita",
        "no se requiere",
        "ya no se requiere",
        "no es necesario",
        "no necesario",
        "innecesario",
        "none needed",
        "none required",
        "not needed",
        "not required",
        "no longer needed",
        "no longer required",
    }
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
