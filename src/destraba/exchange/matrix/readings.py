"""What was read from a Matrix, with the place that each thing came from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.headings import Heading
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.rules.matrix.classes import Funding
from destraba.rules.priorities import Importance
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.quantities import Quantity
from destraba.values.reasons import Param, Reason


@dataclass(frozen=True, slots=True)
class Located:
    """A cell ("G6") and the text as it stood there."""

    sheet: str
    cell: str
    text: str


Where = Mapping[Field, Located]

Classes = Mapping[str, Enum | bool | None]
"""How the method sorts a problem, by the name of the record's column."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something read in one of several possible ways, or left out: a person had better look at the cell."""

    sheet: str
    cell: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no part of the Matrix; row 0 is the sheet as a whole."""

    sheet: str
    row: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class ReadCommitment:
    """`owners`: the first answers, the others help. `due_text` is kept also where there is no date.

    `key` is the same whenever the same row is read again: see `keys`. `percent` is from 0 to 100. `version`
    is what Destraba's own export says there of the state that it showed: see `stamps`.
    """

    key: str
    row: int
    title: str
    owners: tuple[str, ...] = ()
    start: FuzzyDate | None = None
    due: FuzzyDate | None = None
    due_text: str = ""
    declared: Light | None = None
    light_text: str = ""
    percent: Decimal | None = None
    note: str = ""
    state: CommitmentState | None = None
    original_due: FuzzyDate | None = None
    slips: int | None = None
    version: str = ""
    where: Where = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadSolution:
    key: str
    title: str
    before: Quantity | None = None
    after: Quantity | None = None
    goal: Quantity | None = None
    funding: Funding | None = None
    stage: SolutionStage | None = None
    version: str = ""
    commitments: tuple[ReadCommitment, ...] = ()
    where: Where = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """`number` is the sheet's own ("12", "P-12"), or "". `commitments` are those without a solution."""

    key: str
    number: str
    title: str
    axis: str = ""
    note: str = ""
    importance: Importance | None = None
    classes: Classes = field(default_factory=dict)
    stage: ProblemStage | None = None
    version: str = ""
    solutions: tuple[ReadSolution, ...] = ()
    commitments: tuple[ReadCommitment, ...] = ()
    where: Where = field(default_factory=dict)

    def all_commitments(self) -> Iterator[ReadCommitment]:
        yield from self.commitments
        for solution in self.solutions:
            yield from solution.commitments


@dataclass(frozen=True, slots=True)
class ReadParticipant:
    """A member as the list of participants has it; every text may be blank but `organization`."""

    key: str
    row: int
    organization: str
    sector: str = ""
    kind: str = ""
    participation: str = ""
    person: str = ""
    post: str = ""
    email: str = ""
    where: Where = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MesaFound:
    """One of the mesas in the workbook; `name` is "" for rows that name none."""

    name: str
    sheet: str
    problems: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One mesa's Matrix; without problems while several are found and none is chosen: see `mesas_found`."""

    sheets: tuple[str, ...] = ()
    problems: tuple[ReadProblem, ...] = ()
    participants: tuple[ReadParticipant, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    title: str = ""
    updated_on: FuzzyDate | None = None
    installed_on: FuzzyDate | None = None
    headings: tuple[Heading, ...] = ()
    mesas_found: tuple[MesaFound, ...] = ()

    def solutions(self) -> Iterator[ReadSolution]:
        for problem in self.problems:
            yield from problem.solutions

    def commitments(self) -> Iterator[ReadCommitment]:
        for problem in self.problems:
            yield from problem.all_commitments()


@dataclass(slots=True)
class Notebook:
    """Doubts and skipped rows of one sheet, noted while it is read."""

    sheet: str
    doubts: list[Doubt] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    _noted: set[tuple[str, str]] = field(default_factory=set)

    def doubt(self, cell: str, code: str, **params: Param) -> None:
        """Once for each cell and code: a merged cell is met in every row that it covers."""
        if (cell, code) not in self._noted:
            self._noted.add((cell, code))
            self.doubts.append(Doubt(self.sheet, cell, Reason.of(code, **params)))

    def skip(self, row: int, code: str, **params: Param) -> None:
        self.skipped.append(Skipped(self.sheet, row, Reason.of(code, **params)))
