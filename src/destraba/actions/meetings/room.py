"""What the chair writes down while the room talks: who is there, what was said, decided, promised, raised."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from destraba.actions.followup.commitments import enter_commitment
from destraba.actions.inputs import NAME, line, passage
from destraba.actions.matrix.positions import position_after
from destraba.actions.matrix.problems import enter_problem
from destraba.ledger import kinds
from destraba.ledger.record import Recording, recording
from destraba.models import (
    AgendaItem,
    Attendance,
    Commitment,
    Entry,
    Meeting,
    Mesa,
    Organization,
    Problem,
    Seat,
    Solution,
)
from destraba.queries import access
from destraba.rules.commitments import CommitmentState
from destraba.rules.meetings import IN_THE_ROOM, LIVE, EntryKind, MeetingState, Presence
from destraba.rules.minutes import MinutesState
from destraba.rules.permissions import Deed, Subject
from destraba.rules.problems import ProblemStage
from destraba.values.actors import Actor
from destraba.values.errors import Conflict, Invalid
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.reasons import Reason
from destraba.values.visibility import Visibility


@dataclass(frozen=True, slots=True)
class Filled:
    """How one seat is filled, and by whose name where somebody came in the holder's place."""

    seat: Seat
    presence: Presence
    substitute: str = ""


def note_attendance(
    *,
    actor: Actor,
    meeting: Meeting,
    seat: Seat,
    presence: Presence,
    substitute: str = "",
    now: datetime,
) -> Attendance:
    """How one seat is filled; said again, it replaces what was said before."""
    (noted,) = note_attendances(
        actor=actor, meeting=meeting, filled=[Filled(seat, presence, substitute)], now=now
    )
    return noted


def note_attendances(
    *, actor: Actor, meeting: Meeting, filled: Collection[Filled], now: datetime
) -> list[Attendance]:
    """How several seats are filled, in one change set; what is said already is not written again."""
    permit_writing(actor=actor, meeting=meeting, now=now)
    if any(one.seat.mesa_id not in (meeting.mesa_id, None) for one in filled):
        raise Invalid(Reason.of("seat_elsewhere"))
    with recording(actor=actor, now=now, streams=[meeting.mesa_id]) as change:
        standing = {one.seat_id: one for one in Attendance.objects.filter(meeting=meeting)}
        return [_note(change, meeting, one, standing) for one in filled]


def write_entry(
    *,
    actor: Actor,
    meeting: Meeting,
    kind: EntryKind,
    text: str,
    item: AgendaItem | None = None,
    is_private: bool = False,
    now: datetime,
) -> Entry:
    """A note or a decision, under an item or under none; a private one is for the team alone."""
    permit_writing(actor=actor, meeting=meeting, now=now)
    _check_item(meeting, item)
    said = _said(text)
    with recording(actor=actor, now=now, streams=[meeting.mesa_id]) as change:
        return change.create(
            Entry(
                mesa_id=meeting.mesa_id,
                meeting=meeting,
                item=item,
                kind=kind.value,
                position=position_after(Entry.objects.filter(meeting=meeting), None),
                text=said,
                visibility=(Visibility.TEAM if is_private else Visibility.MESA).value,
            ),
            kinds.ENTRY_WRITTEN,
        )


def edit_entry(*, actor: Actor, entry: Entry, text: str, now: datetime) -> Entry:
    """Other words for the same paragraph; what it said before stays in the ledger."""
    permit_writing(actor=actor, meeting=entry.meeting, now=now)
    with recording(actor=actor, now=now, streams=[entry.mesa_id]) as change:
        return change.update(entry, kinds.ENTRY_EDITED, text=_said(text))


def strike_entry(*, actor: Actor, entry: Entry, now: datetime) -> Entry:
    """Take a paragraph out of the record."""
    permit_writing(actor=actor, meeting=entry.meeting, now=now)
    with recording(actor=actor, now=now, streams=[entry.mesa_id]) as change:
        return change.update(entry, kinds.ENTRY_WITHDRAWN, withdrawn_at=now)


def commit_in_room(
    *,
    actor: Actor,
    meeting: Meeting,
    problem: Problem,
    title: str,
    owner: Organization | Seat | None = None,
    due: FuzzyDate | None = None,
    solution: Solution | None = None,
    is_agreed: bool = True,
    now: datetime,
) -> Commitment:
    """What somebody promises at the table. It binds where the owner is in the room; else it is asked."""
    permit_writing(actor=actor, meeting=meeting, now=now)
    if problem.mesa_id != meeting.mesa_id:
        raise Invalid(Reason.of("unknown_row"))
    agreed = is_agreed and owner is not None and is_in_the_room(meeting, owner)
    with recording(actor=actor, now=now, streams=[meeting.mesa_id]) as change:
        return enter_commitment(
            change,
            problem,
            solution,
            title=title,
            owner=owner,
            due=due,
            state=CommitmentState.AGREED if agreed else CommitmentState.ASKED,
            meeting=meeting,
        )


def raise_in_room(
    *, actor: Actor, meeting: Meeting, title: str, raised_by: Seat | None = None, now: datetime
) -> Problem:
    """A problem that came up at the table; the team writes it, so it is accepted."""
    permit_writing(actor=actor, meeting=meeting, now=now)
    with recording(actor=actor, now=now, streams=[meeting.mesa_id]) as change:
        return enter_problem(
            change,
            Mesa.objects.get(pk=meeting.mesa_id),
            stage=ProblemStage.ACCEPTED,
            title=title,
            raised_by=raised_by,
            meeting=meeting,
        )


def is_in_the_room(meeting: Meeting, owner: Organization | Seat) -> bool:
    """Whether somebody was noted as there who speaks for the owner: that seat, or one of the organization."""
    there = Attendance.objects.filter(meeting=meeting, withdrawn_at=None, presence__in=IN_THE_ROOM)
    by = {"seat": owner} if isinstance(owner, Seat) else {"seat__organization": owner}
    return there.filter(**by).exists()


def permit_writing(*, actor: Actor, meeting: Meeting, now: datetime) -> None:
    """Raise unless this actor may write in this meeting's record now.

    A called meeting is written in from the moment it is open; a closed one, for as long as its minutes are a
    draft: somebody comes late with a name, or an objection is taken up.
    """
    access.permit(actor=actor, deed=Deed.RUN_MEETINGS, subject=Subject(meeting.mesa_id), now=now)
    if meeting.state in LIVE:
        return
    minutes = getattr(meeting, "minutes", None) if meeting.state == MeetingState.CLOSED else None
    if minutes is None or minutes.state != MinutesState.DRAFT:
        raise Conflict(Reason.of("record_shut", state=minutes.state if minutes else meeting.state))


def _note(change: Recording, meeting: Meeting, one: Filled, standing: dict[UUID, Attendance]) -> Attendance:
    name = line("substitute", one.substitute, NAME) if one.presence is Presence.SUBSTITUTE else ""
    noted = standing.get(one.seat.pk)
    if noted is not None:
        return change.update(
            noted,
            kinds.ATTENDANCE_NOTED,
            presence=one.presence.value,
            substitute=name,
            withdrawn_at=None,
        )
    fresh = Attendance(
        mesa_id=meeting.mesa_id,
        meeting=meeting,
        seat=one.seat,
        presence=one.presence.value,
        substitute=name,
    )
    standing[one.seat.pk] = fresh
    return change.create(fresh, kinds.ATTENDANCE_NOTED)


def _check_item(meeting: Meeting, item: AgendaItem | None) -> None:
    if item is not None and item.meeting_id != meeting.pk:
        raise Invalid(Reason.of("unknown_row"))


def _said(text: str) -> str:
    said = passage("text", text)
    if not said:
        raise Invalid(Reason.of("required", field="text"))
    return said
