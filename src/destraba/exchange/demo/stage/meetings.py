"""Acts around a meeting: called, held, written down, circulated, published."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from destraba.actions.matrix.problems import edit_problem
from destraba.actions.meetings.agenda import add_item, propose_agenda, take_item, withdraw_item
from destraba.actions.meetings.meetings import call_meeting, open_meeting, prepare_meeting
from destraba.actions.meetings.minutes import (
    answer_objection,
    approve_by_silence,
    approve_minutes,
    circulate_minutes,
    close_meeting,
    object_to_minutes,
    publish_minutes,
)
from destraba.actions.meetings.room import (
    Filled,
    commit_in_room,
    note_attendances,
    raise_in_room,
    write_entry,
)
from destraba.exchange.demo.stage.scene import Scene
from destraba.methods.schema import MeetingKind
from destraba.models import AgendaItem, Meeting, Objection, Seat
from destraba.rules.meetings import EntryKind, ItemState, Presence
from destraba.values.actors import Actor, Via


def prepare(scene: Scene, **said: Any) -> None:
    """A draft, about the commitments that are named or else with the agenda that the Matrix proposes."""
    _prepared(scene, **said)


def call(scene: Scene, **said: Any) -> None:
    """The same, and everybody is invited."""
    call_meeting(actor=scene.actor, meeting=_prepared(scene, **said), now=scene.now)


def propose_again(scene: Scene, *, meeting: int) -> None:
    """What moved since the agenda was proposed comes on it too."""
    propose_agenda(actor=scene.actor, meeting=scene.meeting(meeting), now=scene.now)


def drop_items(scene: Scene, *, meeting: int, commitments: list[int]) -> None:
    """There is not time for everything."""
    dropped = AgendaItem.objects.select_related("meeting").filter(
        meeting=scene.meeting(meeting), commitment__number__in=commitments, withdrawn_at=None
    )
    for item in dropped:
        withdraw_item(actor=scene.actor, item=item, now=scene.now)


def hold(
    scene: Scene,
    *,
    meeting: int,
    present: list[str],
    excused: list[str] | None = None,
    substitutes: Mapping[str, str] | None = None,
    items: list[Mapping[str, Any]],
) -> None:
    """From the first chair taken to the close; what stands on the agenda and is not in `items` returns."""
    held = scene.meeting(meeting)
    open_meeting(actor=scene.actor, meeting=held, now=scene.now)
    _note_attendance(scene, held, present, excused or [], substitutes or {})
    for item in items:
        _take(scene, held, **item)
    ends = scene.now + timedelta(minutes=held.lasts_minutes)
    close_meeting(actor=scene.actor, meeting=held, now=ends)


def circulate(scene: Scene, *, meeting: int) -> None:
    minutes = scene.minutes(meeting)
    rendition = scene.render(scene.mesa, minutes.meeting, scene.now)
    circulate_minutes(actor=scene.actor, minutes=minutes, rendition=rendition, now=scene.now)


def object_to(scene: Scene, *, meeting: int, text: str, seat: str) -> None:
    object_to_minutes(
        actor=scene.actor, minutes=scene.minutes(meeting), text=text, seat=scene.seat(seat), now=scene.now
    )


def take_up_objection(scene: Scene, *, meeting: int, note: str) -> None:
    """The team writes it in."""
    minutes = scene.minutes(meeting)
    for objection in Objection.objects.filter(minutes=minutes):
        answer_objection(actor=scene.actor, objection=objection, is_taken_up=True, now=scene.now)
    write_entry(actor=scene.actor, meeting=minutes.meeting, kind=EntryKind.NOTE, text=note, now=scene.now)


def approve(scene: Scene, *, meeting: int) -> None:
    approve_minutes(actor=scene.actor, minutes=scene.minutes(meeting), now=scene.now)


def approve_silently(scene: Scene) -> None:
    """The time for objections is over, and the clock approves."""
    approve_by_silence(actor=Actor(None, Via.JOB), now=scene.now)


def publish(scene: Scene, *, meeting: int) -> None:
    publish_minutes(actor=scene.actor, minutes=scene.minutes(meeting), now=scene.now)


def _prepared(
    scene: Scene,
    *,
    kind: str,
    on: int,
    begins: str,
    minutes: int = 90,
    title: str = "",
    venue: str = "",
    about: list[int] | None = None,
) -> Meeting:
    meeting = prepare_meeting(
        actor=scene.actor,
        mesa=scene.mesa,
        kind=MeetingKind(kind),
        held_on=scene.clock.day(on),
        begins_at=time.fromisoformat(begins),
        lasts_minutes=minutes,
        title=title,
        venue=venue,
        now=scene.now,
    )
    if about is None:
        propose_agenda(actor=scene.actor, meeting=meeting, now=scene.now)
    for number in about or ():
        _item(scene, meeting, commitment=number)
    return meeting


def _note_attendance(
    scene: Scene, meeting: Meeting, present: list[str], excused: list[str], substitutes: Mapping[str, str]
) -> None:
    """At a session every regular seat is accounted for; elsewhere, only who was asked to come."""
    is_session = meeting.kind == MeetingKind.SESSION
    filled = []
    for seat in Seat.objects.filter(mesa=scene.mesa, withdrawn_at=None).select_related("organization"):
        name = seat.organization.name
        if name in substitutes:
            filled.append(Filled(seat, Presence.SUBSTITUTE, substitutes[name]))
        elif name in present:
            filled.append(Filled(seat, Presence.PRESENT))
        elif name in excused:
            filled.append(Filled(seat, Presence.EXCUSED))
        elif is_session and not seat.is_occasional:
            filled.append(Filled(seat, Presence.ABSENT))
    note_attendances(actor=scene.actor, meeting=meeting, filled=filled, now=scene.now)


def _take(
    scene: Scene,
    meeting: Meeting,
    *,
    commitment: int = 0,
    problem: int = 0,
    title: str = "",
    note: str = "",
    private_note: str = "",
    decision: str = "",
    commitments: list[Mapping[str, Any]] | None = None,
    raised: Mapping[str, str] | None = None,
) -> None:
    """One item is taken up: what was said, decided, promised and raised under it."""
    item = _item(scene, meeting, commitment=commitment, problem=problem, title=title)
    take_item(actor=scene.actor, item=item, state=ItemState.TAKEN, now=scene.now)
    said = (
        (EntryKind.NOTE, note, False),
        (EntryKind.NOTE, private_note, True),
        (EntryKind.DECISION, decision, False),
    )
    for kind, text, is_private in said:
        if text:
            write_entry(
                actor=scene.actor,
                meeting=meeting,
                kind=kind,
                text=text,
                item=item,
                is_private=is_private,
                now=scene.now,
            )
    for promised in commitments or ():
        _promise(scene, meeting, **promised)
    if raised:
        _raise(scene, meeting, **raised)


def _item(
    scene: Scene, meeting: Meeting, *, commitment: int = 0, problem: int = 0, title: str = ""
) -> AgendaItem:
    """The one that was proposed for the row; a matter that was not on the agenda is added."""
    row = scene.commitment(commitment) if commitment else None
    about = scene.problem(problem) if problem else None
    if row or about:
        standing = AgendaItem.objects.select_related("meeting").filter(
            meeting=meeting, commitment=row, problem=about, withdrawn_at=None
        )
        if found := standing.first():
            return found
    return add_item(
        actor=scene.actor, meeting=meeting, title=title, problem=about, commitment=row, now=scene.now
    )


def _promise(
    scene: Scene, meeting: Meeting, *, problem: int, title: str, owner: str, due: int | None = None
) -> None:
    commit_in_room(
        actor=scene.actor,
        meeting=meeting,
        problem=scene.problem(problem),
        title=title,
        owner=scene.organization(owner),
        due=scene.due(due),
        now=scene.now,
    )


def _raise(scene: Scene, meeting: Meeting, *, title: str, detail: str, axis: str, seat: str) -> None:
    raised = raise_in_room(
        actor=scene.actor, meeting=meeting, title=title, raised_by=scene.seat(seat), now=scene.now
    )
    edit_problem(actor=scene.actor, problem=raised, detail=detail, axis=axis, now=scene.now)
