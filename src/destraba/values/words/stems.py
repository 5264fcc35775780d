"""Words brought down to their stems, to compare Spanish texts whatever their accents and endings."""

import re
from functools import lru_cache
from threading import local
from typing import Any

from snowballstemmer import stemmer

from destraba.values.texts import fold

_WORD = re.compile(r"[^\W_]+")

SMALL_WORDS = frozenset(
    _WORD.findall(
        """
    a al and ante aun bajo cada como con contra cual cuando de del desde donde e el ella ellas ellos en
    entre era es esa ese eso esta estan estas este esto estos for fue ha hace hacia han hasta hay in is
    la las le les lo los mas me mi mucho muy ni no nos o of on or otra otras otro otros para pero poco
    por porque que se sea ser si sido sin sobre son su sus tal tambien tan tanto the tiene tienen to
    toda todas todo todos u un una unas uno unos y ya
        """
    )
)
"""What stands in any sentence and tells none from another; folded."""


class _Stemmers(local):
    """A stemmer keeps the word that it works on, so threads can't share one."""

    def __init__(self) -> None:
        self.spanish: Any = stemmer("spanish")


_STEMMERS = _Stemmers()


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: no case, no accents, no marks."""
    return _WORD.findall(fold(text))


def stems_of(text: str) -> list[str]:
    """The stems of the words that say something, in their order: "las Guías" and "guía" give the same."""
    return [stem(word) for word in words_of(text) if word not in SMALL_WORDS]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one folded word, folded: what it has in common with its plural, its gender and its kin. A
    number, and a word with a digit in it, is its own, and so is a word of three letters."""
    if len(word) <= 3 or not (word.isascii() and word.isalpha()):
        return word
    return fold(str(_STEMMERS.spanish.stemWord(_as_spelled(word))))


def _as_spelled(folded: str) -> str:
    """What the stemmer goes by and folding took: the accent of "-ción"; "-z" and "-s" before a plural."""
    if folded.endswith("cion"):
        return f"{folded[:-4]}ción"
    if folded.endswith("eses"):
        return folded[:-2]
    return f"{folded[:-3]}z" if folded.endswith("ces") else folded
