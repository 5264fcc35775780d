"""What can be done on the pages of meetings, apart from chairing one."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from destraba.actions.meetings.agenda import (
    add_item,
    edit_item,
    move_item,
    propose_agenda,
    withdraw_item,
)
from destraba.actions.meetings.meetings import (
    call_meeting,
    cancel_meeting,
    edit_meeting,
    open_meeting,
    prepare_meeting,
)
from destraba.actions.meetings.minutes import (
    answer_objection,
    approve_minutes,
    circulate_minutes,
    object_to_minutes,
    publish_minutes,
)
from destraba.ledger.labels import label
from destraba.methods.schema import MeetingKind
from destraba.models import AgendaItem, Commitment, Meeting, Mesa, Minutes, Objection, Problem
from destraba.queries import access
from destraba.queries.methods import method_of
from destraba.rules.meetings import LIVE, MeetingMove
from destraba.rules.minutes import MinutesMove, ObjectionState
from destraba.rules.permissions import Deed
from destraba.values.errors import Invalid
from destraba.values.numbers import meeting_number
from destraba.values.reasons import Reason
from destraba.web.forms.acts import ReasonForm
from destraba.web.forms.meetings import (
    AnswerObjectionForm,
    EditItemForm,
    EditMeetingForm,
    ItemForm,
    ObjectForm,
    PrepareForm,
)
from destraba.web.meetings.renditions import rendition_of
from destraba.web.meetings.scenes import CalendarScene, MeetingScene
from destraba.web.things.acts import Act, Call, Group

FIRST = "first"
"""In a list of items: before all of them."""


def _kinds(scene: CalendarScene, _mesa: Mesa) -> dict[str, list[tuple[str, str]]]:
    kinds = method_of(scene.mesa).meetings
    return {"kind": [(kind.value, label(kind)) for kind in kinds]}


def _next_of_its_kind(scene: CalendarScene, _mesa: Mesa) -> Mapping[str, Any]:
    """The day, hour and place of the last one, one interval on."""
    method = method_of(scene.mesa)
    known = [*scene.calendar.coming, *scene.calendar.past]
    last = max((one.meeting for one in known if one.meeting.kind == method.pace), key=_day, default=None)
    if last is None:
        return {"kind": method.pace.value, "lasts": 90}
    return {
        "kind": last.kind,
        "held_on": max(last.held_on + timedelta(days=method.cadence.interval_days), scene.today),
        "begins_at": last.begins_at,
        "lasts": last.lasts_minutes,
        "venue": last.venue,
    }


def _day(meeting: Meeting) -> Any:
    return meeting.held_on


def _prepare(call: Call[CalendarScene, Mesa]) -> Meeting:
    data = call.data
    return prepare_meeting(
        actor=call.scene.actor,
        mesa=call.target,
        kind=MeetingKind(data["kind"]),
        held_on=data["held_on"],
        begins_at=data["begins_at"],
        lasts_minutes=data["lasts"],
        title=data["title"],
        venue=data["venue"],
        now=call.scene.now,
    )


def _as_it_stands(_scene: MeetingScene, meeting: Meeting) -> Mapping[str, Any]:
    return {
        "held_on": meeting.held_on,
        "begins_at": meeting.begins_at,
        "lasts": meeting.lasts_minutes,
        "venue": meeting.venue,
        "title": meeting.title,
    }


def _edit(call: Call[MeetingScene, Meeting]) -> None:
    data = call.data
    edit_meeting(
        actor=call.scene.actor,
        meeting=call.target,
        held_on=data["held_on"],
        begins_at=data["begins_at"],
        lasts_minutes=data["lasts"],
        venue=data["venue"],
        title=data["title"],
        now=call.scene.now,
    )


def _add(call: Call[MeetingScene, Meeting]) -> None:
    scene, data = call.scene, call.data
    slug = scene.mesa.slug
    commitment: Commitment | None = None
    problem: Problem | None = None
    if data["commitment"]:
        commitment = access.commitment(scene.viewer, slug, data["commitment"])
    elif data["problem"]:
        problem = access.problem(scene.viewer, slug, data["problem"])
    elif not data["title"]:
        raise Invalid(Reason.of("required", field="title"))
    add_item(
        actor=scene.actor,
        meeting=call.target,
        title=data["title"],
        problem=problem,
        commitment=commitment,
        minutes=data["minutes"],
        now=scene.now,
    )


def _item(_scene: MeetingScene, item: AgendaItem) -> Mapping[str, Any]:
    return {"title": item.title, "minutes": item.minutes}


def _others(scene: MeetingScene, item: AgendaItem) -> dict[str, list[tuple[str, str]]]:
    places = [("", gettext("Where it stands now")), (FIRST, gettext("First of all"))]
    places += [(str(one.pk), one.title[:80]) for one in scene.thing.items if one.pk != item.pk]
    return {"after": places}


def _edit_item(call: Call[MeetingScene, AgendaItem]) -> None:
    scene, data = call.scene, call.data
    item = edit_item(
        actor=scene.actor, item=call.target, title=data["title"], minutes=data["minutes"], now=scene.now
    )
    if after := data["after"]:
        before = next((one for one in scene.thing.items if str(one.pk) == after), None)
        move_item(actor=scene.actor, item=item, after=before, now=scene.now)


def _is_live(scene: MeetingScene, _target: object) -> bool:
    return scene.state in LIVE


def _can(move: MeetingMove) -> Any:
    return lambda scene, _target: scene.can(move)


def _may_be_called(scene: MeetingScene, meeting: Meeting) -> bool:
    return scene.can(MeetingMove.CALL) and meeting.begins > scene.now


def _minutes_can(move: MinutesMove) -> Any:
    return lambda scene, minutes: scene.minutes_can(minutes, move)


def _number(meeting: Meeting) -> str:
    return meeting_number(meeting.number)


def _circulate(call: Call[MeetingScene, Minutes]) -> None:
    scene = call.scene
    rendition = rendition_of(scene.mesa, scene.meeting, scene.now)
    circulate_minutes(actor=scene.actor, minutes=call.target, rendition=rendition, now=scene.now)


def _object(call: Call[MeetingScene, Minutes]) -> None:
    object_to_minutes(
        actor=call.scene.actor,
        minutes=call.target,
        text=call.data["text"],
        seat=access.seat_in(call.scene.viewer, call.scene.mesa),
        now=call.scene.now,
    )


def _answer(call: Call[MeetingScene, Objection]) -> None:
    answer_objection(
        actor=call.scene.actor,
        objection=call.target,
        is_taken_up=call.data["is_taken_up"] == "yes",
        answer=call.data["answer"],
        now=call.scene.now,
    )


def _in_time(scene: MeetingScene, minutes: Minutes) -> bool:
    until = minutes.objections_until
    return scene.minutes_can(minutes, MinutesMove.OBJECT) and until is not None and scene.now < until


CALENDAR_ACTS: tuple[Act[CalendarScene, Any], ...] = (
    Act(
        code="prepare",
        words=_("Prepare a meeting"),
        group=Group.NEXT,
        deed=Deed.RUN_MEETINGS,
        form=PrepareForm,
        targets=lambda scene: [scene.mesa],
        options=_kinds,
        first=_next_of_its_kind,
        do=_prepare,
        says=_("It is a draft that only the team sees, until it is called."),
        kind="go",
    ),
)

MEETING_ACTS: tuple[Act[MeetingScene, Any], ...] = (
    Act(
        code="propose",
        words=_("Propose the agenda"),
        group=Group.BELOW,
        deed=Deed.RUN_MEETINGS,
        targets=MeetingScene.the_meeting,
        when=_is_live,
        do=lambda call: propose_agenda(actor=call.scene.actor, meeting=call.target, now=call.scene.now),
    ),
    Act(
        code="add-item",
        words=_("Add an item"),
        group=Group.BELOW,
        deed=Deed.RUN_MEETINGS,
        form=ItemForm,
        targets=MeetingScene.the_meeting,
        when=_is_live,
        do=_add,
    ),
    Act(
        code="edit-item",
        words=_("Edit"),
        group=Group.PLACES,
        deed=Deed.RUN_MEETINGS,
        form=EditItemForm,
        targets=MeetingScene.the_items,
        when=_is_live,
        first=_item,
        options=_others,
        do=_edit_item,
        about=lambda item: item.title,
    ),
    Act(
        code="drop-item",
        words=_("Take off the agenda"),
        group=Group.PLACES,
        deed=Deed.RUN_MEETINGS,
        targets=MeetingScene.the_items,
        when=_is_live,
        do=lambda call: withdraw_item(actor=call.scene.actor, item=call.target, now=call.scene.now),
        about=lambda item: item.title,
    ),
    Act(
        code="call",
        words=_("Call the meeting"),
        group=Group.NEXT,
        deed=Deed.RUN_MEETINGS,
        targets=MeetingScene.the_meeting,
        when=_may_be_called,
        do=lambda call: call_meeting(actor=call.scene.actor, meeting=call.target, now=call.scene.now),
        about=_number,
        kind="go",
    ),
    Act(
        code="open",
        words=_("Open the meeting"),
        group=Group.NEXT,
        deed=Deed.RUN_MEETINGS,
        targets=MeetingScene.the_meeting,
        when=_can(MeetingMove.OPEN),
        do=lambda call: open_meeting(actor=call.scene.actor, meeting=call.target, now=call.scene.now),
        about=_number,
    ),
    Act(
        code="edit",
        words=_("Change day, hour or place"),
        group=Group.KEEP,
        deed=Deed.RUN_MEETINGS,
        form=EditMeetingForm,
        targets=MeetingScene.the_meeting,
        when=_is_live,
        first=_as_it_stands,
        do=_edit,
        about=_number,
    ),
    Act(
        code="cancel",
        words=_("Cancel the meeting"),
        group=Group.KEEP,
        deed=Deed.RUN_MEETINGS,
        form=ReasonForm,
        targets=MeetingScene.the_meeting,
        when=_can(MeetingMove.CANCEL),
        do=lambda call: cancel_meeting(
            actor=call.scene.actor, meeting=call.target, reason=call.data["reason"], now=call.scene.now
        ),
        about=_number,
        kind="danger",
    ),
    Act(
        code="circulate",
        words=_("Circulate for objections"),
        group=Group.NORM,
        deed=Deed.CIRCULATE,
        targets=MeetingScene.the_minutes,
        when=_minutes_can(MinutesMove.CIRCULATE),
        do=_circulate,
        kind="go",
    ),
    Act(
        code="object",
        words=_("Object"),
        group=Group.NORM,
        deed=Deed.OBJECT_MINUTES,
        form=ObjectForm,
        targets=MeetingScene.the_minutes,
        when=_in_time,
        do=_object,
    ),
    Act(
        code="approve",
        words=_("Approve"),
        group=Group.NORM,
        deed=Deed.APPROVE_MINUTES,
        targets=MeetingScene.the_minutes,
        when=_minutes_can(MinutesMove.APPROVE),
        do=lambda call: approve_minutes(actor=call.scene.actor, minutes=call.target, now=call.scene.now),
        kind="go",
    ),
    Act(
        code="publish",
        words=_("Publish"),
        group=Group.NORM,
        deed=Deed.PUBLISH,
        targets=MeetingScene.the_minutes,
        when=_minutes_can(MinutesMove.PUBLISH),
        do=lambda call: publish_minutes(actor=call.scene.actor, minutes=call.target, now=call.scene.now),
        says=_("Anybody can read them then, on the mesa's public page."),
        kind="go",
    ),
    Act(
        code="answer-objection",
        words=_("Answer"),
        group=Group.LADDER,
        deed=Deed.CIRCULATE,
        form=AnswerObjectionForm,
        targets=MeetingScene.the_objections,
        when=lambda _scene, objection: objection.state == ObjectionState.OPEN,
        do=_answer,
        about=lambda objection: objection.text[:60],
    ),
)
