"""Decimal numbers as people write them, and the one spelling in which they are kept."""

import re
from decimal import Decimal

WHOLE_DIGITS = 18
DECIMALS = 6

_GROUPED = re.compile(r"([1-9][0-9]{0,2}(?:[,' ][0-9]{3}){1,5})(?:\.([0-9]{1,6}))?")
_GROUPED_BY_POINT = re.compile(r"([1-9][0-9]{0,2}(?:[.' ][0-9]{3}){1,5})(?:,([0-9]{1,6}))?")
_PLAIN = re.compile(r"([0-9]{1,18})(?:[.,]([0-9]{1,6}))?")


class OutOfBounds(ValueError):
    """Not finite, or more than 18 digits before the point or 6 after it: not every database could hold it."""


def read(text: str) -> Decimal | None:
    """Reads "1.200,50", "1,200.50", "1'200,000", "1 200" and "9,8"; None for anything else.

    A single mark before exactly three digits groups thousands, unless a zero stands before it:
    "1.200" is 1200, "0.125" an eighth.
    """
    for pattern in (_GROUPED, _GROUPED_BY_POINT, _PLAIN):
        if match := pattern.fullmatch(text):
            whole, fraction = match.groups()
            digits = re.sub("[^0-9]", "", whole)
            return Decimal(f"{digits}.{fraction}" if fraction else digits)
    return None


def check(value: Decimal) -> None:
    """Raises `OutOfBounds`."""
    if not value.is_finite() or abs(value) >= 10**WHOLE_DIGITS or value != round(value, DECIMALS):
        raise OutOfBounds(str(value))


def to_plain(value: Decimal) -> str:
    """The one spelling of a value: no exponent, no zeros at the end, no negative zero."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
