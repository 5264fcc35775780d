"""Keeps what can be found in step with the records: what is written is found at once.

The ledger calls `keep_up` within the transaction of the change itself. It costs nothing where no word moved,
three statements where one record's did, and batches where an import brings thousands. All of it can be made
anew from the records.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from destraba.ledger.search.reading import EDITION, SOURCES
from destraba.models import (
    AgendaItem,
    Alias,
    Commitment,
    Enactment,
    Entry,
    Meeting,
    Minutes,
    Organization,
    Person,
    Problem,
    Record,
    SearchEntry,
    Solution,
    Tenure,
)

T = TypeVar("T")

_BATCH = 500
_REACH = frozenset({"visibility", "withdrawn_at"})

# The columns that an entry is made of; whatever else changes, its words stay.
_COLUMNS: Mapping[type[Record], frozenset[str]] = {
    Problem: _REACH | {"title", "detail", "concern_because", "axis", "stage"},
    Solution: _REACH | {"title", "detail", "observation", "problem"},
    Enactment: _REACH | {"norm", "solution"},
    Commitment: _REACH | {"title", "situation", "owner_organization", "problem", "solution"},
    Meeting: _REACH | {"title", "venue", "kind", "held_on", "state"},
    AgendaItem: _REACH | {"problem", "commitment"},
    Entry: _REACH | {"text", "item", "meeting"},
    Minutes: _REACH | {"number", "year", "weight", "meeting"},
    Organization: frozenset({"name", "withdrawn_at"}),
    Alias: frozenset({"name", "organization", "withdrawn_at"}),
    Person: frozenset({"full_name", "withdrawn_at"}),
    Tenure: frozenset({"seat", "person", "withdrawn_at"}),
}
# What decides for all that hangs from it, too.
_ABOVE: Mapping[type[Record], frozenset[str]] = {
    Problem: _REACH | {"axis", "stage"},
    Solution: _REACH,
    Commitment: _REACH | {"problem", "solution"},
    Meeting: _REACH | {"state"},
    AgendaItem: _REACH | {"problem", "commitment"},
}
# What has no entry of its own, and in whose entry it is told.
_TOLD_BY: Mapping[type[Record], tuple[type[Record], str]] = {
    Enactment: (Solution, "solution_id"),
    Alias: (Organization, "organization_id"),
    Tenure: (Person, "person_id"),
}
_BELOW: Mapping[type[Record], Mapping[type[Record], Callable[[list[UUID]], Q]]] = {
    Problem: {
        Solution: lambda ids: Q(problem__in=ids),
        Commitment: lambda ids: Q(problem__in=ids),
        Entry: lambda ids: Q(item__problem__in=ids) | Q(item__commitment__problem__in=ids),
    },
    Solution: {
        Commitment: lambda ids: Q(solution__in=ids),
        Entry: lambda ids: Q(item__commitment__solution__in=ids),
    },
    Commitment: {Entry: lambda ids: Q(item__commitment__in=ids)},
    Meeting: {
        Minutes: lambda ids: Q(meeting__in=ids),
        Entry: lambda ids: Q(meeting__in=ids),
    },
    AgendaItem: {Entry: lambda ids: Q(item__in=ids)},
}


class Moved:
    """The records of one change set whose words have to be kept anew."""

    def __init__(self) -> None:
        self.born: dict[type[Record], dict[UUID, None]] = {}
        self.stale: dict[type[Record], dict[UUID, None]] = {}
        self.above: dict[type[Record], dict[UUID, None]] = {}

    def created(self, record: Record) -> None:
        """Nothing is kept of it yet, and nothing hangs from it."""
        model = type(record)
        if model in _TOLD_BY:
            self._note_teller(record)
        elif model in SOURCES:
            self.born.setdefault(model, {})[record.pk] = None

    def changed(self, record: Record, names: Collection[str]) -> None:
        """These of its columns hold something else now."""
        model = type(record)
        if _COLUMNS.get(model, frozenset()).isdisjoint(names):
            return
        if model in _TOLD_BY:
            self._note_teller(record)
        elif model in SOURCES:
            self.stale.setdefault(model, {})[record.pk] = None
        if not _ABOVE.get(model, frozenset()).isdisjoint(names):
            self.above.setdefault(model, {})[record.pk] = None

    def _note_teller(self, record: Record) -> None:
        teller, key = _TOLD_BY[type(record)]
        self.stale.setdefault(teller, {})[getattr(record, key)] = None


def keep_up(moved: Moved) -> None:
    """Make anew what is kept of these records and of all that hangs from them."""
    for model, above in moved.above.items():
        for below, of in _BELOW[model].items():
            for ids in _batches(above):
                found = below._default_manager.filter(of(ids)).values_list("pk", flat=True)
                moved.stale.setdefault(below, {}).update(dict.fromkeys(found))
    for model, stale in moved.stale.items():
        born = moved.born.get(model, {})
        for ids in _batches(key for key in stale if key not in born):
            forget(ids)
            _add(SOURCES[model].read(ids))
    for model, born in moved.born.items():
        for ids in _batches(born):
            _add(SOURCES[model].read(ids))


def forget(ids: Collection[UUID]) -> None:
    """Keep nothing of these records: they are found no more until they are kept anew."""
    SearchEntry.objects.filter(object_id__in=list(ids)).delete()


def rebuild() -> int:
    """Make all of it anew from the records, in one transaction; how many entries there are now."""
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        return sum(_add(source.read()) for source in SOURCES.values())


def is_behind() -> bool:
    """Whether there is something to be found that has no entry, or entries that were made by older rules."""
    if SearchEntry.objects.exclude(edition=EDITION).exists():
        return True
    return any(source.every().exists() for source in SOURCES.values()) and not SearchEntry.objects.exists()


def _add(entries: Iterable[SearchEntry]) -> int:
    count = 0
    for some in _batches(entries):
        SearchEntry.objects.bulk_create(some)
        count += len(some)
    return count


def _batches(every: Iterable[T]) -> Iterator[list[T]]:
    left = iter(every)
    while some := list(islice(left, _BATCH)):
        yield some
