"""The programme: one installation is one programme is one database."""

import uuid
from typing import ClassVar

from django.db import models

from destraba.models.declared import Declared
from destraba.models.records import Record


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
