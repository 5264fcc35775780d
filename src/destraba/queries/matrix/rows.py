"""A row of the Matrix, as a page shows it: figures and codes, no words."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from destraba.rules.lights import WORST_FIRST, Light
from destraba.rules.priorities import Importance, Quadrant, Speed
from destraba.rules.problems import ProblemProgress, ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.reasons import Reason


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """`C-10`. `owner_note` is the seat's title, or who helps."""

    id: UUID
    version: int
    number: int
    problem_id: UUID
    solution_id: UUID | None
    title: str
    situation: str
    state: str
    light: Light
    reason: Reason
    mismatch: Light | None
    declared: Light | None
    owner_id: UUID | None
    owner: str
    owner_note: str
    stands_for_many: bool
    due: FuzzyDate | None
    due_on: date | None
    original_due: FuzzyDate | None
    slips: int
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class SolutionRow:
    """`P-6.1` with the commitments that carry it out. `places`: applied in how many, of how many."""

    id: UUID
    version: int
    problem_id: UUID
    problem_number: int
    number: int
    revision: int
    title: str
    stage: SolutionStage
    places: tuple[int, int]
    no_norm_needed: bool
    before: str
    after: str
    moved_at: datetime
    commitments: tuple[CommitmentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """`P-6` with all that hangs below it; `direct` are commitments that belong to no solution."""

    id: UUID
    version: int
    number: int
    title: str
    detail: str
    axis: str
    stage: ProblemStage
    filter_reason: str
    progress: ProblemProgress
    importance: Importance | None
    speed: Speed | None
    quadrant: Quadrant | None
    in_focus: bool
    own_moved_at: datetime
    solutions: tuple[SolutionRow, ...] = ()
    direct: tuple[CommitmentRow, ...] = ()

    @property
    def commitments(self) -> tuple[CommitmentRow, ...]:
        return (*self.direct, *(one for solution in self.solutions for one in solution.commitments))

    @property
    def has_children(self) -> bool:
        return bool(self.solutions or self.direct)

    @property
    def light_counts(self) -> tuple[tuple[Light, int], ...]:
        """How many of each light, worst first."""
        lights = [one.light for one in self.commitments]
        return tuple((light, lights.count(light)) for light in WORST_FIRST if light in lights)

    @property
    def worst(self) -> CommitmentRow | None:
        """The commitment that explains the problem's light: the worst, and of these the soonest due."""
        return min(
            self.commitments,
            key=lambda one: (WORST_FIRST.index(one.light), one.due_on or date.max, one.number),
            default=None,
        )

    @property
    def next_due(self) -> CommitmentRow | None:
        """The open commitment that falls due first."""
        open_ones = [one for one in self.commitments if one.due_on and one.light is not Light.DONE]
        return min(open_ones, key=lambda one: (one.due_on or date.max, one.number), default=None)

    @property
    def last_due(self) -> CommitmentRow | None:
        """The commitment that fell due last."""
        dated = [one for one in self.commitments if one.due_on]
        return max(dated, key=lambda one: (one.due_on or date.min, one.number), default=None)

    @property
    def slips(self) -> int:
        return sum(one.slips for one in self.commitments)

    @property
    def moved_at(self) -> datetime:
        """The last movement of the problem or of anything below it."""
        below = [one.moved_at for one in self.commitments] + [one.moved_at for one in self.solutions]
        return max([self.own_moved_at, *below])


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked to see. An owner is an organization's id; blank fields ask for nothing."""

    text: str = ""
    owner: UUID | None = None
    light: Light | None = None

    @property
    def is_set(self) -> bool:
        return bool(self.text or self.owner or self.light)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A mesa's Matrix for one reader."""

    problems: tuple[ProblemRow, ...]
    owners: tuple[tuple[UUID, str], ...]
    total_problems: int
    filters: Filters = field(default_factory=Filters)

    @property
    def solutions(self) -> int:
        return sum(len(problem.solutions) for problem in self.problems)

    @property
    def commitments(self) -> int:
        return sum(len(problem.commitments) for problem in self.problems)

    @property
    def light_counts(self) -> tuple[tuple[Light, int], ...]:
        lights = [one.light for problem in self.problems for one in problem.commitments]
        return tuple((light, lights.count(light)) for light in WORST_FIRST if light in lights)
