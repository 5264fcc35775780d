"""What a spreadsheet said last time, so that a re-import can tell whose change is whose."""

from typing import ClassVar

from django.db import models

from destraba.models.declared import Declared
from destraba.values.keys import new_key


class ImportSource(models.Model):
    """One spreadsheet that a mesa is fed from, known by the name of its sheet."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    mesa = models.ForeignKey("destraba.Mesa", on_delete=models.CASCADE, related_name="import_sources")
    name = models.CharField(max_length=200)
    mapping = models.JSONField(default=dict)
    file = models.ForeignKey("destraba.File", null=True, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    ledger: ClassVar[Declared] = Declared(
        operational=("id", "mesa", "name", "mapping", "file", "imported_at")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mesa", "name"], name="import_source_once")]

    def __str__(self) -> str:
        return self.name


class ImportedRow(models.Model):
    """The values that a source gave for one record: the third side of the comparison on re-import."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    source = models.ForeignKey(ImportSource, on_delete=models.CASCADE, related_name="rows")
    key = models.CharField(max_length=200)
    object_type = models.CharField(max_length=40)
    object_id = models.UUIDField()
    values = models.JSONField(default=dict)

    ledger: ClassVar[Declared] = Declared(
        operational=("id", "source", "key", "object_type", "object_id", "values")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "object_type", "key"], name="imported_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.key}"
