"""What a mesa's Matrix says today, cell by cell as text, and what a source said of it last time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from destraba.models import Collaboration, Commitment, ImportedRow, Mesa, Problem, Solution
from destraba.queries.matrix.cells import Kind
from destraba.queries.people import organizations_named
from destraba.values.names import name_key
from destraba.values.numbers import commitment_number, problem_number, solution_number

NO_CELLS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One row on screen. `said` is what the source said of it last time, cell by cell."""

    row_id: UUID
    number: str
    parent_id: UUID | None
    cells: Mapping[str, str]
    said: Mapping[str, str] = field(default_factory=dict)


class Standing:
    """Finds the row that a row of the source stands for: by what it was last time, by number, by its words."""

    def __init__(self) -> None:
        self._rows: dict[tuple[Kind, UUID], StandingRow] = {}
        self._numbers: dict[tuple[Kind, str], UUID] = {}
        self._titles: dict[tuple[Kind, UUID | None, str], list[UUID]] = defaultdict(list)
        self._said: dict[tuple[Kind, str], tuple[UUID, Mapping[str, str]]] = {}
        self._claimed: dict[tuple[Kind, UUID], str] = {}
        self._ids: dict[str, UUID] = {}

    @classmethod
    def empty(cls) -> Self:
        """Nothing is there yet."""
        return cls()

    @classmethod
    def of(cls, mesa: Mesa, source: str) -> Self:
        """A mesa as it stands: five statements."""
        standing = cls()
        for problem in Problem.objects.filter(mesa=mesa, withdrawn_at=None):
            standing._add(Kind.PROBLEM, problem.pk, problem_number(problem.number), None, problem_cells(problem))
        for solution in Solution.objects.filter(mesa=mesa, withdrawn_at=None).select_related("problem"):
            number = solution_number(solution.problem.number, solution.number)
            standing._add(Kind.SOLUTION, solution.pk, number, solution.problem_id, solution_cells(solution))
        helpers = _helpers(mesa)
        commitments = Commitment.objects.filter(mesa=mesa, withdrawn_at=None).order_by("position")
        for one in commitments.select_related("owner_organization"):
            cells = commitment_cells(one, helpers.get(one.pk, ()))
            parent = one.solution_id or one.problem_id
            standing._add(Kind.COMMITMENT, one.pk, commitment_number(one.number), parent, cells)
        for row in ImportedRow.objects.filter(source__mesa=mesa, source__name=source):
            standing._said[Kind(row.object_type), row.key] = (row.object_id, row.values)
        return standing

    def find(self, kind: Kind, key: str, parent_key: str, title: str) -> StandingRow | None:
        """The row that this one stands for, if any is left that nobody else claimed."""
        said_id, said = self._said.get((kind, key), (None, NO_CELLS))
        candidates = [said_id, self._numbers.get((kind, key.rsplit("/", 1)[-1]))]
        parent = self._ids.get(parent_key) if parent_key else None
        if parent or not parent_key:
            candidates.extend(self._titles.get((kind, parent, name_key(title)), ()))
        for row_id in candidates:
            row = self._rows.get((kind, row_id)) if row_id else None
            if row and (kind, row.row_id) not in self._claimed:
                return StandingRow(row.row_id, row.number, row.parent_id, row.cells, said)
        return None

    def claim(self, kind: Kind, key: str, row: StandingRow) -> None:
        """This row of the source stands for that one; no other may."""
        self._claimed[kind, row.row_id] = key
        self._ids[key] = row.row_id

    def _add(
        self, kind: Kind, row_id: UUID, number: str, parent_id: UUID | None, cells: Mapping[str, str]
    ) -> None:
        self._rows[kind, row_id] = StandingRow(row_id, number, parent_id, cells)
        self._numbers[kind, number] = row_id
        self._titles[kind, parent_id, name_key(cells["title"])].append(row_id)


def problem_cells(problem: Problem) -> Mapping[str, str]:
    return {
        "title": problem.title,
        "axis": problem.axis,
        "detail": problem.detail,
        "importance": problem.importance,
    }


def solution_cells(solution: Solution) -> Mapping[str, str]:
    return {
        "title": solution.title,
        "before": solution.before.text if solution.before else "",
        "after": solution.after.text if solution.after else "",
        "goal": solution.goal.text if solution.goal else "",
    }


def commitment_cells(commitment: Commitment, helpers: Iterable[str]) -> Mapping[str, str]:
    owner = [commitment.owner_organization.name] if commitment.owner_organization else []
    return {
        "title": commitment.title,
        "owners": "; ".join([*owner, *helpers]),
        "due": commitment.due.text if commitment.due else "",
        "declared": commitment.declared,
        "situation": commitment.situation,
    }


def called(owners: Iterable[str]) -> tuple[str, ...]:
    """Owners by the names that this installation gives them, where it knows them."""
    names = tuple(owners)
    known = organizations_named(names)
    return tuple(known[key].name if (key := name_key(name)) in known else name for name in names)


def _helpers(mesa: Mesa) -> Mapping[UUID, list[str]]:
    names: dict[UUID, list[str]] = defaultdict(list)
    rows = Collaboration.objects.filter(mesa=mesa, withdrawn_at=None).order_by("pk")
    for commitment_id, name in rows.values_list("commitment_id", "organization__name"):
        names[commitment_id].append(name)
    return names
