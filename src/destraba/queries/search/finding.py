"""What somebody finds: by number, among the mesas, and by words, kind by kind, the nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, CharField, ExpressionWrapper, Q, Value
from django.db.models.functions import Cast

from destraba.ledger.search.marks import Findable
from destraba.models import Mesa, SearchEntry
from destraba.models.operations.search import AnyNewest, Newest
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.search.agencies import Reading, reading_of
from destraba.queries.search.numbers import called, numbered
from destraba.queries.search.rows import Row, rows_of
from destraba.queries.search.scope import scope_of
from destraba.queries.within import Within, within
from destraba.values.search.passages import Passage, marked, meets, passage
from destraba.values.search.ranking import nearness
from destraba.values.search.wanted import Asked, all_of, asked

MOST = 500
"""So many of each kind are looked at, the newest; whoever finds more adds a word."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for. `mesa`: by its address, the one they are in, whose things come first. `kind`:
    nothing but that, from `first` on."""

    text: str
    most: int
    mesa: str = ""
    kind: Findable | None = None
    first: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing, with its title and what else of it says why it was found: the column, and a piece of it."""

    row: Row
    mesa: Mesa | None
    title: Passage
    why: tuple[tuple[str, Passage], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind. `is_more`: there are more than were looked at."""

    kind: Findable
    hits: tuple[Hit, ...]
    total: int
    is_more: bool


@dataclass(frozen=True, slots=True)
class Results:
    """`numbered` have the number that was typed; `jump` is the one that can only be meant by it."""

    asked: Asked
    near: Mesa | None
    mesas: tuple[Mesa, ...] = ()
    numbered: tuple[Hit, ...] = ()
    jump: Hit | None = None
    groups: tuple[Group, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.mesas or self.numbered or self.groups)


def find(viewer: Viewer, wish: Wish, now: datetime) -> Results:
    """At most thirty statements, however much there is to be found."""
    seen = within(viewer)
    near = next((mesa for mesa in seen.mesas if mesa.slug == wish.mesa), None)
    said = asked(wish.text)
    if not said:
        return Results(said, near)
    reading = reading_of(said)
    by_number = tuple(_hit(row, seen, reading) for row in numbered(seen, said.text))
    search = _Search(seen, near, said, reading, access.today(now))
    groups = [search.group(kind, wish) for kind in ([wish.kind] if wish.kind else Findable)]
    return Results(
        asked=said,
        near=near,
        mesas=() if wish.kind else tuple(called(seen.mesas, said)),
        numbered=by_number,
        jump=_only_meant(by_number, near),
        groups=tuple(group for group in groups if group.hits),
    )


def _only_meant(hits: Sequence[Hit], near: Mesa | None) -> Hit | None:
    """The one that has the number; of several, the one in the mesa that one is in."""
    here = [hit for hit in hits if near and hit.mesa == near]
    only = here or list(hits)
    return only[0] if len(only) == 1 else None


@dataclass(frozen=True, slots=True)
class _Search:
    """One search under way."""

    seen: Within
    near: Mesa | None
    asked: Asked
    reading: Reading
    today: date

    def group(self, kind: Findable, wish: Wish) -> Group:
        """Ranked by what the index knows; read, and asked for once more, only what is shown. Who sits where
        changes with the days, so of persons all are read."""
        ranked, is_more = self._ranked(kind)
        shown = slice(wish.first, wish.first + wish.most)
        if kind is Findable.PERSON:
            hits = self._hits(kind, ranked)
            return Group(kind, hits[shown], len(hits), is_more)
        return Group(kind, self._hits(kind, ranked[shown]), len(ranked), is_more)

    def _ranked(self, kind: Findable) -> tuple[list[tuple[str, str]], bool]:
        """The keys and types of what was found, one for each page; whether there are more. One statement."""
        scope = scope_of(kind, self.seen)
        if scope is None:
            return [], False
        anywhere = Newest(kind, all_of([scope, self.reading.wanted]), MOST + 1)
        entries = SearchEntry.objects.filter(pk__in=anywhere)
        near = scope_of(kind, self.seen, only=self.near.pk) if self.near else None
        is_near: Any = Value(value=False, output_field=BooleanField())
        if near:
            here = Newest(kind, all_of([near, self.reading.wanted]), MOST)
            entries = SearchEntry.objects.filter(pk__in=AnyNewest(anywhere, here))
            is_near = ExpressionWrapper(Q(pk__in=here), output_field=BooleanField())
        # As texts: hundreds are read and few are shown, so few have to be made keys.
        keys = {"page": Cast("page_id", CharField()), "record": Cast("object_id", CharField())}
        told = entries.annotate(is_near=is_near, **keys).order_by()
        columns = ("is_near", "heading", "pk", "page", "record", "object_type")
        found = [
            ((here, nearness(self.asked, heading), pk), page, (record, object_type))
            for here, heading, pk, page, record, object_type in told.values_list(*columns)
        ]
        found.sort(reverse=True)
        pages: dict[str, tuple[str, str]] = {}
        for _rank, page, record in found:
            pages.setdefault(page, record)
        return list(pages.values())[:MOST], len(found) > MOST

    def _hits(self, kind: Findable, wanted: Sequence[tuple[str, str]]) -> tuple[Hit, ...]:
        """In the order in which they are wanted, without those that are gone or hidden by now."""
        if not wanted:
            return ()
        types = {UUID(key): object_type for key, object_type in wanted}
        rows = {row.key: row for row in rows_of(kind, self.seen, types, self.today)}
        return tuple(_hit(rows[key], self.seen, self.reading) for key in types if key in rows)


def _hit(row: Row, seen: Within, reading: Reading) -> Hit:
    """Its title, and a piece of each other text that says a word which the texts before it do not."""
    title = reading.words_in(row.title)
    missing = frozenset(reading.words) - meets(row.title, title)
    why: list[tuple[str, Passage]] = []
    for name, text in row.texts:
        words = reading.words_in(text)
        said = meets(text, words)
        if (said & missing) or (said and missing and said.isdisjoint(reading.words)):
            why.append((name, passage(text, words)))
            missing -= said
    mesa = seen.by_key.get(row.mesa_id) if row.mesa_id else None
    return Hit(row, mesa, marked(row.title, title), tuple(why))
