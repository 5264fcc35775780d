"""Commitments: who does what by when, and how it stands."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models

from destraba.models.declared import Declared
from destraba.models.fields import FuzzyDateField, SortKeyField, choices_of
from destraba.models.files import File
from destraba.models.matrix import Problem, Solution
from destraba.models.people import Organization, Seat
from destraba.models.records import MesaRecord
from destraba.rules.answers import AnswerKind, AnswerState
from destraba.rules.commitments import CommitmentState, DeclineReason
from destraba.rules.lights import Light
from destraba.values.texts import fold


class Commitment(MesaRecord):
    """`C-45`. One owner, a seat or an organization; it outlives office-holders.

    `stands_for_many`: its owner is a group such as "regional governments"; `part_of` is, where it is for one
    of them, the commitment that stood for all. `meeting` is the one at which it was asked. `original_due` is
    the first date that was agreed, for ever. `light` and what belongs to it are computed on write by
    `rules.lights` and stored.
    """

    number = models.PositiveIntegerField()
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="commitments")
    solution = models.ForeignKey(Solution, null=True, on_delete=models.PROTECT, related_name="commitments")
    position = SortKeyField(max_length=80)
    title = models.CharField(max_length=500)
    situation = models.TextField(blank=True)
    meeting = models.ForeignKey(
        "destraba.Meeting", null=True, on_delete=models.PROTECT, related_name="commitments"
    )
    state = models.CharField(max_length=16, choices=choices_of(CommitmentState))
    state_because = models.TextField(blank=True)
    decline_reason = models.CharField(max_length=16, blank=True, choices=choices_of(DeclineReason))
    owner_organization = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="commitments"
    )
    owner_seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="commitments")
    stands_for_many = models.BooleanField(default=False)
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    starts_on = models.DateField(null=True)
    due = FuzzyDateField(null=True)
    original_due = FuzzyDateField(null=True)
    slips = models.PositiveIntegerField(default=0)
    asked_on = models.DateField()
    agreed_on = models.DateField(null=True)
    reported_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    last_word_on = models.DateField(null=True)
    progress_on = models.DateField(null=True)
    next_checkpoint_on = models.DateField(null=True)
    declared = models.CharField(max_length=8, blank=True, choices=choices_of(Light))
    waits_for_commitment = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="holds_up"
    )
    waits_for_organization = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, related_name="+"
    )
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaces")
    reported_light = models.CharField(max_length=8, blank=True, choices=choices_of(Light))
    override_light = models.CharField(max_length=8, blank=True, choices=choices_of(Light))
    override_because = models.TextField(blank=True)
    override_until = models.DateField(null=True)
    due_on = models.DateField(null=True)
    folded = models.TextField(blank=True)
    light = models.CharField(max_length=8, choices=choices_of(Light), default=Light.NONE.value)
    light_reason = models.CharField(max_length=40, blank=True)
    light_params = models.JSONField(default=dict)
    light_mismatch = models.CharField(max_length=8, blank=True, choices=choices_of(Light))
    light_changes_on = models.DateField(null=True, db_index=True)

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(
        ledgered=(
            "number",
            "problem",
            "solution",
            "position",
            "meeting",
            "state",
            "decline_reason",
            "owner_organization",
            "owner_seat",
            "stands_for_many",
            "part_of",
            "starts_on",
            "due",
            "original_due",
            "slips",
            "asked_on",
            "agreed_on",
            "reported_on",
            "done_on",
            "last_word_on",
            "progress_on",
            "next_checkpoint_on",
            "declared",
            "waits_for_commitment",
            "waits_for_organization",
            "replaced_by",
            "reported_light",
            "override_light",
            "override_until",
        ),
        texts=("title", "situation", "state_because", "override_because"),
        derived=(
            "due_on",
            "folded",
            "light",
            "light_reason",
            "light_params",
            "light_mismatch",
            "light_changes_on",
        ),
    )

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["mesa", "number"], name="commitment_number_once")]

    def __str__(self) -> str:
        return f"C-{self.number}"

    def derived_values(self) -> Mapping[str, Any]:
        return {
            "due_on": self.due.last_day if self.due else None,
            "folded": fold(f"{self.title} {self.situation} C-{self.number}"),
        }


class Collaboration(MesaRecord):
    """An organization that helps the owner of a commitment; it does not answer for it."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="collaborations")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(ledgered=("commitment", "organization"))

    def __str__(self) -> str:
        return f"{self.organization_id} with {self.commitment_id}"


class Answer(MesaRecord):
    """What the owner of a commitment said of it, by link, in the browser, or by phone through the team.

    `remedy`: what would solve it; `head_consulted`: whether whoever answers asked their superior. Two kinds
    ask something of the team, which settles them: another date (`proposed_due`), and that somebody else
    answers for it (`names`, or `named` where the installation knows no such organization).
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="answers")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=choices_of(AnswerKind))
    note = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    named = models.CharField(max_length=200, blank=True)
    names = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_due = FuzzyDateField(null=True)
    head_consulted = models.BooleanField(null=True)
    evidence = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=choices_of(AnswerState))

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(
        ledgered=(
            "commitment",
            "seat",
            "kind",
            "names",
            "proposed_due",
            "head_consulted",
            "evidence",
            "said_at",
            "state",
        ),
        texts=("note", "remedy", "named"),
    )

    class Meta:
        ordering = ["-said_at"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.commitment_id}"


class LightInterval(models.Model):
    """How long a commitment showed a light. Derived: written when a stored light changes, never by hand."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="light_intervals")
    light = models.CharField(max_length=8, choices=choices_of(Light))
    reason = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    ledger: ClassVar[Declared] = Declared(
        derived=("id", "commitment", "light", "reason", "starts_on", "ends_on")
    )

    def __str__(self) -> str:
        return f"{self.light} from {self.starts_on}"
