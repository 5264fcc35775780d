"""The mesa: a working group on a sector or a factor."""

import uuid
from typing import ClassVar

from django.db import models

from destraba.models.declared import Declared
from destraba.models.fields import FuzzyDateField, choices_of
from destraba.models.records import Record
from destraba.rules.mesas import MesaState


class Mesa(Record):
    """Its counters are taken under the lock of its chain's head, and a number is never used again.

    It is quiet until `following_since` is set: nothing is mailed, nothing is public, lights are the declared
    ones.
    """

    programme = models.ForeignKey("destraba.Programme", on_delete=models.PROTECT, related_name="mesas")
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    is_horizontal = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=choices_of(MesaState))
    host = models.ForeignKey(
        "destraba.Organization", null=True, on_delete=models.PROTECT, related_name="hosted"
    )
    installed_on = FuzzyDateField(null=True)
    following_since = models.DateField(null=True)
    time_zone = models.CharField(max_length=64, default="America/Lima")
    method_id = models.CharField(max_length=40)
    method_version = models.PositiveIntegerField()
    method_digest = models.CharField(max_length=64)
    method_override = models.JSONField(default=dict)
    last_problem = models.PositiveIntegerField(default=0)
    last_commitment = models.PositiveIntegerField(default=0)
    last_meeting = models.PositiveIntegerField(default=0)

    ledger: ClassVar[Declared] = Record.ledger + Declared(
        ledgered=(
            "programme",
            "slug",
            "name",
            "is_horizontal",
            "state",
            "host",
            "installed_on",
            "following_since",
            "time_zone",
            "method_id",
            "method_version",
            "method_digest",
            "method_override",
        ),
        derived=("last_problem", "last_commitment", "last_meeting"),
    )

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    @property
    def stream_id(self) -> uuid.UUID:
        return self.id

    @property
    def is_quiet(self) -> bool:
        return self.following_since is None
