"""What somebody does who holds the database: takes the triggers away and changes what lies there."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from destraba.ledger import triggers
from destraba.ledger.canonical import Plain, canonical, leaf_hash
from destraba.ledger.events import Draft, Occasion, header, sealed
from destraba.ledger.registry import object_type
from destraba.ledger.verify import Failure, verify
from destraba.models import Event, Head, Payload, Record
from destraba.values.keys import new_key
from tests.factories import NOW, command


@contextmanager
def behind_the_ledgers_back() -> Iterator[None]:
    """Triggers are off inside, and all that was done is undone afterwards."""
    with transaction.atomic():
        triggers.remove()
        yield
        transaction.set_rollback(True)


def run(sql: str, *params: Any) -> int:
    """A statement by hand; returns the number of rows that it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def failures() -> list[Failure]:
    return verify().failures


def codes(found: Sequence[Failure] | None = None) -> list[str]:
    return [failure.code for failure in (failures() if found is None else found)]


def append(stream: UUID, kind: str, record: Record, version: int, parts: Mapping[str, Plain]) -> Event:
    """An event well sealed and well chained, and yet not the writer's: the triggers let it pass."""
    draft = Draft(stream, kind, object_type(record), record.pk, version, parts)
    return append_draft(draft)


def append_draft(draft: Draft) -> Event:
    head = Head.objects.get(stream=draft.stream)
    occasion = Occasion(command(), new_key(), NOW, NOW)
    event, payloads = sealed(draft, occasion, seq=head.seq + 1, previous=bytes(head.hash))
    event.save(force_insert=True)
    Payload.objects.bulk_create(payloads)
    Head.objects.filter(stream=draft.stream).update(seq=event.seq, hash=event.hash)
    return event


def seal_anew(stream: UUID, first: int) -> None:
    """Chains every event from `first` on again, and the head with them, as one can who holds it all."""
    previous = bytes(Event.objects.get(stream=stream, seq=first - 1).hash)
    for event in Event.objects.filter(stream=stream, seq__gte=first).order_by("seq"):
        event.previous = previous
        event.header = canonical(header(event))
        event.hash = previous = leaf_hash(event.header)
        event.save()
    Head.objects.filter(stream=stream).update(hash=previous)
