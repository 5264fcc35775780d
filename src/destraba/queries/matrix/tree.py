"""Rows of the Matrix with all below them, in a constant number of statements, whatever their number."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from destraba.models import Collaboration, Commitment, Mesa, Problem, Solution, SolutionPlace
from destraba.queries.access import Viewer
from destraba.queries.matrix.rows import (
    BranchSum,
    Classes,
    CommitmentRow,
    Matrix,
    ProblemRow,
    SolutionRow,
    last_moved,
)
from destraba.queries.matrix.views.asked import Asker, View
from destraba.queries.matrix.views.by_column import focus_of
from destraba.queries.matrix.views.conditions import ALL, Sieve, sieve
from destraba.queries.matrix.views.order import entries
from destraba.queries.within import Within, within_one
from destraba.rules.lights import Light
from destraba.rules.priorities import Importance, Speed
from destraba.rules.problems import ProblemStage, progress
from destraba.rules.solutions import LADDER, EnactmentRank, SolutionStage
from destraba.values.reasons import Reason

# A page reads hundreds of rows, so of each it reads what it shows, and no more of it than values.
_PROBLEM_COLUMNS = (
    "id",
    "mesa_id",
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
    "visibility",
    *Classes._fields,
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
    "funding",
    "visibility",
    "places_on",
    "places_all",
)
LIGHT_OF = {light.value: light for light in Light}


def matrix(viewer: Viewer, mesa: Mesa) -> Matrix:
    """All that this viewer may see of a mesa's Matrix, as the team put it; four statements."""
    whole = within_one(viewer, mesa)
    rows = open_rows(whole)
    return Matrix(tuple(rows.values()), total_problems=len(rows))


def viewed(within: Within, view: View, asker: Asker) -> list[ProblemRow]:
    """Every problem of a view in its order, with what is shown below it; five statements."""
    passed = sieve(view.filters, asker)
    order = entries(within, view, passed)
    rows = open_rows(within, passed, [one.id for one in order] if view.filters.is_set else None)
    return [rows[one.id] for one in order if one.id in rows]


def branch(viewer: Viewer, mesa: Mesa, problem_id: UUID) -> ProblemRow | None:
    """One problem with all below it, or None where the viewer may not see it."""
    return open_rows(within_one(viewer, mesa), only=[problem_id]).get(problem_id)


def open_rows(
    within: Within, passed: Sieve = ALL, only: Collection[UUID] | None = None
) -> Mapping[UUID, ProblemRow]:
    """Problems by key, in the team's order, each with what is shown below it; four statements."""
    commitments = _commitments(within, passed, only)
    solutions = _solutions(within, passed, only, commitments)
    rows = {}
    for values in problem_values(within, only):
        answers, direct = solutions.get(values[0], ()), commitments.get((values[0], None), ())
        every = [*direct, *(one for solution in answers for one in solution.commitments)]
        row = problem_row(values, BranchSum.of(answers, every), last_moved(answers, every))
        rows[row.id] = replace(row, solutions=tuple(answers), direct=tuple(direct))
    return rows


def hangs_from(only: Collection[UUID] | None, path: str = "problem") -> Q:
    """Of these problems, or of all."""
    return Q() if only is None else Q(**{f"{path}__in": only})


def problem_values(within: Within, only: Collection[UUID] | None) -> Iterable[tuple[Any, ...]]:
    """The values that `problem_row` reads; one statement."""
    return (
        Problem.objects.filter(within.problems(), hangs_from(only, "pk"), withdrawn_at=None)
        .annotate(in_focus=Exists(focus_of(OuterRef("pk"))))
        .order_by("mesa__slug", "position")
        .values_list(*_PROBLEM_COLUMNS)
    )


def problem_row(values: tuple[Any, ...], below: BranchSum, below_moved_at: datetime | None) -> ProblemRow:
    """From the values of `_PROBLEM_COLUMNS`, shut."""
    pk, mesa_id, version, number, title, detail, axis, stage, why, importance, speed, *rest = values
    resolved_on, moved_at, in_focus, visibility, *classes = rest
    return ProblemRow(
        id=pk,
        mesa_id=mesa_id,
        version=version,
        number=number,
        title=title,
        detail=detail,
        axis=axis,
        stage=ProblemStage(stage),
        filter_reason=why,
        progress=progress(below.stages, confirmed=resolved_on is not None),
        importance=Importance(importance) if importance else None,
        speed=Speed(speed) if speed else None,
        in_focus=in_focus,
        own_moved_at=moved_at,
        below_moved_at=below_moved_at,
        classes=Classes(*classes),
        visibility=visibility,
        sum=below,
    )


def _solutions(
    within: Within,
    passed: Sieve,
    only: Collection[UUID] | None,
    commitments: Mapping[tuple[UUID, UUID | None], list[CommitmentRow]],
) -> Mapping[UUID, list[SolutionRow]]:
    found = (
        Solution.objects.filter(
            within.solutions(), passed.solutions(within), hangs_from(only), withdrawn_at=None
        )
        .annotate(places_on=places_of(ON_THE_GROUND), places_all=places_of(LADDER))
        .order_by("position")
        .values_list(*_SOLUTION_COLUMNS)
    )
    rows: dict[UUID, list[SolutionRow]] = defaultdict(list)
    for values in found:
        (pk, version, problem_id, problem_number, number, revision, title) = values[:7]
        (stage, before, after, moved_at, rank, funding, visibility, reached, places) = values[7:]
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
                places=(reached, places),
                no_norm_needed=rank == EnactmentRank.NONE_NEEDED,
                before=before.text if before else "",
                after=after.text if after else "",
                moved_at=moved_at,
                funding=funding,
                visibility=visibility,
                commitments=tuple(commitments.get((problem_id, pk), ())),
            )
        )
    return rows


ON_THE_GROUND = LADDER[LADDER.index(SolutionStage.APPLIED) :]


def places_of(stages: Iterable[SolutionStage]) -> Coalesce:
    """In how many places a solution stands on one of these rungs; see `rules.solutions.places_reached`."""
    places = SolutionPlace.objects.filter(solution=OuterRef("pk"), withdrawn_at=None, stage__in=list(stages))
    counted = places.order_by().values("solution").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def _commitments(
    within: Within, passed: Sieve, only: Collection[UUID] | None
) -> Mapping[tuple[UUID, UUID | None], list[CommitmentRow]]:
    found = (
        Commitment.objects.filter(
            within.commitments(), passed.commitments(), hangs_from(only), withdrawn_at=None
        )
        .order_by("position")
        .values_list(*_COMMITMENT_COLUMNS)
    )
    helpers = helpers_of(within, only)
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
    "starts_on",
    "visibility",
)
_OWN_COLUMNS = attrgetter(*(name for name in _COMMITMENT_COLUMNS if "__" not in name))
_OWNER_AT = _COMMITMENT_COLUMNS.index("owner_organization__name")


def commitment_row(commitment: Commitment, helpers: Iterable[str]) -> CommitmentRow:
    """A commitment as its row; its owner must have been fetched with it."""
    owner, seat = commitment.owner_organization, commitment.owner_seat
    own = _OWN_COLUMNS(commitment)
    names = (owner.name if owner else None, seat.title if seat else None)
    return _commitment_row((*own[:_OWNER_AT], *names, *own[_OWNER_AT:]), helpers)


def _commitment_row(values: tuple[Any, ...], helping: Iterable[str]) -> CommitmentRow:
    """From the values of `_COMMITMENT_COLUMNS`: whole records would take most of a page's time."""
    (pk, version, number, problem_id, solution_id, title, situation, state) = values[:8]
    (light, reason, params, mismatch, declared, owner_id, owner, post) = values[8:16]
    (stands_for_many, due, due_on, original_due, slips, moved_at, starts_on, visibility) = values[16:]
    helpers = tuple(sorted(helping))
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
        owner_note=post or ", ".join(helpers),
        stands_for_many=stands_for_many,
        due=due,
        due_on=due_on,
        original_due=original_due,
        slips=slips,
        moved_at=moved_at,
        starts_on=starts_on,
        seat=post or "",
        helpers=helpers,
        visibility=visibility,
    )


def helpers_of(within: Within, only: Collection[UUID] | None) -> Mapping[UUID, list[str]]:
    """The names of those who help, by the key of the commitment; one statement."""
    names: dict[UUID, list[str]] = defaultdict(list)
    rows = Collaboration.objects.filter(
        hangs_from(only, "commitment__problem"), mesa__in=within.by_key, withdrawn_at=None
    )
    for commitment_id, name in rows.values_list("commitment_id", "organization__name"):
        names[commitment_id].append(name)
    return names
