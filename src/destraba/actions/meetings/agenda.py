"""The agenda: proposed from the Matrix with the reason of each item, then put right by hand."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from destraba.actions.inputs import TITLE, required_line
from destraba.actions.matrix.positions import position_after
from destraba.actions.meetings.meetings import require_live
from destraba.ledger import kinds
from destraba.ledger.record import Recording, recording
from destraba.models import AgendaItem, Commitment, Meeting, Problem
from destraba.queries import access
from destraba.queries.meetings.proposals import proposals_for
from destraba.rules.agenda import MINUTES, Proposal
from destraba.rules.meetings import ItemState, MeetingState
from destraba.rules.permissions import Deed, Subject
from destraba.values.actors import Actor
from destraba.values.errors import Conflict, Invalid
from destraba.values.keys import position_between
from destraba.values.reasons import Reason

MOST_MINUTES = 480


def propose_agenda(*, actor: Actor, meeting: Meeting, now: datetime) -> list[AgendaItem]:
    """Put on the agenda what the Matrix proposes and is not on it yet; what stands there stays."""
    _permit(actor, meeting, now)
    with recording(actor=actor, now=now, streams=[meeting.mesa_id]) as change:
        standing = {
            subject
            for item in AgendaItem.objects.filter(meeting=meeting)
            for subject in (item.commitment_id, item.problem_id)
            if subject
        }
        fresh = [one for one in proposals_for(meeting) if one.subject not in standing]
        titles = _subjects(meeting.mesa_id, [one.subject for one in fresh if one.subject])
        return [_enter(change, meeting, one, titles) for one in fresh]


def add_item(
    *,
    actor: Actor,
    meeting: Meeting,
    title: str = "",
    problem: Problem | None = None,
    commitment: Commitment | None = None,
    minutes: int = MINUTES,
    after: AgendaItem | None = None,
    now: datetime,
) -> AgendaItem:
    """One item by hand: a row of the Matrix, or a matter of its own with a title."""
    _permit(actor, meeting, now)
    subject = commitment or problem
    if subject is not None and subject.mesa_id != meeting.mesa_id:
        raise Invalid(Reason.of("unknown_row"))
    with recording(actor=actor, now=now, streams=[meeting.mesa_id]) as change:
        item = AgendaItem(
            mesa_id=meeting.mesa_id,
            meeting=meeting,
            position=position_after(AgendaItem.objects.filter(meeting=meeting), after),
            title=required_line("title", title or (subject.title if subject else ""), TITLE),
            problem=problem,
            commitment=commitment,
            minutes=_minutes(minutes),
        )
        return change.create(item, kinds.ITEM_ADDED)


def edit_item(
    *,
    actor: Actor,
    item: AgendaItem,
    title: str | None = None,
    minutes: int | None = None,
    now: datetime,
) -> AgendaItem:
    """Another title, or another time."""
    _permit(actor, item.meeting, now)
    cleaned: dict[str, object] = {}
    if title is not None:
        cleaned["title"] = required_line("title", title, TITLE)
    if minutes is not None:
        cleaned["minutes"] = _minutes(minutes)
    with recording(actor=actor, now=now, streams=[item.mesa_id]) as change:
        return change.update(item, kinds.ITEM_EDITED, **cleaned)


def move_item(*, actor: Actor, item: AgendaItem, after: AgendaItem | None, now: datetime) -> AgendaItem:
    """Take it up right after another item; after None, first of all."""
    _permit(actor, item.meeting, now)
    if after is not None and after.meeting_id != item.meeting_id:
        raise Invalid(Reason.of("unknown_row"))
    others = AgendaItem.objects.filter(meeting=item.meeting).exclude(pk=item.pk)
    with recording(actor=actor, now=now, streams=[item.mesa_id]) as change:
        position = position_after(others, after) if after else _before_all(others)
        return change.update(item, kinds.ITEM_MOVED, position=position)


def withdraw_item(*, actor: Actor, item: AgendaItem, now: datetime) -> AgendaItem:
    """Take it off the agenda; nothing of the Matrix changes."""
    _permit(actor, item.meeting, now)
    with recording(actor=actor, now=now, streams=[item.mesa_id]) as change:
        return change.update(item, kinds.ITEM_WITHDRAWN, withdrawn_at=now)


def take_item(*, actor: Actor, item: AgendaItem, state: ItemState, now: datetime) -> AgendaItem:
    """Say in the room that it was taken up, or was not after all, or is left for the next meeting."""
    _permit(actor, item.meeting, now)
    if item.meeting.state != MeetingState.IN_PROGRESS:
        raise Conflict(Reason.of("meeting_not_open", state=item.meeting.state))
    with recording(actor=actor, now=now, streams=[item.mesa_id]) as change:
        return change.update(item, kinds.ITEM_TAKEN, state=state.value)


def _permit(actor: Actor, meeting: Meeting, now: datetime) -> None:
    access.permit(actor=actor, deed=Deed.RUN_MEETINGS, subject=Subject(meeting.mesa_id), now=now)
    require_live(meeting)


def _subjects(mesa_id: UUID, keys: list[UUID]) -> dict[UUID, Commitment | Problem]:
    rows: list[Commitment | Problem] = [
        *Commitment.objects.filter(mesa=mesa_id, pk__in=keys),
        *Problem.objects.filter(mesa=mesa_id, pk__in=keys),
    ]
    return {row.pk: row for row in rows}


def _enter(
    change: Recording, meeting: Meeting, one: Proposal, subjects: dict[UUID, Commitment | Problem]
) -> AgendaItem:
    subject = subjects.get(one.subject) if one.subject else None
    item = AgendaItem(
        mesa_id=meeting.mesa_id,
        meeting=meeting,
        position=position_after(AgendaItem.objects.filter(meeting=meeting), None),
        title=subject.title if subject else one.title,
        problem=subject if isinstance(subject, Problem) else None,
        commitment=subject if isinstance(subject, Commitment) else None,
        visibility=(subject or meeting).visibility,
        why=one.reason.code,
        why_params=dict(one.reason.params),
        minutes=one.minutes,
        carried=one.carried,
    )
    return change.create(item, kinds.ITEM_ADDED)


def _before_all(others: QuerySet[AgendaItem]) -> str:
    first = others.order_by("position").values_list("position", flat=True).first()
    return position_between(None, first)


def _minutes(given: int) -> int:
    if not 1 <= given <= MOST_MINUTES:
        raise Invalid(Reason.of("lasts_out_of_bounds", least=1, most=MOST_MINUTES))
    return given
