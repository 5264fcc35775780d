"""The ledger's three tables (trust.md, "The ledger"). Only the ledger package touches them."""

from typing import ClassVar

from django.db import models

from destraba.models.declared import Declared


class Event(models.Model):
    """One change of state. `header` are the bytes that were hashed; the columns are checked against them."""

    id = models.UUIDField(primary_key=True, editable=False)
    stream = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    schema = models.PositiveSmallIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    via = models.CharField(max_length=8)
    on_behalf_of = models.UUIDField(null=True)
    kind = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.UUIDField()
    object_version = models.PositiveIntegerField()
    change_set = models.UUIDField(db_index=True)
    request_id = models.UUIDField(db_index=True)
    payload_digest = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    header = models.BinaryField()
    hash = models.BinaryField(max_length=32)

    ledger: ClassVar[Declared] = Declared(
        operational=(
            "id",
            "stream",
            "seq",
            "schema",
            "occurred_at",
            "recorded_at",
            "actor",
            "via",
            "on_behalf_of",
            "kind",
            "object_type",
            "object_id",
            "object_version",
            "change_set",
            "request_id",
            "payload_digest",
            "previous",
            "header",
            "hash",
        )
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="event_seq_once")]
        indexes = [models.Index(fields=["object_type", "object_id", "seq"], name="event_by_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.stream}:{self.seq}"


class Payload(models.Model):
    """One part of what an event carries. Redaction empties salt and value, and nothing else ever changes."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=60)
    digest = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=32, null=True)
    value = models.TextField(null=True)

    ledger: ClassVar[Declared] = Declared(operational=("id", "event", "part", "digest", "salt", "value"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "part"], name="payload_part_once")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.part}"


class Head(models.Model):
    """The end of each chain: the only table of the ledger that is updated, and the lock of its stream."""

    stream = models.UUIDField(primary_key=True, editable=False)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)

    ledger: ClassVar[Declared] = Declared(operational=("stream", "seq", "hash"))

    def __str__(self) -> str:
        return f"{self.stream} at {self.seq}"
