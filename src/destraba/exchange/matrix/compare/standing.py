"""What a mesa's Matrix says today, cell by cell as text, and what a source said of it last time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from destraba.exchange.matrix.compare.rows import Proposed
from destraba.exchange.matrix.compare.said import BETWEEN_OWNERS, Said, said
from destraba.ledger.heads import seq_of
from destraba.models import Collaboration, Commitment, ImportedRow, Mesa, Problem, Solution
from destraba.queries.matrix.cells import Kind
from destraba.rules.commitments import CommitmentState
from destraba.values.names import name_key
from destraba.values.numbers import commitment_number, problem_number, solution_number

NO_CELLS: Said = {}


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One row on screen; `state` only of a commitment."""

    kind: Kind
    record_id: UUID
    number: str
    parent_id: UUID | None
    cells: Said
    state: CommitmentState | None = None


class Standing:
    """Finds the row that a row of the source stands for: as last time, by number, by its words."""

    def __init__(self, mesa_id: UUID | None = None, as_of: int = 0) -> None:
        self.mesa_id = mesa_id
        self.as_of = as_of
        self._rows: dict[tuple[Kind, UUID], StandingRow] = {}
        self._numbers: dict[tuple[Kind, str], UUID] = {}
        self._titles: dict[tuple[Kind, UUID | None, str], list[UUID]] = defaultdict(list)
        self._remembered: dict[str, tuple[UUID, Said]] = {}
        self._elsewhere: dict[tuple[Kind, UUID], Said] = {}
        self._claimed: dict[tuple[Kind, UUID], str] = {}
        self._records: dict[str, UUID] = {}

    @classmethod
    def of(cls, mesa: Mesa, source: str) -> Self:
        """A mesa as it stands: six statements. Where its chain stood is looked up first, so that whatever
        happens while the rows are read is noticed later."""
        standing = cls(mesa.pk, seq_of(mesa.pk))
        for row in _rows_of(mesa):
            standing._add(row)
        remembered = ImportedRow.objects.filter(source__mesa=mesa).select_related("source")
        for one in remembered.order_by("source__imported_at"):
            kind = Kind(one.object_type)
            standing._elsewhere[kind, one.object_id] = one.values
            if one.source.name == source:
                standing._remembered[f"{kind.value}:{one.key}"] = (one.object_id, one.values)
        return standing

    def find(self, row: Proposed) -> StandingRow | None:
        """The row that this one stands for, if any is left that no other stands for. No other may from then
        on."""
        is_foreign = row.stamp is not None and self.mesa_id is not None and not row.stamp.is_of(self.mesa_id)
        candidates: list[UUID | None] = []
        if not is_foreign:
            candidates += [self._numbers.get((row.kind, row.number))] if row.stamp else []
            candidates.append(self._remembered.get(row.id, (None, NO_CELLS))[0])
            candidates.append(self._numbers.get((row.kind, row.number)))
        parent = self._records.get(row.parent)
        if parent or not row.parent:
            candidates += self._titles.get((row.kind, parent, name_key(row.title)), ())
        for record_id in candidates:
            found = self._rows.get((row.kind, record_id)) if record_id else None
            if found and (row.kind, found.record_id) not in self._claimed:
                self._claimed[row.kind, found.record_id] = row.id
                self._records[row.id] = found.record_id
                return found
        return None

    def remembered(self, row: Proposed, found: StandingRow) -> Said:
        """What this source said of the row last time; or, where it never did, what another one said last."""
        record_id, cells = self._remembered.get(row.id, (None, NO_CELLS))
        if record_id == found.record_id:
            return cells
        return self._elsewhere.get((row.kind, found.record_id), NO_CELLS)

    def knows(self, kind: Kind, number: str) -> bool:
        """Whether a row of that number is there, even if another row of the source stands for it."""
        return (kind, number) in self._numbers

    def record_of(self, row_id: str) -> UUID | None:
        """The record that a row of the source stands for."""
        return self._records.get(row_id)

    @property
    def unclaimed(self) -> int:
        """How many rows on screen the source does not have."""
        return len(self._rows) - len(self._claimed)

    def _add(self, row: StandingRow) -> None:
        self._rows[row.kind, row.record_id] = row
        self._numbers[row.kind, row.number] = row.record_id
        self._titles[row.kind, row.parent_id, name_key(row.cells["title"])].append(row.record_id)


def _rows_of(mesa: Mesa) -> Iterator[StandingRow]:
    for problem in Problem.objects.filter(mesa=mesa, withdrawn_at=None):
        number = problem_number(problem.number)
        yield StandingRow(Kind.PROBLEM, problem.pk, number, None, problem_cells(problem))
    for solution in Solution.objects.filter(mesa=mesa, withdrawn_at=None).select_related("problem"):
        number = solution_number(solution.problem.number, solution.number)
        yield StandingRow(Kind.SOLUTION, solution.pk, number, solution.problem_id, solution_cells(solution))
    helpers = _helpers(mesa)
    commitments = Commitment.objects.filter(mesa=mesa, withdrawn_at=None).order_by("position")
    for one in commitments.select_related("owner_organization"):
        yield StandingRow(
            Kind.COMMITMENT,
            one.pk,
            commitment_number(one.number),
            one.solution_id or one.problem_id,
            commitment_cells(one, helpers.get(one.pk, ())),
            CommitmentState(one.state),
        )


def problem_cells(problem: Problem) -> Said:
    return {name: said(getattr(problem, name)) for name in ("title", "axis", "detail", "importance")}


def solution_cells(solution: Solution) -> Said:
    return {name: said(getattr(solution, name)) for name in ("title", "before", "after", "goal")}


def commitment_cells(commitment: Commitment, helpers: Iterable[str]) -> Said:
    names = ("title", "starts_on", "due", "declared", "situation")
    cells = {name: said(getattr(commitment, name)) for name in names}
    owner = commitment.owner_organization
    return {**cells, "owners": owners_cell(owner.name if owner else "", helpers)}


def owners_cell(owner: str, helpers: Iterable[str]) -> str:
    """As `Names.owners` puts it: the owner first, the others in one order."""
    return BETWEEN_OWNERS.join([owner, *sorted(helpers, key=name_key)])


def _helpers(mesa: Mesa) -> Mapping[UUID, list[str]]:
    names: dict[UUID, list[str]] = defaultdict(list)
    rows = Collaboration.objects.filter(mesa=mesa, withdrawn_at=None)
    for commitment_id, name in rows.values_list("commitment_id", "organization__name"):
        names[commitment_id].append(name)
    return names
