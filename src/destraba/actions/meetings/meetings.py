"""The meeting itself: prepared, called, changed, opened, cancelled."""

from datetime import date, datetime, time
from typing import TypedDict, Unpack

from destraba.actions.inputs import NAME, because, line
from destraba.ledger import kinds
from destraba.ledger.kinds import Kind
from destraba.ledger.record import Recording, recording
from destraba.methods.schema import MeetingKind
from destraba.models import Meeting, Mesa
from destraba.queries import access
from destraba.queries.methods import method_of
from destraba.rules.meetings import LIVE, TABLE, MeetingMove, MeetingState
from destraba.rules.permissions import Deed, Subject
from destraba.values.actors import Actor
from destraba.values.errors import Conflict, Invalid
from destraba.values.reasons import Reason

VENUE = 300
SHORTEST, LONGEST = 5, 12 * 60
# What the invited have in their calendars: a change of any of it is a new version of the invitation.
_IN_THE_CALENDAR = frozenset({"title", "held_on", "begins_at", "lasts_minutes", "venue"})

_KIND_OF_MOVE: dict[MeetingMove, Kind] = {
    MeetingMove.CALL: kinds.MEETING_CALLED,
    MeetingMove.OPEN: kinds.MEETING_OPENED,
    MeetingMove.CLOSE: kinds.MEETING_CLOSED,
    MeetingMove.CANCEL: kinds.MEETING_CANCELLED,
}


class MeetingFields(TypedDict, total=False):
    """What may be edited of a meeting that is not over."""

    title: str
    held_on: date
    begins_at: time
    lasts_minutes: int
    venue: str


def prepare_meeting(
    *,
    actor: Actor,
    mesa: Mesa,
    kind: MeetingKind,
    held_on: date,
    begins_at: time,
    lasts_minutes: int,
    title: str = "",
    venue: str = "",
    now: datetime,
) -> Meeting:
    """Begin a draft, which nobody outside the team hears of."""
    access.permit(actor=actor, deed=Deed.RUN_MEETINGS, subject=Subject(mesa.pk), now=now)
    if kind not in method_of(mesa).meetings:
        raise Invalid(Reason.of("kind_not_held", kind=kind))
    with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
        meeting = Meeting(
            mesa=mesa,
            number=change.take_number(mesa, "last_meeting"),
            kind=kind.value,
            state=MeetingState.DRAFT.value,
            time_zone=mesa.time_zone,
            **_cleaned(
                {
                    "title": title,
                    "held_on": held_on,
                    "begins_at": begins_at,
                    "lasts_minutes": lasts_minutes,
                    "venue": venue,
                }
            ),
        )
        return change.create(meeting, kinds.MEETING_PREPARED)


def edit_meeting(
    *, actor: Actor, meeting: Meeting, now: datetime, **fields: Unpack[MeetingFields]
) -> Meeting:
    """Change day, hour, place or title; once called, the invitations follow with a higher number."""
    access.permit(actor=actor, deed=Deed.RUN_MEETINGS, subject=Subject(meeting.mesa_id), now=now)
    require_live(meeting)
    cleaned = _cleaned(fields)
    invited = meeting.state != MeetingState.DRAFT
    changed = {name for name, value in cleaned.items() if getattr(meeting, name) != value}
    if invited and changed & _IN_THE_CALENDAR:
        cleaned["calendar_sequence"] = meeting.calendar_sequence + 1
    with recording(actor=actor, now=now, streams=[meeting.mesa_id]) as change:
        return change.update(meeting, kinds.MEETING_CHANGED if invited else kinds.MEETING_EDITED, **cleaned)


def call_meeting(*, actor: Actor, meeting: Meeting, now: datetime) -> Meeting:
    """Invite: what the job of invitations reads from the ledger. A meeting of the past invites nobody."""
    permit_move(actor=actor, meeting=meeting, move=MeetingMove.CALL, now=now)
    if meeting.begins <= now:
        raise Conflict(Reason.of("meeting_past"))
    with recording(actor=actor, now=now, streams=[meeting.mesa_id]) as change:
        return enter_meeting_move(change, meeting, MeetingMove.CALL, called_at=now)


def open_meeting(*, actor: Actor, meeting: Meeting, now: datetime) -> Meeting:
    """The room is there: from now on it is written down what happens."""
    permit_move(actor=actor, meeting=meeting, move=MeetingMove.OPEN, now=now)
    with recording(actor=actor, now=now, streams=[meeting.mesa_id]) as change:
        return enter_meeting_move(change, meeting, MeetingMove.OPEN, opened_at=now)


def cancel_meeting(*, actor: Actor, meeting: Meeting, reason: str, now: datetime) -> Meeting:
    """It will not be held; whoever was invited is told why."""
    permit_move(actor=actor, meeting=meeting, move=MeetingMove.CANCEL, now=now, reason=reason)
    said = because(reason)
    sequence = meeting.calendar_sequence + (meeting.state == MeetingState.CALLED)
    with recording(actor=actor, now=now, streams=[meeting.mesa_id]) as change:
        return enter_meeting_move(
            change, meeting, MeetingMove.CANCEL, said, calendar_sequence=sequence, state_because=said
        )


def permit_move(
    *, actor: Actor, meeting: Meeting, move: MeetingMove, now: datetime, reason: str = ""
) -> None:
    """Raise unless this actor may make this move of this meeting now."""
    row = TABLE.row(move)
    access.permit(actor=actor, deed=row.deed, subject=Subject(meeting.mesa_id), now=now)
    if refused := TABLE.refusal(MeetingState(meeting.state), move, reason=reason):
        raise Conflict(refused)


def enter_meeting_move(
    change: Recording, meeting: Meeting, move: MeetingMove, said: str = "", /, **changes: object
) -> Meeting:
    """Write a move that was allowed."""
    return change.update(meeting, _KIND_OF_MOVE[move], said, state=TABLE.row(move).target.value, **changes)


def require_live(meeting: Meeting) -> None:
    """Raise Conflict unless the meeting is still to be held, or is being held."""
    if meeting.state not in LIVE:
        raise Conflict(Reason.of("meeting_over", state=meeting.state))


def _cleaned(fields: MeetingFields) -> dict[str, object]:
    cleaned: dict[str, object] = dict(fields)
    if "title" in fields:
        cleaned["title"] = line("title", fields["title"], NAME)
    if "venue" in fields:
        cleaned["venue"] = line("venue", fields["venue"], VENUE)
    if "lasts_minutes" in fields and not SHORTEST <= fields["lasts_minutes"] <= LONGEST:
        raise Invalid(Reason.of("lasts_out_of_bounds", least=SHORTEST, most=LONGEST))
    if "begins_at" in fields:
        cleaned["begins_at"] = fields["begins_at"].replace(second=0, microsecond=0)
    return cleaned
