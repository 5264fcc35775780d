"""The programme: one installation is one programme is one database; and what others say of it in figures."""

import uuid
from typing import ClassVar

from django.db import models

from destraba.models.declared import Declared
from destraba.models.fields import FuzzyDateField
from destraba.models.records import ProgrammeRecord, Record


class Programme(Record):
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64, default="America/Lima")
    is_demo = models.BooleanField(default=False)

    ledger: ClassVar[Declared] = Record.ledger + Declared(ledgered=("name", "time_zone", "is_demo"))

    def __str__(self) -> str:
        return self.name

    @property
    def stream_id(self) -> uuid.UUID:
        return self.id


class Figure(ProgrammeRecord):
    """A figure that somebody else counted, with its source: declared, and in no sum of ours.

    `value` is as it was declared, "52" or "más de 50"; with `out_of` it is a whole number, "77" of 204.
    """

    label = models.CharField(max_length=200)
    value = models.CharField(max_length=60)
    out_of = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=80, blank=True)
    as_of = FuzzyDateField(null=True)
    source = models.CharField(max_length=300)
    note = models.TextField(blank=True)

    ledger: ClassVar[Declared] = ProgrammeRecord.ledger + Declared(
        ledgered=("value", "out_of", "as_of"), texts=("label", "unit", "source", "note")
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.label
