"""The picture of a mesa's cadence: its last twelve intervals on a line, drawn here and not in the browser.

A bar is a meeting; a cross stands where one would have been; an empty bar after today is the next one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from destraba.queries.programme.rows import Meetings
from destraba.rules.programme.cadence import SHOWN_INTERVALS, Gap, record_opens_on

INTERVAL = 16
"""Pixels. Every mesa is drawn on its own interval, so that those that keep it look alike."""

HEIGHT = 20
_AHEAD = 1


@dataclass(frozen=True, slots=True)
class Strip:
    """Pixels from the left: bars, crosses, the ends of the line, and the next meeting if it is near."""

    held: tuple[float, ...]
    missed: tuple[float, ...]
    begins: float
    today: float = float(SHOWN_INTERVALS * INTERVAL)
    coming: float | None = None
    width: int = (SHOWN_INTERVALS + _AHEAD) * INTERVAL
    height: int = HEIGHT


def strip_of(meetings: Meetings, today: date, interval_days: int) -> Strip:
    """The last `SHOWN_INTERVALS` up to today, and one ahead."""
    scale = _Scale(record_opens_on(today, interval_days), interval_days)
    first = meetings.gaps[0].starts_on if meetings.gaps else today
    coming = meetings.next.held_on if meetings.next else None
    is_near = coming is not None and coming <= today + timedelta(days=_AHEAD * interval_days)
    return Strip(
        held=tuple(scale.at(day) for day in meetings.met_on),
        missed=tuple(x for x in map(scale.at, _missed(meetings.gaps)) if x >= 0),
        begins=max(scale.at(first), 0.0),
        coming=scale.at(coming) if coming and is_near else None,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    opens_on: date
    interval_days: int

    def at(self, day: date) -> float:
        return round((day - self.opens_on).days / self.interval_days * INTERVAL, 1)


def _missed(gaps: Iterable[Gap]) -> Iterable[date]:
    """The days on which meetings were missed, spread evenly over the gap."""
    for gap in gaps:
        days = (gap.ends_on - gap.starts_on).days
        for number in range(1, gap.missed + 1):
            yield gap.starts_on + timedelta(days=round(days * number / (gap.missed + 1)))
