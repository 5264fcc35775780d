"""The piece of a text in which something was found, and which of its words were."""

from collections.abc import Sequence
from dataclasses import dataclass

from destraba.values.search.wanted import AskedWord
from destraba.values.search.words import Word, words_of

LENGTH = 180
_BEFORE = 50


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `is_found` where it is what was asked for."""

    text: str
    is_found: bool = False


Passage = tuple[Piece, ...]


def marked(text: str, words: Sequence[AskedWord]) -> Passage:
    """The whole text, in pieces."""
    return _pieces(text, 0, len(text), _met(text, words))


def passage(text: str, words: Sequence[AskedWord]) -> Passage:
    """Around the first word that was asked for, one line; empty where there is none."""
    line = " ".join(text.split())
    met = _met(line, words)
    if not met:
        return ()
    start = _word_break(line, max(0, met[0].start - _BEFORE))
    end = len(line) if len(line) <= start + LENGTH else line.rfind(" ", met[0].end, start + LENGTH)
    if end < 0:
        end = max(met[0].end, start + LENGTH)
    pieces = _pieces(line, start, end, met)
    before = (Piece("… "),) if start > 0 else ()
    after = (Piece(" …"),) if end < len(line) else ()
    return (*before, *pieces, *after)


def meets(text: str, words: Sequence[AskedWord]) -> frozenset[AskedWord]:
    """Which of the words asked for stand in a text."""
    return frozenset(one for word in words_of(text) for one in words if one.is_met_by(word))


def _met(text: str, words: Sequence[AskedWord]) -> list[Word]:
    return [
        word for word in words_of(text) if not word.is_small and any(one.is_met_by(word) for one in words)
    ]


def _pieces(text: str, start: int, end: int, met: Sequence[Word]) -> Passage:
    pieces: list[Piece] = []
    at = start
    for word in met:
        if word.start < at or word.end > end:
            continue
        if word.start > at:
            pieces.append(Piece(text[at : word.start]))
        pieces.append(Piece(text[word.start : word.end], is_found=True))
        at = word.end
    if at < end:
        pieces.append(Piece(text[at:end]))
    return tuple(pieces)


def _word_break(line: str, at: int) -> int:
    """Where the next word begins, or just there in a text without blanks."""
    if at == 0:
        return 0
    blank = line.find(" ", at, at + _BEFORE)
    return blank + 1 if blank >= 0 else at
