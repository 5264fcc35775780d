"""What the chair's page reads: the room in words."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.urls import reverse

from destraba.ledger.labels import label
from destraba.ledger.wording import day, fuzzy
from destraba.models import AgendaItem, Commitment, Entry
from destraba.queries.meetings.reasons import agenda_reason
from destraba.queries.meetings.room import OUTSIDE, Room
from destraba.queries.sentences import sentence
from destraba.rules.answers import AnswerKind
from destraba.rules.commitments import CommitmentState
from destraba.rules.meetings import EntryKind, MeetingState, Presence
from destraba.values.numbers import commitment_number, meeting_number, problem_number
from destraba.values.reasons import Reason
from destraba.values.visibility import Visibility
from destraba.web.live.acts import here
from destraba.web.live.forms import EntryForm, Pick, QuickForm, What, picks_of
from destraba.web.live.seats import sides_of
from destraba.web.middleware import Request

_BAR, _GAP = 360, 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a form that was sent back: the sentence, and whatever was typed."""

    refusal: str = ""
    status: int = 200
    quick: QuickForm | None = None
    entry: tuple[Entry, EntryForm] | None = None
    is_stale: bool = False
    seats: QueryDict | None = None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One line of the agenda. `x` and `width` are its share of the bar at the top."""

    key: str
    href: str
    title: str
    folio: str
    why: str
    minutes: int
    state: str
    is_current: bool
    x: int = 0
    width: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the current item before anybody speaks."""

    folios: list[tuple[str, str]] = field(default_factory=list)
    owner: str = ""
    due: str = ""
    light: str = ""
    light_why: str = ""
    why: str = ""
    last_word: str = ""
    situation: str = ""


@dataclass(frozen=True, slots=True)
class MadeLine:
    """A commitment that was made here; `state` says whether it binds already."""

    folio: str
    href: str
    title: str
    owner: str
    due: str
    state: str
    is_agreed: bool


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A paragraph of the record with the form to put it right; `theirs` is what it says where that was
    changed while somebody wrote."""

    id: str
    version: int
    time: str
    iso: str
    kind: str
    kind_words: str
    text: str
    is_private: bool
    typed: str
    errors: list[str]
    theirs: str
    is_open: bool


def page_of(request: Request, room: Room, outcome: Outcome) -> dict[str, Any]:
    """Everything that the template reads."""
    meeting, slug = room.meeting, room.mesa.slug
    state = MeetingState(meeting.state)
    return {
        "room": room,
        "meeting": meeting,
        "slug": slug,
        "folio": meeting_number(meeting.number),
        "when": f"{day(meeting.held_on)}, {meeting.begins_at:%H:%M}",
        "address": request.path,
        "mesa_href": reverse("mesa", args=[slug]),
        "meeting_href": reverse("meeting", args=[slug, meeting.number]),
        "is_open": state is MeetingState.IN_PROGRESS,
        "can_open": state in (MeetingState.DRAFT, MeetingState.CALLED),
        "state_words": label(state),
        "clock": clock_of(room, request.now),
        "items": lines_of(room, request.path),
        "item_key": here(room.current),
        "outside": OUTSIDE,
        "facts": facts_of(room),
        "entries": [_entry(one, room.mesa.time_zone, outcome) for one in room.record.entries],
        "made": [_made(one, slug) for one in room.record.commitments],
        "raised": room.record.problems,
        "recalled": room.record.recalled,
        "form": outcome.quick or QuickForm(None, room),
        "whats": list(What),
        "picks": picks_of(room),
        "pick_date": Pick.DATE.value,
        "sides": sides_of(room, outcome.seats),
        "presences": [(one.value, label(one)) for one in Presence],
        "filled": sum(chair.is_filled for chair in room.chairs),
        "refusal": outcome.refusal,
        "closing": "closing" in request.GET and state is MeetingState.IN_PROGRESS,
        "account": request.viewer.account_id,
        "saved_at": request.now.astimezone(ZoneInfo(room.mesa.time_zone)).strftime("%H:%M"),
    }


def clock_of(room: Room, now: datetime) -> dict[str, Any]:
    """How long it has been going on, of how long, and when it is likely to end."""
    meeting = room.meeting
    began = meeting.opened_at or meeting.begins
    elapsed = max(0, int(((meeting.closed_at or now) - began).total_seconds()) // 60)
    zone = ZoneInfo(meeting.time_zone)
    ends = max(room.likely_end(now), now).astimezone(zone)
    late = int((ends - meeting.ends).total_seconds()) // 60
    return {
        "began": began.isoformat(),
        "elapsed": _hours(elapsed),
        "planned": _hours(meeting.lasts_minutes),
        "planned_minutes": meeting.lasts_minutes,
        "is_over": elapsed > meeting.lasts_minutes,
        "ends": ends.strftime("%H:%M"),
        "planned_end": meeting.ends.isoformat(),
        "late": late,
        "left": room.minutes_left,
        "zone": meeting.time_zone,
    }


def lines_of(room: Room, path: str) -> list[ItemLine]:
    """The agenda, each item with its share of the bar."""
    total = sum(item.minutes for item in room.items) or 1
    scale = (_BAR - _GAP * len(room.items)) / total
    lines, x = [], 0.0
    for item in room.items:
        width = item.minutes * scale
        lines.append(_line(item, room, path, round(x), max(1, round(width))))
        x += width + _GAP
    return lines


def _line(item: AgendaItem, room: Room, path: str, x: int, width: int) -> ItemLine:
    key = str(item.pk)
    return ItemLine(
        key=key,
        href=f"{path}?item={key}",
        title=item.title,
        folio=_folio(item),
        why=agenda_reason(item.why, item.why_params),
        minutes=item.minutes,
        state=item.state,
        is_current=item == room.current,
        x=x,
        width=width,
    )


def _folio(item: AgendaItem) -> str:
    if item.commitment:
        return commitment_number(item.commitment.number)
    return problem_number(item.problem.number) if item.problem else ""


def facts_of(room: Room) -> Facts:
    """Owner, date, light and last word of the current item."""
    item = room.current
    if item is None:
        return Facts()
    slug = room.mesa.slug
    folios = []
    if room.problem:
        number = room.problem.number
        folios.append((problem_number(number), reverse("problem", args=[slug, number])))
    why = agenda_reason(item.why, item.why_params)
    row = item.commitment
    if row is None:
        return Facts(folios=folios, why=why)
    folios.append((commitment_number(row.number), reverse("commitment", args=[slug, row.number])))
    return Facts(
        folios=folios,
        owner=row.owner_organization.name if row.owner_organization else "",
        due=fuzzy(row.due) if row.due else "",
        light=row.light,
        light_why=sentence(Reason(row.light_reason, row.light_params)) if row.light_reason else "",
        why=why,
        last_word=_last_word(room),
        situation=row.situation,
    )


def _last_word(room: Room) -> str:
    said = room.record.last_word
    row = room.current.commitment if room.current else None
    if said is not None:
        words = f"{label(AnswerKind(said.kind))}: {said.note}" if said.note else label(AnswerKind(said.kind))
        return f"{day(said.said_at.astimezone(ZoneInfo(room.mesa.time_zone)).date())}. {words}"
    return day(row.last_word_on) if row and row.last_word_on else ""


def _entry(entry: Entry, zone: str, outcome: Outcome) -> EntryLine:
    back = outcome.entry if outcome.entry and outcome.entry[0].pk == entry.pk else None
    form = back[1] if back else None
    made = entry.moved_at.astimezone(ZoneInfo(zone))
    return EntryLine(
        id=str(entry.pk),
        version=entry.version,
        time=made.strftime("%H:%M"),
        iso=made.isoformat(),
        kind=entry.kind,
        kind_words=label(EntryKind(entry.kind)),
        text=entry.text,
        is_private=entry.visibility == Visibility.TEAM,
        typed=str(form["text"].value() or "") if form else entry.text,
        errors=[str(error) for error in form.errors.get("text", [])] if form else [],
        theirs=entry.text if form and outcome.is_stale else "",
        is_open=form is not None,
    )


def _made(row: Commitment, slug: str) -> MadeLine:
    return MadeLine(
        folio=commitment_number(row.number),
        href=reverse("commitment", args=[slug, row.number]),
        title=row.title,
        owner=row.owner_organization.name if row.owner_organization else "",
        due=fuzzy(row.due) if row.due else "",
        state=label(CommitmentState(row.state)),
        is_agreed=row.state == CommitmentState.AGREED,
    )


def _hours(minutes: int) -> str:
    """Hours and minutes: `1:05`."""
    return f"{minutes // 60}:{minutes % 60:02}"
