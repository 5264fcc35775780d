"""What is counted of each mesa, of many mesas at once: one statement for each kind of thing."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from destraba.models import Commitment, FocusInterval, LightInterval, Problem, Solution
from destraba.queries.programme.rows import Counts, FocusLine, OldestRed, Progress
from destraba.queries.within import Within
from destraba.rules.lights import WORST_FIRST, Light
from destraba.rules.problems import LIVE, ProblemProgress, ProblemStage, progress
from destraba.rules.solutions import SolutionStage

_ON_GROUND = frozenset({ProblemProgress.APPLIED, ProblemProgress.RESOLVED})
_DAY = timedelta(days=1)


class Problems:
    """How far the problems of each mesa have come, and when one of them or of their solutions last moved.

    Two statements.
    """

    def __init__(self, seen: Within) -> None:
        self.moved_at: dict[UUID, datetime] = {}
        found = _problems(seen).values_list("pk", "mesa_id", "stage", "resolved_on", "moved_at")
        stages: dict[UUID, tuple[UUID, ProblemStage, bool]] = {}
        for pk, mesa_id, stage, resolved_on, moved_at in found:
            stages[pk] = mesa_id, ProblemStage(stage), resolved_on is not None
            self._moved(mesa_id, moved_at)
        answers = self._answers(seen, stages)
        counted: dict[UUID, Counter[ProblemProgress]] = defaultdict(Counter)
        for pk, (mesa_id, problem_stage, confirmed) in stages.items():
            if problem_stage in LIVE:
                counted[mesa_id][progress(answers.get(pk, ()), confirmed=confirmed)] += 1
        self.progress = {mesa_id: _progress(counts) for mesa_id, counts in counted.items()}

    def _answers(
        self, seen: Within, problems: Mapping[UUID, object]
    ) -> Mapping[UUID, Sequence[SolutionStage]]:
        answers: dict[UUID, list[SolutionStage]] = defaultdict(list)
        for mesa_id, problem_id, stage, moved_at in (
            Solution.objects.filter(seen.solutions(), withdrawn_at=None)
            .order_by()
            .values_list("mesa_id", "problem_id", "stage", "moved_at")
        ):
            if problem_id in problems:
                answers[problem_id].append(SolutionStage(stage))
                self._moved(mesa_id, moved_at)
        return answers

    def _moved(self, mesa_id: UUID, moved_at: datetime) -> None:
        self.moved_at[mesa_id] = max(moved_at, self.moved_at.get(mesa_id, moved_at))


def lights(seen: Within) -> tuple[Mapping[UUID, Counts], Mapping[UUID, datetime]]:
    """How many commitments of each mesa show each light, worst first, and when one of them last moved."""
    counted: dict[UUID, dict[str, int]] = defaultdict(dict)
    moved_at: dict[UUID, datetime] = {}
    found = _commitments(seen).values_list("mesa_id", "light").annotate(Count("pk"), Max("moved_at"))
    for mesa_id, light, count, moved in found:
        counted[mesa_id][light] = count
        moved_at[mesa_id] = max(moved, moved_at.get(mesa_id, moved))
    shown = {
        mesa_id: tuple((light, counts[light]) for light in WORST_FIRST if light in counts)
        for mesa_id, counts in counted.items()
    }
    return shown, moved_at


def oldest_reds(seen: Within) -> Mapping[UUID, OldestRed]:
    """The commitment of each mesa that has been red for longest."""
    red = _commitments(seen).filter(light=Light.RED)
    intervals = LightInterval.objects.filter(light=Light.RED, commitment__in=red).order_by("starts_on")
    reds: dict[UUID, _Red] = {}
    for pk, starts_on, ends_on, *of in intervals.values_list("commitment_id", "starts_on", "ends_on", *_RED):
        reds.setdefault(pk, _Red(*of)).intervals.append((starts_on, ends_on))
    oldest: dict[UUID, OldestRed] = {}
    for one in reds.values():
        found = OldestRed(one.number, red_since(one.intervals, one.overdue_since))
        known = oldest.setdefault(one.mesa_id, found)
        oldest[one.mesa_id] = min(known, found, key=lambda each: (each.since, each.number))
    return oldest


_RED = ("commitment__mesa_id", "commitment__number", "commitment__light_reason", "commitment__due_on")


@dataclass(slots=True)
class _Red:
    """A commitment that is red now, with all its red intervals, oldest first."""

    mesa_id: UUID
    number: int
    because: str
    due_on: date | None
    intervals: list[tuple[date, date | None]] = field(default_factory=list)

    @property
    def overdue_since(self) -> date | None:
        return self.due_on + _DAY if self.due_on and self.because == "past_due" else None


def red_since(intervals: Sequence[tuple[date, date | None]], overdue_since: date | None) -> date:
    """Since when it has been red without a break, by its red intervals, oldest first.

    An interval also ends where only the reason changes, and the next begins on that day. What is past its due
    date was red from the day after, whenever somebody first looked.
    """
    since = intervals[-1][0]
    for starts_on, ends_on in reversed(intervals[:-1]):
        if ends_on != since:
            break
        since = starts_on
    return min(since, overdue_since or since)


def focus(seen: Within) -> Mapping[UUID, Sequence[FocusLine]]:
    """The problems in focus of each mesa, in the order of its Matrix."""
    lines: dict[UUID, list[FocusLine]] = defaultdict(list)
    running = FocusInterval.objects.filter(
        problem__in=_problems(seen), ends_on=None, withdrawn_at=None
    ).order_by("problem__position", "problem__number")
    for mesa_id, number, title in running.values_list("mesa_id", "problem__number", "problem__title"):
        lines[mesa_id].append(FocusLine(number, title))
    return lines


def _problems(seen: Within) -> QuerySet[Problem]:
    return Problem.objects.filter(seen.problems(), withdrawn_at=None).order_by()


def _commitments(seen: Within) -> QuerySet[Commitment]:
    return Commitment.objects.filter(seen.commitments(), withdrawn_at=None).order_by()


def _progress(counts: Mapping[ProblemProgress, int]) -> Progress:
    return Progress(
        identified=sum(counts.values()),
        on_ground=sum(count for reached, count in counts.items() if reached in _ON_GROUND),
        on_paper=counts.get(ProblemProgress.ON_PAPER, 0),
    )
