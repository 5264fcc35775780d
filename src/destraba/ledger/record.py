"""The sole writer of the ledger, and therefore of every record.

A record can't be saved without its event: both happen here, in one transaction, under the lock of the
chain's head. Actions open a `recording`, and create and update through it.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.db import DatabaseError, models, transaction
from django.utils import timezone

from destraba.ledger.canonical import GENESIS, Plain
from destraba.ledger.columns import Column, column, current_plain, plain_of, plain_value, settle
from destraba.ledger.events import Draft, Occasion, parts_of, sealed
from destraba.ledger.kinds import Kind
from destraba.ledger.registry import object_type
from destraba.ledger.search.keeping import Moved, keep_up
from destraba.models.ledger import Event, Head, Payload
from destraba.models.mesas import Mesa
from destraba.models.records import Record
from destraba.values.actors import Actor
from destraba.values.errors import Invalid, Stale, full_disk
from destraba.values.keys import new_key
from destraba.values.reasons import Reason

R = TypeVar("R", bound=Record)

_BATCH = 500


class Recording:
    """One change set being made. Its events are written when the block of `recording` ends well."""

    def __init__(self, actor: Actor, now: datetime, heads: Mapping[uuid.UUID, Head]) -> None:
        self.actor = actor
        self.now = now
        self.change_set = new_key()
        self._heads = heads
        self._drafts: list[Draft] = []
        self._counters: dict[tuple[uuid.UUID, str], int] = {}
        self._moved = Moved()

    def create(self, record: R, kind: Kind, because: str = "") -> R:
        """Insert a new record with its first event."""
        self._ready(record)
        record.save(force_insert=True)
        self._draft(record, kind, _first_values(record), because)
        self._moved.created(record)
        return record

    def create_many(self, records: Sequence[R], kind: Kind) -> Sequence[R]:
        """Insert new records of one model, each with its first event, in the order given."""
        for record in records:
            self._ready(record)
        if records:
            type(records[0])._default_manager.bulk_create(records, batch_size=_BATCH)
        for record in records:
            self._draft(record, kind, _first_values(record), "")
            self._moved.created(record)
        return records

    def update(self, record: R, kind: Kind, because: str = "", /, **changes: Any) -> R:
        """Change columns of a record that was read at its `version`. A relation takes a record or its key.

        Values that are already there are dropped; if none is left, nothing is written, not even an event.
        Raises Stale where the row has moved on since it was read; then `record` is as it was.
        """
        self._require_lock(record)
        stream = record.stream_id
        changed = _really_changed(record, changes)
        if not changed:
            return record
        with _as_it_was_if_refused(record, [*changed, *_written_with(record)]):
            for name, value in changed.items():
                attribute = name if isinstance(value, models.Model) else column(type(record), name).attname
                setattr(record, attribute, value)
            settle(record, tuple(changed))
            if record.stream_id != stream:
                raise ValueError(f"{object_type(record)} can't leave its chain")
            self._derive(record)
            _check_lengths(record)
            _compare_and_set(record, [*changed, *_written_with(record)])
        self._draft(record, kind, {name: plain_of(record, name) for name in changed}, because)
        self._moved.changed(record, changed)
        return record

    def derive(self, record: R, **values: Any) -> R:
        """Set derived columns: no event, and the version stays, since nothing was decided."""
        derive(record, **values)
        return record

    def take_number(self, mesa: Mesa, counter: str) -> int:
        """The next number of one of a mesa's counters: taken under the lock of its chain, never twice.

        The row learns of it when the block ends.
        """
        self._require_lock(mesa)
        if counter not in mesa.ledger.derived:
            raise ValueError(f"not a counter: {counter}")
        taken = self._counters.get((mesa.pk, counter))
        if taken is None:
            taken = Mesa.objects.values_list(counter, flat=True).get(pk=mesa.pk)
        number: int = taken + 1
        self._counters[mesa.pk, counter] = number
        setattr(mesa, counter, number)
        return number

    def note(self, record: Record, kind: Kind, because: str = "") -> None:
        """An event that changes no column: something was done with the record, such as an export.

        It carries the version that the row has now, which may be newer than the one in hand.
        """
        self._require_lock(record)
        version: int = type(record)._default_manager.values_list("version", flat=True).get(pk=record.pk)
        self._draft(record, kind, {}, because, version)

    def write(self) -> None:
        """Append the drafts to their chains, store the numbers taken, and let what moved be found. Called
        once, by `recording`."""
        occasion = Occasion(self.actor, self.change_set, self.now, timezone.now())
        ends = {stream: (head.seq, bytes(head.hash)) for stream, head in self._heads.items()}
        events: list[Event] = []
        payloads: list[Payload] = []
        for draft in self._drafts:
            seq, previous = ends[draft.stream]
            event, parts = sealed(draft, occasion, seq=seq + 1, previous=previous)
            ends[draft.stream] = (event.seq, bytes(event.hash))
            events.append(event)
            payloads.extend(parts)
        for stream, head in self._heads.items():
            _move_head(head, *ends[stream])
        Event.objects.bulk_create(events, batch_size=_BATCH)
        Payload.objects.bulk_create(payloads, batch_size=_BATCH)
        for (mesa_id, counter), number in self._counters.items():
            Mesa.objects.filter(pk=mesa_id).update(**{counter: number})
        keep_up(self._moved)

    def _ready(self, record: Record) -> None:
        """A new record as it will be inserted."""
        settle(record, record.ledger.recorded)
        self._require_lock(record)
        self._derive(record)
        _check_lengths(record)
        record.version = 1

    def _derive(self, record: Record) -> None:
        record.moved_at = self.now
        for name, value in record.derived_values().items():
            setattr(record, name, value)

    def _draft(
        self,
        record: Record,
        kind: Kind,
        values: Mapping[str, Plain],
        because: str,
        version: int | None = None,
    ) -> None:
        parts = parts_of(values, record.ledger.texts, because)
        self._drafts.append(
            Draft(
                record.stream_id, kind.name, object_type(record), record.pk, version or record.version, parts
            )
        )

    def _require_lock(self, record: Record) -> None:
        if record.stream_id not in self._heads:
            raise RuntimeError(f"{object_type(record)} belongs to a chain that this recording did not lock")


@contextmanager
def recording(*, actor: Actor, now: datetime, streams: Iterable[uuid.UUID]) -> Iterator[Recording]:
    """One transaction, one change set, one or more chains, locked in the order of their ids.

    `now` is when it happened for those who act; the clock's own time stands beside it in each event. Raises
    NoRoom where the database's disk is full: then nothing of it was written.
    """
    try:
        with transaction.atomic():
            change = Recording(actor, now, _locked_heads(sorted(set(streams))))
            yield change
            change.write()
    except DatabaseError as error:
        if full := full_disk(error):
            raise full from error
        raise


def derive(record: Record, **values: Any) -> None:
    """Store derived columns of a record; its version and its history stay as they are.

    What was computed from a version that the row has left behind is dropped: whoever moved it on has
    computed anew.
    """
    undeclared = set(values) - set(record.ledger.derived)
    if undeclared:
        raise ValueError(f"not derived: {sorted(undeclared)}")
    for name, value in values.items():
        setattr(record, name, value)
    type(record)._default_manager.filter(pk=record.pk, version=record.version).update(**values)


def _locked_heads(streams: Sequence[uuid.UUID]) -> dict[uuid.UUID, Head]:
    """The heads of these chains, locked until the transaction ends; the head of a new chain is made."""
    locked = _lock(streams)
    if len(locked) < len(streams):
        new = [Head(stream=stream, hash=GENESIS) for stream in streams if stream not in locked]
        # Somebody else may be opening the same chain: whoever comes second waits, and finds it there.
        Head.objects.bulk_create(new, ignore_conflicts=True)
        locked = _lock(streams)
    return locked


def _lock(streams: Sequence[uuid.UUID]) -> dict[uuid.UUID, Head]:
    heads = Head.objects.select_for_update().filter(stream__in=streams).order_by("stream")
    return {head.stream: head for head in heads}


def _move_head(head: Head, seq: int, end: bytes) -> None:
    if seq == head.seq:
        return
    moved = Head.objects.filter(stream=head.stream, seq=head.seq).update(seq=seq, hash=end)
    if not moved:
        raise RuntimeError(f"chain {head.stream} moved on under this recording: recordings can't be nested")


def _first_values(record: Record) -> dict[str, Plain]:
    """What the first event of a record says. A blank text is left out: it is the default, and needs no part
    of its own."""
    texts = record.ledger.texts
    return {name: value for name, value in current_plain(record).items() if value != "" or name not in texts}


def _written_with(record: Record) -> list[str]:
    """The derived columns that follow every change. Not all derived ones: a counter of a mesa, or a light,
    moves on without the version, and would be set back to what it was when the record was read."""
    return ["moved_at", *record.derived_values()]


def _really_changed(record: Record, changes: Mapping[str, Any]) -> dict[str, Any]:
    unrecorded = set(changes) - set(record.ledger.recorded)
    if unrecorded:
        raise ValueError(f"not ledgered: {sorted(unrecorded)}")
    changed = {}
    for name, value in changes.items():
        bare = value.pk if isinstance(value, models.Model) else value
        if plain_value(column(type(record), name), bare) != plain_of(record, name):
            changed[name] = value
    return changed


@contextmanager
def _as_it_was_if_refused(record: Record, names: Iterable[str]) -> Iterator[None]:
    attributes = [column(type(record), name).attname for name in names]
    before = {attribute: getattr(record, attribute) for attribute in attributes}
    try:
        yield
    except BaseException:
        for attribute, value in before.items():
            setattr(record, attribute, value)
        raise


def _compare_and_set(record: Record, names: Iterable[str]) -> None:
    """Both databases alike: the row moves on only from the version that was read."""
    attributes = [column(type(record), name).attname for name in names]
    moved = (
        type(record)
        ._default_manager.filter(pk=record.pk, version=record.version)
        .update(version=record.version + 1, **{name: getattr(record, name) for name in attributes})
    )
    if not moved:
        raise Stale(Reason.of("stale", object_type=object_type(record), object_id=str(record.pk)))
    record.version += 1


def _check_lengths(record: Record) -> None:
    """PostgreSQL refuses what is too long and SQLite does not: refuse it on both, with a sentence."""
    for field, limit in _limited(type(record)):
        value = getattr(record, field.attname)
        if value is not None and len(value) > limit:
            raise Invalid(Reason.of("too_long", field=field.name, limit=limit, length=len(value)))


@cache
def _limited(model: type[Record]) -> tuple[tuple[Column, int], ...]:
    """The columns of a model that hold no more than so many characters."""
    texts = (field for field in model._meta.concrete_fields if isinstance(field, models.CharField))
    return tuple((field, field.max_length) for field in texts if field.max_length)
