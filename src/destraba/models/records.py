"""What every record of the domain has in common."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models

from destraba.models.declared import Declared
from destraba.models.fields import choices_of
from destraba.values.keys import new_key
from destraba.values.visibility import Visibility


class Record(models.Model):
    """A row whose every change is in the ledger. It is never deleted, only withdrawn with a reason.

    Who withdrew it, or changed who may see it, and why, stands in the event.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()

    ledger: ClassVar[Declared] = Declared(
        ledgered=("withdrawn_at",), derived=("moved_at",), operational=("id", "version")
    )

    class Meta:
        abstract = True

    @property
    def stream_id(self) -> uuid.UUID:
        """Whose chain its events belong to: a mesa's, or the programme's."""
        raise NotImplementedError

    def derived_values(self) -> Mapping[str, Any]:
        """The columns that are computed from its own ledgered ones."""
        return {}


class MesaRecord(Record):
    """A record of one mesa: it lies in that mesa's chain and is read by those who may see it there."""

    mesa = models.ForeignKey("destraba.Mesa", on_delete=models.PROTECT, related_name="+")
    visibility = models.CharField(max_length=8, choices=choices_of(Visibility), default=Visibility.MESA.value)

    ledger: ClassVar[Declared] = Record.ledger + Declared(ledgered=("mesa", "visibility"))

    class Meta:
        abstract = True

    @property
    def stream_id(self) -> uuid.UUID:
        return self.mesa_id


class ProgrammeRecord(Record):
    """A record that belongs to no mesa: an organization, a person, a place."""

    programme = models.ForeignKey("destraba.Programme", on_delete=models.PROTECT, related_name="+")

    ledger: ClassVar[Declared] = Record.ledger + Declared(ledgered=("programme",))

    class Meta:
        abstract = True

    @property
    def stream_id(self) -> uuid.UUID:
        return self.programme_id
