"""Organizations, persons, the seats they hold and since when."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models

from destraba.models.declared import Declared
from destraba.models.fields import SortKeyField, choices_of
from destraba.models.records import ProgrammeRecord, Record
from destraba.rules.permissions import Role
from destraba.values.keys import sort_key
from destraba.values.names import name_key
from destraba.values.places import PlaceKind


class OrganizationKind(models.TextChoices):
    """product.md, "Words"."""

    MINISTRY = "ministry"
    AGENCY = "agency"
    REGULATOR = "regulator"
    STATE_ENTERPRISE = "state_enterprise"
    REGIONAL_GOVERNMENT = "regional_government"
    LOCAL_GOVERNMENT = "local_government"
    ASSOCIATION = "association"
    FIRM = "firm"
    CONCESSIONAIRE = "concessionaire"
    UNION = "union"
    ACADEMIA = "academia"
    DEVELOPMENT_BANK = "development_bank"
    OTHER = "other"


class Place(ProgrammeRecord):
    """An office, a region, a municipality: a tree with national codes and coordinates."""

    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=choices_of(PlaceKind))
    code = models.CharField(max_length=20, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    sort_key = SortKeyField(max_length=200)

    ledger: ClassVar[Declared] = ProgrammeRecord.ledger + Declared(
        ledgered=("parent", "name", "kind", "code", "latitude", "longitude"), derived=("sort_key",)
    )

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def derived_values(self) -> Mapping[str, Any]:
        return {"sort_key": sort_key(self.name)}


class Organization(ProgrammeRecord):
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=OrganizationKind, default=OrganizationKind.OTHER)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="organizations")
    sort_key = SortKeyField(max_length=200)
    name_key = SortKeyField(max_length=200, db_index=True)

    ledger: ClassVar[Declared] = ProgrammeRecord.ledger + Declared(
        ledgered=("name", "kind", "parent", "place"), derived=("sort_key", "name_key")
    )

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def derived_values(self) -> Mapping[str, Any]:
        return {"sort_key": sort_key(self.name), "name_key": name_key(self.name)[:200]}


class Alias(ProgrammeRecord):
    """Another name or an acronym under which documents call an organization."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=200)
    name_key = SortKeyField(max_length=200, db_index=True)

    ledger: ClassVar[Declared] = ProgrammeRecord.ledger + Declared(
        ledgered=("organization", "name"), derived=("name_key",)
    )

    def __str__(self) -> str:
        return self.name

    def derived_values(self) -> Mapping[str, Any]:
        return {"name_key": name_key(self.name)[:200]}


class Person(ProgrammeRecord):
    full_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_invented = models.BooleanField(default=False)
    sort_key = SortKeyField(max_length=200)

    ledger: ClassVar[Declared] = ProgrammeRecord.ledger + Declared(
        ledgered=("is_invented",), texts=("full_name", "email", "phone"), derived=("sort_key",)
    )

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.full_name

    def derived_values(self) -> Mapping[str, Any]:
        return {"sort_key": sort_key(self.full_name)}


class SeatRecord(Record):
    """What lies in a mesa's chain, or in the programme's where it belongs to no mesa."""

    programme = models.ForeignKey("destraba.Programme", on_delete=models.PROTECT, related_name="+")
    mesa = models.ForeignKey("destraba.Mesa", null=True, on_delete=models.PROTECT, related_name="+")

    ledger: ClassVar[Declared] = Record.ledger + Declared(ledgered=("programme", "mesa"))

    class Meta:
        abstract = True

    @property
    def stream_id(self) -> uuid.UUID:
        return self.mesa_id or self.programme_id


class Seat(SeatRecord):
    """A post of an organization in a mesa or in the programme, with a role. Commitments bind to it."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=24, choices=choices_of(Role))
    title = models.CharField(max_length=200, blank=True)
    axis = models.CharField(max_length=80, blank=True)
    is_occasional = models.BooleanField(default=False)

    ledger: ClassVar[Declared] = SeatRecord.ledger + Declared(
        ledgered=("organization", "role", "title", "axis", "is_occasional")
    )

    def __str__(self) -> str:
        return self.title or self.role


class Tenure(SeatRecord):
    """A person in a seat, from the first day to the last; the day after the last it gives nothing."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="tenures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tenures")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    ledger: ClassVar[Declared] = SeatRecord.ledger + Declared(
        ledgered=("seat", "person", "starts_on", "ends_on")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="tenure_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.seat_id}"
