"""Sums of money as people give them; a currency or a year that was not given stays unknown.

Seed 000 gives a saving of 500 million whose currency is cut off: such a sum is kept, never added to another.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from destraba.values import decimals
from destraba.values.fuzzy_dates import FIRST_YEAR, LAST_YEAR
from destraba.values.texts import fold, visible_line

_CODE = re.compile(r"[A-Z]{3}")


class InvalidMoney(ValueError):
    """A currency that has not the shape of ISO 4217, or a year out of 1900 to 2199."""


class CurrencyMismatch(ValueError):
    """Two sums of different or unknown currency or year: to add them would be to invent a rate."""

    def __init__(self, left: "Money", right: "Money") -> None:
        super().__init__(left, right)
        self.left = left
        self.right = right


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` in `currency` (ISO 4217), at prices of `year`; None if unknown. `text` is what was written."""

    amount: Decimal
    currency: str | None
    year: int | None
    text: str = ""

    def __post_init__(self) -> None:
        decimals.check(self.amount)
        if self.currency is not None and _CODE.fullmatch(self.currency) is None:
            raise InvalidMoney(self.currency)
        if self.year is not None and not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise InvalidMoney(str(self.year))

    def __add__(self, other: "Money") -> "Money":
        """Raises `CurrencyMismatch`, and `OutOfBounds` where the sum is too large to keep."""
        basis = (self.currency, self.year)
        if None in basis or basis != (other.currency, other.year):
            raise CurrencyMismatch(self, other)
        return Money(self.amount + other.amount, self.currency, self.year)

    def to_plain(self) -> dict[str, str]:
        """What is unknown is empty."""
        return {
            "amount": decimals.to_plain(self.amount),
            "currency": self.currency or "",
            "year": "" if self.year is None else str(self.year),
            "text": self.text,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, str]) -> "Money":
        year = int(plain["year"]) if plain["year"] else None
        return cls(Decimal(plain["amount"]), plain["currency"] or None, year, plain["text"])


_MARKS = str.maketrans({"\u2212": "-", "’": "'", "´": "'"})
_CURRENCIES = {
    symbol: code
    for code, symbols in {
        None: ("$", "pesos", "dolares", "dollars", "dolar", "dollar", "peso"),
        "USD": ("us$", "u$s", "usd", "us dollars", "dolares americanos", "dolares estadounidenses"),
        "PEN": ("s/.", "s/", "pen", "sol", "soles", "nuevos soles"),
        "ARS": ("ar$", "ars", "pesos argentinos"),
        "BRL": ("r$", "brl", "reais"),
        "CLP": ("clp", "pesos chilenos"),
        "EUR": ("€", "eur", "euro", "euros"),
        "TND": ("tnd",),
        "BOB": ("bob",),
        "COP": ("cop",),
        "MXN": ("mxn",),
        "PYG": ("pyg",),
        "UYU": ("uyu",),
    }.items()
    for symbol in symbols
}
_SCALES = {
    word: Decimal(10) ** power
    for power, words in {
        3: ("mil", "miles", "thousand", "k"),
        6: ("million", "millions", "millon", "millones", "milhao", "milhoes", "mm", "m"),
        9: ("mil millones", "millardos", "billion", "billions", "bilhao", "bilhoes", "bn"),
        12: ("billon", "billones", "trillion", "trillions"),
    }.items()
    for word in words
}
_LETTERS = ("mm", "bn", "m", "k")  # only beside a currency: "25 m" is a length


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_SUM = re.compile(
    rf"(?P<minus>-)?(?:(?P<before>{_any(_CURRENCIES)}) ?)?(?P<number>[0-9]+(?:[.,' ][0-9]+)*)"
    rf"(?: ?(?P<letter>{_any(_LETTERS)})|(?: (?P<scale>{_any(_SCALES)})))?"
    rf"(?: ?(?:de )?(?P<after>{_any(_CURRENCIES)}))?"
    # With or without sales tax it is the same sum; the text says which.
    r"(?:,? \(?(?:sin|con|mas|before|excluding|including) (?:igv|iva|vat)\)?)?"
)


def read(text: str) -> Money | None:
    """Reads "US$ 9,8 millones", "S/ 1.200,50", "US$200m", "500 millones"; None for what is not one plain sum.

    "$", "pesos" and "dólares" say that it is money and not whose. A bound ("more than 500 million") is
    None: a sum can't say so, and would claim more than was told.
    """
    written = visible_line(text)
    match = _SUM.fullmatch(fold(written).translate(_MARKS))
    if match is None or (number := decimals.read(match["number"])) is None:
        return None
    symbols = [symbol for symbol in (match["before"], match["after"]) if symbol]
    currencies = {_CURRENCIES[symbol] for symbol in symbols} - {None}
    if len(currencies) > 1 or (match["letter"] and not symbols):
        return None
    amount = number * _SCALES.get(match["scale"] or match["letter"] or "", 1)
    if match["minus"]:
        amount = -amount
    try:
        return Money(amount, next(iter(currencies), None), None, written)
    except decimals.OutOfBounds:
        return None
