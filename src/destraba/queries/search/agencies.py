"""Whom the words of a search may mean: organizations by any of their names, so that what they owe is found
under all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from destraba.ledger.search import marks
from destraba.ledger.search.marks import Findable
from destraba.models import SearchEntry
from destraba.models.operations.search import AnyNewest, Newest
from destraba.values.search.passages import meets
from destraba.values.search.wanted import Asked, AskedWord, Wanted, all_of, any_of
from destraba.values.search.words import BETWEEN_NAMES, Word

_READ = 200
MOST_MEANT = 25
"""A word in the names of more of them than that ("ministerio") means none in particular."""


@dataclass(frozen=True, slots=True)
class Agency:
    """An organization that has some of the words in its names."""

    key: UUID
    names: tuple[tuple[Word, ...], ...]

    def is_meant_by(self, one: AskedWord) -> bool:
        return any(one.is_met_by(word) for name in self.names for word in name)

    def named_in(self, asked: Asked) -> frozenset[str]:
        """The stems of those of its names that were typed whole."""
        typed = {one.stem for one in asked.words}
        whole = [{word.stem for word in name} for name in self.names]
        return frozenset(stem for name in whole if name and name <= typed for stem in name)

    def spelled_but(self, stems: frozenset[str]) -> Iterable[tuple[AskedWord, ...]]:
        """Its other names, beside those that have no other words than these."""
        for name in self.names:
            spelled = tuple(AskedWord(word.folded, word.stem) for word in name)
            if not stems.issuperset(one.stem for one in spelled):
                yield spelled


@dataclass(frozen=True, slots=True)
class Reading:
    """What is looked for, once agencies are known. `spellings` are other names for what was typed, each found
    only where all of its words are."""

    wanted: Wanted
    words: tuple[AskedWord, ...]
    spellings: tuple[tuple[AskedWord, ...], ...] = ()

    def words_in(self, text: str) -> tuple[AskedWord, ...]:
        """The words to be marked in this text."""
        there = [one for one in self.spellings if meets(text, one) == frozenset(one)]
        return (*self.words, *(word for one in there for word in one))


def reading_of(asked: Asked) -> Reading:
    """One statement. Every word has to be there; for an agency's name its mark will do, and where a name was
    typed whole, any other of its names."""
    agencies = _agencies(asked)
    named = {agency: stems for agency in agencies if (stems := agency.named_in(asked))}
    forms = {one: _forms(one, agencies, named) for one in asked.words}
    variants: list[Wanted] = [all_of(forms.values())]
    spellings = []
    for agency, stems in named.items():
        rest = [form for one, form in forms.items() if one.stem not in stems]
        for spelled in agency.spelled_but(stems):
            spellings.append(spelled)
            variants.append(all_of([*rest, *(one.wanted() for one in spelled)]))
    return Reading(any_of(variants), asked.words, tuple(spellings))


def _forms(one: AskedWord, agencies: list[Agency], named: Iterable[Agency]) -> Wanted:
    meant = [agency for agency in agencies if agency.is_meant_by(one)]
    if len(meant) > MOST_MEANT:
        meant = [agency for agency in named if agency.is_meant_by(one)]
    return any_of([one.wanted(), *(marks.owned_by(agency.key) for agency in meant)])


def _agencies(asked: Asked) -> list[Agency]:
    """Those that have any of the words in their names, and surely those that have them all."""
    forms = [one.wanted() for one in asked.words]
    some = Newest(Findable.ORGANIZATION, any_of(forms), _READ)
    every = Newest(Findable.ORGANIZATION, all_of(forms), MOST_MEANT)
    entries = SearchEntry.objects.filter(pk__in=AnyNewest(some, every))
    found = entries.order_by("pk").values_list("object_id", "heading")
    return [Agency(key, tuple(map(_words, heading.split(BETWEEN_NAMES)))) for key, heading in found]


def _words(name: str) -> tuple[Word, ...]:
    return tuple(Word(0, 0, folded) for folded in name.split())
