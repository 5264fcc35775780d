"""The Matrix of a mesa in a constant number of statements, whatever its size."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from destraba.models import Collaboration, Commitment, FocusInterval, Mesa, Problem, Solution, SolutionPlace
from destraba.queries import access
from destraba.queries.access import Reach, Viewer
from destraba.queries.matrix.rows import CommitmentRow, Filters, Matrix, ProblemRow, SolutionRow
from destraba.rules.lights import Light
from destraba.rules.priorities import Importance, Speed, quadrant
from destraba.rules.problems import ProblemStage, progress
from destraba.rules.solutions import EnactmentRank, SolutionStage, places_reached
from destraba.values.reasons import Reason
from destraba.values.texts import fold

_NO_FILTERS = Filters()

# A page reads hundreds of rows, so of each it reads what it shows.
_PROBLEM_COLUMNS = (
    "version",
    "number",
    "title",
    "detail",
    "axis",
    "stage",
    "filter_reason",
    "importance",
    "speed",
    "moved_at",
)
_SOLUTION_COLUMNS = (
    "version",
    "problem_id",
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
    reach = access.reach_of(viewer, mesa.pk)
    problems = _problem_rows(mesa.pk, reach)
    owners = {one.owner_id: one.owner for row in problems for one in row.commitments if one.owner_id}
    kept = [kept for row in problems if (kept := _filtered(row, filters))] if filters.is_set else problems
    return Matrix(
        problems=tuple(kept),
        owners=tuple(sorted(owners.items(), key=lambda pair: fold(pair[1]))),
        total_problems=len(problems),
        filters=filters,
    )


def branch(viewer: Viewer, mesa: Mesa, problem_id: UUID) -> ProblemRow | None:
    """One problem with all below it, or None where the viewer may not see it."""
    rows = _problem_rows(
        mesa.pk, access.reach_of(viewer, mesa.pk), Q(pk=problem_id), Q(problem_id=problem_id)
    )
    return rows[0] if rows else None


def _problem_rows(
    mesa_id: UUID, reach: Reach, problems: Q | None = None, below: Q | None = None
) -> list[ProblemRow]:
    in_focus = FocusInterval.objects.filter(problem=OuterRef("pk"), ends_on=None, withdrawn_at=None)
    found = (
        Problem.objects.filter(problems or Q(), reach.problems(), mesa=mesa_id, withdrawn_at=None)
        .annotate(in_focus=Exists(in_focus))
        .only(*_PROBLEM_COLUMNS)
        .order_by("position")
    )
    solutions = _solutions(mesa_id, reach, below or Q())
    commitments = _commitments(mesa_id, reach, below or Q())
    return [_problem_row(one, solutions[one.pk], commitments) for one in found]


def _problem_row(
    problem: Problem,
    solutions: list[Solution],
    commitments: Mapping[tuple[UUID, UUID | None], list[CommitmentRow]],
) -> ProblemRow:
    rows = tuple(
        _solution_row(problem, solution, tuple(commitments.get((problem.pk, solution.pk), ())))
        for solution in solutions
    )
    importance = Importance(problem.importance) if problem.importance else None
    speed = Speed(problem.speed) if problem.speed else None
    return ProblemRow(
        id=problem.pk,
        version=problem.version,
        number=problem.number,
        title=problem.title,
        detail=problem.detail,
        axis=problem.axis,
        stage=ProblemStage(problem.stage),
        filter_reason=problem.filter_reason,
        progress=progress([row.stage for row in rows]),
        importance=importance,
        speed=speed,
        quadrant=quadrant(importance, speed),
        in_focus=problem.in_focus,  # type: ignore[attr-defined]  # annotated above
        own_moved_at=problem.moved_at,
        solutions=rows,
        direct=tuple(commitments.get((problem.pk, None), ())),
    )


def _solutions(mesa_id: UUID, reach: Reach, below: Q) -> Mapping[UUID, list[Solution]]:
    found = (
        Solution.objects.filter(below, reach.records(), mesa=mesa_id, withdrawn_at=None)
        .select_related("enactment")
        .only(*_SOLUTION_COLUMNS)
        .order_by("position")
    )
    by_problem: dict[UUID, list[Solution]] = defaultdict(list)
    places = _places(mesa_id)
    for solution in found:
        solution.shown_places = places.get(solution.pk, [])  # type: ignore[attr-defined]
        by_problem[solution.problem_id].append(solution)
    return by_problem


def _places(mesa_id: UUID) -> Mapping[UUID, list[SolutionStage]]:
    stages: dict[UUID, list[SolutionStage]] = defaultdict(list)
    rows = SolutionPlace.objects.filter(mesa=mesa_id, withdrawn_at=None).values_list("solution_id", "stage")
    for solution_id, stage in rows:
        stages[solution_id].append(SolutionStage(stage))
    return stages


def _solution_row(
    problem: Problem, solution: Solution, commitments: tuple[CommitmentRow, ...]
) -> SolutionRow:
    places: list[SolutionStage] = solution.shown_places  # type: ignore[attr-defined]
    track = getattr(solution, "enactment", None)
    return SolutionRow(
        id=solution.pk,
        version=solution.version,
        problem_id=problem.pk,
        problem_number=problem.number,
        number=solution.number,
        revision=solution.revision,
        title=solution.title,
        stage=SolutionStage(solution.stage),
        places=places_reached(places, SolutionStage.APPLIED),
        no_norm_needed=track is not None and track.rank == EnactmentRank.NONE_NEEDED,
        before=solution.before.text if solution.before else "",
        after=solution.after.text if solution.after else "",
        moved_at=solution.moved_at,
        commitments=commitments,
    )


def _commitments(
    mesa_id: UUID, reach: Reach, below: Q
) -> Mapping[tuple[UUID, UUID | None], list[CommitmentRow]]:
    found = (
        Commitment.objects.filter(below, reach.records(), mesa=mesa_id, withdrawn_at=None)
        .order_by("position")
        .values_list(*_COMMITMENT_COLUMNS)
    )
    helpers = _helpers(mesa_id)
    rows: dict[tuple[UUID, UUID | None], list[CommitmentRow]] = defaultdict(list)
    for values in found:
        row = _commitment_row(values, helpers.get(values[0], ()))
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
_LIGHT_OF = {light.value: light for light in Light}


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
        light=_LIGHT_OF[light],
        reason=Reason(reason, params),
        mismatch=_LIGHT_OF.get(mismatch),
        declared=_LIGHT_OF.get(declared),
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


def _helpers(mesa_id: UUID) -> Mapping[UUID, list[str]]:
    names: dict[UUID, list[str]] = defaultdict(list)
    rows = Collaboration.objects.filter(mesa=mesa_id, withdrawn_at=None)
    for commitment_id, name in rows.values_list("commitment_id", "organization__name"):
        names[commitment_id].append(name)
    return names


def _filtered(row: ProblemRow, filters: Filters) -> ProblemRow | None:
    """The problem with only what matches below it; whole where it matches itself; None where nothing does."""
    if filters.text and not filters.owner and not filters.light and _says(filters.text, row.title, row.axis):
        return row
    direct = tuple(one for one in row.direct if _matches(one, filters))
    solutions = tuple(
        kept for solution in row.solutions if (kept := _filtered_solution(solution, filters)) is not None
    )
    return replace(row, solutions=solutions, direct=direct) if solutions or direct else None


def _filtered_solution(solution: SolutionRow, filters: Filters) -> SolutionRow | None:
    if filters.text and not filters.owner and not filters.light and _says(filters.text, solution.title):
        return solution
    kept = tuple(one for one in solution.commitments if _matches(one, filters))
    return replace(solution, commitments=kept) if kept else None


def _matches(one: CommitmentRow, filters: Filters) -> bool:
    if filters.owner and one.owner_id != filters.owner:
        return False
    if filters.light and one.light is not filters.light:
        return False
    return not filters.text or _says(
        filters.text, one.title, one.situation, one.owner, one.owner_note, f"C-{one.number}"
    )


def _says(text: str, *fields: str) -> bool:
    """Whether every word of the text stands somewhere in the fields, accents and case aside."""
    said = fold(" ".join(fields))
    return all(word in said for word in fold(text).split())
