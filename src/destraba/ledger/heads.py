"""How far a chain has come, and what has moved in it since."""

import uuid
from collections.abc import Mapping

from destraba.models.ledger import Event, Head


def seq_of(stream: uuid.UUID) -> int:
    """The number of the last event of a chain; 0 for one that has none."""
    seq = Head.objects.filter(stream=stream).values_list("seq", flat=True).first()
    return seq or 0


def moved_since(stream: uuid.UUID, seq: int) -> Mapping[str, Mapping[uuid.UUID, int]]:
    """By type and key, the records of a chain with an event after `seq`, and the number of their last one."""
    moved: dict[str, dict[uuid.UUID, int]] = {}
    events = Event.objects.filter(stream=stream, seq__gt=seq).order_by("seq")
    for object_type, object_id, last in events.values_list("object_type", "object_id", "seq"):
        moved.setdefault(object_type, {})[object_id] = last
    return moved
