"""The lights of a mesa at two moments. No event tells of them: they were kept as they turned."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from destraba.ledger.replay import first_seqs
from destraba.models import Commitment, LightInterval, Mesa
from destraba.queries.access import Reach
from destraba.queries.disclosure import Shut
from destraba.queries.matrix.compare.moments import Moment, Stretch
from destraba.queries.matrix.compare.tracks import Cuts
from destraba.rules.lights import WORST_FIRST, Light


@dataclass(frozen=True, slots=True)
class Turn:
    """What a commitment showed at the start and at the end; None where it was not there."""

    was: Light | None
    now: Light | None

    @property
    def is_turned(self) -> bool:
        """Whether it showed one light, and then another."""
        return self.was is not None and self.now is not None and self.was is not self.now


@dataclass(frozen=True, slots=True)
class LightCount:
    """How many commitments showed a light then, and how many at the end."""

    light: Light
    was: int
    now: int


@dataclass(frozen=True, slots=True)
class _Shown:
    """One commitment with the lights that it had, oldest first."""

    number: int
    withdrawn_at: datetime | None
    intervals: list[tuple[Light, date, date | None]]

    def at(self, moment: Moment) -> Light | None:
        """Its light at a moment."""
        if self.withdrawn_at and self.withdrawn_at <= moment.at:
            return None
        if moment.meeting and (kept := moment.meeting.lights_at_close.get(str(self.number))):
            return Light(kept["light"])
        on = moment.lights_on
        shown = [
            light for light, starts, ends in self.intervals if starts <= on and (ends is None or ends > on)
        ]
        return shown[-1] if shown else None


@dataclass(frozen=True, slots=True)
class Lights:
    """The commitments whose light may be another at the end, and of those that kept theirs how many showed
    which: of ten thousand few turn in a fortnight."""

    turns: Mapping[UUID, Turn]
    steady: Mapping[Light, int]

    @property
    def turned(self) -> set[UUID]:
        return {key for key, one in self.turns.items() if one.is_turned}

    def counts(self) -> tuple[LightCount, ...]:
        """The lights that there are at either moment, worst first."""
        was, now = Counter(self.steady), Counter(self.steady)
        was.update(one.was for one in self.turns.values() if one.was)
        now.update(one.now for one in self.turns.values() if one.now)
        return tuple(
            LightCount(light, was[light], now[light]) for light in WORST_FIRST if was[light] or now[light]
        )


def lights(mesa: Mesa, reach: Reach, stretch: Stretch, cuts: Cuts, shut: Shut) -> Lights:
    """What the commitments showed that are within reach today and were at both moments; three statements."""
    kept_back = shut.at(cuts.start) | shut.at(cuts.end)
    open_ones = Commitment.objects.filter(reach.commitments(), mesa=mesa).exclude(
        Q(pk__in=kept_back) | Q(problem__in=kept_back) | Q(solution__in=kept_back)
    )
    intervals = LightInterval.objects.filter(commitment__in=open_ones)
    throughout = Q(starts_on__lt=stretch.start.lights_on) & (
        Q(ends_on=None) | Q(ends_on__gt=stretch.end.lights_on)
    )
    there = Q(commitment__withdrawn_at=None) | Q(commitment__withdrawn_at__gt=stretch.end.at)
    steady = intervals.filter(throughout & there).order_by().values_list("light").annotate(count=Count("pk"))
    shown = _shown(intervals.exclude(throughout & there), stretch)
    born = first_seqs("commitment", shown)
    found: dict[UUID, Turn] = {}
    for key, one in shown.items():
        was = one.at(stretch.start) if born[key] <= cuts.start else None
        now = one.at(stretch.end) if born[key] <= cuts.end else None
        if was or now:
            found[key] = Turn(was, now)
    return Lights(found, {Light(light): count for light, count in steady})


def _shown(intervals: QuerySet[LightInterval], stretch: Stretch) -> Mapping[UUID, _Shown]:
    lasted = Q(ends_on=None) | Q(ends_on__gt=stretch.start.lights_on)
    rows = intervals.filter(lasted, starts_on__lte=stretch.end.lights_on).order_by("starts_on", "pk")
    found: dict[UUID, _Shown] = {}
    for key, number, withdrawn_at, light, starts, ends in rows.values_list(*_COLUMNS):
        shown = found.setdefault(key, _Shown(number, withdrawn_at, []))
        shown.intervals.append((Light(light), starts, ends))
    return found


_COLUMNS = (
    "commitment_id",
    "commitment__number",
    "commitment__withdrawn_at",
    "light",
    "starts_on",
    "ends_on",
)
