"""Meetings of every kind, what is to be taken up there, who came, what was written down, and the minutes."""

from datetime import datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models

from destraba.methods.schema import MeetingKind, MinutesWeight
from destraba.models.declared import Declared
from destraba.models.fields import SortKeyField, choices_of
from destraba.models.files import File
from destraba.models.followup import Commitment
from destraba.models.people import Seat
from destraba.models.records import MesaRecord
from destraba.rules.meetings import EntryKind, ItemState, MeetingState, Presence
from destraba.rules.minutes import MinutesState, ObjectionState
from destraba.values.days import day_in


class Meeting(MesaRecord):
    """`S-7`. Day and hour are local to `time_zone`, for ever, whatever becomes of the zone's rules.

    `lights_at_close` keeps what every open commitment showed at the end, as the room knew it, by its number:
    `{"light", "reason" (its code), "due" (a plain FuzzyDate, or null)}`.
    """

    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=choices_of(MeetingKind))
    state = models.CharField(max_length=16, choices=choices_of(MeetingState))
    state_because = models.TextField(blank=True)
    title = models.CharField(max_length=200, blank=True)
    held_on = models.DateField()
    begins_at = models.TimeField()
    time_zone = models.CharField(max_length=64)
    lasts_minutes = models.PositiveIntegerField()
    venue = models.CharField(max_length=300, blank=True)
    calendar_sequence = models.PositiveIntegerField(default=0)
    called_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    lights_at_close = models.JSONField(default=dict)

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(
        ledgered=(
            "number",
            "kind",
            "state",
            "held_on",
            "begins_at",
            "time_zone",
            "lasts_minutes",
            "calendar_sequence",
            "called_at",
            "opened_at",
            "closed_at",
            "lights_at_close",
        ),
        texts=("title", "venue", "state_because"),
    )

    class Meta:
        ordering = ["-held_on", "-number"]
        constraints = [models.UniqueConstraint(fields=["mesa", "number"], name="meeting_number_once")]

    def __str__(self) -> str:
        return f"S-{self.number}"

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.held_on, self.begins_at, ZoneInfo(self.time_zone))

    @property
    def ends(self) -> datetime:
        return self.begins + timedelta(minutes=self.lasts_minutes)

    def agreed_there(self, commitment: Commitment) -> bool:
        """Whether a commitment made here bound its owner before the room parted, whatever came after."""
        if commitment.agreed_on is None:
            return False
        return self.closed_at is None or commitment.agreed_on <= day_in(self.time_zone, self.closed_at)


class AgendaItem(MesaRecord):
    """What is to be taken up: a commitment, a problem, or a matter of its own. `why` was given by a rule.

    `carried`: at how many meetings before it was on the agenda and not reached.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    position = SortKeyField(max_length=80)
    title = models.CharField(max_length=500)
    problem = models.ForeignKey("destraba.Problem", null=True, on_delete=models.PROTECT, related_name="+")
    commitment = models.ForeignKey(
        "destraba.Commitment", null=True, on_delete=models.PROTECT, related_name="agenda_items"
    )
    why = models.CharField(max_length=40, blank=True)
    why_params = models.JSONField(default=dict)
    minutes = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=choices_of(ItemState), default=ItemState.PLANNED.value)
    carried = models.PositiveIntegerField(default=0)

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(
        ledgered=(
            "meeting",
            "position",
            "problem",
            "commitment",
            "why",
            "why_params",
            "minutes",
            "state",
            "carried",
        ),
        texts=("title",),
    )

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class Attendance(MesaRecord):
    """How one seat was filled at one meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendances")
    presence = models.CharField(max_length=12, choices=choices_of(Presence))
    substitute = models.CharField(max_length=200, blank=True)

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(
        ledgered=("meeting", "seat", "presence"), texts=("substitute",)
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.presence}"


class Entry(MesaRecord):
    """A paragraph of the record, under an item or under none. A private note has the team's visibility."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="entries")
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=choices_of(EntryKind))
    position = SortKeyField(max_length=80)
    text = models.TextField()

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(
        ledgered=("meeting", "item", "kind", "position"), texts=("text",)
    )

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text[:60]


class Minutes(MesaRecord):
    """`Acta 3-2026` of one meeting, from its close on.

    `pdf` and `docx` are what was circulated, byte for byte. An objection returns them to draft as the next
    `edition`; approved, they are frozen.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    weight = models.CharField(max_length=12, choices=choices_of(MinutesWeight))
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    edition = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=choices_of(MinutesState))
    circulated_at = models.DateTimeField(null=True)
    objections_until = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by_silence = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    pdf = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    docx = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(
        ledgered=(
            "meeting",
            "weight",
            "year",
            "number",
            "edition",
            "state",
            "circulated_at",
            "objections_until",
            "approved_at",
            "approved_by_silence",
            "published_at",
            "pdf",
            "docx",
        )
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mesa", "weight", "year", "number"], name="minutes_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}-{self.year}"


class Objection(MesaRecord):
    """What somebody holds against circulated minutes, and what became of it."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="objections")
    edition = models.PositiveIntegerField()
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=choices_of(ObjectionState))
    answer = models.TextField(blank=True)

    ledger: ClassVar[Declared] = MesaRecord.ledger + Declared(
        ledgered=("minutes", "edition", "seat", "made_at", "state"), texts=("text", "answer")
    )

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.text[:60]
