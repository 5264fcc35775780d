"""The new rows of an import: level by level, many at a time, each with its own event."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import cast
from uuid import UUID

from django.db.models import Max

from destraba.actions.followup.commitments import new_commitment
from destraba.actions.imports.incoming import IncomingRow, Values
from destraba.actions.imports.owners import Owners
from destraba.actions.lights import begin, keep
from destraba.actions.matrix.classes import Classes, settled
from destraba.actions.matrix.positions import Ends
from destraba.actions.matrix.problems import ProblemFields, new_problem
from destraba.actions.matrix.solutions import SolutionFields, new_solution
from destraba.ledger import kinds
from destraba.ledger.record import Recording
from destraba.models import Collaboration, Commitment, Mesa, Organization, Problem, Solution
from destraba.queries.matrix.cells import Kind, Row
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.rules.matrix.classes import Concern
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.days import day_in
from destraba.values.fuzzy_dates import FuzzyDate

_BATCH = 500
_CLASSES = ("concern", "public_input", "scope", "instrument", "coordination", "is_contentious")


class Additions:
    """Writes new rows behind those that are there. `records` are all rows by their id, those met and, as
    they are written, the new ones; `wrote` is told how many were written since it was told last."""

    def __init__(
        self,
        change: Recording,
        mesa: Mesa,
        owners: Owners,
        records: dict[str, Row],
        wrote: Callable[[int], None],
    ) -> None:
        self._change = change
        self._mesa = mesa
        self._owners = owners
        self._records = records
        self._wrote = wrote

    def write(self, rows: Sequence[IncomingRow]) -> None:
        by_kind: dict[Kind, list[IncomingRow]] = defaultdict(list)
        for row in rows:
            by_kind[row.kind].append(row)
        self._write_problems(by_kind[Kind.PROBLEM])
        self._write_solutions(by_kind[Kind.SOLUTION])
        self._write_commitments(by_kind[Kind.COMMITMENT])

    def _write_problems(self, rows: Sequence[IncomingRow]) -> None:
        ends = Ends.of(Problem.objects.filter(mesa=self._mesa), "mesa") if rows else Ends()
        for batch in _batches(rows):
            problems = [self._problem(row.values, ends.next((self._mesa.pk,))) for row in batch]
            self._keep(batch, self._change.create_many(problems, kinds.PROBLEM_RAISED))

    def _problem(self, values: Values, position: str) -> Problem:
        stage = values.get("stage", ProblemStage.ACCEPTED)
        assert isinstance(stage, ProblemStage)  # noqa: S101  (as it was read)
        fields = cast("ProblemFields", picked(values, ProblemFields))
        problem = new_problem(self._change, self._mesa, position, stage=stage, **fields)
        for name, value in classes_of(values).items():
            setattr(problem, name, value)
        return problem

    def _write_solutions(self, rows: Sequence[IncomingRow]) -> None:
        there = Solution.objects.filter(mesa=self._mesa)
        ends = Ends.of(there, "problem") if rows else Ends()
        last = there.order_by().values_list("problem").annotate(Max("number")) if rows else ()
        numbers: dict[UUID, int] = defaultdict(int, last)
        for batch in _batches(rows):
            solutions = []
            for row in batch:
                problem = self._parent(row)
                assert isinstance(problem, Problem)  # noqa: S101  (the plan hangs a solution below nothing else)
                numbers[problem.pk] += 1
                fields = cast("SolutionFields", picked(row.values, SolutionFields))
                stage = row.values.get("stage", SolutionStage.AGREED)
                assert isinstance(stage, SolutionStage)  # noqa: S101  (as it was read)
                number, position = numbers[problem.pk], ends.next((problem.pk,))
                solutions.append(new_solution(problem, number, position, stage=stage, **fields))
            self._keep(batch, self._change.create_many(solutions, kinds.SOLUTION_PROPOSED))

    def _write_commitments(self, rows: Sequence[IncomingRow]) -> None:
        there = Commitment.objects.filter(mesa=self._mesa)
        ends = Ends.of(there, "problem", "solution") if rows else Ends()
        today = day_in(self._mesa.time_zone, self._change.now)
        for batch in _batches(rows):
            commitments = [self._commitment(row, ends) for row in batch]
            lights = begin(self._mesa, commitments, today)
            self._keep(batch, self._change.create_many(commitments, kinds.COMMITMENT_ASKED))
            keep(lights)
            helping = [
                Collaboration(mesa_id=self._mesa.pk, commitment=commitment, organization=helper)
                for row, commitment in zip(batch, commitments, strict=True)
                for helper in self._helpers(row, commitment)
            ]
            self._change.create_many(helping, kinds.COLLABORATION_ADDED)

    def _commitment(self, row: IncomingRow, ends: Ends) -> Commitment:
        """What a working mesa's spreadsheet lists has been agreed; what it calls done is done."""
        parent, values = self._parent(row), row.values
        problem = parent.problem if isinstance(parent, Solution) else parent
        solution = parent if isinstance(parent, Solution) else None
        declared, state = values.get("declared"), values.get("stage", CommitmentState.AGREED)
        assert isinstance(state, CommitmentState)  # noqa: S101  (as it was read)
        commitment = new_commitment(
            self._change,
            problem,
            solution,
            ends.next((problem.pk, solution.pk if solution else None)),
            title=str(values["title"]),
            owner=self._owners.of(values).answers,
            stands_for_many=self._owners.of(values).stands_for_many,
            due=values.get("due"),  # type: ignore[arg-type]
            starts_on=values.get("starts_on"),  # type: ignore[arg-type]
            situation=str(values.get("situation", "")),
            state=CommitmentState.DONE if declared is Light.DONE else state,
            declared=declared if isinstance(declared, Light) else None,
        )
        if commitment.original_due and isinstance(first := values.get("original_due"), FuzzyDate):
            commitment.original_due = first
            commitment.slips = max(int(str(values.get("slips", 0))), int(first != commitment.due))
        return commitment

    def _helpers(self, row: IncomingRow, commitment: Commitment) -> Iterable[Organization]:
        helpers = {one.pk: one for one in self._owners.of(row.values).helps}
        return [one for pk, one in helpers.items() if pk != commitment.owner_organization_id]

    def _parent(self, row: IncomingRow) -> Problem | Solution:
        parent = self._records[row.parent]
        assert isinstance(parent, Problem | Solution)  # noqa: S101  (the plan hangs nothing below a commitment)
        return parent

    def _keep(self, rows: Sequence[IncomingRow], records: Sequence[Row]) -> None:
        self._records.update(zip((row.id for row in rows), records, strict=True))
        self._wrote(len(rows))


def classes_of(values: Values) -> Mapping[str, object]:
    """How the method sorts a problem, as its columns keep it. A kind of public input makes it the state's."""
    classes = {name: values[name] for name in _CLASSES if name in values}
    if classes.get("public_input") and "concern" not in classes:
        classes["concern"] = Concern.MINE
    return settled(cast("Classes", classes))


def picked(values: Values, fields: type) -> Mapping[str, object]:
    """The values that this kind of edit takes."""
    return {name: value for name, value in values.items() if name in fields.__annotations__}


def _batches(rows: Sequence[IncomingRow]) -> Iterator[Sequence[IncomingRow]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]
