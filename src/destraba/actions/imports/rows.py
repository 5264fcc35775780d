"""The rows of an import, written one after the other as part of one change."""

from collections.abc import Iterable, Mapping
from typing import cast
from uuid import UUID

from destraba.actions.followup.commitments import (
    CommitmentFields,
    amend_commitment,
    enter_collaborators,
    enter_commitment,
    reassign,
    redate,
)
from destraba.actions.imports.incoming import IncomingRow, Values
from destraba.actions.matrix.cells import Row, fetch_row
from destraba.actions.matrix.problems import ProblemFields, amend_problem, enter_problem
from destraba.actions.matrix.solutions import SolutionFields, amend_solution, enter_solution
from destraba.ledger.record import Recording
from destraba.models import Commitment, Mesa, Organization, Problem, Solution
from destraba.queries.matrix.cells import Kind
from destraba.rules.commitments import CommitmentMove, CommitmentState, settling_move
from destraba.rules.lights import Light
from destraba.rules.priorities import Importance
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.names import is_plural_owner, name_key


class RowWriter:
    """Writes into one mesa. `organizations` are by name key; `source` says why a date moves.

    `entered` are the records that were written or met, by the id of their row; `settled` the commitments
    whose state has to follow what the source calls done, each with its move: no part of what can be undone.
    """

    def __init__(
        self, change: Recording, mesa: Mesa, organizations: Mapping[str, Organization], source: str
    ) -> None:
        self._change = change
        self._mesa = mesa
        self._organizations = organizations
        self._source = source
        self._last: dict[tuple[Kind, UUID | None], Row] = {}
        self._records: dict[str, Row] = {}
        self.entered: dict[str, UUID] = {}
        self.settled: list[tuple[Commitment, CommitmentMove]] = []

    def write(self, row: IncomingRow) -> None:
        """A new row behind the one before it in the source, or the changed cells of one that is there."""
        if row.record_id and not row.values:
            self.entered[row.id] = row.record_id
            return
        record = self._amended(row) if row.record_id else self._new(row)
        self.entered[row.id] = record.pk
        self._records[row.id] = record

    def _new(self, row: IncomingRow) -> Row:
        parent = self._parent(row)
        record: Row
        if parent is None:
            record = self._new_problem(row.values)
        elif row.kind is Kind.SOLUTION:
            record = self._new_solution(_problem_of(parent), row.values)
        else:
            record = self._new_commitment(parent, row.values)
        self._last[row.kind, parent.pk if parent else None] = record
        return record

    def _parent(self, row: IncomingRow) -> Problem | Solution | None:
        if not row.parent:
            return None
        parent = self._records.get(row.parent)
        if parent is None and row.parent_id:
            parent = fetch_row(self._mesa, Kind(row.parent.partition(":")[0]), row.parent_id)
            self._records[row.parent] = parent
        assert isinstance(parent, Problem | Solution)  # noqa: S101  (parents come first)
        return parent

    def _new_problem(self, values: Values) -> Problem:
        problem = enter_problem(
            self._change,
            self._mesa,
            stage=ProblemStage.ACCEPTED,
            title=str(values["title"]),
            detail=str(values.get("detail", "")),
            axis=str(values.get("axis", "")),
        )
        importance = values.get("importance")
        return amend_problem(
            self._change, problem, importance=importance if isinstance(importance, Importance) else None
        )

    def _new_solution(self, problem: Problem, values: Values) -> Solution:
        return enter_solution(
            self._change,
            problem,
            title=str(values["title"]),
            stage=SolutionStage.AGREED,
            before=values.get("before"),  # type: ignore[arg-type]
            result=values.get("after"),  # type: ignore[arg-type]
            goal=values.get("goal"),  # type: ignore[arg-type]
        )

    def _new_commitment(self, parent: Problem | Solution, values: Values) -> Commitment:
        """What a working mesa's spreadsheet lists has been agreed; what it calls done is done."""
        owner, helpers = self._owners(values)
        name = next(iter(_names(values)), "")
        declared = values.get("declared")
        commitment = enter_commitment(
            self._change,
            _problem_of(parent),
            parent if isinstance(parent, Solution) else None,
            title=str(values["title"]),
            owner=owner,
            stands_for_many=is_plural_owner(name),
            due=values.get("due"),  # type: ignore[arg-type]
            starts_on=values.get("starts_on"),  # type: ignore[arg-type]
            situation=str(values.get("situation", "")),
            state=CommitmentState.DONE if declared is Light.DONE else CommitmentState.AGREED,
            declared=declared if isinstance(declared, Light) else None,
        )
        if helpers:
            enter_collaborators(self._change, commitment, helpers)
        return commitment

    def _amended(self, row: IncomingRow) -> Row:
        """Only the cells that changed in the source."""
        assert row.record_id is not None  # noqa: S101  (asked by `write`)
        record, values = fetch_row(self._mesa, row.kind, row.record_id), row.values
        match record:
            case Problem():
                amend_problem(self._change, record, **cast("ProblemFields", _picked(values, ProblemFields)))
            case Solution():
                amend_solution(
                    self._change, record, **cast("SolutionFields", _picked(values, SolutionFields))
                )
            case Commitment():
                self._amend_commitment(record, values)
        return record

    def _amend_commitment(self, commitment: Commitment, values: Values) -> None:
        fields = cast("CommitmentFields", _picked(values, CommitmentFields))
        if fields:
            amend_commitment(self._change, commitment, **fields)
        if "owners" in values:
            owner, helpers = self._owners(values)
            if owner != commitment.owner_organization:
                reassign(self._change, commitment, owner)
            enter_collaborators(self._change, commitment, helpers)
        if "due" in values:
            due = values["due"]
            redate(self._change, commitment, due if isinstance(due, FuzzyDate) else None, self._source)
        if "declared" in values:
            called_done = commitment.declared == Light.DONE
            if move := settling_move(CommitmentState(commitment.state), called_done=called_done):
                self.settled.append((commitment, move))

    def _owners(self, values: Values) -> tuple[Organization | None, list[Organization]]:
        """Who answers, and who helps."""
        names = _names(values)
        found = [self._organizations.get(name_key(name)[:200]) if name else None for name in names]
        return (found[0] if found else None), [one for one in found[1:] if one]


def _problem_of(parent: Problem | Solution) -> Problem:
    return parent.problem if isinstance(parent, Solution) else parent


def _names(values: Values) -> list[str]:
    owners = values.get("owners", ())
    return [str(name) for name in owners] if isinstance(owners, Iterable) else []


def _picked(values: Values, fields: type) -> dict[str, object]:
    """The values that this kind of edit takes."""
    return {name: value for name, value in values.items() if name in fields.__annotations__}
