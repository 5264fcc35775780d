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
_OF_PROBLEM = (
    *("title", "axis", "detail", "importance", "speed", "concern", "public_input"),
    *("scope", "instrument", "coordination", "origin", "is_contentious"),
)
_OF_SOLUTION = ("title", "before", "after", "goal", "funding")
_OF_COMMITMENT = ("title", "starts_on", "due", "declared", "situation")


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
        remembered = ImportedRow.objects.filter(source__mesa=mesa).order_by("source__imported_at")
        for name, object_type, key, record_id, values in remembered.values_list(
            "source__name", "object_type", "key", "object_id", "values"
        ):
            standing._elsewhere[Kind(object_type), record_id] = values
            if name == source:
                standing._remembered[f"{object_type}:{key}"] = (record_id, values)
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
    """Values, not records: there may be many thousands of them, and each has dozens of columns."""
    there = {"mesa": mesa, "withdrawn_at": None}
    problems = Problem.objects.filter(**there).values_list("pk", "number", *_OF_PROBLEM)
    for pk, number, *values in problems:
        yield StandingRow(Kind.PROBLEM, pk, problem_number(number), None, _cells(_OF_PROBLEM, values))
    solutions = Solution.objects.filter(**there).values_list(
        "pk", "problem", "problem__number", "number", *_OF_SOLUTION
    )
    for pk, problem, above, number, *values in solutions:
        shown = solution_number(above, number)
        yield StandingRow(Kind.SOLUTION, pk, shown, problem, _cells(_OF_SOLUTION, values))
    helpers = _helpers(mesa)
    commitments = Commitment.objects.filter(**there).order_by("position")
    for pk, number, problem, solution, state, owner, *values in commitments.values_list(
        "pk", "number", "problem", "solution", "state", "owner_organization__name", *_OF_COMMITMENT
    ):
        cells = {
            **_cells(_OF_COMMITMENT, values),
            "owners": owners_cell(owner or "", helpers.get(pk, ())),
        }
        shown = commitment_number(number)
        yield StandingRow(Kind.COMMITMENT, pk, shown, solution or problem, cells, CommitmentState(state))


def _cells(names: Iterable[str], values: Iterable[object]) -> Said:
    return {name: said(value) for name, value in zip(names, values, strict=True)}


def owners_cell(owner: str, helpers: Iterable[str]) -> str:
    """As `Names.owners` puts it: the owner first, the others in one order."""
    return BETWEEN_OWNERS.join([owner, *sorted(helpers, key=name_key)])


def _helpers(mesa: Mesa) -> Mapping[UUID, list[str]]:
    names: dict[UUID, list[str]] = defaultdict(list)
    rows = Collaboration.objects.filter(mesa=mesa, withdrawn_at=None)
    for commitment_id, name in rows.values_list("commitment_id", "organization__name"):
        names[commitment_id].append(name)
    return names
