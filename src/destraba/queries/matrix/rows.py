"""A row of the Matrix, as a page shows it: figures and codes, no words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Self, TypeAlias
from uuid import UUID

from destraba.rules.commitments import OPEN
from destraba.rules.lights import WORST_FIRST, Light
from destraba.rules.priorities import Importance, Speed
from destraba.rules.problems import ProblemProgress, ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.reasons import Reason


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """`C-10`. `owner_note` is the seat's title, or who helps; `helpers` names all who do."""

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
    starts_on: date | None
    seat: str
    helpers: tuple[str, ...]
    visibility: str


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
    funding: str
    visibility: str
    commitments: tuple[CommitmentRow, ...] = ()


class CommitmentGist(NamedTuple):
    """What its problem's row needs of a commitment; named as in `CommitmentRow`."""

    number: int
    state: str
    light: Light
    reason: Reason
    mismatch: Light | None
    owner_id: UUID | None
    owner: str
    owner_note: str
    due: FuzzyDate | None
    due_on: date | None
    slips: int
    moved_at: datetime


class SolutionGist(NamedTuple):
    """What its problem's row needs of a solution; named as in `SolutionRow`."""

    title: str
    stage: SolutionStage
    places: tuple[int, int]
    no_norm_needed: bool
    moved_at: datetime


AnyCommitment: TypeAlias = CommitmentRow | CommitmentGist
AnySolution: TypeAlias = SolutionRow | SolutionGist


@dataclass(frozen=True, slots=True)
class BranchSum:
    """What a problem's row says of all that hangs below it.

    `counts`: how many commitments of each light, worst first. `worst` explains the problem's light: of those
    with the worst one the soonest due. `next_due` is the open commitment that falls due first, `last_due` of
    all the one that fell due last. `behind` is the solution that is furthest behind on the ladder.
    """

    solutions: int
    commitments: int
    first_solution: str
    behind: AnySolution | None
    counts: tuple[tuple[Light, int], ...]
    worst: AnyCommitment | None
    next_due: AnyCommitment | None
    last_due: AnyCommitment | None
    owners: tuple[tuple[UUID, str], ...]
    slips: int
    stages: tuple[SolutionStage, ...]

    @classmethod
    def of(cls, solutions: Sequence[AnySolution], commitments: Sequence[AnyCommitment]) -> Self:
        lights = [one.light for one in commitments]
        dated = [one for one in commitments if one.due_on]
        return cls(
            solutions=len(solutions),
            commitments=len(commitments),
            first_solution=solutions[0].title if solutions else "",
            behind=min(solutions, key=_rung, default=None),
            counts=tuple((light, lights.count(light)) for light in WORST_FIRST if light in lights),
            worst=min(commitments, key=_how_bad, default=None),
            next_due=min((one for one in dated if one.state in OPEN), key=_how_soon, default=None),
            last_due=max(dated, key=_how_soon, default=None),
            owners=tuple({one.owner_id: one.owner for one in commitments if one.owner_id}.items()),
            slips=sum(one.slips for one in commitments),
            stages=tuple(one.stage for one in solutions),
        )


def _rung(solution: AnySolution) -> int:
    return _RUNGS[solution.stage]


def _how_bad(commitment: AnyCommitment) -> tuple[int, date, int]:
    return _BADNESS[commitment.light], commitment.due_on or date.max, commitment.number


def _how_soon(commitment: AnyCommitment) -> tuple[date, int]:
    return commitment.due_on or date.max, commitment.number


_RUNGS = {stage: rung for rung, stage in enumerate(SolutionStage)}
_BADNESS = {light: place for place, light in enumerate(WORST_FIRST)}


class Classes(NamedTuple):
    """How a problem was sorted, in codes; blank where nobody said."""

    concern: str = ""
    public_input: str = ""
    private_matter: str = ""
    scope: str = ""
    instrument: str = ""
    coordination: str = ""
    origin: str = ""
    is_contentious: bool = False


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """`P-6`. `sum` tells of all that hangs below it, `below_moved_at` when any of that last moved.

    `solutions` and `direct`, commitments that belong to no solution, are empty in a row that was read shut.
    """

    id: UUID
    mesa_id: UUID
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
    in_focus: bool
    own_moved_at: datetime
    below_moved_at: datetime | None
    classes: Classes
    visibility: str
    sum: BranchSum
    solutions: tuple[SolutionRow, ...] = ()
    direct: tuple[CommitmentRow, ...] = ()

    @property
    def commitments(self) -> tuple[CommitmentRow, ...]:
        return _commitments(self.solutions, self.direct)

    @property
    def has_children(self) -> bool:
        return bool(self.sum.solutions or self.sum.commitments)

    @property
    def moved_at(self) -> datetime:
        """The last movement of the problem or of anything below it."""
        return max(self.own_moved_at, self.below_moved_at or self.own_moved_at)


def last_moved(solutions: Iterable[AnySolution], commitments: Iterable[AnyCommitment]) -> datetime | None:
    """When any of these last moved."""
    moved = [*(one.moved_at for one in solutions), *(one.moved_at for one in commitments)]
    return max(moved, default=None)


def _commitments(
    solutions: Iterable[SolutionRow], direct: Iterable[CommitmentRow]
) -> tuple[CommitmentRow, ...]:
    return (*direct, *(one for solution in solutions for one in solution.commitments))


@dataclass(frozen=True, slots=True)
class Matrix:
    """A mesa's Matrix for one reader."""

    problems: tuple[ProblemRow, ...]
    total_problems: int

    @property
    def solutions(self) -> int:
        return sum(problem.sum.solutions for problem in self.problems)

    @property
    def commitments(self) -> int:
        return sum(problem.sum.commitments for problem in self.problems)

    @property
    def light_counts(self) -> tuple[tuple[Light, int], ...]:
        return add_counts(self.problems)


def add_counts(problems: Iterable[ProblemRow]) -> tuple[tuple[Light, int], ...]:
    """How many commitments of each light hang below these problems, worst first."""
    total: Counter[Light] = Counter()
    for problem in problems:
        total.update(dict(problem.sum.counts))
    return tuple((light, total[light]) for light in WORST_FIRST if total[light])
