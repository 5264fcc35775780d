"""What is looked for: words that must all be there, each in one of several forms; as databases read it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from destraba.values.search.words import Word, composed, words_of

MOST_WORDS = 8
"""Who types more pastes a text; the first ones will do."""
LONGEST_QUERY = 200
_SHORTEST_BEGINNING = 2


@dataclass(frozen=True, slots=True)
class Term:
    """One word as it is kept, or the beginning of words."""

    key: str
    is_beginning: bool = False


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of them; none of nothing."""

    parts: tuple["Wanted", ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of them."""

    parts: tuple["Wanted", ...]


Wanted = Term | AnyOf | AllOf


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word that somebody typed. The last may be the beginning of one."""

    folded: str
    stem: str
    is_beginning: bool = False

    def is_met_by(self, word: Word) -> bool:
        """Whether a word of a text is one that was asked for."""
        return word.stem == self.stem or (self.is_beginning and word.folded.startswith(self.folded))

    def wanted(self) -> Wanted:
        if not self.is_beginning:
            return Term(self.stem)
        return AnyOf((Term(self.stem), Term(self.folded, is_beginning=True)))


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed, and the words of it that are looked for."""

    text: str
    words: tuple[AskedWord, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.words)


def asked(text: str) -> Asked:
    """What was typed, read. Small words count only where there is nothing else; the last word is taken for
    the beginning of one, since somebody may still be typing it."""
    line = " ".join(composed(text[: 4 * LONGEST_QUERY]).split())[:LONGEST_QUERY]
    every = list(words_of(line))
    weighty = [word for word in every if not word.is_small] or every[-1:]
    chosen = list({word.folded: word for word in weighty}.values())[:MOST_WORDS]
    last = len(chosen) - 1
    return Asked(
        line,
        tuple(
            AskedWord(word.folded, word.stem, index == last and len(word.folded) >= _SHORTEST_BEGINNING)
            for index, word in enumerate(chosen)
        ),
    )


def any_of(parts: Iterable[Wanted]) -> Wanted:
    """One of them, without a cover where there is only one."""
    every = tuple(dict.fromkeys(parts))
    return every[0] if len(every) == 1 else AnyOf(every)


def all_of(parts: Iterable[Wanted]) -> Wanted:
    """All of them, without a cover where there is only one, or one within another."""
    bare = [inner for part in parts for inner in (part.parts if isinstance(part, AllOf) else (part,))]
    every = tuple(dict.fromkeys(bare))
    return every[0] if len(every) == 1 else AllOf(every)


def for_sqlite(wanted: Wanted) -> str:
    """As FTS5 reads it. Every key is kept in quotes, so that none is taken for an operator."""
    match wanted:
        case Term(key, is_beginning):
            return f'"{key}"*' if is_beginning else f'"{key}"'
        case AnyOf(parts):
            return f"({' OR '.join(map(for_sqlite, parts))})"
        case AllOf(parts):
            return f"({' AND '.join(map(for_sqlite, parts))})"


def for_postgres(wanted: Wanted) -> str:
    """As a tsquery is written, in quotes for the same reason."""
    match wanted:
        case Term(key, is_beginning):
            return f"'{key}':*" if is_beginning else f"'{key}'"
        case AnyOf(parts):
            return f"({' | '.join(map(for_postgres, parts))})"
        case AllOf(parts):
            return f"({' & '.join(map(for_postgres, parts))})"
