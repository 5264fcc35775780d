"""What a reading proposes: its rows in order, each with the cells that its columns speak of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from destraba.actions.imports.incoming import row_id
from destraba.actions.inputs import NAME, TEXT
from destraba.exchange.matrix.compare.said import BETWEEN_OWNERS
from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.parse.keys import Ordinals, own_number
from destraba.exchange.matrix.readings import (
    Doubt,
    Located,
    ReadCommitment,
    Reading,
    ReadProblem,
    ReadSolution,
    Where,
)
from destraba.exchange.matrix.stamps import Stamp, read_stamp
from destraba.ledger.labels import label
from destraba.queries.matrix.cells import Kind
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values import numbers
from destraba.values.reasons import Param, Reason
from destraba.values.texts import visible_line

Values = Mapping[str, object]

# Where a cell of ours stands in a spreadsheet: the columns that speak of it, the first of them by its name.
_COLUMNS: Mapping[Kind, Mapping[str, tuple[Field, ...]]] = {
    Kind.PROBLEM: {
        "title": (Field.PROBLEM, Field.SOLUTION, Field.COMMITMENT),
        "axis": (Field.AXIS,),
        "detail": (Field.PROBLEM_NOTE, Field.NOTE),
        "importance": (Field.PRIORITY,),
        "speed": (Field.SPEED,),
        "concern": (Field.CONCERN,),
        "public_input": (Field.PUBLIC_INPUT,),
        "scope": (Field.SCOPE,),
        "instrument": (Field.INSTRUMENT,),
        "coordination": (Field.COORDINATION,),
        "origin": (Field.ORIGIN,),
        "is_contentious": (Field.CONTENTIOUS,),
    },
    Kind.SOLUTION: {
        "title": (Field.SOLUTION,),
        "before": (Field.BEFORE,),
        "after": (Field.AFTER,),
        "goal": (Field.GOAL,),
        "funding": (Field.FUNDING,),
    },
    Kind.COMMITMENT: {
        "title": (Field.COMMITMENT, Field.SOLUTION, Field.PROBLEM),
        "owners": (Field.OWNER, Field.COLLABORATORS),
        "starts_on": (Field.START,),
        "due": (Field.DUE,),
        "declared": (Field.LIGHT,),
        "situation": (Field.NOTE,),
    },
}
_NUMBER = {
    Kind.PROBLEM: (Field.NUMBER, numbers.Kind.PROBLEM),
    Kind.SOLUTION: (Field.SOLUTION_NUMBER, numbers.Kind.SOLUTION),
    Kind.COMMITMENT: (Field.COMMITMENT_NUMBER, numbers.Kind.COMMITMENT),
}
_BEGINS_PROBLEM: frozenset[Enum] = frozenset({ProblemStage.RAISED, ProblemStage.ACCEPTED})
_BEGINS_SOLUTION: frozenset[Enum] = frozenset(
    {SolutionStage.PROPOSED, SolutionStage.AGREED, SolutionStage.IN_PROGRESS}
)
# What is done is told by the light.
_BEGINS_COMMITMENT: frozenset[Enum] = frozenset(
    {CommitmentState.ASKED, CommitmentState.AGREED, CommitmentState.DONE}
)
UNREAD = frozenset({"not_a_date", "impossible_date", "year_out_of_range", "unlikely_year", "unknown_choice"})
"""Doubts about a cell that is left out."""
_AXIS = 80
_LIMITS = {"axis": _AXIS, "detail": TEXT, "situation": TEXT}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A row of the source. `number` is Destraba's own where the source has it; `where` by cell.

    `first` is what a new row begins with and what no spreadsheet changes afterwards: stages, a first date.

    `fill` is the light of the cell's colour, where an export of ours has been given one that its word does
    not say: who works with colours leaves the word as it is. `written` are the names as they stand in the
    cells of the owner and of those who help, before anything is taken apart.
    """

    kind: Kind
    key: str
    parent: str
    number: str
    title: str
    stamp: Stamp | None
    values: Values
    where: Mapping[str, Located]
    first: Values = field(default_factory=dict)
    fill: Light | None = None
    written: tuple[tuple[str, ...], ...] = ()

    @property
    def id(self) -> str:
        """Its identity among all rows of the source; `parent` is one of these."""
        return row_id(self.kind, self.key)


class Proposal:
    """The rows of one reading, parents before what hangs below them, and the doubts met on the way."""

    def __init__(self, reading: Reading) -> None:
        # An export of ours speaks of all cells; a column that a spreadsheet does not have says nothing.
        self._spoken = {heading.field for heading in reading.headings if heading.field}
        self._keys = {kind: Ordinals() for kind in Kind}
        self._sheet = reading.sheets[0] if reading.sheets else ""
        self._fills = {
            doubt.cell: Light(str(doubt.reason.params["colour"]))
            for doubt in reading.doubts
            if doubt.reason.code == "light_says_two_things"
        }
        self._unread = {doubt.cell for doubt in reading.doubts if doubt.reason.code in UNREAD}
        self.doubts = [doubt for doubt in reading.doubts if self._is_worth_saying(doubt)]
        self._asked = frozenset((doubt.sheet, doubt.cell) for doubt in self.doubts)
        self.rows = tuple(self._rows(reading))
        self._doubt_percents(reading)

    def doubt(self, row: Proposed, cell: str, code: str, **params: Param) -> None:
        """At the cell, or at the row's first where it has none."""
        place = row.where.get(cell) or next(iter(row.where.values()), None) or Located(self._sheet, "A1", "")
        self.doubts.append(Doubt(place.sheet, place.cell, Reason.of(code, **params)))

    def _is_worth_saying(self, doubt: Doubt) -> bool:
        """A new row in an export of ours has no number yet."""
        return doubt.reason.code != "no_number" or Field.VERSION not in self._spoken

    def doubts_at(self, row: Proposed, cell: str) -> bool:
        """Whether the reading found anything to ask about there."""
        place = row.where.get(cell)
        return place is not None and (place.sheet, place.cell) in self._asked

    def settle(self, row: Proposed, cell: str, code: str) -> None:
        """The doubt at this cell is none any more."""
        place = row.where[cell]
        at = (place.sheet, place.cell, code)
        self.doubts = [one for one in self.doubts if (one.sheet, one.cell, one.reason.code) != at]

    def _rows(self, reading: Reading) -> Iterator[Proposed]:
        for problem in reading.problems:
            parent = self._problem(problem)
            yield parent
            for commitment in problem.commitments:
                yield self._commitment(commitment, parent)
            for solution in problem.solutions:
                middle = self._solution(solution, parent)
                yield middle
                for commitment in solution.commitments:
                    yield self._commitment(commitment, middle)

    def _problem(self, read: ReadProblem) -> Proposed:
        values: Values = {
            "title": read.title,
            "axis": read.axis,
            "detail": read.note,
            "importance": read.importance,
            **read.classes,
        }
        row = self._proposed(Kind.PROBLEM, read.key, "", values, read.version, read.where)
        return self._begun(row, Field.STAGE, read.stage, _BEGINS_PROBLEM, read.where)

    def _solution(self, read: ReadSolution, parent: Proposed) -> Proposed:
        values: Values = {
            "title": read.title,
            "before": read.before,
            "after": read.after,
            "goal": read.goal,
            "funding": read.funding,
        }
        row = self._proposed(Kind.SOLUTION, read.key, parent.id, values, read.version, read.where)
        return self._begun(row, Field.SOLUTION_STAGE, read.stage, _BEGINS_SOLUTION, read.where)

    def _commitment(self, read: ReadCommitment, parent: Proposed) -> Proposed:
        values: dict[str, object] = {
            "title": read.title,
            "owners": tuple(name[:NAME] for name in read.owners),
            "starts_on": read.start.first_day if read.start else None,
            "due": read.due,
            "declared": read.declared,
            "situation": read.note,
        }
        row = self._proposed(Kind.COMMITMENT, read.key, parent.id, values, read.version, read.where)
        longest = max(map(len, read.owners), default=0)
        if longest > NAME:
            self.doubt(row, "owners", "text_cut", limit=NAME, length=longest)
        row = self._begun(row, Field.STATE, read.state, _BEGINS_COMMITMENT, read.where)
        return replace(row, first={**row.first, "original_due": read.original_due, "slips": read.slips})

    def _begun(
        self, row: Proposed, name: Field, stage: Enum | None, begins: frozenset[Enum], where: Where
    ) -> Proposed:
        """With the stage that a new row begins in, or with the words for one that takes an act of its own."""
        if stage is None:
            return row
        if stage in begins:
            return replace(row, first={"stage": stage})
        return replace(row, where={**row.where, "stage": where[name]}, first={"beyond": label(stage)})

    def _proposed(
        self, kind: Kind, key: str, parent: str, values: Values, version: str, where: Where
    ) -> Proposed:
        columns = _COLUMNS[kind]
        spoken = {
            name: value
            for name, value in values.items()
            if name == "title"
            or (not self._spoken.isdisjoint(columns[name]) and not self._is_unread(name, kind, where))
        }
        number_field, number_kind = _NUMBER[kind]
        number = own_number(key.rsplit("/", 1)[-1], number_kind)
        row = Proposed(
            kind=kind,
            key=self._keys[kind].unique(key),
            parent=parent,
            number=number,
            title=str(values["title"]),
            stamp=read_stamp(version),
            values={name: self._cut(name, value) for name, value in spoken.items()},
            written=_written(where) if kind is Kind.COMMITMENT else (),
            fill=self._fills.get(where[Field.LIGHT].cell) if version and Field.LIGHT in where else None,
            where={
                name: place
                for name, fields in (*columns.items(), ("number", (number_field,)))
                if (place := next((where[field] for field in fields if field in where), None))
            },
        )
        self._doubt_cuts(row, spoken)
        if row.key != key and number:
            self.doubt(row, "number", "number_repeated", number=number)
        return row

    def _is_unread(self, name: str, kind: Kind, where: Where) -> bool:
        """Whether nobody knows which date or choice was meant, so that the one on screen stays."""
        places = (where[field].cell for field in _COLUMNS[kind][name] if field in where)
        return any(cell in self._unread for cell in places)

    def _cut(self, name: str, value: object) -> object:
        limit = _LIMITS.get(name)
        return value[:limit].rstrip() if limit and isinstance(value, str) else value

    def _doubt_cuts(self, row: Proposed, values: Values) -> None:
        for name, limit in _LIMITS.items():
            value = values.get(name)
            if isinstance(value, str) and len(value) > limit:
                self.doubt(row, name, "text_cut", limit=limit, length=len(value))

    def _doubt_percents(self, reading: Reading) -> None:
        """Once: the column is understood, and yet there is nowhere to keep it."""
        if any(commitment.percent is not None for commitment in reading.commitments()):
            heading = next(one for one in reading.headings if one.field is Field.PERCENT)
            self.doubts.append(Doubt(heading.sheet, heading.cell, Reason.of("percent_left_out")))


def _written(where: Where) -> tuple[tuple[str, ...], ...]:
    """The owner's cell as one name, and the helpers' parted only as an export of ours joins them."""
    owner, helpers = (
        visible_line(where[field].text) if field in where else ""
        for field in (Field.OWNER, Field.COLLABORATORS)
    )
    return ((owner,) if owner else (), tuple(filter(None, helpers.split(BETWEEN_OWNERS))))
