"""What the events say a record was: one generic fold, for history, comparison, undo and verification."""

import heapq
import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import models

from destraba.ledger.canonical import Plain
from destraba.ledger.columns import default_plain
from destraba.ledger.events import BECAUSE, FACTS, REDACTION, TEXT
from destraba.ledger.registry import ledgered_models
from destraba.ledger.upcasts import upcast
from destraba.models.ledger import Event, Payload


class Unreadable(ValueError):
    """The parts of an event are not what the ledger writes."""


Opening = tuple[str, str]
"""What a redaction takes away: the part of an event, as the event's key and the part's name."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an event carries: new values by column, the reason, and what of it was redacted.

    `redacted` names the columns whose text is gone, and `because` where the reason is. `redacts` are the
    openings that this event itself accounts for.
    """

    values: Mapping[str, Plain]
    because: str = ""
    redacted: frozenset[str] = frozenset()
    redacts: frozenset[Opening] = frozenset()

    @property
    def changes_columns(self) -> bool:
        return bool(self.values or self.redacted - {BECAUSE})


@dataclass(frozen=True, slots=True)
class Entry:
    """An event, opened. `values`, `because` and `redacted` are its `Contents`."""

    id: uuid.UUID
    stream: uuid.UUID
    seq: int
    kind: str
    occurred_at: datetime
    recorded_at: datetime
    actor: uuid.UUID | None
    via: str
    on_behalf_of: uuid.UUID | None
    object_type: str
    object_id: uuid.UUID
    object_version: int
    change_set: uuid.UUID
    hash: bytes
    values: Mapping[str, Plain]
    because: str = ""
    redacted: frozenset[str] = frozenset()


@dataclass(slots=True)
class State:
    """A record as its events give it."""

    object_type: str
    values: dict[str, Plain]
    version: int = 0

    @classmethod
    def unborn(cls, object_type: str) -> "State":
        return cls(object_type, dict(default_plain(ledgered_models()[object_type])))

    def apply(self, said: "Contents | Entry", version: int) -> None:
        """What was redacted is blank from there on: the table is cleared of it too."""
        blank = default_plain(ledgered_models()[self.object_type])
        self.values |= said.values
        self.values |= {name: blank[name] for name in said.redacted if name in blank}
        self.version = version


def read_parts(schema: int, object_type: str, parts: Mapping[str, str | None]) -> Contents:
    """The parts of an event, by name, each as its stored text or None where that is gone.

    Raises Unreadable.
    """
    try:
        said = {name: json.loads(text) for name, text in parts.items() if text is not None}
        facts, because = said.pop(FACTS, {}), said.pop(BECAUSE, "")
        redacts = {(str(event), str(part)) for event, part in said.pop(REDACTION, {}).get("openings", [])}
        texts = {_column_of(name): value for name, value in said.items()}
        if not isinstance(because, str) or not texts.keys().isdisjoint(facts):
            raise Unreadable("parts of another shape")
        gone = {name for name, text in parts.items() if text is None}
        blank = {_column_of(name): None for name in gone - {FACTS, BECAUSE}}
        values = upcast(schema, object_type, facts | texts)
        redacted = upcast(schema, object_type, dict(blank)).keys() | (gone & {FACTS, BECAUSE})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(str(error)) from error
    return Contents(values, because, frozenset(redacted), frozenset(redacts))


def _column_of(part: str) -> str:
    if not part.startswith(TEXT):
        raise Unreadable(f"unknown part {part}")
    return part.removeprefix(TEXT)


def opened(event: Event) -> Entry:
    """The event with its parts read; it must have been fetched with them (`prefetch_related("parts")`)."""
    contents = read_parts(event.schema, event.object_type, {p.part: p.value for p in event.parts.all()})
    return Entry(
        id=event.id,
        stream=event.stream,
        seq=event.seq,
        kind=event.kind,
        occurred_at=event.occurred_at,
        recorded_at=event.recorded_at,
        actor=event.actor,
        via=event.via,
        on_behalf_of=event.on_behalf_of,
        object_type=event.object_type,
        object_id=event.object_id,
        object_version=event.object_version,
        change_set=event.change_set,
        hash=bytes(event.hash),
        values=contents.values,
        because=contents.because,
        redacted=contents.redacted,
    )


def fold(object_type: str, entries: Iterable[Entry]) -> State:
    """The record after these entries, which must be its own and in order."""
    state = State.unborn(object_type)
    for entry in entries:
        state.apply(entry, entry.object_version)
    return state


def entries_of(objects: Mapping[str, Iterable[uuid.UUID]]) -> list[Entry]:
    """All entries of these records, `{"problem": [id, ...], ...}`, oldest first.

    Within a chain the order is the chain's own, whatever the clocks said; chains are merged by the time at
    which things happened.
    """
    return _merged(
        event
        for object_type, ids in objects.items()
        for event in Event.objects.filter(object_type=object_type, object_id__in=list(ids)).prefetch_related(
            "parts"
        )
    )


def entries_together(objects: Mapping[str, Collection[uuid.UUID]]) -> list[Entry]:
    """The same in two statements, whatever the types; for a few records."""
    return _merged(Event.objects.filter(_among(objects)).prefetch_related("parts"))


def _merged(events: Iterable[Event]) -> list[Entry]:
    chains: dict[uuid.UUID, list[Entry]] = {}
    for event in events:
        chains.setdefault(event.stream, []).append(opened(event))
    ordered = [sorted(chain, key=lambda entry: entry.seq) for chain in chains.values()]
    return list(heapq.merge(*ordered, key=lambda entry: (entry.occurred_at, entry.recorded_at)))


@dataclass(frozen=True, slots=True)
class Step:
    """What one event of a chain said of a record, and nothing of who said it: for thousands at once."""

    seq: int
    object_type: str
    object_id: uuid.UUID
    contents: Contents


def last_seq(stream: uuid.UUID, until: datetime) -> int:
    """How far a chain had come by a moment; 0 before its first event. It walks back from the end, so what
    lies long ago costs more than yesterday."""
    events = Event.objects.filter(stream=stream, occurred_at__lte=until).order_by("-seq")
    return events.values_list("seq", flat=True).first() or 0


def touched_between(
    stream: uuid.UUID, after: int, upto: int, types: Collection[str]
) -> Mapping[str, set[uuid.UUID]]:
    """The records of some types that a stretch of a chain speaks of; one statement."""
    events = Event.objects.filter(stream=stream, seq__gt=after, seq__lte=upto, object_type__in=list(types))
    touched: dict[str, set[uuid.UUID]] = {}
    for object_type, key in events.order_by().values_list("object_type", "object_id").distinct():
        touched.setdefault(object_type, set()).add(key)
    return touched


def first_seqs(object_type: str, ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    """Where in its chain each of these records begins; one statement."""
    first = Event.objects.filter(object_type=object_type, object_id__in=list(ids), object_version=1)
    return dict(first.order_by().values_list("object_id", "seq"))


def steps_of(objects: Mapping[str, models.QuerySet[Any] | Collection[uuid.UUID]]) -> Iterator[Step]:
    """What was said of these records, in the order of their chain, which must be one; one statement."""
    own = Payload.objects.filter(_among(objects, "event__"))
    columns = ("event__seq", "event__schema", "event__object_type", "event__object_id", "part", "value")
    rows = own.order_by("event__seq").values_list(*columns)
    for (seq, schema, object_type, key), parts in groupby(rows.iterator(), key=lambda row: row[:4]):
        said = {part: value for *_event, part, value in parts}
        yield Step(seq, object_type, key, read_parts(schema, object_type, said))


def begun_at(object_type: str, ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, datetime]:
    """When each of these records was entered; one statement."""
    first = Event.objects.filter(object_type=object_type, object_id__in=list(ids), object_version=1)
    return dict(first.values_list("object_id", "occurred_at"))


@dataclass(frozen=True, slots=True)
class Stroke:
    """What was done to the records of one chain in one request, as its first event tells it; `touched` is how
    many records of each type."""

    first: Entry
    touched: Mapping[str, int]


def latest_strokes(
    objects: Mapping[str, models.QuerySet[Any]],
    *,
    since: datetime,
    not_by: uuid.UUID | None,
    leaving_out: Collection[str],
    most: int,
) -> list[Stroke]:
    """What was done to these records after a moment, the latest first; three statements.

    `objects` gives the keys of the records by their type, as queries. Left out are what one person did, and
    some kinds of event.
    """
    events = Event.objects.filter(_among(objects), occurred_at__gt=since).exclude(kind__in=leaving_out)
    if not_by:
        events = events.filter(models.Q(actor=None) | ~models.Q(actor=not_by))
    touched = {
        object_type: models.Count("object_id", filter=models.Q(object_type=object_type), distinct=True)
        for object_type in objects
    }
    strokes: list[Any] = list(
        events.order_by()
        .values("stream", "request_id")
        .annotate(at=models.Max("occurred_at"), first=models.Min("seq"), **touched)
        .order_by("-at", "-first")[:most]
    )
    firsts = models.Q(pk__in=[])
    for one in strokes:
        firsts |= models.Q(stream=one["stream"], seq=one["first"])
    opened_ones = [opened(event) for event in Event.objects.filter(firsts).prefetch_related("parts")]
    by_place = {(entry.stream, entry.seq): entry for entry in opened_ones}
    return [
        Stroke(by_place[one["stream"], one["first"]], {name: one[name] for name in objects})
        for one in strokes
    ]


def _among(objects: Mapping[str, models.QuerySet[Any] | Collection[uuid.UUID]], prefix: str = "") -> models.Q:
    """The events of these records, from where `prefix` leads to them."""
    theirs = models.Q(pk__in=[])
    for object_type, keys in objects.items():
        theirs |= models.Q(**{f"{prefix}object_type": object_type, f"{prefix}object_id__in": keys})
    return theirs


def entries_of_change_set(change_set: uuid.UUID) -> list[Entry]:
    """What was done together, in order."""
    events = Event.objects.filter(change_set=change_set).order_by("stream", "seq").prefetch_related("parts")
    return [opened(event) for event in events]


def entries_of_kind(streams: Collection[uuid.UUID], kind: str) -> list[Entry]:
    """All entries of one kind in some chains, each chain's in order."""
    events = Event.objects.filter(stream__in=streams, kind=kind).order_by("stream", "seq")
    return [opened(event) for event in events.prefetch_related("parts")]


def before(entry: Entry) -> State:
    """The record as it was just before an entry."""
    earlier = Event.objects.filter(
        object_type=entry.object_type, object_id=entry.object_id, seq__lt=entry.seq
    ).order_by("seq")
    return fold(entry.object_type, (opened(event) for event in earlier.prefetch_related("parts")))


def with_previous(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Mapping[str, Plain]]]:
    """Each entry with the values that it replaced; of every record, all entries up to its last are needed."""
    states: dict[uuid.UUID, State] = {}
    for entry in entries:
        state = states.setdefault(entry.object_id, State.unborn(entry.object_type))
        yield entry, {name: state.values[name] for name in entry.values if name in state.values}
        state.apply(entry, entry.object_version)
