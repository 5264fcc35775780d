"""All mesas on one page, in a number of statements that does not grow with them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from destraba.methods.schema import Method
from destraba.models import Meeting, Mesa
from destraba.queries.access import Viewer
from destraba.queries.methods import method_of
from destraba.queries.programme.rows import (
    Counts,
    FocusLine,
    Meetings,
    NextMeeting,
    OldestRed,
    Overview,
    ProgrammeRow,
    Progress,
    Wanted,
    arranged,
)
from destraba.queries.programme.tallies import Problems, focus, lights, oldest_reds
from destraba.queries.within import Within, within
from destraba.rules.meetings import MeetingState
from destraba.rules.mesas import MesaState
from destraba.rules.programme.cadence import RhythmFacts, gaps, record_opens_on, rhythm_of
from destraba.values.days import day_in

_ALL = Wanted()


@dataclass(frozen=True, slots=True)
class _Meeting:
    """What the rhythm needs of a meeting."""

    number: int
    kind: str
    state: MeetingState
    held_on: date


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read of all mesas, by mesa; `moved_at` is when anything in the Matrix last moved."""

    progress: Mapping[UUID, Progress]
    lights: Mapping[UUID, Counts]
    reds: Mapping[UUID, OldestRed]
    focus: Mapping[UUID, Sequence[FocusLine]]
    meetings: Mapping[UUID, Sequence[_Meeting]]
    moved_at: Mapping[UUID, datetime]


def overview(viewer: Viewer, now: datetime, wanted: Wanted = _ALL) -> Overview:
    """The mesas that a viewer reads, each as far as they read it; seven statements."""
    seen = within(viewer)
    found = _read(seen)
    with_meetings = set(seen.whole_mesas())
    rows = [_row(mesa, found, day_in(mesa.time_zone, now), mesa.pk in with_meetings) for mesa in seen.mesas]
    return arranged(rows, wanted)


def _read(seen: Within) -> _Found:
    problems = Problems(seen)
    shown, moved_below = lights(seen)
    moved_at = dict(problems.moved_at)
    for mesa_id, moment in moved_below.items():
        moved_at[mesa_id] = max(moment, moved_at.get(mesa_id, moment))
    return _Found(
        progress=problems.progress,
        lights=shown,
        reds=oldest_reds(seen),
        focus=focus(seen),
        meetings=_meetings(seen),
        moved_at=moved_at,
    )


def _meetings(seen: Within) -> Mapping[UUID, Sequence[_Meeting]]:
    """The meetings that were held or are to come. Whoever reads an axis reads no meetings."""
    found: dict[UUID, list[_Meeting]] = defaultdict(list)
    for mesa_id, number, kind, state, held_on in (
        Meeting.objects.filter(seen.meetings_with_drafts(), withdrawn_at=None)
        .exclude(state=MeetingState.CANCELLED)
        .order_by()
        .values_list("mesa_id", "number", "kind", "state", "held_on")
    ):
        found[mesa_id].append(_Meeting(number, kind, MeetingState(state), held_on))
    return found


def _row(mesa: Mesa, found: _Found, today: date, with_meetings: bool) -> ProgrammeRow:
    method = method_of(mesa)
    return ProgrammeRow(
        mesa=mesa,
        method=method,
        today=today,
        meetings=_met(mesa, method, found, today) if with_meetings else None,
        focus=tuple(found.focus.get(mesa.pk, ())),
        light_counts=found.lights.get(mesa.pk, ()),
        oldest_red=found.reds.get(mesa.pk),
        progress=found.progress.get(mesa.pk, Progress()),
    )


def _met(mesa: Mesa, method: Method, found: _Found, today: date) -> Meetings:
    interval = method.cadence.interval_days
    paced = [one for one in found.meetings.get(mesa.pk, ()) if one.kind == method.pace]
    held = sorted(one.held_on for one in paced if one.state is MeetingState.CLOSED and one.held_on <= today)
    following = _following(paced, today)
    moved_at = found.moved_at.get(mesa.pk)
    facts = RhythmFacts(
        state=MesaState(mesa.state),
        followed_since=mesa.following_since,
        interval_days=interval,
        met_on=tuple(held),
        next_on=following.held_on if following else None,
        moved_on=day_in(mesa.time_zone, moved_at) if moved_at else None,
    )
    opens_on = record_opens_on(today, interval)
    return Meetings(
        rhythm=rhythm_of(facts, today),
        met_on=tuple(day for day in held if day >= opens_on),
        gaps=gaps(held, today, interval),
        last=held[-1] if held else None,
        next=following,
    )


def _following(paced: Sequence[_Meeting], today: date) -> NextMeeting | None:
    """The next of them that is not over; a draft is a plan, and says so."""
    coming = [one for one in paced if one.state is not MeetingState.CLOSED and one.held_on >= today]
    first = min(coming, key=lambda one: (one.held_on, one.number), default=None)
    if first is None:
        return None
    return NextMeeting(first.number, first.held_on, first.state is not MeetingState.DRAFT)
