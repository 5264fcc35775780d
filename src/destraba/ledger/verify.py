"""Whether the ledger holds, and whether today's tables are what replaying it gives.

Two passes, each in constant memory: along every chain for bytes, hashes and openings; then along every
record for its columns. What it can't see: a ledger and its heads rewritten together by one who holds the
database; for that one needs a checkpoint that somebody else keeps.
"""

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from destraba.ledger.canonical import GENESIS, NotCanonical, canonical, leaf_hash, part_digest, payload_digest
from destraba.ledger.columns import current_plain
from destraba.ledger.kinds import kind_named
from destraba.ledger.record import header
from destraba.ledger.registry import ledgered_models
from destraba.ledger.replay import fold, opened
from destraba.models.ledger import Event, Head
from destraba.models.records import Record

BATCH = 500


@dataclass(frozen=True, slots=True)
class Failure:
    """Where it does not hold, and how: `place` can be looked up, `code` has a sentence above."""

    place: str
    code: str
    detail: str = ""


@dataclass(slots=True)
class Report:
    events: int = 0
    failures: list[Failure] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.failures


def verify(progress: Callable[[int], None] = lambda _done: None) -> Report:
    """Check everything. `progress` is told the number of events read so far."""
    report = Report()
    _verify_chains(report, progress)
    for object_type, model in sorted(ledgered_models().items()):
        report.failures.extend(_verify_records(object_type, model))
    return report


def _verify_chains(report: Report, progress: Callable[[int], None]) -> None:
    heads = {head.stream: head for head in Head.objects.all()}
    events = Event.objects.order_by("stream", "seq").prefetch_related("parts").iterator(chunk_size=BATCH)
    for stream, chain in groupby(events, key=lambda event: event.stream):
        previous, expected = GENESIS, 1
        for event in chain:
            report.failures.extend(_event_failures(event, previous, expected))
            previous, expected = bytes(event.hash), event.seq + 1
            report.events += 1
            if report.events % BATCH == 0:
                progress(report.events)
        report.failures.extend(_head_failures(stream, heads.pop(stream, None), previous, expected - 1))
    for head in heads.values():
        if head.seq or bytes(head.hash) != GENESIS:
            report.failures.append(Failure(f"head of chain {head.stream}", "events_missing", f"up to {head.seq}"))


def _head_failures(stream: uuid.UUID, head: Head | None, last: bytes, seq: int) -> Iterator[Failure]:
    place = f"head of chain {stream}"
    if head is None:
        yield Failure(place, "head_missing")
    elif head.seq != seq:
        yield Failure(place, "head_seq", f"says {head.seq}, the chain ends at {seq}")
    elif bytes(head.hash) != last:
        yield Failure(place, "head_hash")


def _event_failures(event: Event, previous: bytes, expected: int) -> Iterator[Failure]:
    place = f"event {event.seq} of chain {event.stream}"
    if event.seq != expected:
        yield Failure(place, "seq_gap", f"expected {expected}")
    if bytes(event.previous) != previous:
        yield Failure(place, "previous_hash")
    if bytes(event.hash) != leaf_hash(bytes(event.header)):
        yield Failure(place, "header_hash")
    if not _columns_match_header(event):
        yield Failure(place, "columns_differ_from_header")
    try:
        kind_named(event.kind)
    except KeyError:
        yield Failure(place, "unknown_kind", event.kind)
    yield from _payload_failures(event, place)


def _columns_match_header(event: Event) -> bool:
    try:
        return canonical(header(event)) == bytes(event.header)
    except NotCanonical:
        return False


def _payload_failures(event: Event, place: str) -> Iterator[Failure]:
    parts = sorted(event.parts.all(), key=lambda part: part.part)
    if payload_digest({part.part: bytes(part.digest) for part in parts}) != bytes(event.payload_digest):
        yield Failure(place, "payload_digest")
    for part in parts:
        if part.value is None or part.salt is None:
            yield Failure(f"{place}, part {part.part}", "opening_missing")
        elif part_digest(bytes(part.salt), part.value.encode()) != bytes(part.digest):
            yield Failure(f"{place}, part {part.part}", "part_digest")


def _verify_records(object_type: str, model: type[Record]) -> Iterator[Failure]:
    """Walk the table and the events of its records side by side, both in the order of their ids."""
    events = (
        Event.objects.filter(object_type=object_type)
        .order_by("object_id", "seq")
        .prefetch_related("parts")
        .iterator(chunk_size=BATCH)
    )
    histories = groupby(events, key=lambda event: event.object_id)
    rows = model._default_manager.order_by("pk").iterator(chunk_size=BATCH)
    for row, history in _side_by_side(rows, ((key, list(group)) for key, group in histories)):
        if row is None:
            yield Failure(f"{object_type} {history[0].object_id}", "row_missing")
        elif not history:
            yield Failure(f"{object_type} {row.pk}", "row_without_events")
        else:
            yield from _record_failures(object_type, row, history)


def _side_by_side(
    rows: Iterable[Record], histories: Iterable[tuple[uuid.UUID, list[Event]]]
) -> Iterator[tuple[Record | None, list[Event]]]:
    row_iterator, history_iterator = iter(rows), iter(histories)
    row, history = next(row_iterator, None), next(history_iterator, None)
    while row is not None or history is not None:
        if history is None or (row is not None and row.pk < history[0]):
            yield row, []
            row = next(row_iterator, None)
        elif row is None or history[0] < row.pk:
            yield None, history[1]
            history = next(history_iterator, None)
        else:
            yield row, history[1]
            row, history = next(row_iterator, None), next(history_iterator, None)


def _record_failures(object_type: str, row: Record, history: list[Event]) -> Iterator[Failure]:
    versions = [event.object_version for event in history]
    if any(later - earlier not in (0, 1) for earlier, later in zip([0, *versions], versions, strict=False)):
        yield Failure(f"{object_type} {row.pk}", "version_gap", str(versions))
    if row.version != versions[-1]:
        yield Failure(
            f"{object_type} {row.pk}, column version", "table_differs", f"says {row.version}, events {versions[-1]}"
        )
    try:
        state = fold(object_type, [opened(event) for event in history])
    except (KeyError, ValueError) as error:
        yield Failure(f"{object_type} {row.pk}", "unreadable_payload", str(error))
        return
    for name, value in current_plain(row).items():
        if name not in state.redacted and _bytes(value) != _bytes(state.values[name]):
            yield Failure(f"{object_type} {row.pk}, column {name}", "table_differs")


def _bytes(value: object) -> bytes:
    try:
        return canonical(value)  # type: ignore[arg-type]
    except NotCanonical:
        return hashlib.sha256(repr(value).encode(errors="replace")).digest()
