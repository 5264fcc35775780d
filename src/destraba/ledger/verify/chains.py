"""Along every chain: bytes, hashes, columns against the bytes that were hashed, parts against digests."""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from destraba.ledger.canonical import (
    GENESIS,
    NotCanonical,
    Plain,
    canonical,
    leaf_hash,
    part_digest,
    payload_digest,
)
from destraba.ledger.columns import Column
from destraba.ledger.kinds import all_kinds
from destraba.ledger.registry import ledgered_models
from destraba.ledger.upcasts import STEPS
from destraba.ledger.verify.failures import Failure, Places, Report
from destraba.ledger.verify.rows import BATCH, Raw, Row, batches, rows, rows_of, rows_without
from destraba.ledger.verify.stored import blob, holds, key, text_bytes
from destraba.models.ledger import Event, Head, Payload

Parts = list[Row]
HASHED: Mapping[str, Column] = {
    field.name: field for field in Event._meta.concrete_fields if field.name not in {"header", "hash"}
}
KINDS = frozenset(kind.name for kind in all_kinds())
EVENT = [*HASHED, "header", "hash"]
PART = ["event", "part", "digest", "salt", "value"]
HEAD = ["stream", "seq", "hash"]


def with_parts(events: Iterator[Row]) -> Iterator[tuple[Row, Parts]]:
    """Each event with its parts, which are fetched for a batch at a time."""
    for batch in batches(events):
        parts: dict[Raw, Parts] = {}
        for part in rows_of(Payload, PART, column="event", among=[event["id"] for event in batch]):
            parts.setdefault(part["event"], []).append(part)
        for event in batch:
            yield event, parts.get(event["id"], [])


def verify_chains(report: Report, places: Places, progress: Callable[[int], None]) -> None:
    heads = {key(head["stream"]): head for head in rows(Head, HEAD, order=["stream"])}
    events = with_parts(rows(Event, EVENT, order=["stream", "seq"]))
    for raw_stream, chain in groupby(events, key=lambda pair: pair[0]["stream"]):
        stream, ends, seq = key(raw_stream), {GENESIS}, 0
        for event, parts in chain:
            for failure in _event_failures(places, event, parts, ends, seq + 1):
                report.add(failure)
            # Where the two differ the event has failed; one of them is still what its successor names.
            ends = {leaf_hash(blob(event["header"])), blob(event["hash"])}
            seq = event["seq"] if isinstance(event["seq"], int) else seq + 1
            report.events += 1
            if report.events % BATCH == 0:
                progress(report.events)
        for failure in _head_failures(places, stream, heads.pop(stream, None), ends, seq):
            report.add(failure)
    for stream, head in heads.items():
        if head["seq"] != 0 or blob(head["hash"]) != GENESIS:
            report.add(places.head("events_missing", stream, f"up to {head['seq']}"))
    for part in rows_without(Payload, ["event", "part"], relation="event"):
        detail = f"part {part['part']} of event {key(part['event'])}"
        report.add(Failure(code="payload_without_event", place="payload", detail=detail))


def _head_failures(
    places: Places, stream: str, head: Row | None, ends: set[bytes], seq: int
) -> Iterator[Failure]:
    if head is None:
        yield places.head("head_missing", stream)
    elif head["seq"] != seq:
        yield places.head("head_seq", stream, f"says {head['seq']}, the chain ends at {seq}", "seq")
    elif blob(head["hash"]) not in ends:
        yield places.head("head_hash", stream, column="hash")


def _event_failures(
    places: Places, event: Row, parts: Parts, ends: set[bytes], expected: int
) -> Iterator[Failure]:
    header = blob(event["header"])
    said = _read(header)
    intact = said is not None and blob(event["hash"]) == leaf_hash(header)
    # The hashed bytes are to be believed before the columns beside them.
    known: Mapping[str, Raw] = said if said and intact else event
    stream, seq = key(known["stream"]), known["seq"]
    if not intact:
        yield places.event("header_hash", stream, seq)
    for name in _columns_beside(event, said or {}):
        yield places.event("column_differs_from_header", stream, seq, column=name)
    if said and bytes.fromhex(str(said["previous"])) not in ends:
        yield places.event("previous_hash", stream, seq)
    if event["seq"] != expected:
        yield places.event("seq_gap", stream, seq, detail=f"expected {expected}")
    for code, column in _unknown_names(event):
        yield places.event(code, stream, seq, column=column, detail=str(event[column]))
    for code, part in _part_failures(event, parts):
        yield places.event(code, stream, seq, part=part)


def _read(header: bytes) -> Mapping[str, Plain] | None:
    """What a header says; None if these are not the bytes of a header."""
    try:
        said = json.loads(header.decode())
        if isinstance(said, dict) and said.keys() == HASHED.keys() and canonical(said) == header:
            return said
    except (ValueError, NotCanonical, RecursionError):
        pass
    return None


def _columns_beside(event: Row, said: Mapping[str, Plain]) -> Iterator[str]:
    """The columns that do not hold what the header says of them."""
    return (name for name, plain in said.items() if not holds(HASHED[name], event[name], plain))


def _unknown_names(event: Row) -> Iterator[tuple[str, str]]:
    if event["kind"] not in KINDS:
        yield "unknown_kind", "kind"
    if event["object_type"] not in ledgered_models():
        yield "unknown_object_type", "object_type"
    if event["schema"] not in STEPS:
        yield "unknown_schema", "schema"


def _part_failures(event: Row, parts: Parts) -> Iterator[tuple[str, str]]:
    """A part that has lost salt and value together may have been redacted: its record's history tells."""
    digests = {str(part["part"]): blob(part["digest"]) for part in parts}
    if payload_digest(digests) != blob(event["payload_digest"]):
        yield "payload_digest", ""
    for part in parts:
        name, value = str(part["part"]), text_bytes(part["value"])
        if part["salt"] is None and part["value"] is None:
            continue
        if part["salt"] is None or part["value"] is None:
            yield "opening_missing", name
        elif value is None or part_digest(blob(part["salt"]), value) != digests[name]:
            yield "part_digest", name
        elif not _is_canonical(value):
            yield "part_not_canonical", name


def _is_canonical(value: bytes) -> bool:
    try:
        return canonical(json.loads(value.decode())) == value
    except (ValueError, RecursionError):
        return False
