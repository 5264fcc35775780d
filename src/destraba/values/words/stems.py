"""Words brought down to their stems, to compare Spanish texts whatever their accents and endings."""

import re
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

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


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: no case, no accents, no marks."""
    return _WORD.findall(fold(text))


def stems_of(text: str) -> list[str]:
    """The stems of the words that say something, in their order: "las Guías" and "guía" give the same."""
    return [stem(word) for word in words_of(text) if word not in SMALL_WORDS]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one folded word; a number, and a word with a digit in it, is its own."""
    # A stemmer keeps the word that it works on, so threads can't share one.
    return word if not word.isalpha() else str(snowballstemmer.stemmer("spanish").stemWord(word))
