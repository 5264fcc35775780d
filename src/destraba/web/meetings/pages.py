"""What the templates of the meetings read."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.labels import label
from destraba.ledger.wording import day, moment
from destraba.methods.schema import MeetingKind
from destraba.models import AgendaItem, Attendance, Meeting
from destraba.queries.history import latest_of
from destraba.queries.meetings.calendar import MeetingLine
from destraba.queries.meetings.reasons import agenda_reason
from destraba.queries.meetings.sides import by_side, side_words
from destraba.queries.methods import method_of
from destraba.queries.people import organization_names
from destraba.rules.meetings import IN_THE_ROOM, MeetingState, Presence
from destraba.rules.minutes import FROZEN, MinutesState
from destraba.rules.permissions import Deed
from destraba.values.numbers import meeting_number
from destraba.web.forms.durations import written
from destraba.web.frame import mesa_frame
from destraba.web.meetings.renditions import folio_of, long_day, sheet_number, zone_words
from destraba.web.meetings.scenes import CalendarScene, MeetingScene
from destraba.web.things.acts import Group, Offer
from destraba.web.things.telling import Line, told

MOVEMENTS = 12
Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of the agenda as the page shows it."""

    item: AgendaItem
    folio: str
    href: tuple[str, int] | None
    why: str
    time: str
    state: str
    offers: list[Offer]


def calendar_context(scene: CalendarScene, offered: list[Offer]) -> Context:
    """For `meetings/list.html`."""
    known = scene.calendar
    return {
        **mesa_frame(scene.viewer, scene.mesa, "meetings"),
        "slug": scene.mesa.slug,
        "need": _need_of_calendar(scene),
        "coming": [_line(one) for one in known.coming],
        "past": [_line(one) for one in known.past],
        "offers": offered,
        "interval": method_of(scene.mesa).cadence.interval_days,
    }


def meeting_context(scene: MeetingScene, offered: list[Offer]) -> Context:
    """For `meetings/meeting.html`."""
    thing, meeting = scene.thing, scene.meeting
    runs = scene.may(Deed.RUN_MEETINGS)
    minutes = sum(item.minutes for item in thing.items)
    return {
        **mesa_frame(scene.viewer, scene.mesa, "meetings"),
        "slug": scene.mesa.slug,
        "thing": thing,
        "meeting": meeting,
        "folio": meeting_number(meeting.number),
        "title": meeting.title or label(MeetingKind(meeting.kind)),
        "when": when_words(meeting),
        "state": scene.state,
        "state_words": label(scene.state),
        "need": _need_of_meeting(scene, minutes),
        "items": [_item(scene, item, offered) for item in thing.items],
        "agenda_time": written(minutes) if minutes else "",
        "offers": {group.value: [one for one in offered if one.act.group is group] for group in Group},
        "attendance": _attendance(scene),
        "sheet": _sheet(scene),
        "objections": [
            (one, [offer for offer in offered if offer.target.pk == one.pk]) for one in thing.objections
        ],
        "can_run": runs,
        "story": _story(scene) if runs else [],
        "organization_names": organization_names() if runs else (),
    }


def _story(scene: MeetingScene) -> list[Line]:
    """For the team alone: it tells of drafts and private notes too."""
    happenings = latest_of([scene.meeting, *scene.thing.the_records], MOVEMENTS, scene.zone)
    return told(happenings, scene.zone)


def when_words(meeting: Meeting) -> str:
    """ "jueves, 15 de junio de 2017, 9:00–10:30 (Lima)"."""
    return f"{long_day(meeting)}, {meeting.begins:%H:%M}–{meeting.ends:%H:%M} ({zone_words(meeting)})"


def _line(one: MeetingLine) -> Context:
    meeting = one.meeting
    return {
        "folio": meeting_number(meeting.number),
        "number": meeting.number,
        "day": day(meeting.held_on),
        "hour": f"{meeting.begins:%H:%M}",
        "title": meeting.title or label(MeetingKind(meeting.kind)),
        "venue": meeting.venue,
        "state": label(one.minutes) if one.minutes else label(MeetingState(meeting.state)),
        "agenda": one.items,
        "decisions": one.decisions,
        "commitments": one.commitments,
        "attendance": f"{one.there}/{one.expected}" if one.expected else "",
    }


def _need_of_calendar(scene: CalendarScene) -> str:
    known = scene.calendar
    if known.under_way:
        number = meeting_number(known.under_way.meeting.number)
        return _("%(meeting)s is being held now.") % {"meeting": number}
    if not known.coming:
        return _("No meeting is set. A mesa lives from one meeting to the next.")
    first = known.coming[0].meeting
    days = (first.held_on - scene.today).days
    words = _("it was never closed") if days < 0 else _ahead(days)
    return f"{meeting_number(first.number)}: {long_day(first)}, {words}."


def _ahead(days: int) -> str:
    if days < 2:
        return _("tomorrow") if days else _("today")
    return ngettext("in %(num)s day", "in %(num)s days", days) % {"num": days}


def _need_of_meeting(scene: MeetingScene, minutes: int) -> str:
    meeting, sheet = scene.meeting, scene.thing.minutes
    if scene.state is MeetingState.DRAFT:
        return _("A draft: nobody outside the team knows of it until it is called.")
    if scene.state is MeetingState.CALLED:
        return _need_of_called(scene, minutes)
    if scene.state is MeetingState.IN_PROGRESS:
        return _("It is being held now.")
    if scene.state is MeetingState.CANCELLED:
        return _("It was cancelled: %(reason)s") % {"reason": meeting.state_because}
    if sheet is None:
        return _("It is over, and leaves a private note.") if scene.state is MeetingState.CLOSED else ""
    return _need_of_minutes(scene)


def _need_of_called(scene: MeetingScene, minutes: int) -> str:
    over = minutes - scene.meeting.lasts_minutes
    if over > 0:
        return ngettext(
            "The agenda is %(num)s minute longer than the meeting.",
            "The agenda is %(num)s minutes longer than the meeting.",
            over,
        ) % {"num": over}
    days = (scene.meeting.held_on - scene.today).days
    if days < 0:
        return _("Its day has passed, and it was never opened.")
    return _("It is held %(when)s.") % {"when": _ahead(days)}


def _need_of_minutes(scene: MeetingScene) -> str:
    sheet = scene.thing.minutes
    if sheet is None:
        return ""
    match MinutesState(sheet.state):
        case MinutesState.DRAFT:
            return _("It is over. Its minutes are a draft: look them through and circulate them.")
        case MinutesState.CIRCULATED if sheet.objections_until and scene.now < sheet.objections_until:
            until = moment(sheet.objections_until, scene.zone)
            return _("Objections are possible until %(moment)s; silence approves.") % {"moment": until}
        case MinutesState.CIRCULATED:
            return _("The time for objections is over: they wait to be approved.")
        case MinutesState.APPROVED:
            return _("Approved: not a letter changes any more.")
    return _("Published: anybody can read them.")


def _item(scene: MeetingScene, item: AgendaItem, offered: list[Offer]) -> ItemLine:
    href = None
    if item.commitment:
        href = ("commitment", item.commitment.number)
    elif item.problem:
        href = ("problem", item.problem.number)
    return ItemLine(
        item=item,
        folio=folio_of(item),
        href=href,
        why=agenda_reason(item.why, item.why_params),
        time=written(item.minutes),
        state=item.state,
        offers=[offer for offer in offered if offer.target.pk == item.pk],
    )


def _attendance(scene: MeetingScene) -> list[tuple[str, int, list[tuple[str, str, bool]]]]:
    groups = []
    for side, those in by_side(scene.thing.attendances):
        rows = [(one.seat.organization.name, _presence(one), one.presence in IN_THE_ROOM) for one in those]
        groups.append((side_words(side), sum(there for _name, _words, there in rows), rows))
    return groups


def _presence(one: Attendance) -> str:
    words = label(Presence(one.presence))
    return f"{words}: {one.substitute}" if one.substitute else words


def _sheet(scene: MeetingScene) -> Context | None:
    minutes = scene.thing.minutes
    if minutes is None:
        return None
    state = MinutesState(minutes.state)
    return {
        "number": sheet_number(minutes),
        "state": label(state),
        "is_frozen": state in FROZEN,
        "edition": minutes.edition,
        "has_files": minutes.pdf_id is not None and state is not MinutesState.DRAFT,
        "approved": moment(minutes.approved_at, scene.zone) if minutes.approved_at else "",
        "by_silence": minutes.approved_by_silence,
        "digest": minutes.pdf.sha256 if minutes.pdf and state in FROZEN else "",
    }
