"""Text from outside made safe to keep and to show (trust.md, "Input from outside")."""

import re
import unicodedata
from typing import Literal

SLUG_LIMIT = 60

_LINE_BREAK = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_GAP = re.compile(r"[ \t\n]+")
# Normalizing sorts the marks upon a letter, in a time that grows with the square of their number. No script
# needs more than this many (the Stream-Safe Text Format of Unicode Annex 15); those beyond it are left out.
_MOST_MARKS = 30
# A mark is neither letter nor blank, and so is in such a run, if there are so many of them.
_PERHAPS_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MOST_MARKS + 1},}}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_NOT_SLUG = re.compile("[^a-z0-9]+")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = frozenset(
    {"da", "de", "del", "do", "dos", "e", "el", "la", "las", "los", "of", "the", "van", "von", "y"}
)

# Controls of the first block have pictures of their own; what else is unseen is named by its number.
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: "\u2421"}
_UNSEEN = (
    range(0x80, 0xA0),  # C1 controls
    range(0x061C, 0x061D),  # Arabic letter mark
    range(0x180E, 0x180F),  # Mongolian vowel separator
    range(0x200B, 0x2010),  # zero width, marks of direction
    range(0x202A, 0x202F),  # bidi embeddings and overrides
    range(0x2060, 0x2070),  # word joiner, bidi isolates
    range(0xFEFF, 0xFF00),  # byte order mark
    range(0xFFF9, 0xFFFC),  # interlinear annotation
    range(0xE0000, 0xE0080),  # tags
)
_NONCHARACTERS = (
    *range(0xFDD0, 0xFDF0),
    *(plane + low for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)),
)
_SHOWN = str.maketrans(
    _PICTURES
    | {code: f"⟨U+{code:04X}⟩" for codes in _UNSEEN for code in codes}
    # Neither XML nor UTF-8 can carry these.
    | dict.fromkeys((*range(0xD800, 0xE000), *_NONCHARACTERS), "\ufffd")
    # A hyphen that only shows where a line breaks is left over from somebody's layout.
    | {0xAD: ""}
)


class TooLong(ValueError):
    """The text has `length` characters once cleaned; `limit` is the most that is kept."""

    def __init__(self, limit: int, length: int) -> None:
        super().__init__(limit, length)
        self.limit = limit
        self.length = length


def clean_line(text: str, limit: int) -> str:
    """One line: breaks and runs of blanks become a single space. See `clean_text` for the rest.

    Raises `TooLong`.
    """
    return _within(limit, visible_line(text))


def clean_text(text: str, limit: int) -> str:
    """Lines parted by LF alone; NFC; nothing unseen is left in it; no blank at either end.

    Controls appear as their pictures (NUL as "␀"), marks that turn or hide text by number ("⟨U+202E⟩");
    what no file can carry (lone surrogates, noncharacters) becomes U+FFFD. `limit` counts code points.
    Raises `TooLong`.
    """
    return _within(limit, _composed(_visible(text)))


def visible_line(text: str) -> str:
    """As `clean_line`, of any length."""
    return _composed(_GAP.sub(" ", _visible(text)))


def fold(text: str) -> str:
    """For comparison only: compatibility forms undone, no case, no accents, single spaces."""
    decomposed = normalized("NFKD", normalized("NFKD", text).casefold())
    return " ".join(_BEYOND_ASCII.sub(_without_marks, decomposed).split())


def _without_marks(run: re.Match[str]) -> str:
    return "".join(char for char in run[0] if not unicodedata.combining(char))


def normalized(form: Literal["NFC", "NFKD"], text: str) -> str:
    """In that form of Unicode, in a time that grows with the length of the text and no faster."""
    return text if text.isascii() else unicodedata.normalize(form, _PERHAPS_MARKS.sub(_fewer_marks, text))


def _fewer_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in run[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def slug(text: str) -> str:
    """ASCII letters, digits and single hyphens, at most 60; empty when the text has no such letter."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")[:SLUG_LIMIT].rstrip("-")


def initials(name: str) -> str:
    """First letters of the first and the last word of a name, small words aside: at most two letters."""
    words = _WORD.findall(normalized("NFC", name))
    weighty = [word for word in words if word.casefold() not in _SMALL_WORDS] or words
    ends = weighty[:1] + weighty[1:][-1:]
    return "".join(word[0].upper()[0] for word in ends)


def unshouted(name: str) -> str:
    """A title that is all in capitals, as one writes it: small words small, all others with a capital."""
    if not name.isupper() or len(name.split()) == 1:
        return name
    first, *rest = name.lower().split(" ")
    return " ".join(
        [first.capitalize(), *(word if word in _SMALL_WORDS else word.capitalize() for word in rest)]
    )


def _visible(text: str) -> str:
    return _LINE_BREAK.sub("\n", text).translate(_SHOWN)


def _composed(text: str) -> str:
    return normalized("NFC", text.strip())


def _within(limit: int, text: str) -> str:
    if len(text) > limit:
        raise TooLong(limit, len(text))
    return text
