"""What somebody owes, across all mesas: the rows of a mailed link, the most urgent first."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from destraba.ledger import kinds
from destraba.ledger.replay import Entry, entries_of
from destraba.models import Answer, Commitment, Organization
from destraba.queries import access
from destraba.rules.answers import ANSWERABLE, Want, want_of
from destraba.rules.commitments import CommitmentState
from destraba.values.days import day_in

_TOLD = frozenset({kinds.ANSWER_GIVEN.name, kinds.COMMITMENT_AGREED.name, kinds.COMMITMENT_DECLINED.name})
_SHOWN = ANSWERABLE | {CommitmentState.REPORTED_DONE, CommitmentState.DECLINED}


@dataclass(frozen=True, slots=True)
class Receipt:
    """That an answer lies in the mesa's ledger: when, at which place, and the hash of its event."""

    at: datetime
    seq: int
    hash: str

    @property
    def short(self) -> str:
        """As one reads it out over the telephone."""
        return self.hash[:12]


@dataclass(frozen=True, slots=True)
class OwedRow:
    """One commitment. `today` is the day in its mesa; `last` what its owner said last; `receipt` is there
    where something was said today."""

    record: Commitment
    want: Want
    today: date
    last: Answer | None = None
    receipt: Receipt | None = None

    @property
    def state(self) -> CommitmentState:
        return CommitmentState(self.record.state)

    @property
    def is_answerable(self) -> bool:
        return self.state in ANSWERABLE


@dataclass(frozen=True, slots=True)
class Owed:
    """What a person owes: `asked` wants an answer, `rest` may have one, `answered` had one today.

    `organizations` are those that the person answers for.
    """

    name: str
    organizations: tuple[str, ...]
    asked: tuple[OwedRow, ...]
    rest: tuple[OwedRow, ...]
    answered: tuple[OwedRow, ...]

    @property
    def rows(self) -> tuple[OwedRow, ...]:
        return self.asked + self.rest + self.answered

    def row(self, commitment_id: UUID) -> OwedRow | None:
        """One of the rows, by the key of its commitment."""
        return next((one for one in self.rows if one.record.pk == commitment_id), None)


def owed(person_id: UUID, now: datetime) -> Owed:
    """The rows that this person's seats owe today; at most seven statements, whatever their number."""
    seats, name = access.seats_held(person_id, access.today(now))
    days = {row: day_in(row.mesa.time_zone, now) for row in access.rows_owed(seats, _SHOWN)}
    shown = [row for row, today in days.items() if row.state in ANSWERABLE or row.last_word_on == today]
    last = _last_answers(shown)
    spoken = [row for row in shown if row.last_word_on == days[row]]
    speakers = {person_id, *(seat.seat_id for seat in seats)}
    receipts = _receipts(spoken, last, speakers, now)
    rows = [_row(row, days[row], last.get(row.pk), receipts.get(row.pk)) for row in shown]
    open_rows = sorted((one for one in rows if one.receipt is None and one.is_answerable), key=_urgency)
    organizations = Organization.objects.filter(pk__in={seat.organization_id for seat in seats})
    return Owed(
        name=name,
        organizations=tuple(one.name for one in organizations),
        asked=tuple(one for one in open_rows if one.want is not Want.NOTHING),
        rest=tuple(one for one in open_rows if one.want is Want.NOTHING),
        answered=tuple(sorted((one for one in rows if one.receipt), key=_answered_last)),
    )


def was_given(answer_id: UUID, commitment_id: UUID) -> bool:
    """Whether this very answer is on record already."""
    return Answer.objects.filter(pk=answer_id, commitment=commitment_id).exists()


def _row(record: Commitment, today: date, last: Answer | None, receipt: Receipt | None) -> OwedRow:
    want = want_of(CommitmentState(record.state), record.due_on, record.light_reason, today)
    return OwedRow(record, want, today, last, receipt)


def _urgency(row: OwedRow) -> tuple[Want, date, UUID]:
    return row.want, row.record.due_on or date.max, row.record.pk


def _answered_last(row: OwedRow) -> tuple[float, UUID]:
    return -(row.receipt.at.timestamp() if row.receipt else 0), row.record.pk


def _last_answers(rows: Iterable[Commitment]) -> Mapping[UUID, Answer]:
    every = Answer.objects.filter(commitment__in=[row.pk for row in rows], withdrawn_at=None)
    return {one.commitment_id: one for one in every.select_related("names").order_by("said_at", "pk")}


def _receipts(
    rows: Iterable[Commitment], last: Mapping[UUID, Answer], speakers: Collection[UUID], now: datetime
) -> Mapping[UUID, Receipt]:
    """For rows of which the person, or one of their seats, spoke today: the event that says so last."""
    zones = {row.pk: row.mesa.time_zone for row in rows}
    of_answer = {last[pk].pk: pk for pk in zones if pk in last}
    found: dict[UUID, Receipt] = {}
    for entry in entries_of({"commitment": zones, "answer": of_answer}) if zones else ():
        commitment_id = of_answer.get(entry.object_id, entry.object_id)
        is_theirs = entry.actor in speakers or entry.on_behalf_of in speakers
        if is_theirs and entry.kind in _TOLD and _same_day(entry, zones[commitment_id], now):
            found[commitment_id] = Receipt(entry.occurred_at, entry.seq, entry.hash.hex())
    return found


def _same_day(entry: Entry, zone: str, now: datetime) -> bool:
    return day_in(zone, entry.occurred_at) == day_in(zone, now)
