"""How an event is put together and sealed: its parts behind salted digests, its header, its hash."""

import secrets
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from destraba.ledger.canonical import (
    HASH_BYTES,
    Plain,
    canonical,
    leaf_hash,
    part_digest,
    payload_digest,
    timestamp,
)
from destraba.models.ledger import Event, Payload
from destraba.values.actors import Actor
from destraba.values.keys import new_key

SCHEMA = 1
FACTS = "facts"
TEXT = "text."
BECAUSE = "because"
REDACTION = "redaction"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all events of one change set share."""

    actor: Actor
    change_set: uuid.UUID
    occurred_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that has no place in its chain yet."""

    stream: uuid.UUID
    kind: str
    object_type: str
    object_id: uuid.UUID
    object_version: int
    parts: Mapping[str, Plain]


def parts_of(values: Mapping[str, Plain], texts: Iterable[str], because: str) -> dict[str, Plain]:
    """Typed facts together; each text alone, so that it alone can be redacted; the reason alone as well."""
    free = frozenset(texts)
    parts: dict[str, Plain] = {FACTS: {name: value for name, value in values.items() if name not in free}}
    parts |= {TEXT + name: value for name, value in values.items() if name in free}
    if because:
        parts[BECAUSE] = because
    return parts


def sealed(draft: Draft, occasion: Occasion, *, seq: int, previous: bytes) -> tuple[Event, list[Payload]]:
    """The event as number `seq` of its chain, after the event whose hash is `previous`."""
    event_id = new_key()
    digests: dict[str, bytes] = {}
    payloads = []
    for name, value in draft.parts.items():
        salt, content = secrets.token_bytes(HASH_BYTES), canonical(value)
        digests[name] = part_digest(salt, content)
        payloads.append(
            Payload(event_id=event_id, part=name, digest=digests[name], salt=salt, value=content.decode())
        )
    event = Event(
        id=event_id,
        stream=draft.stream,
        seq=seq,
        schema=SCHEMA,
        occurred_at=occasion.occurred_at,
        recorded_at=occasion.recorded_at,
        actor=occasion.actor.person_id,
        via=occasion.actor.via.value,
        on_behalf_of=occasion.actor.on_behalf_of,
        kind=draft.kind,
        object_type=draft.object_type,
        object_id=draft.object_id,
        object_version=draft.object_version,
        change_set=occasion.change_set,
        request_id=occasion.actor.request_id,
        payload_digest=payload_digest(digests),
        previous=previous,
    )
    event.header = canonical(header(event))
    event.hash = leaf_hash(event.header)
    return event, payloads


def header(event: Event) -> dict[str, Plain]:
    """What of an event is hashed: every column but `header` and `hash` themselves, under its own name."""
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
        "payload_digest": bytes(event.payload_digest).hex(),
        "previous": bytes(event.previous).hex(),
        "recorded_at": timestamp(event.recorded_at),
        "request_id": str(event.request_id),
        "schema": event.schema,
        "seq": event.seq,
        "stream": str(event.stream),
        "via": event.via,
    }
