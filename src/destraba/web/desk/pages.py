"""What the template of the desk reads."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel import dates
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from destraba.ledger.labels import label
from destraba.ledger.wording import locale, moment
from destraba.methods.schema import MeetingKind
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.desk.changes import Changed, Target
from destraba.queries.desk.desk import Desk
from destraba.queries.desk.meetings import MeetingAhead
from destraba.queries.desk.owed import OwedLine
from destraba.rules.desk.pressing import Pressing
from destraba.rules.meetings import MeetingState
from destraba.rules.permissions import PROGRAMME, Deed, Subject
from destraba.values.days import day_in
from destraba.values.numbers import commitment_number, meeting_number, problem_number, solution_number
from destraba.web.desk.days import away, lately
from destraba.web.desk.errands import errand_line
from destraba.web.desk.needs import need_of_desk
from destraba.web.forms.durations import written
from destraba.web.grid import Frame, GridRow, commitment_row
from destraba.web.meetings.renditions import long_day, zone_words
from destraba.web.things.needs import Need

OWED, WAITING = 8, 10
Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OwedRow:
    """A row as the Matrix words it, its mesa, and what its button says; blank where nothing presses."""

    mesa: str
    row: GridRow
    act: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A sentence whose folio leads on, at its hour; `iso` is for machines."""

    time: str
    iso: str
    said: Need
    more: int


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """A meeting ahead. `agenda` is how many items it has, `planned` the time they take, `over` by how many
    minutes that is too long; `state` is blank where it is simply called."""

    folio: str
    mesa: str
    href: str
    live_href: str
    title: str
    day: str
    iso: str
    hours: str
    away: str
    venue: str
    agenda: int
    planned: str
    over: int
    state: str


def desk_context(viewer: Viewer, desk: Desk, now: datetime, *, is_marked: bool) -> Context:
    """For `desk/page.html`."""
    zone = desk.mesas[0].mesa.time_zone if desk.mesas else settings.TIME_ZONE
    today = day_in(zone, now)
    pressing = [one for one in desk.owed if one.pressing < Pressing.LATER]
    owed = [_owed(one) for one in desk.owed]
    first = len(pressing[:OWED])
    errands = [errand_line(one, today) for one in desk.waiting]
    return {
        "day": dates.format_date(today, "full", locale=locale()),
        "need": need_of_desk(desk, today) if desk.mesas else None,
        "owed": owed[:first],
        "owed_folded": owed[first:],
        "presses": bool(pressing),
        "waiting": errands[:WAITING],
        "waiting_folded": errands[WAITING:],
        "waiting_count": len(errands),
        "meetings": [_meeting(viewer, one) for one in desk.meetings],
        "changes": _grouped(desk, now),
        "changes_cut": desk.changes.is_cut,
        "since": moment(desk.since, zone) if is_marked else "",
        "shown_at": now.isoformat(),
        "mesas": desk.mesas,
        "may_open": access.may(viewer, Deed.OPEN_MESA, PROGRAMME),
    }


def _owed(one: OwedLine) -> OwedRow:
    frame = Frame(slug=one.mesa.slug, zone=one.mesa.time_zone, today=one.today, can_edit=False, focus_most=0)
    act = {Pressing.ASKED: _("Answer it"), Pressing.LATER: ""}.get(one.pressing, _("Say how it goes"))
    return OwedRow(one.mesa.name, commitment_row(one.row, frame, level=1), act)


def _meeting(viewer: Viewer, one: MeetingAhead) -> MeetingCard:
    meeting = one.meeting
    return MeetingCard(
        folio=meeting_number(meeting.number),
        mesa=one.mesa.name,
        href=reverse("meeting", args=[one.mesa.slug, meeting.number]),
        live_href=_live_href(viewer, one),
        title=meeting.title or label(MeetingKind(meeting.kind)),
        day=long_day(meeting),
        iso=meeting.begins.isoformat(),
        hours=f"{meeting.begins:%H:%M}–{meeting.ends:%H:%M} ({zone_words(meeting)})",
        away=away((meeting.held_on - one.today).days),
        venue=meeting.venue,
        agenda=one.items,
        planned=written(one.planned) if one.planned else "",
        over=max(one.planned - meeting.lasts_minutes, 0),
        state=label(one.state) if one.state is not MeetingState.CALLED else "",
    )


def _live_href(viewer: Viewer, one: MeetingAhead) -> str:
    """Where whoever runs it chairs it, while it is held."""
    subject = Subject(one.mesa.pk)
    if one.state is not MeetingState.IN_PROGRESS or not access.may(viewer, Deed.RUN_MEETINGS, subject):
        return ""
    return reverse("meeting_live", args=[one.mesa.slug, one.meeting.number])


def _grouped(desk: Desk, now: datetime) -> list[tuple[str, list[ChangeLine]]]:
    """By mesa and day, in the order in which they first come: the latest first. Whoever has one mesa need not
    be told which."""
    groups: dict[tuple[str, str], list[ChangeLine]] = {}
    for one in desk.changes.lines:
        zone = one.mesa.time_zone
        on = lately(day_in(zone, one.happening.entry.occurred_at), day_in(zone, now))
        groups.setdefault((one.mesa.name, on), []).append(_change(one))
    if len(desk.mesas) == 1:
        return [(on, those) for (_mesa, on), those in groups.items()]
    return [(f"{mesa} · {on}", those) for (mesa, on), those in groups.items()]


def _change(one: Changed) -> ChangeLine:
    entry, sentence = one.happening.entry, one.happening.sentence
    return ChangeLine(
        time=moment(entry.occurred_at, one.mesa.time_zone).rpartition(", ")[2],
        iso=entry.occurred_at.isoformat(),
        said=_leading_on(sentence.text, one),
        more=one.more,
    )


def _leading_on(text: str, one: Changed) -> Need:
    """The sentence with its folio linked; all of it, where it names none."""
    href = reverse(one.target.name, args=[one.mesa.slug, *one.target.numbers])
    folio = _folio(one.target) or one.mesa.name
    before, found, after = text.partition(folio)
    return Need(before, found, href, after) if found else Need("", text, href)


def _folio(target: Target) -> str:
    match target.name, target.numbers:
        case "problem", (number,):
            return problem_number(number)
        case "solution", (problem, number):
            return solution_number(problem, number)
        case "commitment", (number,):
            return commitment_number(number)
        case "meeting", (number,):
            return meeting_number(number)
    return ""
