"""The sole writer of the ledger, and therefore of every record.

A record can't be saved without its event: both happen here, in one transaction, under the lock of the
chain's head. Actions open a `recording`, and create and update through it.
"""

import secrets
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from destraba.ledger.canonical import (
    GENESIS,
    HASH_BYTES,
    Plain,
    canonical,
    leaf_hash,
    part_digest,
    payload_digest,
    timestamp,
)
from destraba.ledger.columns import column, current_plain, plain_value
from destraba.ledger.kinds import Kind
from destraba.ledger.registry import object_type
from destraba.models.ledger import Event, Head, Payload
from destraba.models.mesas import Mesa
from destraba.models.records import Record
from destraba.values.actors import Actor
from destraba.values.errors import Invalid, Stale
from destraba.values.keys import new_key
from destraba.values.reasons import Reason

R = TypeVar("R", bound=Record)

SCHEMA = 1
FACTS = "facts"
BECAUSE = "because"


@dataclass(frozen=True, slots=True)
class _Pending:
    kind: Kind
    stream: uuid.UUID
    object_type: str
    object_id: uuid.UUID
    object_version: int
    parts: Mapping[str, Plain]


class Recording:
    """One change set being made. Its events are written when the block of `recording` ends well."""

    def __init__(self, actor: Actor, now: datetime, heads: Mapping[uuid.UUID, Head]) -> None:
        self.actor = actor
        self.now = now
        self.change_set = new_key()
        self._heads = heads
        self._pending: list[_Pending] = []

    def create(self, record: R, kind: Kind, because: str = "") -> R:
        """Insert a new record with its first event."""
        self._derive(record)
        _check_lengths(record)
        record.version = 1
        record.save(force_insert=True)
        self._note(record, kind, current_plain(record), because)
        return record

    def update(self, record: R, kind: Kind, because: str = "", **changes: Any) -> R:
        """Change columns of a record that was read at its `version`.

        Values that are already there are dropped; if none is left, nothing is written, not even an event.
        Raises Stale where the row has moved on since it was read.
        """
        changed = _really_changed(record, changes)
        if not changed:
            return record
        for name, value in changed.items():
            setattr(record, name, value)
        self._derive(record)
        _check_lengths(record)
        # Not every derived column: a mesa's counters move on without its version.
        _compare_and_set(record, [*changed, "moved_at", *record.derived_values()])
        self._note(record, kind, {name: current_plain_of(record, name) for name in changed}, because)
        return record

    def derive(self, record: R, **values: Any) -> R:
        """Set derived columns: no event, and the version stays, since nothing was decided."""
        derive(record, **values)
        return record

    def take_number(self, mesa: Mesa, counter: str) -> int:
        """The next number of one of a mesa's counters: taken under the lock of its chain, never twice."""
        if mesa.pk not in self._heads:
            raise RuntimeError("a number is taken under the lock of its mesa's chain")
        Mesa.objects.filter(pk=mesa.pk).update(**{counter: models.F(counter) + 1})
        number: int = Mesa.objects.values_list(counter, flat=True).get(pk=mesa.pk)
        setattr(mesa, counter, number)
        return number

    def note(self, record: Record, kind: Kind, because: str = "") -> None:
        """An event that changes no column: something was done with the record, such as an export."""
        self._note(record, kind, {}, because)

    def _derive(self, record: Record) -> None:
        record.moved_at = self.now
        for name, value in record.derived_values().items():
            setattr(record, name, value)

    def _note(self, record: Record, kind: Kind, values: Mapping[str, Plain], because: str) -> None:
        texts = record.ledger.texts
        parts: dict[str, Plain] = {FACTS: {name: v for name, v in values.items() if name not in texts}}
        # A blank text is written only where it replaces something: at birth it is the default.
        parts |= {
            f"text.{name}": values[name]
            for name in texts
            if name in values and (values[name] or record.version > 1)
        }
        if because:
            parts[BECAUSE] = because
        if record.stream_id not in self._heads:
            raise RuntimeError(f"{object_type(record)} belongs to a chain that this recording did not lock")
        self._pending.append(
            _Pending(kind, record.stream_id, object_type(record), record.pk, record.version, parts)
        )

    def write(self) -> None:
        """Append the pending events to their chains. Called once, by `recording`."""
        events: list[Event] = []
        payloads: list[Payload] = []
        recorded_at = timezone.now()
        for pending in self._pending:
            head = self._heads[pending.stream]
            event, parts = self._sealed(pending, head, recorded_at)
            head.seq, head.hash = event.seq, event.hash
            events.append(event)
            payloads.extend(parts)
        Event.objects.bulk_create(events, batch_size=500)
        Payload.objects.bulk_create(payloads, batch_size=500)
        for stream in {pending.stream for pending in self._pending}:
            self._heads[stream].save(update_fields=["seq", "hash"])

    def _sealed(self, pending: _Pending, head: Head, recorded_at: datetime) -> tuple[Event, list[Payload]]:
        event_id = new_key()
        parts = [_opening(event_id, name, value) for name, value in sorted(pending.parts.items())]
        event = Event(
            id=event_id,
            stream=pending.stream,
            seq=head.seq + 1,
            schema=SCHEMA,
            occurred_at=self.now,
            recorded_at=recorded_at,
            actor=self.actor.person_id,
            via=str(self.actor.via),
            on_behalf_of=self.actor.on_behalf_of,
            kind=pending.kind.name,
            object_type=pending.object_type,
            object_id=pending.object_id,
            object_version=pending.object_version,
            change_set=self.change_set,
            request_id=self.actor.request_id,
            payload_digest=payload_digest({part.part: part.digest for part in parts}),
            previous=bytes(head.hash),
        )
        event.header = canonical(header(event))
        event.hash = leaf_hash(event.header)
        return event, parts


@contextmanager
def recording(*, actor: Actor, now: datetime, streams: Iterable[uuid.UUID]) -> Iterator[Recording]:
    """One transaction, one change set, one or more chains, locked in the order of their ids.

    `now` is when it happened for those who act; the clock's own time stands beside it in each event.
    """
    with transaction.atomic():
        change = Recording(actor, now, _locked_heads(sorted(set(streams))))
        yield change
        change.write()


def derive(record: Record, **values: Any) -> None:
    """Store derived columns of a record; its version and its history stay as they are."""
    undeclared = set(values) - set(record.ledger.derived)
    if undeclared:
        raise ValueError(f"not derived: {sorted(undeclared)}")
    for name, value in values.items():
        setattr(record, name, value)
    type(record)._default_manager.filter(pk=record.pk).update(**values)


def header(event: Event) -> dict[str, Plain]:
    """What of an event is hashed. Every column of the event but `header` and `hash` themselves is in it."""
    return {
        "actor": None if event.actor is None else str(event.actor),
        "change_set": str(event.change_set),
        "id": str(event.id),
        "kind": event.kind,
        "object_id": str(event.object_id),
        "object_type": event.object_type,
        "object_version": event.object_version,
        "occurred_at": timestamp(event.occurred_at),
        "on_behalf_of": None if event.on_behalf_of is None else str(event.on_behalf_of),
        "payload": bytes(event.payload_digest).hex(),
        "previous": bytes(event.previous).hex(),
        "recorded_at": timestamp(event.recorded_at),
        "request_id": str(event.request_id),
        "schema": event.schema,
        "seq": event.seq,
        "stream": str(event.stream),
        "via": event.via,
    }


def current_plain_of(record: Record, name: str) -> Plain:
    """One recorded column as the ledger writes it."""
    field = column(type(record), name)
    return plain_value(field, getattr(record, field.attname))


def _locked_heads(streams: list[uuid.UUID]) -> dict[uuid.UUID, Head]:
    for stream in streams:
        Head.objects.get_or_create(stream=stream, defaults={"hash": GENESIS})
    locked = Head.objects.select_for_update().filter(stream__in=streams).order_by("stream")
    return {head.stream: head for head in locked}


def _opening(event_id: uuid.UUID, name: str, value: Plain) -> Payload:
    salt = secrets.token_bytes(HASH_BYTES)
    content = canonical(value)
    return Payload(
        event_id=event_id, part=name, digest=part_digest(salt, content), salt=salt, value=content.decode()
    )


def _really_changed(record: Record, changes: Mapping[str, Any]) -> dict[str, Any]:
    unrecorded = set(changes) - set(record.ledger.recorded)
    if unrecorded:
        raise ValueError(f"not ledgered: {sorted(unrecorded)}")
    model = type(record)
    changed = {}
    for name, value in changes.items():
        field = column(model, name)
        bare = value.pk if isinstance(value, models.Model) else value
        if plain_value(field, bare) != plain_value(field, getattr(record, field.attname)):
            changed[name] = value
    return changed


def _compare_and_set(record: Record, names: Iterable[str]) -> None:
    """Both databases alike: the row moves on only from the version that was read."""
    values = {field.attname: getattr(record, field.attname) for name in names for field in [column(type(record), name)]}
    moved = (
        type(record)
        ._default_manager.filter(pk=record.pk, version=record.version)
        .update(version=record.version + 1, **values)
    )
    if not moved:
        raise Stale(Reason.of("stale", object_type=object_type(record), object_id=str(record.pk)))
    record.version += 1


def _check_lengths(record: Record) -> None:
    """PostgreSQL refuses what is too long and SQLite does not: refuse it on both, with a sentence."""
    for field in record._meta.concrete_fields:
        limit = getattr(field, "max_length", None)
        value = getattr(record, field.attname)
        if limit and isinstance(field, models.CharField) and value is not None and len(value) > limit:
            raise Invalid(Reason.of("too_long", field=field.name, limit=limit, length=len(value)))
