"""A mesa among the others, as the page of the programme shows it: figures and codes, no words."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from destraba.methods.schema import Method
from destraba.models import Mesa
from destraba.rules.lights import WORST_FIRST, Light
from destraba.rules.programme.cadence import AT_REST, BEATING, Gap, Kept, Pulse, Rhythm, kept
from destraba.rules.programme.cadence import WORST_FIRST as WORST_PULSE_FIRST
from destraba.values.keys import sort_key

Counts = tuple[tuple[Light, int], ...]


class Sort(StrEnum):
    """What the mesas are ordered by; the worst first, but for the name."""

    STALLED = "stalled"
    NAME = "name"
    CADENCE = "cadence"
    RED = "red"


OF_MEETINGS = frozenset({Sort.STALLED, Sort.CADENCE})
"""Orders that take meetings, which whoever reads an axis does not read: the reddest come first then."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which mesas are asked for, and in which order; `method` is blank for all of them."""

    sort: Sort = Sort.STALLED
    method: str = ""
    stalled_only: bool = False

    @property
    def is_set(self) -> bool:
        return bool(self.method or self.stalled_only)


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The next one of the kind that sets the pace; `is_called` is False for one that is only prepared."""

    number: int
    held_on: date
    is_called: bool


@dataclass(frozen=True, slots=True)
class Meetings:
    """How a mesa meets. `met_on` are the days of the record, oldest first; `last` was its last meeting."""

    rhythm: Rhythm
    met_on: tuple[date, ...]
    gaps: tuple[Gap, ...]
    last: date | None
    next: NextMeeting | None

    @property
    def kept(self) -> Kept:
        return kept(self.gaps)


@dataclass(frozen=True, slots=True)
class FocusLine:
    """A problem in focus."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class OldestRed:
    """The commitment that has been red for longest, and since when."""

    number: int
    since: date


@dataclass(frozen=True, slots=True)
class Progress:
    """How many problems there are, how many are gone from the ground, how many are solved on paper alone."""

    identified: int = 0
    on_ground: int = 0
    on_paper: int = 0

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(
            self.identified + other.identified,
            self.on_ground + other.on_ground,
            self.on_paper + other.on_paper,
        )


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One mesa, as far as the viewer reads it. `meetings` is None for whoever reads an axis: it has none."""

    mesa: Mesa
    method: Method
    today: date
    meetings: Meetings | None
    focus: tuple[FocusLine, ...]
    light_counts: Counts
    oldest_red: OldestRed | None
    progress: Progress

    @property
    def pulse(self) -> Pulse | None:
        return self.meetings.rhythm.pulse if self.meetings else None

    @property
    def is_at_rest(self) -> bool:
        """Suspended or closed: below the line, whatever the order."""
        return self.mesa.state in AT_REST_STATES

    @property
    def lacks_next(self) -> bool:
        """It should meet, and no day is set."""
        return self.meetings is not None and self.pulse in BEATING and self.meetings.next is None

    @property
    def focus_beyond(self) -> int:
        """By how many the problems in focus exceed what the method advises; nought where they don't."""
        return max(len(self.focus) - self.method.focus.most, 0)

    def count(self, light: Light) -> int:
        return dict(self.light_counts).get(light, 0)


AT_REST_STATES = frozenset(pulse.value for pulse in AT_REST)


@dataclass(frozen=True, slots=True)
class Totals:
    """What the rows shown come to."""

    mesas: int
    stalled: int
    kept: Kept
    focus: int
    light_counts: Counts
    progress: Progress


@dataclass(frozen=True, slots=True)
class Overview:
    """The mesas that were asked for, of `every` one that the viewer reads, in the same order.

    `sort` is what they are ordered by, which is not what was asked for where nobody's meetings are read.
    """

    rows: tuple[ProgrammeRow, ...]
    every: tuple[ProgrammeRow, ...]
    sort: Sort

    @property
    def reads_meetings(self) -> bool:
        return any(row.meetings for row in self.every)

    @property
    def totals(self) -> Totals:
        return totals_of(self.rows)


def arranged(rows: Iterable[ProgrammeRow], wanted: Wanted) -> Overview:
    """The rows in their order, those at rest last, and of them those that are asked for."""
    found = list(rows)
    sort = wanted.sort
    if sort in OF_MEETINGS and not any(row.meetings for row in found):
        sort = Sort.RED
    every = sorted(found, key=lambda row: (row.is_at_rest, *_ORDER[sort](row), _name(row)))
    return Overview(tuple(row for row in every if _is_wanted(row, wanted)), tuple(every), sort)


def totals_of(rows: Sequence[ProgrammeRow]) -> Totals:
    lights: Counter[Light] = Counter()
    for row in rows:
        lights.update(dict(row.light_counts))
    records = [row.meetings.kept for row in rows if row.meetings]
    return Totals(
        mesas=len(rows),
        stalled=sum(row.pulse is Pulse.STALLED for row in rows),
        kept=Kept(sum(one.in_time for one in records), sum(one.due for one in records)),
        focus=sum(len(row.focus) for row in rows),
        light_counts=tuple((light, lights[light]) for light in WORST_FIRST if lights[light]),
        progress=sum((row.progress for row in rows), Progress()),
    )


def _is_wanted(row: ProgrammeRow, wanted: Wanted) -> bool:
    stalled = not wanted.stalled_only or row.pulse is Pulse.STALLED
    return stalled and wanted.method in ("", row.mesa.method_id)


def _name(row: ProgrammeRow) -> str:
    return sort_key(row.mesa.name)


def _how_stalled(row: ProgrammeRow) -> tuple[int, date]:
    if row.meetings is None:
        return len(WORST_PULSE_FIRST), date.max
    rhythm = row.meetings.rhythm
    return WORST_PULSE_FIRST.index(rhythm.pulse), rhythm.since or date.max


def _how_long_ago(row: ProgrammeRow) -> tuple[int, date]:
    """Longest ago first; who never met comes after those who did and ceased to."""
    last = row.meetings.last if row.meetings else None
    return (0, last) if last else (1, date.max)


def _how_red(row: ProgrammeRow) -> tuple[int, date]:
    return -row.count(Light.RED), row.oldest_red.since if row.oldest_red else date.max


_ORDER: Mapping[Sort, Callable[[ProgrammeRow], tuple[int, date] | tuple[()]]] = {
    Sort.STALLED: _how_stalled,
    Sort.NAME: lambda _row: (),
    Sort.CADENCE: _how_long_ago,
    Sort.RED: _how_red,
}
