"""Which of the things found stands first: what says it in its title, and there as it was asked."""

from collections.abc import Sequence
from enum import IntEnum

from destraba.values.search.wanted import Asked
from destraba.values.search.words import BETWEEN_NAMES
from destraba.values.words.stems import stem


class Nearness(IntEnum):
    """How near a title comes to what was asked, from far to near."""

    ELSEWHERE = 0
    PARTLY = 1
    ALL_WORDS = 2
    BEGINS_SO = 3
    THE_SAME = 4


def nearness(asked: Asked, heading: str) -> Nearness:
    """`heading` is a title, or several names of one thing, as `words.folded_names` keeps them."""
    return max(_nearness(asked, title.split()) for title in heading.split(BETWEEN_NAMES))


def _nearness(asked: Asked, title: Sequence[str]) -> Nearness:
    stems = [stem(word) for word in title]
    there = [
        one.stem in stems or (one.is_beginning and any(word.startswith(one.folded) for word in title))
        for one in asked.words
    ]
    if not any(there):
        return Nearness.ELSEWHERE
    if not all(there):
        return Nearness.PARTLY
    wanted = [one.stem for one in asked.words]
    if stems == wanted:
        return Nearness.THE_SAME
    *before, _last = wanted
    begins = len(title) >= len(wanted) and stems[: len(before)] == before
    last = asked.words[-1]
    at = len(before)
    meets = begins and (stems[at] == last.stem or (last.is_beginning and title[at].startswith(last.folded)))
    return Nearness.BEGINS_SO if meets else Nearness.ALL_WORDS
