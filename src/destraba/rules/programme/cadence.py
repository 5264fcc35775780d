"""How well a mesa keeps its rhythm: on time, late, or standing still (S1 section 4.2).

It is the next session that presses everybody to report, so a mesa that does not meet does not move. All days
are days in the mesa's time zone.

Decisions where the design leaves room:

- Only meetings of the kind that sets the mesa's pace count: nobody reports to a bilateral between them.
- The longest time in time ends with its last day; what follows from it holds from the day after.
- A date that is set is a promise and not a meeting. It softens no verdict, but for the first meeting of all.
- A mesa that meets while nothing moves in its Matrix stands still like one that does not meet.
- Silence counts from the day on which following up began: before it, nobody was asked to keep this record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import floor

from destraba.rules.mesas import MesaState
from destraba.values.reasons import Reason

LATE_AFTER = Fraction(3, 2)
"""Intervals since the last meeting. Half an interval is a holiday or a minister's agenda; more is a habit."""

STALLED_AFTER = Fraction(3)
"""Intervals without a meeting, or without any movement. Two were missed by then, and whoever promised
something has learnt that nobody asks."""

SHOWN_INTERVALS = 12
"""How far back the record of a mesa's cadence is told: half a year of a mesa that meets every fortnight."""

_DAY = timedelta(days=1)


class Pulse(StrEnum):
    """How a mesa keeps its rhythm."""

    STALLED = "stalled"
    LATE = "late"
    NOT_MEETING_YET = "not_meeting_yet"
    ON_TIME = "on_time"
    QUIET = "quiet"
    SUSPENDED = "suspended"
    CLOSED = "closed"


WORST_FIRST = tuple(Pulse)
AT_REST = frozenset({Pulse.SUSPENDED, Pulse.CLOSED})
"""Nobody expects a mesa to meet that is at rest."""

BEATING = frozenset({Pulse.STALLED, Pulse.LATE, Pulse.NOT_MEETING_YET, Pulse.ON_TIME})
"""A next meeting is due to these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmFacts:
    """What the rhythm of a mesa depends on.

    `followed_since` is None for a quiet mesa. `met_on` are the days of its closed meetings of the kind that
    sets the pace, in any order; `next_on` is the day of the next of them, if one is set. `moved_on` is when
    anything in the Matrix was last changed by somebody.
    """

    state: MesaState
    followed_since: date | None
    interval_days: int
    met_on: tuple[date, ...] = ()
    next_on: date | None = None
    moved_on: date | None = None

    def __post_init__(self) -> None:
        if self.interval_days < 1:
            raise ValueError("an interval has at least a day")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The verdict, the first day on which it held where that is known, and why."""

    pulse: Pulse
    since: date | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Gap:
    """From one meeting to the next; of the last one, from there until today, which is `running`.

    `missed`: how many meetings would have had room in it.
    """

    starts_on: date
    ends_on: date
    in_time: bool
    missed: int
    running: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """So many meetings came in time, of so many that were due."""

    in_time: int
    due: int


def rhythm_of(facts: RhythmFacts, on: date) -> Rhythm:
    """How the mesa keeps its rhythm on a day.

    Reason codes: `closed`, `suspended`, `quiet`; `not_launched`, `first_meeting_set`, `no_meeting_yet`,
    `never_met`; `met`, `met_long_ago`; `nothing_moved`.
    """
    if facts.state is MesaState.CLOSED:
        return Rhythm(Pulse.CLOSED, None, Reason.of("closed"))
    if facts.state is MesaState.SUSPENDED:
        return Rhythm(Pulse.SUSPENDED, None, Reason.of("suspended"))
    if facts.followed_since is None:
        return Rhythm(Pulse.QUIET, None, Reason.of("quiet"))
    met_on = [day for day in facts.met_on if day <= on]
    if not met_on:
        return _before_the_first(facts, facts.followed_since, on)
    return _by_its_meetings(facts, facts.followed_since, max(met_on), on)


def gaps(met_on: Iterable[date], on: date, interval_days: int) -> tuple[Gap, ...]:
    """The times between meetings that ended within the last `SHOWN_INTERVALS`, oldest first.

    The one that runs is among them.
    """
    days = sorted({day for day in met_on if day <= on})
    opens_on = record_opens_on(on, interval_days)
    between = [
        _gap(first, second, interval_days, running=False)
        for first, second in pairwise(days)
        if second > opens_on
    ]
    running = [_gap(days[-1], on, interval_days, running=True)] if days else []
    return (*between, *running)


def kept(found: Iterable[Gap]) -> Kept:
    """How many meetings came in time. The one that is awaited counts once it is late."""
    due = [gap for gap in found if not (gap.running and gap.in_time)]
    return Kept(in_time=sum(gap.in_time for gap in due), due=len(due))


def record_opens_on(on: date, interval_days: int) -> date:
    """The first day of the record that is told on a day."""
    return on - timedelta(days=SHOWN_INTERVALS * interval_days)


def longest_in_time(interval_days: int) -> int:
    """The days that may pass between two meetings that are both in time."""
    return _days(LATE_AFTER, interval_days)


def _before_the_first(facts: RhythmFacts, followed_since: date, on: date) -> Rhythm:
    if facts.next_on and facts.next_on >= on:
        reason = Reason.of("first_meeting_set", on=facts.next_on.isoformat())
        return Rhythm(Pulse.NOT_MEETING_YET, followed_since, reason)
    if facts.state is not MesaState.LAUNCHED:
        return Rhythm(Pulse.NOT_MEETING_YET, followed_since, Reason.of("not_launched"))
    stalled_on = _first_day_beyond(STALLED_AFTER, followed_since, facts.interval_days)
    since = followed_since.isoformat()
    if on >= stalled_on:
        return Rhythm(Pulse.STALLED, stalled_on, Reason.of("never_met", since=since))
    return Rhythm(Pulse.NOT_MEETING_YET, followed_since, Reason.of("no_meeting_yet", since=since))


def _by_its_meetings(facts: RhythmFacts, followed_since: date, last: date, on: date) -> Rhythm:
    moved_on = max(filter(None, (facts.moved_on, followed_since)))
    long_ago = Reason.of("met_long_ago", on=last.isoformat(), days=(on - last).days)
    stalls = [
        Rhythm(Pulse.STALLED, _first_day_beyond(STALLED_AFTER, day, facts.interval_days), reason)
        for day, reason in (
            (last, long_ago),
            (moved_on, Reason.of("nothing_moved", since=moved_on.isoformat())),
        )
    ]
    standing = [stall for stall in stalls if stall.since and on >= stall.since]
    if standing:
        return min(standing, key=lambda stall: stall.since or on)
    late_on = _first_day_beyond(LATE_AFTER, last, facts.interval_days)
    if on >= late_on:
        return Rhythm(Pulse.LATE, late_on, long_ago)
    return Rhythm(Pulse.ON_TIME, last, Reason.of("met", on=last.isoformat()))


def _gap(first: date, second: date, interval_days: int, *, running: bool) -> Gap:
    days = (second - first).days
    in_time = days <= longest_in_time(interval_days)
    missed = 0 if in_time else max(round(Fraction(days, interval_days)) - 1, 1)
    return Gap(first, second, in_time, missed, running)


def _days(intervals: Fraction, interval_days: int) -> int:
    return floor(intervals * interval_days)


def _first_day_beyond(intervals: Fraction, start: date, interval_days: int) -> date:
    return start + timedelta(days=_days(intervals, interval_days)) + _DAY
