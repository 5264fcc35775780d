"""Words made comparable: no case, no accents, no endings, so that both databases find the same.

A text is cut into words; each is folded ("Exportación": "exportacion") and stemmed ("export"). What is kept
is plain ASCII, so no database needs to know anything of Spanish.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from destraba.values.texts import fold, normalized
from destraba.values.words.stems import SMALL_WORDS, stem

LONGEST = 40
"""A word is known by so many of its characters."""
BETWEEN_NAMES = " | "
"""Parts the names of one thing in a line to compare by."""

# Letters with dots between them are one word ("D.S.", "S.A.C."), and so is any run of letters and digits.
_WORD = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])\.?|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it stands there."""

    start: int
    end: int
    folded: str

    @property
    def stem(self) -> str:
        return stem(self.folded)

    @property
    def is_small(self) -> bool:
        """Of no weight: every other text has it."""
        return self.folded in SMALL_WORDS


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in NFC, in order."""
    for match in _WORD.finditer(text):
        yield Word(match.start(), match.end(), _folded(match[0]))


def composed(text: str) -> str:
    """The text in the form in which its words are found, whatever hand it came from."""
    return normalized("NFC", text)


def kept(*texts: str) -> dict[str, None]:
    """All that is kept of some texts to be found by, each once, in order: stems, and words where they differ,
    since what somebody is still typing is the beginning of a word and not of its stem."""
    found: dict[str, None] = {}
    for text in texts:
        for match in _WORD.finditer(composed(text)):
            found.update(_keys(match[0]))
    return found


def folded_line(text: str) -> str:
    """A title to compare by: its weighty words, folded, in order."""
    return " ".join(word.folded for word in words_of(composed(text)) if not word.is_small)


def folded_names(*names: str) -> str:
    """The names of one thing, each as a title to compare by."""
    return BETWEEN_NAMES.join(filter(None, map(folded_line, names)))


@lru_cache(maxsize=65536)
def _keys(word: str) -> dict[str, None]:
    """By what one word is kept; an import has the same few thousand words over and over."""
    folded = _folded(word)
    return {} if folded in SMALL_WORDS else {stem(folded): None, folded: None}


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    bare = fold(word).replace(".", "")[:LONGEST]
    # Letters that have no Latin form are kept by number: databases do not agree on what a letter is.
    return bare if bare.isascii() and bare.isalnum() else f"=u{bare.encode().hex()}"
