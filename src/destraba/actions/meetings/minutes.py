"""From the close of a meeting to its published minutes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from destraba.actions.files import enter_file
from destraba.actions.inputs import because, passage
from destraba.actions.lights import refresh
from destraba.actions.meetings.meetings import enter_meeting_move, permit_move
from destraba.ledger import kinds
from destraba.ledger.record import Recording, recording
from destraba.methods.schema import MeetingKind, MinutesWeight
from destraba.models import AgendaItem, Commitment, Meeting, Minutes, Objection, Seat
from destraba.queries import access
from destraba.queries.methods import method_of
from destraba.rules.commitments import OPEN
from destraba.rules.meetings import ItemState, MeetingMove, MeetingState
from destraba.rules.minutes import (
    TABLE,
    MinutesMove,
    MinutesState,
    ObjectionState,
    approval_refusal,
    objection_refusal,
    objections_until,
    silence_approves,
)
from destraba.rules.permissions import Subject
from destraba.values.actors import Actor
from destraba.values.days import day_in
from destraba.values.errors import Conflict
from destraba.values.reasons import Reason

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Rendition:
    """The same minutes in two hands: one to be read anywhere, one to be worked on."""

    name: str
    pdf: bytes
    docx: bytes


def close_meeting(*, actor: Actor, meeting: Meeting, now: datetime) -> Meeting:
    """The room is empty: what was not reached returns, the lights are kept, the minutes are there as a draft.

    A meeting more may turn what is undated, or amber for long, red: those lights are computed anew.

    A kind of meeting that leaves only a private note has no minutes.
    """
    permit_move(actor=actor, meeting=meeting, move=MeetingMove.CLOSE, now=now)
    with recording(actor=actor, now=now, streams=[meeting.mesa_id]) as change:
        left = AgendaItem.objects.filter(meeting=meeting, state=ItemState.PLANNED, withdrawn_at=None)
        for item in left:
            change.update(item, kinds.ITEM_TAKEN, state=ItemState.NOT_REACHED.value)
        standing = list(
            Commitment.objects.filter(mesa=meeting.mesa_id, withdrawn_at=None, state__in=OPEN).order_by(
                "number"
            )
        )
        enter_meeting_move(
            change, meeting, MeetingMove.CLOSE, closed_at=now, lights_at_close=_lights(standing)
        )
        refresh(meeting.mesa, standing, day_in(meeting.time_zone, now))
        weight = method_of(meeting.mesa).meetings[MeetingKind(meeting.kind)].minutes
        if weight is not MinutesWeight.NOTE:
            _draft(change, meeting, weight)
        return meeting


def circulate_minutes(*, actor: Actor, minutes: Minutes, rendition: Rendition, now: datetime) -> Minutes:
    """Send them round, as they are rendered now, until the time for objections is over."""
    _permit(actor, minutes, MinutesMove.CIRCULATE, now)
    meeting = minutes.meeting
    rule = method_of(meeting.mesa).meetings[MeetingKind(meeting.kind)]
    until = objections_until(now, rule.objection_hours, _next_begins(meeting, now))
    with recording(actor=actor, now=now, streams=[minutes.mesa_id]) as change:
        mesa = meeting.mesa
        pdf = enter_file(change, mesa, content=rendition.pdf, name=f"{rendition.name}.pdf", media_type=PDF)
        docx = enter_file(
            change, mesa, content=rendition.docx, name=f"{rendition.name}.docx", media_type=DOCX
        )
        return change.update(
            minutes,
            kinds.MINUTES_CIRCULATED,
            state=MinutesState.CIRCULATED.value,
            circulated_at=now,
            objections_until=until,
            pdf=pdf,
            docx=docx,
        )


def object_to_minutes(
    *,
    actor: Actor,
    minutes: Minutes,
    text: str,
    seat: Seat | None = None,
    key: UUID | None = None,
    now: datetime,
) -> Objection:
    """Say within the time what is wrong; the minutes are a draft again, as the next edition.

    With a `key`, the same objection sent again finds itself on record and changes nothing.
    """
    _allow(actor, minutes, MinutesMove.OBJECT, now)
    if earlier := _made_before(key, minutes):
        return earlier
    if refused := objection_refusal(MinutesState(minutes.state), minutes.objections_until, now):
        raise Conflict(refused)
    said = because(text)
    with recording(actor=actor, now=now, streams=[minutes.mesa_id]) as change:
        if earlier := _made_before(key, minutes):
            return earlier
        objection = Objection(
            mesa_id=minutes.mesa_id,
            minutes=minutes,
            edition=minutes.edition,
            seat=seat,
            text=said,
            made_at=now,
            state=ObjectionState.OPEN.value,
        )
        if key:
            objection.id = key
        change.create(objection, kinds.OBJECTION_MADE)
        change.update(
            minutes,
            kinds.MINUTES_RETURNED,
            state=MinutesState.DRAFT.value,
            edition=minutes.edition + 1,
            circulated_at=None,
            objections_until=None,
        )
        return objection


def answer_objection(
    *, actor: Actor, objection: Objection, is_taken_up: bool, answer: str = "", now: datetime
) -> Objection:
    """The team writes it in, or says why not."""
    subject = Subject(objection.mesa_id)
    access.permit(actor=actor, deed=TABLE.row(MinutesMove.CIRCULATE).deed, subject=subject, now=now)
    if objection.state != ObjectionState.OPEN:
        raise Conflict(Reason.of("objection_answered"))
    said = passage("answer", answer, 2000) if is_taken_up else because(answer)
    state = ObjectionState.TAKEN_UP if is_taken_up else ObjectionState.REFUSED
    with recording(actor=actor, now=now, streams=[objection.mesa_id]) as change:
        return change.update(objection, kinds.OBJECTION_ANSWERED, state=state.value, answer=said)


def approve_minutes(*, actor: Actor, minutes: Minutes, now: datetime) -> Minutes:
    """A leader approves them; from now on not a letter changes."""
    _permit(actor, minutes, MinutesMove.APPROVE, now)
    if refused := approval_refusal(MinutesState(minutes.state), open_objections=_unanswered(minutes)):
        raise Conflict(refused)
    return _approve(actor, minutes, now, by_silence=False)


def approve_by_silence(*, actor: Actor, now: datetime) -> list[Minutes]:
    """Approve the minutes whose time for objections is over without any."""
    waiting = Minutes.objects.filter(
        state=MinutesState.CIRCULATED, objections_until__lte=now, withdrawn_at=None
    )
    approved = []
    for minutes in waiting.order_by("objections_until"):
        state, unanswered = MinutesState(minutes.state), _unanswered(minutes)
        if silence_approves(state, minutes.objections_until, now, open_objections=unanswered):
            approved.append(_approve(actor, minutes, now, by_silence=True))
    return approved


def _unanswered(minutes: Minutes) -> int:
    return Objection.objects.filter(minutes=minutes, state=ObjectionState.OPEN, withdrawn_at=None).count()


def publish_minutes(*, actor: Actor, minutes: Minutes, now: datetime) -> Minutes:
    """Put approved minutes on the public page. Nothing of a quiet mesa is public."""
    _permit(actor, minutes, MinutesMove.PUBLISH, now)
    if minutes.mesa.is_quiet:
        raise Conflict(Reason.of("mesa_quiet"))
    with recording(actor=actor, now=now, streams=[minutes.mesa_id]) as change:
        return change.update(
            minutes, kinds.MINUTES_PUBLISHED, state=MinutesState.PUBLISHED.value, published_at=now
        )


def _permit(actor: Actor, minutes: Minutes, move: MinutesMove, now: datetime) -> None:
    _allow(actor, minutes, move, now)
    if refused := TABLE.refusal(MinutesState(minutes.state), move):
        raise Conflict(refused)


def _allow(actor: Actor, minutes: Minutes, move: MinutesMove, now: datetime) -> None:
    subject = access.subject_of_minutes(minutes)
    access.permit(actor=actor, deed=TABLE.row(move).deed, subject=subject, now=now)


def _made_before(key: UUID | None, minutes: Minutes) -> Objection | None:
    return Objection.objects.filter(pk=key, minutes=minutes).first() if key else None


def _approve(actor: Actor, minutes: Minutes, now: datetime, *, by_silence: bool) -> Minutes:
    with recording(actor=actor, now=now, streams=[minutes.mesa_id]) as change:
        return change.update(
            minutes,
            kinds.MINUTES_APPROVED,
            state=MinutesState.APPROVED.value,
            approved_at=now,
            approved_by_silence=by_silence,
        )


def _draft(change: Recording, meeting: Meeting, weight: MinutesWeight) -> Minutes:
    """Numbered within the mesa, its kind of minutes and the year; taken under the lock of the chain."""
    year = meeting.held_on.year
    taken = Minutes.objects.filter(mesa=meeting.mesa_id, weight=weight.value, year=year)
    last = taken.aggregate(last=Max("number"))["last"] or 0
    return change.create(
        Minutes(
            mesa_id=meeting.mesa_id,
            meeting=meeting,
            weight=weight.value,
            year=year,
            number=last + 1,
            state=MinutesState.DRAFT.value,
            visibility=meeting.visibility,
        ),
        kinds.MINUTES_DRAFTED,
    )


def _lights(standing: Iterable[Commitment]) -> dict[str, dict[str, object]]:
    """What every open commitment shows now, by its number: light, code of its reason, due date."""
    return {
        str(one.number): {
            "light": one.light,
            "reason": one.light_reason,
            "due": one.due.to_plain() if one.due else None,
        }
        for one in standing
    }


def _next_begins(meeting: Meeting, now: datetime) -> datetime | None:
    """When the next meeting of the same kind begins, so that the time for objections ends before it."""
    coming = Meeting.objects.filter(
        mesa=meeting.mesa_id,
        kind=meeting.kind,
        state__in=[MeetingState.DRAFT, MeetingState.CALLED],
        held_on__gte=day_in(meeting.time_zone, now),
        withdrawn_at=None,
    ).exclude(pk=meeting.pk)
    return min((one.begins for one in coming if one.begins > now), default=None)
