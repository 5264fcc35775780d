"""What the chair can do: each act reads what was sent, makes one call, and says where to go on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.actions.meetings.agenda import take_item
from destraba.actions.meetings.meetings import open_meeting
from destraba.actions.meetings.minutes import close_meeting
from destraba.actions.meetings.room import (
    commit_in_room,
    edit_entry,
    raise_in_room,
    strike_entry,
    write_entry,
)
from destraba.models import AgendaItem, Entry, Problem
from destraba.queries.meetings.room import OUTSIDE, Room
from destraba.rules.commitments import CommitmentState
from destraba.rules.meetings import EntryKind, ItemState
from destraba.values.actors import Actor
from destraba.values.errors import DomainError, Invalid, NotFound, Stale
from destraba.values.numbers import commitment_number, problem_number
from destraba.values.reasons import Reason
from destraba.web.live.forms import EntryForm, QuickForm, What
from destraba.web.live.seats import note_seats
from destraba.web.posted import Posted


@dataclass(frozen=True, slots=True)
class Turn:
    """One form that the chair sent."""

    room: Room
    actor: Actor
    now: datetime
    posted: QueryDict


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in words where they are worth any; `item` is where the page goes on."""

    item: str
    words: str = ""
    warning: str = ""
    is_over: bool = False


class SentBack(Exception):
    """A form is shown again with what is wrong in it; nothing was written."""

    def __init__(
        self, error: DomainError, quick: QuickForm | None = None, entry: tuple[Entry, EntryForm] | None = None
    ) -> None:
        super().__init__(error)
        self.error = error
        self.quick = quick
        self.entry = entry


def carry_out(turn: Turn) -> Done:
    """Do what was asked. Raises SentBack, and whatever the domain refuses."""
    act = _ACTS.get(turn.posted.get("act", ""))
    if act is None:
        raise NotFound(Reason.of("hidden"))
    return act(turn)


def here(item: AgendaItem | None) -> str:
    """How an address names an item."""
    return str(item.pk) if item else OUTSIDE


def _open(turn: Turn) -> Done:
    open_meeting(actor=turn.actor, meeting=turn.room.meeting, now=turn.now)
    return Done("", _("The meeting is open: what is written down from now on is its record."))


def _close(turn: Turn) -> Done:
    close_meeting(actor=turn.actor, meeting=turn.room.meeting, now=turn.now)
    return Done("", _("The meeting is closed."), is_over=True)


def _take(turn: Turn) -> Done:
    item = turn.room.current
    if item is None:
        raise Invalid(Reason.of("unknown_row"))
    state = turn.posted.get("state", "")
    if state not in set(ItemState):
        raise Invalid(Reason.of("unknown_choice", text=state[:40]))
    take_item(actor=turn.actor, item=item, state=ItemState(state), now=turn.now)
    if state == ItemState.PLANNED:
        return Done(here(item))
    return Done(here(turn.room.following(item) or item))


def _attend(turn: Turn) -> Done:
    met = note_seats(turn.room, turn.posted, actor=turn.actor, now=turn.now)
    if not met:
        return Done(here(turn.room.current))
    words = ngettext(
        "%(num)s seat was noted otherwise meanwhile and was left as it stands: %(names)s.",
        "%(num)s seats were noted otherwise meanwhile and were left as they stand: %(names)s.",
        len(met),
    )
    names = ", ".join(chair.short for chair in met)
    return Done(here(turn.room.current), warning=words % {"num": len(met), "names": names})


def _write(turn: Turn) -> Done:
    form = QuickForm(turn.posted, turn.room)
    if not form.is_valid():
        raise SentBack(Invalid(Reason.of("see_fields")), quick=form)
    try:
        words = _WRITERS[What(form.cleaned_data["kind"])](turn, form)
    except DomainError as error:
        raise SentBack(error, quick=form) from error
    return Done(here(turn.room.current), words)


def _write_entry(turn: Turn, form: QuickForm) -> str:
    data = form.cleaned_data
    kind = EntryKind(data["kind"])
    write_entry(
        actor=turn.actor,
        meeting=turn.room.meeting,
        kind=kind,
        text=data["text"],
        item=turn.room.current,
        is_private=data["team_only"] and kind is EntryKind.NOTE,
        now=turn.now,
    )
    return ""


def _commit(turn: Turn, form: QuickForm) -> str:
    data, room = form.cleaned_data, turn.room
    row = room.current.commitment if room.current else None
    made = commit_in_room(
        actor=turn.actor,
        meeting=room.meeting,
        problem=room.problem or _problem_numbered(room, data["problem"]),
        solution=row.solution if row else None,
        title=data["text"],
        owner=data["owner"],
        due=form.due_date(),
        is_agreed=data["agreed"],
        now=turn.now,
    )
    number = {"number": commitment_number(made.number)}
    if made.state == CommitmentState.AGREED:
        return _("%(number)s is on record, agreed in the room.") % number
    return _("%(number)s is on record as asked: it binds once its owner accepts it.") % number


def _raise(turn: Turn, form: QuickForm) -> str:
    raised = raise_in_room(
        actor=turn.actor, meeting=turn.room.meeting, title=form.cleaned_data["text"], now=turn.now
    )
    return _("It is on record as %(number)s.") % {"number": problem_number(raised.number)}


def _problem_numbered(room: Room, number: int) -> Problem:
    found = Problem.objects.select_related("mesa").filter(mesa=room.mesa, number=number, withdrawn_at=None)
    problem = found.first()
    if problem is None:
        raise Invalid(Reason.of("unknown_number", text=problem_number(number)))
    return problem


def _edit(turn: Turn) -> Done:
    entry = _entry(turn)
    form = EntryForm(turn.posted, auto_id=f"entry-{entry.pk.hex[-8:]}-%s")
    if not form.is_valid():
        raise SentBack(Invalid(Reason.of("see_fields")), entry=(entry, form))
    if form.cleaned_data["version"] != entry.version:
        raise SentBack(Stale(Reason.of("stale")), entry=(entry, form))
    try:
        edit_entry(actor=turn.actor, entry=entry, text=form.cleaned_data["text"], now=turn.now)
    except DomainError as error:
        raise SentBack(error, entry=(entry, form)) from error
    return Done(here(turn.room.current))


def _strike(turn: Turn) -> Done:
    entry = _entry(turn)
    if Posted(turn.posted).number("version") != entry.version:
        raise Stale(Reason.of("stale"))
    strike_entry(actor=turn.actor, entry=entry, now=turn.now)
    return Done(here(turn.room.current), _("The paragraph is struck from the record."))


def _entry(turn: Turn) -> Entry:
    """One of the paragraphs of the item that the page shows."""
    key = Posted(turn.posted).key("target")
    entry = next((one for one in turn.room.record.entries if one.pk == key), None)
    if entry is None:
        raise Invalid(Reason.of("unknown_row"))
    entry.meeting = turn.room.meeting
    return entry


_WRITERS: Mapping[What, Callable[[Turn, QuickForm], str]] = {
    What.NOTE: _write_entry,
    What.DECISION: _write_entry,
    What.COMMITMENT: _commit,
    What.PROBLEM: _raise,
}
_ACTS: Mapping[str, Callable[[Turn], Done]] = {
    "open": _open,
    "attend": _attend,
    "write": _write,
    "edit": _edit,
    "strike": _strike,
    "take": _take,
    "close": _close,
}
