"""What the events say a record was: one generic fold, for history, comparison, undo and verification."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from destraba.ledger.canonical import Plain
from destraba.ledger.columns import default_plain
from destraba.ledger.record import BECAUSE, FACTS
from destraba.ledger.registry import ledgered_models
from destraba.ledger.upcasts import upcast
from destraba.models.ledger import Event

_TEXT = "text."


@dataclass(frozen=True, slots=True)
class Entry:
    """An event, opened. `values` are the new values of what it changed; `redacted` the parts without opening."""

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
    redacted: set[str] = field(default_factory=set)

    @classmethod
    def unborn(cls, object_type: str) -> "State":
        return cls(object_type, dict(default_plain(ledgered_models()[object_type])))

    def apply(self, entry: Entry) -> None:
        self.values.update(entry.values)
        self.redacted -= set(entry.values)
        self.redacted |= entry.redacted
        self.version = entry.object_version


def opened(event: Event) -> Entry:
    """The event with its parts read; it must have been fetched with them (`prefetch_related("parts")`)."""
    values: dict[str, Plain] = {}
    because = ""
    redacted = set()
    for part in event.parts.all():
        if part.value is None:
            redacted.add(part.part.removeprefix(_TEXT))
        elif part.part == FACTS:
            values |= json.loads(part.value)
        elif part.part == BECAUSE:
            because = json.loads(part.value)
        else:
            values[part.part.removeprefix(_TEXT)] = json.loads(part.value)
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
        values=upcast(event.schema, event.object_type, values),
        because=because,
        redacted=frozenset(redacted),
    )


def fold(object_type: str, entries: Iterable[Entry]) -> State:
    """The record after these entries, which must be its own and in order."""
    state = State.unborn(object_type)
    for entry in entries:
        state.apply(entry)
    return state


def entries_of(objects: Mapping[str, Iterable[uuid.UUID]]) -> list[Entry]:
    """All entries of these records, oldest first: `{"problem": [id, ...], ...}`."""
    entries: list[Entry] = []
    for object_type, ids in objects.items():
        events = Event.objects.filter(object_type=object_type, object_id__in=list(ids))
        entries.extend(opened(event) for event in events.prefetch_related("parts"))
    return sorted(entries, key=lambda entry: (entry.occurred_at, entry.stream, entry.seq))


def entries_of_change_set(change_set: uuid.UUID) -> list[Entry]:
    """What was done together, in order."""
    events = Event.objects.filter(change_set=change_set).order_by("stream", "seq").prefetch_related("parts")
    return [opened(event) for event in events]


def before(entry: Entry) -> State:
    """The record as it was just before an entry."""
    earlier = Event.objects.filter(
        object_type=entry.object_type, object_id=entry.object_id, seq__lt=entry.seq
    ).order_by("seq")
    return fold(entry.object_type, (opened(event) for event in earlier.prefetch_related("parts")))


def with_previous(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Mapping[str, Plain]]]:
    """Each entry of one record with the values that it replaced."""
    state: State | None = None
    for entry in entries:
        if state is None:
            state = State.unborn(entry.object_type)
        yield entry, {name: state.values[name] for name in entry.values if name in state.values}
        state.apply(entry)
