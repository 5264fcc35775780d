"""The Matrix of a mesa in a constant number of statements, whatever its size."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from destraba.models import Collaboration, Commitment, FocusInterval, Mesa, Problem, Solution, SolutionPlace
from destraba.queries import access
from destraba.queries.access import Reach, Viewer
from destraba.queries.matrix.filters import filtered
from destraba.queries.matrix.rows import (
    AnyCommitment,
    AnySolution,
    BranchSum,
    CommitmentRow,
    Filters,
    Matrix,
    ProblemRow,
    SolutionRow,
    last_moved,
)
from destraba.rules.lights import Light
from destraba.rules.priorities import Importance, Speed
from destraba.rules.problems import ProblemStage, progress
from destraba.rules.solutions import EnactmentRank, SolutionStage, places_reached
from destraba.values.reasons import Reason
from destraba.values.texts import fold

_NO_FILTERS = Filters()

# A page reads hundreds of rows, so of each it reads what it shows, and no more of it than values.
_PROBLEM_COLUMNS = (
    "id",
    "version",
    "number",
    "title",
    "detail",
    "axis",
    "stage",
    "filter_reason",
    "importance",
    "speed",
    "resolved_on",
    "moved_at",
    "in_focus",
)
_SOLUTION_COLUMNS = (
    "id",
    "version",
    "problem_id",
    "problem__number",
    "number",
    "revision",
    "title",
    "stage",
    "before",
    "after",
    "moved_at",
    "enactment__rank",
)


def matrix(viewer: Viewer, mesa: Mesa, filters: Filters = _NO_FILTERS) -> Matrix:
    """All that this viewer may see of a mesa's Matrix, filtered; five statements, whatever its size."""
    rows = _problem_rows(mesa.pk, access.reach_of(viewer, mesa.pk))
    kept = [kept for row in rows if (kept := filtered(row, filters))] if filters.is_set else rows
    return Matrix(tuple(kept), owners_of(rows), total_problems=len(rows), filters=filters)


def owners_of(rows: Iterable[ProblemRow]) -> tuple[tuple[UUID, str], ...]:
    """The organizations that answer for something in these rows, by name."""
    owners = dict(owner for row in rows for owner in row.sum.owners)
    return tuple(sorted(owners.items(), key=lambda pair: fold(pair[1])))


def branch(viewer: Viewer, mesa: Mesa, problem_id: UUID) -> ProblemRow | None:
    """One problem with all below it, or None where the viewer may not see it."""
    rows = _problem_rows(
        mesa.pk, access.reach_of(viewer, mesa.pk), Q(pk=problem_id), Q(problem_id=problem_id)
    )
    return rows[0] if rows else None


def _problem_rows(
    mesa_id: UUID, reach: Reach, which: Q | None = None, below: Q | None = None
) -> list[ProblemRow]:
    commitments = _commitments(mesa_id, reach, below or Q())
    solutions = _solutions(mesa_id, reach, below or Q(), commitments)
    rows = []
    for values in problem_values(mesa_id, reach, which or Q()):
        answers, direct = solutions.get(values[0], ()), commitments.get((values[0], None), ())
        every = [*direct, *(one for solution in answers for one in solution.commitments)]
        row = problem_row(values, answers, every, last_moved(answers, every))
        rows.append(replace(row, solutions=tuple(answers), direct=tuple(direct)))
    return rows


def problem_values(mesa_id: UUID, reach: Reach, which: Q) -> Iterable[tuple[Any, ...]]:
    in_focus = FocusInterval.objects.filter(problem=OuterRef("pk"), ends_on=None, withdrawn_at=None)
    return (
        Problem.objects.filter(which, reach.problems(), mesa=mesa_id, withdrawn_at=None)
        .annotate(in_focus=Exists(in_focus))
        .order_by("position")
        .values_list(*_PROBLEM_COLUMNS)
    )


def problem_row(
    values: tuple[Any, ...],
    solutions: Sequence[AnySolution],
    commitments: Sequence[AnyCommitment],
    below_moved_at: datetime | None,
) -> ProblemRow:
    """From the values of `_PROBLEM_COLUMNS`, shut."""
    pk, version, number, title, detail, axis, stage, why, importance, speed, *rest = values
    resolved_on, moved_at, in_focus = rest
    return ProblemRow(
        id=pk,
        version=version,
        number=number,
        title=title,
        detail=detail,
        axis=axis,
        stage=ProblemStage(stage),
        filter_reason=why,
        progress=progress([solution.stage for solution in solutions], confirmed=resolved_on is not None),
        importance=Importance(importance) if importance else None,
        speed=Speed(speed) if speed else None,
        in_focus=in_focus,
        own_moved_at=moved_at,
        below_moved_at=below_moved_at,
        sum=BranchSum.of(solutions, commitments),
    )


def _solutions(
    mesa_id: UUID,
    reach: Reach,
    below: Q,
    commitments: Mapping[tuple[UUID, UUID | None], Sequence[CommitmentRow]],
) -> Mapping[UUID, list[SolutionRow]]:
    found = (
        Solution.objects.filter(below, reach.records(), mesa=mesa_id, withdrawn_at=None)
        .order_by("position")
        .values_list(*_SOLUTION_COLUMNS)
    )
    places = places_of(mesa_id)
    rows: dict[UUID, list[SolutionRow]] = defaultdict(list)
    for values in found:
        (pk, version, problem_id, problem_number, number, revision, title) = values[:7]
        (stage, before, after, moved_at, rank) = values[7:]
        rows[problem_id].append(
            SolutionRow(
                id=pk,
                version=version,
                problem_id=problem_id,
                problem_number=problem_number,
                number=number,
                revision=revision,
                title=title,
                stage=SolutionStage(stage),
                places=places_reached(places.get((problem_number, number), ()), SolutionStage.APPLIED),
                no_norm_needed=rank == EnactmentRank.NONE_NEEDED,
                before=before.text if before else "",
                after=after.text if after else "",
                moved_at=moved_at,
                commitments=tuple(commitments.get((problem_id, pk), ())),
            )
        )
    return rows


def places_of(mesa_id: UUID) -> Mapping[tuple[int, int], list[SolutionStage]]:
    """The stages of the places of each solution, by the numbers of its problem and its own."""
    stages: dict[tuple[int, int], list[SolutionStage]] = defaultdict(list)
    rows = SolutionPlace.objects.filter(mesa=mesa_id, withdrawn_at=None)
    for problem, number, stage in rows.values_list("solution__problem__number", "solution__number", "stage"):
        stages[problem, number].append(SolutionStage(stage))
    return stages


def _commitments(
    mesa_id: UUID, reach: Reach, below: Q
) -> Mapping[tuple[UUID, UUID | None], list[CommitmentRow]]:
    found = (
        Commitment.objects.filter(below, reach.records(), mesa=mesa_id, withdrawn_at=None)
        .order_by("position")
        .values_list(*_COMMITMENT_COLUMNS)
    )
    helpers = helpers_of(mesa_id)
    rows: dict[tuple[UUID, UUID | None], list[CommitmentRow]] = defaultdict(list)
    for values in found:
        row = _commitment_row(values, helpers.get(values[2], ()))
        rows[row.problem_id, row.solution_id].append(row)
    return rows


_COMMITMENT_COLUMNS = (
    "id",
    "version",
    "number",
    "problem_id",
    "solution_id",
    "title",
    "situation",
    "state",
    "light",
    "light_reason",
    "light_params",
    "light_mismatch",
    "declared",
    "owner_organization_id",
    "owner_organization__name",
    "owner_seat__title",
    "stands_for_many",
    "due",
    "due_on",
    "original_due",
    "slips",
    "moved_at",
)
_OWN_COLUMNS = attrgetter(*(name for name in _COMMITMENT_COLUMNS if "__" not in name))
_OWNER_AT = _COMMITMENT_COLUMNS.index("owner_organization__name")
LIGHT_OF = {light.value: light for light in Light}


def commitment_row(commitment: Commitment, helpers: Iterable[str]) -> CommitmentRow:
    """A commitment as its row; its owner must have been fetched with it."""
    owner, seat = commitment.owner_organization, commitment.owner_seat
    own = _OWN_COLUMNS(commitment)
    names = (owner.name if owner else None, seat.title if seat else None)
    return _commitment_row((*own[:_OWNER_AT], *names, *own[_OWNER_AT:]), helpers)


def _commitment_row(values: tuple[Any, ...], helpers: Iterable[str]) -> CommitmentRow:
    """From the values of `_COMMITMENT_COLUMNS`: whole records would take most of a page's time."""
    (pk, version, number, problem_id, solution_id, title, situation, state) = values[:8]
    (light, reason, params, mismatch, declared, owner_id, owner, post) = values[8:16]
    (stands_for_many, due, due_on, original_due, slips, moved_at) = values[16:]
    return CommitmentRow(
        id=pk,
        version=version,
        number=number,
        problem_id=problem_id,
        solution_id=solution_id,
        title=title,
        situation=situation,
        state=state,
        light=LIGHT_OF[light],
        reason=Reason(reason, params),
        mismatch=LIGHT_OF.get(mismatch),
        declared=LIGHT_OF.get(declared),
        owner_id=owner_id,
        owner=owner or "",
        owner_note=post or ", ".join(sorted(helpers)),
        stands_for_many=stands_for_many,
        due=due,
        due_on=due_on,
        original_due=original_due,
        slips=slips,
        moved_at=moved_at,
    )


def helpers_of(mesa_id: UUID) -> Mapping[int, list[str]]:
    """The names of those who help, by the number of the commitment."""
    names: dict[int, list[str]] = defaultdict(list)
    rows = Collaboration.objects.filter(mesa=mesa_id, withdrawn_at=None)
    for number, name in rows.values_list("commitment__number", "organization__name"):
        names[number].append(name)
    return names
