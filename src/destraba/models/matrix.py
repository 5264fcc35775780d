"""Problems and their versioned solutions, with the track of an enactment."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models

from destraba.models.declared import Declared
from destraba.models.fields import FuzzyDateField, QuantityField, SortKeyField, choices_of
from destraba.models.people import Organization, Place, Seat
from destraba.models.records import MesaRecord
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Funding,
    Instrument,
    PrivateMatter,
    PublicInput,
    Scope,
)
from destraba.rules.priorities import Importance, Speed
from destraba.rules.problems import FilterReason, Origin, ProblemStage
from destraba.rules.solutions import EnactmentRank, OpinionState, SolutionStage
from destraba.values.texts import fold


class Problem(MesaRecord):
    """What holds the sector back. `P-12` within its mesa.

    `duplicate_of` may be of another mesa. `underlying` is the inefficiency that a request for a subsidy or an
    exemption would make up for. `improves_operations` answers the litmus test, where somebody asked it.
    `folded` is what a filter by text looks in.
    """

    number = models.PositiveIntegerField()
    position = SortKeyField(max_length=80)
    title = models.CharField(max_length=500)
    detail = models.TextField(blank=True)
    axis = models.CharField(max_length=80, blank=True)
    stage = models.CharField(max_length=16, choices=choices_of(ProblemStage))
    filter_reason = models.CharField(max_length=32, blank=True, choices=choices_of(FilterReason))
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="duplicates")
    importance = models.CharField(max_length=8, blank=True, choices=choices_of(Importance))
    speed = models.CharField(max_length=8, blank=True, choices=choices_of(Speed))
    origin = models.CharField(max_length=24, blank=True, choices=choices_of(Origin))
    improves_operations = models.BooleanField(null=True)
    concern = models.CharField(max_length=8, blank=True, choices=choices_of(Concern))
    concern_because = models.TextField(blank=True)
    public_input = models.CharField(max_length=32, blank=True, choices=choices_of(PublicInput))
    private_matter = models.CharField(max_length=16, blank=True, choices=choices_of(PrivateMatter))
    scope = models.CharField(max_length=12, blank=True, choices=choices_of(Scope))
    instrument = models.CharField(max_length=20, blank=True, choices=choices_of(Instrument))
    coordination = models.CharField(max_length=20, blank=True, choices=choices_of(CoordinationFailure))
    is_contentious = models.BooleanField(default=False)
    underlying = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="requests")
    raised_by = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="raised")
    resolved_on = models.DateField(null=True)
    meeting = models.ForeignKey(
        "destraba.Meeting", null=True, on_delete=models.PROTECT, related_name="raised"
    )
    folded = models.TextField(blank=True)

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(
        ledgered=(
            "number",
            "position",
            "axis",
            "stage",
            "filter_reason",
            "duplicate_of",
            "importance",
            "speed",
            "origin",
            "improves_operations",
            "concern",
            "public_input",
            "private_matter",
            "scope",
            "instrument",
            "coordination",
            "is_contentious",
            "underlying",
            "raised_by",
            "resolved_on",
            "meeting",
        ),
        texts=("title", "detail", "concern_because"),
        derived=("folded",),
    )

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["mesa", "number"], name="problem_number_once")]

    def __str__(self) -> str:
        return f"P-{self.number}"

    def derived_values(self) -> Mapping[str, Any]:
        return {"folded": fold(f"{self.title} {self.axis} {self.detail} P-{self.number}")}


class FocusInterval(MesaRecord):
    """A problem's time in focus: from a day to a day. Focus is dated, not a stage."""

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="focus_intervals")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(ledgered=("problem", "starts_on", "ends_on"))

    def __str__(self) -> str:
        return f"{self.problem_id} from {self.starts_on}"


class Solution(MesaRecord):
    """A versioned answer, `P-12.1`. A revision keeps in the ledger what it replaced, and why.

    `budget_window_on`: by when a budget must be asked for.
    """

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="solutions")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=1)
    position = SortKeyField(max_length=80)
    title = models.CharField(max_length=500)
    detail = models.TextField(blank=True)
    stage = models.CharField(max_length=16, choices=choices_of(SolutionStage))
    before = QuantityField(null=True)
    after = QuantityField(null=True)
    goal = QuantityField(null=True)
    funding = models.CharField(max_length=12, blank=True, choices=choices_of(Funding))
    budget_window_on = models.DateField(null=True)
    observed_on = FuzzyDateField(null=True)
    observation = models.TextField(blank=True)
    folded = models.TextField(blank=True)

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(
        ledgered=(
            "problem",
            "number",
            "revision",
            "position",
            "stage",
            "before",
            "after",
            "goal",
            "funding",
            "budget_window_on",
            "observed_on",
        ),
        texts=("title", "detail", "observation"),
        derived=("folded",),
    )

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["problem", "number"], name="solution_number_once")]

    def __str__(self) -> str:
        return f"{self.problem_id}.{self.number}"

    def derived_values(self) -> Mapping[str, Any]:
        return {"folded": fold(f"{self.title} {self.detail}")}


class SolutionPlace(MesaRecord):
    """How far a solution has come at one place; `observed_on` is the day somebody saw it applied there."""

    solution = models.ForeignKey(Solution, on_delete=models.PROTECT, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=16, choices=choices_of(SolutionStage))
    observed_on = FuzzyDateField(null=True)
    note = models.TextField(blank=True)

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(
        ledgered=("solution", "place", "stage", "observed_on"), texts=("note",)
    )

    def __str__(self) -> str:
        return f"{self.solution_id} at {self.place_id}"


class Confirmation(MesaRecord):
    """An organization says that a solution works for it: two private ones make it effective."""

    solution = models.ForeignKey(Solution, on_delete=models.PROTECT, related_name="confirmations")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    said_on = models.DateField()
    note = models.TextField(blank=True)

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(
        ledgered=("solution", "organization", "said_on"), texts=("note",)
    )

    def __str__(self) -> str:
        return f"{self.organization_id} on {self.solution_id}"


class Enactment(MesaRecord):
    """The way of a norm from draft to gazette: most waiting happens here."""

    solution = models.OneToOneField(Solution, on_delete=models.PROTECT, related_name="enactment")
    rank = models.CharField(max_length=24, choices=choices_of(EnactmentRank))
    norm = models.CharField(max_length=300, blank=True)
    drafter = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_on = FuzzyDateField(null=True)
    prepublished_on = FuzzyDateField(null=True)
    comments_until = models.DateField(null=True)
    signed_on = FuzzyDateField(null=True)
    published_on = FuzzyDateField(null=True)
    awaits_regulations = models.BooleanField(default=False)

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(
        ledgered=(
            "solution",
            "rank",
            "drafter",
            "drafted_on",
            "prepublished_on",
            "comments_until",
            "signed_on",
            "published_on",
            "awaits_regulations",
        ),
        texts=("norm",),
    )

    def __str__(self) -> str:
        return self.norm or self.rank


class Opinion(MesaRecord):
    """What an agency was asked to say on a draft; silent since the day it was asked until it answers."""

    enactment = models.ForeignKey(Enactment, on_delete=models.PROTECT, related_name="opinions")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=choices_of(OpinionState))
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)
    note = models.TextField(blank=True)

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(
        ledgered=("enactment", "organization", "state", "asked_on", "answered_on"), texts=("note",)
    )

    def __str__(self) -> str:
        return f"{self.organization_id} on {self.enactment_id}"
