"""From flat rows to problems, their solutions and the commitments under them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from destraba.exchange.matrix.fields import LEVELS, Field
from destraba.exchange.matrix.parse.entries import Entries
from destraba.exchange.matrix.parse.keys import Ordinals, own_number, text_key
from destraba.exchange.matrix.parse.rows import TableRow, located
from destraba.exchange.matrix.readings import Classes, Notebook, ReadCommitment, ReadProblem, ReadSolution
from destraba.values.names import name_key
from destraba.values.numbers import Kind
from destraba.values.quantities import Quantity
from destraba.values.texts import fold

if TYPE_CHECKING:
    from destraba.rules.commitments import CommitmentState
    from destraba.rules.matrix.classes import Funding
    from destraba.rules.problems import ProblemStage
    from destraba.rules.solutions import SolutionStage

_CLASSES: Mapping[str, Field] = {
    "concern": Field.CONCERN,
    "public_input": Field.PUBLIC_INPUT,
    "scope": Field.SCOPE,
    "instrument": Field.INSTRUMENT,
    "coordination": Field.COORDINATION,
    "origin": Field.ORIGIN,
    "speed": Field.SPEED,
}
_OF_PROBLEM = (
    *(Field.NUMBER, Field.AXIS, Field.PROBLEM, Field.PROBLEM_NOTE, Field.PRIORITY),
    *(*_CLASSES.values(), Field.CONTENTIOUS, Field.STAGE),
)
_OF_SOLUTION = (Field.SOLUTION_NUMBER, Field.SOLUTION, Field.FUNDING, Field.SOLUTION_STAGE)
_FIGURES = (Field.BEFORE, Field.AFTER, Field.GOAL)
_OF_COMMITMENT = (
    *(Field.COMMITMENT_NUMBER, Field.COMMITMENT, Field.OWNER, Field.COLLABORATORS),
    *(Field.START, Field.DUE, Field.LIGHT, Field.PERCENT, Field.NOTE),
    *(Field.STATE, Field.ORIGINAL_DUE, Field.SLIPS),
)
_SAID_ONCE = (Field.AXIS, Field.PRIORITY, *_CLASSES.values(), Field.CONTENTIOUS)
# What makes an action of a row that names none.
_SOMEBODY_OR_A_DATE = (Field.OWNER, Field.DUE)


@dataclass(slots=True)
class _Solution:
    read: ReadSolution
    commitments: list[ReadCommitment] = field(default_factory=list)


@dataclass(slots=True)
class _Problem:
    read: ReadProblem
    place: tuple[int, int] | None
    texts: Mapping[Field, str]
    solutions: dict[str, _Solution] = field(default_factory=dict)
    commitments: list[ReadCommitment] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def assemble(rows: Iterable[TableRow], entries: Entries, notebook: Notebook) -> tuple[ReadProblem, ...]:
    """The problems in the order of the sheet. A blank cell goes on with what stands above it."""
    listed = list(rows)
    assembly = _Assembly(entries, notebook, numbers_rows=_numbers_rows(listed))
    for row in listed:
        assembly.add(row)
    return tuple(assembly.problems())


def _numbers_rows(rows: Iterable[TableRow]) -> bool:
    """Whether the numbers count rows, not problems: one problem goes on while its number changes."""
    return any(
        above.text(Field.NUMBER) != below.text(Field.NUMBER)
        and below.own(Field.NUMBER)
        and not own_number(below.text(Field.NUMBER), Kind.PROBLEM)
        and above.text(Field.PROBLEM) != ""
        and fold(above.text(Field.PROBLEM)) == fold(below.text(Field.PROBLEM))
        for above, below in pairwise(rows)
    )


class _Assembly:
    def __init__(self, entries: Entries, notebook: Notebook, *, numbers_rows: bool) -> None:
        self._entries = entries
        self._notebook = notebook
        self._numbers_rows = numbers_rows
        self._problems: dict[str, _Problem] = {}
        self._titles: set[str] = set()
        self._keys = Ordinals()
        self._owners: set[tuple[str, tuple[str, ...]]] = set()
        self._problem: _Problem | None = None
        self._solution: _Solution | None = None

    def add(self, row: TableRow) -> None:
        problem = self._problem_of(row)
        if problem is not self._problem:
            self._problem, self._solution = problem, None
        self._solution = self._solution_of(row, problem)
        if self._solution:
            self._add_figures(row, self._solution)
        else:
            self._doubt_figures(row)
        self._entries.pinned(row)
        commitment = self._commitment_of(row, problem, self._solution)
        if commitment:
            (self._solution or problem).commitments.append(commitment)
        for note in self._notes(row, taken=commitment is not None):
            if note not in problem.notes:
                problem.notes.append(note)

    def problems(self) -> Iterator[ReadProblem]:
        for problem in self._problems.values():
            solutions = (
                replace(solution.read, commitments=tuple(solution.commitments))
                for solution in problem.solutions.values()
            )
            yield replace(
                problem.read,
                note="\n".join(problem.notes),
                solutions=tuple(solutions),
                commitments=tuple(problem.commitments),
            )

    def _problem_of(self, row: TableRow) -> _Problem:
        level = next(level for level in LEVELS if level in row.columns)
        if level is not Field.PROBLEM:
            self._notebook.doubt(row.name(level), "no_problem_column")
        title = self._entries.title(row, level)
        number = "" if self._numbers_rows else self._entries.line(row, Field.NUMBER).rstrip(".")
        if self._problem and self._goes_on(self._problem, row, level, title, number):
            self._doubt_differences(self._problem, row, level)
            return self._problem
        if not title:
            title = self._entries.title(row, Field.SOLUTION) or self._entries.title(row, Field.COMMITMENT)
            self._notebook.doubt(row.name(level), "no_problem")
        destraba_number = own_number(number, Kind.PROBLEM)
        key = destraba_number or (f"#{number.casefold()}" if number else text_key(title))
        known = self._problems.get(key)
        if known and (destraba_number or name_key(known.read.title) == name_key(title)):
            self._doubt_differences(known, row, level)
            return known
        return self._new_problem(row, level, key, destraba_number or number, title)

    def _goes_on(self, problem: _Problem, row: TableRow, level: Field, title: str, number: str) -> bool:
        if not title:
            if number and number != problem.read.number:
                self._notebook.doubt(row.name(Field.NUMBER), "number_without_problem", number=number)
            return True
        if row.place(level) == problem.place:
            return True
        if destraba_number := own_number(number, Kind.PROBLEM):
            return destraba_number == problem.read.key
        return name_key(title) == name_key(problem.read.title)

    def _doubt_differences(self, problem: _Problem, row: TableRow, level: Field) -> None:
        """The first row of a problem says what it is; another that says otherwise is not heard."""
        for name in (level, *_SAID_ONCE):
            first, text = problem.texts[name], row.text(name)
            if text and row.own(name) and fold(text) != fold(first):
                self._notebook.doubt(row.name(name), "first_row_counts", text=first[:100])

    def _new_problem(self, row: TableRow, level: Field, key: str, number: str, title: str) -> _Problem:
        if number and key in self._problems:
            self._notebook.doubt(row.name(Field.NUMBER), "number_repeated", number=number)
        elif Field.NUMBER in row.columns and not number and not self._numbers_rows:
            self._notebook.doubt(row.name(Field.NUMBER), "no_number")
        if name_key(title) in self._titles and not own_number(number, Kind.PROBLEM):
            self._notebook.doubt(row.name(level), "problem_repeated", text=title[:100])
        self._titles.add(name_key(title))
        read = ReadProblem(
            key=self._keys.unique(key),
            number=number,
            title=title,
            axis=self._axis(row),
            importance=self._entries.importance(row),
            classes=self._classes(row),
            stage=cast("ProblemStage | None", self._entries.choice(row, Field.STAGE)),
            version=self._entries.line(row, Field.VERSION),
            where=located(self._notebook.sheet, row, *_OF_PROBLEM),
        )
        problem = _Problem(read, row.place(level), {name: row.text(name) for name in (level, *_SAID_ONCE)})
        self._problems[read.key] = problem
        return problem

    def _classes(self, row: TableRow) -> Classes:
        chosen = {name: self._entries.choice(row, field) for name, field in _CLASSES.items()}
        return {**chosen, "is_contentious": self._entries.is_so(row, Field.CONTENTIOUS)}

    def _axis(self, row: TableRow) -> str:
        """The section above wins where it says the same in more words, or the column says nothing."""
        axis = self._entries.line(row, Field.AXIS)
        if not row.section or not axis:
            return axis or row.section
        if not set(name_key(axis).split()) <= set(name_key(row.section).split()):
            self._notebook.doubt(row.name(Field.AXIS), "two_axes", axis=axis, section=row.section)
        return row.section

    def _solution_of(self, row: TableRow, problem: _Problem) -> _Solution | None:
        title = self._entries.title(row, Field.SOLUTION)
        if not title:
            # Destraba's own export numbers every solution, so a blank there means none.
            return None if Field.SOLUTION_NUMBER in row.columns else self._solution
        number = own_number(self._entries.line(row, Field.SOLUTION_NUMBER), Kind.SOLUTION)
        key = number or f"{problem.read.key}/{text_key(title)}"
        if key not in problem.solutions:
            where = located(self._notebook.sheet, row, *_OF_SOLUTION)
            read = ReadSolution(
                key,
                title,
                funding=cast("Funding | None", self._entries.choice(row, Field.FUNDING)),
                stage=cast("SolutionStage | None", self._entries.choice(row, Field.SOLUTION_STAGE)),
                version=self._entries.line(row, Field.VERSION),
                where=where,
            )
            problem.solutions[key] = _Solution(read)
        return problem.solutions[key]

    def _add_figures(self, row: TableRow, solution: _Solution) -> None:
        """The first row that gives a figure gives it for the solution."""
        read = solution.read
        before = self._figure(row, Field.BEFORE, read.before)
        after = self._figure(row, Field.AFTER, read.after)
        goal = self._figure(row, Field.GOAL, read.goal)
        where = {**located(self._notebook.sheet, row, *_FIGURES), **read.where}
        solution.read = replace(read, before=before, after=after, goal=goal, where=where)

    def _figure(self, row: TableRow, name: Field, known: Quantity | None) -> Quantity | None:
        figure = self._entries.quantity(row, name)
        if figure and known and figure != known:
            self._notebook.doubt(row.name(name), "several_figures", text=figure.text[:100])
        return known or figure

    def _doubt_figures(self, row: TableRow) -> None:
        for name in _FIGURES:
            if row.own(name) and row.text(name):
                self._notebook.doubt(row.name(name), "figure_without_solution", text=row.text(name)[:100])

    def _commitment_of(
        self, row: TableRow, problem: _Problem, solution: _Solution | None
    ) -> ReadCommitment | None:
        title = self._commitment_title(row, problem, solution)
        if not title:
            return None
        owners = self._entries.owners(row)
        within = solution.read.key if solution else problem.read.key
        if (f"{within}/{name_key(title)}", owners) in self._owners:
            self._notebook.doubt(row.name(Field.COMMITMENT), "commitment_repeated", text=title[:100])
        self._owners.add((f"{within}/{name_key(title)}", owners))
        return ReadCommitment(
            key=self._commitment_key(row, within, title),
            row=row.number,
            title=title,
            owners=owners,
            start=self._entries.date(row, Field.START),
            due=self._entries.date(row, Field.DUE),
            due_text=self._entries.line(row, Field.DUE),
            declared=self._entries.light(row),
            light_text=self._entries.line(row, Field.LIGHT),
            percent=self._entries.percent(row),
            note=self._entries.passage(row, Field.NOTE),
            state=cast("CommitmentState | None", self._entries.choice(row, Field.STATE)),
            original_due=self._entries.date(row, Field.ORIGINAL_DUE),
            slips=self._entries.count(row, Field.SLIPS),
            version=self._entries.line(row, Field.VERSION),
            where=located(self._notebook.sheet, row, *_OF_COMMITMENT),
        )

    def _commitment_title(self, row: TableRow, problem: _Problem, solution: _Solution | None) -> str:
        if title := self._entries.title(row, Field.COMMITMENT):
            return title
        said = [name for name in (*_SOMEBODY_OR_A_DATE, Field.LIGHT, Field.PERCENT) if row.text(name)]
        if Field.COMMITMENT not in row.columns and solution:
            # Where there is one column for both, a measure that somebody answers for is an action too.
            return solution.read.title if said or self._entries.light(row) else ""
        if any(name in said for name in _SOMEBODY_OR_A_DATE):
            level = Field.COMMITMENT if Field.COMMITMENT in row.columns else Field.SOLUTION
            self._notebook.doubt(row.name(level), "no_action")
            return solution.read.title if solution else problem.read.title
        if said or self._entries.light(row):
            self._notebook.doubt(row.name(Field.LIGHT), "light_without_action")
        return ""

    def _commitment_key(self, row: TableRow, within: str, title: str) -> str:
        number = own_number(self._entries.line(row, Field.COMMITMENT_NUMBER), Kind.COMMITMENT)
        if number:
            return number
        if self._numbers_rows and (own := self._entries.line(row, Field.NUMBER)):
            return self._keys.unique(f"#{own.casefold()}")
        return self._keys.unique(f"{within}/{text_key(title)}")

    def _notes(self, row: TableRow, *, taken: bool) -> Iterator[str]:
        """What is said of the problem; the row's own note belongs to its commitment, if it has one."""
        for name in (Field.PROBLEM_NOTE,) if taken else (Field.PROBLEM_NOTE, Field.NOTE):
            if note := self._entries.passage(row, name):
                yield note
