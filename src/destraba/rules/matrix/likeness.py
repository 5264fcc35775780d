"""Whether two problems say the same in other words: accents, plurals and the names of an agency forgiven."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from destraba.values.names import name_key
from destraba.values.words.stems import SMALL_WORDS, stem

LIKE = 65.0
"""From this score on, of 100, two texts are shown side by side."""

_FEWEST = 2
"""One word that both have is no likeness."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Which of the texts that were compared, and how alike it is, of 100."""

    at: int
    score: float


@dataclass(frozen=True)
class Synonyms:
    """The names by which bodies are called, each body one word: by the first word of a name, the longest name
    first."""

    by_first: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> "Synonyms":
        """From (name, a word for its body). A name that two bodies share tells neither."""
        bodies: dict[tuple[str, ...], set[str]] = {}
        for name, body in names:
            words = tuple(_weighty(name_key(name)))
            if words:
                bodies.setdefault(words, set()).add(body)
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for words, called in sorted(bodies.items(), key=lambda one: -len(one[0])):
            if len(called) == 1:
                by_first.setdefault(words[0], []).append((words, next(iter(called))))
        return cls(by_first)

    def in_place(self, words: Sequence[str]) -> list[str]:
        """The stems of the words, with one word for each body that they name."""
        found: list[str] = []
        at = 0
        while at < len(words):
            named = next(
                (
                    (name, body)
                    for name, body in self.by_first.get(words[at], ())
                    if tuple(words[at : at + len(name)]) == name
                ),
                None,
            )
            found.append(named[1] if named else stem(words[at]))
            at += len(named[0]) if named else 1
        return found


NO_SYNONYMS = Synonyms({})


def alike(
    text: str, others: Sequence[str], synonyms: Synonyms = NO_SYNONYMS, *, limit: int = 5
) -> list[Likeness]:
    """Which of the other texts may say the same, the most alike first.

    Two words at least must be shared; what is shared by words of every day alone is none (`SMALL_WORDS`).
    """
    wanted = synonyms.in_place(_weighty_words(text))
    if len(set(wanted)) < _FEWEST:
        return []
    told = [synonyms.in_place(_weighty_words(other)) for other in others]
    shares = [at for at, words in enumerate(told) if len(set(wanted).intersection(words)) >= _FEWEST]
    ranked = process.extract(
        " ".join(wanted),
        {at: " ".join(told[at]) for at in shares},
        scorer=fuzz.token_set_ratio,
        score_cutoff=LIKE,
        limit=limit,
    )
    return [Likeness(at, round(score, 1)) for _words, score, at in ranked]


@lru_cache(maxsize=20_000)
def _weighty_words(text: str) -> tuple[str, ...]:
    """A page asks for the same titles at each letter typed."""
    return tuple(_weighty(name_key(text)))


def _weighty(key: str) -> list[str]:
    return [word for word in key.split() if word not in SMALL_WORDS]
