"""Identity and order: primary keys, keys to sort by, positions between neighbours."""

import re
import string
import unicodedata
import uuid
from itertools import count

import uuid_utils.compat

from destraba.values.texts import normalized

_TILDE = "\u0303"
_NUMBER_WIDTH = 10
_PIECE = re.compile("[0-9]+|.")

# In ASCII order, so that positions compare alike byte by byte everywhere.
_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_BASE = len(_DIGITS)
_POSITION = re.compile("([A-Za-z])([0-9A-Za-z]+)")


class InvalidPosition(ValueError):
    """Not a position, or two with nothing between them because the first is not before the second."""


def new_key() -> uuid.UUID:
    """UUIDv7: unique in every installation, so a mesa moves without remapping; nearly in order of time."""
    return uuid_utils.compat.uuid7()


def sort_key(text: str, width: int = 200) -> str:
    """At most `width` characters of a-z, 0-9, "~" and space, which sort alike in every binary collation.

    Case and accents go, punctuation is a space, numbers sort by value ("P-2" before "P-12"), ñ follows n,
    and letters of other scripts follow z in the order of Unicode. The key of a key is itself.
    """
    key = ""
    for piece in _PIECE.findall(_latin(text)):
        # A number is kept whole or not at all: a part of it would be another number.
        part = piece.lstrip("0").zfill(_NUMBER_WIDTH) if piece.isdigit() else piece
        if len(key) + len(part) > width:
            break
        key += part
    return key.strip()


def position_between(before: str | None, after: str | None) -> str:
    """A position that sorts after `before` and before `after` in binary collation; None is an open end.

    There is always room. Appending to a long list stays short: the letter in front tells how many digits of
    a whole number follow it, and what follows those is a fraction. Raises `InvalidPosition`.
    """
    low = None if before is None else _parse(before)
    high = None if after is None else _parse(after)
    if low is None:
        return _whole(0) if high is None else _whole(high[0] if high[1] else high[0] - 1)
    if high is None or low[0] + 1 < high[0]:
        return _whole(low[0] + 1)
    if low >= high:
        raise InvalidPosition(f"{before} is not before {after}")
    if low[0] == high[0]:
        return _whole(low[0]) + _fraction_between(low[1], high[1])
    return _whole(high[0]) if high[1] else _whole(low[0]) + _fraction_between(low[1], "")


def positions(n: int, after: str | None = None) -> list[str]:
    """`n` positions in order, all of them after `after`."""
    found: list[str] = []
    for _ in range(n):
        after = position_between(after, None)
        found.append(after)
    return found


def _latin(text: str) -> str:
    """Lower-case ASCII words parted by single spaces; see `sort_key`."""
    decomposed = normalized("NFKD", normalized("NFKD", text).casefold())
    return " ".join("".join(map(_ascii, decomposed.replace("n" + _TILDE, "n~"))).split())


def _ascii(char: str) -> str:
    if char.isascii():
        return char if char.isalnum() or char == "~" else " "
    if unicodedata.combining(char):
        return ""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return "~" + _letters(ord(char)) if char.isalpha() else " "


def _letters(code: int) -> str:
    """A code point as five letters whose order is that of the code points."""
    letters = ""
    for _ in range(5):
        code, rest = divmod(code, 26)
        letters = string.ascii_lowercase[rest] + letters
    return letters


def _parse(position: str) -> tuple[int, str]:
    """The whole number of a position and the digits of its fraction."""
    match = _POSITION.fullmatch(position)
    if match is not None:
        head, digits = match.groups()
        width = ord(head) - ord("a") + 1 if head >= "a" else ord("Z") - ord(head) + 1
        whole = _number(digits[:width]) - (0 if head >= "a" else _BASE**width)
        fraction = digits[width:]
        # Only one spelling of each position may exist, or their order would not be the order of the text.
        if not fraction.endswith("0") and _whole(whole) + fraction == position:
            return whole, fraction
    raise InvalidPosition(position)


def _whole(number: int) -> str:
    """A whole number so that text order is number order: "a0" is 0, "az" 61, "b10" 62, "Zz" -1, "Yyz" -63."""
    width = 1
    while not -(_BASE**width) <= number < _BASE**width:
        width += 1
    if number >= 0:
        return chr(ord("a") + width - 1) + _digits(number, width)
    return chr(ord("Z") - width + 1) + _digits(number + _BASE**width, width)


def _fraction_between(low: str, high: str) -> str:
    """The shortest fraction after `low` and before `high`; an empty `high` stands for one."""
    for width in count(1):
        floor = _number(low[:width].ljust(width, "0"))
        ceiling = _number(high[:width].ljust(width, "0")) + (len(high) > width) if high else _BASE**width
        if ceiling - floor > 1:
            return _digits((floor + ceiling) // 2, width).rstrip("0")
    raise AssertionError("widths do not end")  # pragma: no cover


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * _BASE + _DIGITS.index(digit)
    return number


def _digits(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, rest = divmod(number, _BASE)
        digits = _DIGITS[rest] + digits
    return digits
