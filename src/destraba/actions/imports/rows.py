"""The rows of an import, written as part of one change: first what is new, then what changed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import assert_never, cast
from uuid import UUID

from destraba.actions.followup.commitments import (
    CommitmentFields,
    correct,
    enter_collaborators,
    postpone,
    reassign,
    refresh_many,
)
from destraba.actions.imports.additions import Additions, classes_of, picked
from destraba.actions.imports.incoming import IncomingRow, row_id
from destraba.actions.imports.owners import Owners
from destraba.actions.matrix.problems import ProblemFields, amend_problem
from destraba.actions.matrix.solutions import SolutionFields, amend_solution
from destraba.ledger import kinds
from destraba.ledger.record import Recording
from destraba.models import Commitment, Mesa, Organization, Problem, Solution
from destraba.queries.matrix.cells import Kind, Row
from destraba.rules.commitments import CommitmentMove, CommitmentState, settling_move
from destraba.rules.lights import Light
from destraba.values.errors import NotFound
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.reasons import Reason

_BATCH = 500


class RowWriter:
    """Writes into one mesa. `organizations` are by name key; `source` says why a date moves.

    `entered` are the records that were written or met, by the id of their row; `settled` the commitments
    whose state has to follow what the source calls done, each with its move: no part of what can be undone.
    """

    def __init__(
        self,
        change: Recording,
        mesa: Mesa,
        organizations: Mapping[str, Organization],
        source: str,
        progress: Callable[[int, int], None],
    ) -> None:
        self._change = change
        self._mesa = mesa
        self._owners = Owners(organizations)
        self._source = source
        self._progress = progress
        self._done = self._total = 0
        self._records: dict[str, Row] = {}
        self.entered: dict[str, UUID] = {}
        self.settled: list[tuple[Commitment, CommitmentMove]] = []

    def write(self, rows: Sequence[IncomingRow]) -> None:
        """New rows behind those that are there, and the changed cells of these."""
        self._total = len(rows)
        new = [row for row in rows if row.record_id is None]
        changed = [row for row in rows if row.record_id and row.values]
        self._wrote(len(rows) - len(new) - len(changed))
        self._meet(new, changed)
        Additions(self._change, self._mesa, self._owners, self._records, self._wrote).write(new)
        for row in changed:
            self._correct(row)
            self._wrote(1)
        self._refresh(changed)
        self.entered = {row.id: row.record_id or self._records[row.id].pk for row in rows}

    def _wrote(self, count: int) -> None:
        self._done += count
        self._progress(self._done, self._total)

    def _meet(self, new: Iterable[IncomingRow], changed: Iterable[IncomingRow]) -> None:
        """Fetch the rows that are to change, and those that new ones hang below. Raises NotFound for one
        that this mesa does not have."""
        wanted: dict[Kind, dict[UUID, str]] = defaultdict(dict)
        for row in new:
            if row.parent_id:
                wanted[Kind(row.parent.partition(":")[0])][row.parent_id] = row.parent
        for row in changed:
            if row.record_id:
                wanted[row.kind][row.record_id] = row_id(row.kind, row.key)
        for kind, ids in wanted.items():
            keys = list(ids)
            for start in range(0, len(keys), _BATCH):
                for record in _fetched(self._mesa, kind, keys[start : start + _BATCH]):
                    self._records[ids[record.pk]] = record
            if any(row not in self._records for row in ids.values()):
                raise NotFound(Reason.of("unknown_row"))

    def _correct(self, row: IncomingRow) -> None:
        """Only the cells that changed in the source."""
        record, values = self._records[row.id], row.values
        match record:
            case Problem():
                amend_problem(self._change, record, **cast("ProblemFields", picked(values, ProblemFields)))
                if classes := classes_of(values):
                    self._change.update(record, kinds.PROBLEM_CLASSIFIED, **classes)
            case Solution():
                amend_solution(self._change, record, **cast("SolutionFields", picked(values, SolutionFields)))
            case Commitment():
                self._correct_commitment(record, row)

    def _correct_commitment(self, commitment: Commitment, row: IncomingRow) -> None:
        values = row.values
        if fields := cast("CommitmentFields", picked(values, CommitmentFields)):
            correct(self._change, commitment, **fields)
        if "owners" in values:
            named = self._owners.of(values)
            if named.answers != commitment.owner_organization:
                reassign(self._change, commitment, named.answers)
            enter_collaborators(self._change, commitment, named.helps)
        if "due" in values:
            due = values["due"]
            postpone(self._change, commitment, due if isinstance(due, FuzzyDate) else None, self._source)
        if "declared" in values:
            called_done = commitment.declared == Light.DONE
            if move := settling_move(CommitmentState(commitment.state), called_done=called_done):
                self.settled.append((commitment, move))

    def _refresh(self, changed: Iterable[IncomingRow]) -> None:
        """The lights of all that changed, at once."""
        records = (self._records[row.id] for row in changed)
        commitments = [record for record in records if isinstance(record, Commitment)]
        refresh_many(self._change, self._mesa, commitments)


def _fetched(mesa: Mesa, kind: Kind, keys: Sequence[UUID]) -> Iterable[Row]:
    match kind:
        case Kind.PROBLEM:
            problems = Problem.objects.filter(mesa=mesa, pk__in=keys, withdrawn_at=None)
            return problems.select_related("mesa")
        case Kind.SOLUTION:
            solutions = Solution.objects.filter(mesa=mesa, pk__in=keys, withdrawn_at=None)
            return solutions.select_related("mesa", "problem__mesa")
        case Kind.COMMITMENT:
            commitments = Commitment.objects.filter(mesa=mesa, pk__in=keys, withdrawn_at=None)
            return commitments.select_related("mesa", "problem", "owner_organization")
        case _:
            assert_never(kind)
