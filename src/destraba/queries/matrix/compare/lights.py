"""The lights of a mesa at two moments. No event tells of them: they were kept as they turned."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from destraba.models import Commitment, LightInterval, Mesa
from destraba.queries.access import Reach
from destraba.queries.matrix.compare.moments import Moment, Stretch
from destraba.queries.matrix.compare.tracks import Cuts
from destraba.rules.lights import WORST_FIRST, Light

ShutAt = Callable[[Collection[UUID], int], bool]


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
    above: tuple[UUID, ...]
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


def turns(
    mesa: Mesa, reach: Reach, stretch: Stretch, cuts: Cuts, born: Mapping[UUID, int], shut_at: ShutAt
) -> Mapping[UUID, Turn]:
    """What each commitment showed that is within reach today and was at both moments; one statement. `born`
    says where in the chain each begins."""
    found: dict[UUID, Turn] = {}
    for key, shown in _shown(mesa, reach, stretch).items():
        if shut_at(shown.above, cuts.start) or shut_at(shown.above, cuts.end):
            continue
        begins = born[key]
        was = shown.at(stretch.start) if begins <= cuts.start else None
        now = shown.at(stretch.end) if begins <= cuts.end else None
        if was or now:
            found[key] = Turn(was, now)
    return found


def counts(shown: Collection[Turn]) -> tuple[LightCount, ...]:
    """The lights that there are at either moment, worst first."""
    was, now = Counter(one.was for one in shown), Counter(one.now for one in shown)
    return tuple(
        LightCount(light, was[light], now[light]) for light in WORST_FIRST if was[light] or now[light]
    )


def _shown(mesa: Mesa, reach: Reach, stretch: Stretch) -> Mapping[UUID, _Shown]:
    seen = Commitment.objects.filter(reach.commitments(), mesa=mesa)
    lasted = Q(ends_on=None) | Q(ends_on__gt=stretch.start.lights_on)
    intervals = LightInterval.objects.filter(
        lasted, commitment__in=seen, starts_on__lte=stretch.end.lights_on
    ).order_by("starts_on", "pk")
    found: dict[UUID, _Shown] = {}
    for key, number, problem, solution, withdrawn_at, light, starts, ends in intervals.values_list(*_COLUMNS):
        above = tuple(one for one in (problem, solution, key) if one)
        shown = found.setdefault(key, _Shown(number, above, withdrawn_at, []))
        shown.intervals.append((Light(light), starts, ends))
    return found


_COLUMNS = (
    "commitment_id",
    "commitment__number",
    "commitment__problem_id",
    "commitment__solution_id",
    "commitment__withdrawn_at",
    "light",
    "starts_on",
    "ends_on",
)
