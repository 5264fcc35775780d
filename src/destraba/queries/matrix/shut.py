"""The Matrix with every problem shut: what the page shows first, from as few columns as that takes."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q

from destraba.models import Commitment, Mesa, Solution
from destraba.queries import access
from destraba.queries.access import Reach, Viewer
from destraba.queries.matrix.rows import CommitmentGist, Matrix, SolutionGist
from destraba.queries.matrix.tree import (
    LIGHT_OF,
    helpers_of,
    owners_of,
    places_of,
    problem_row,
    problem_values,
)
from destraba.rules.solutions import EnactmentRank, SolutionStage, places_reached
from destraba.values.reasons import Reason


def shut_matrix(viewer: Viewer, mesa: Mesa) -> Matrix:
    """All problems that this viewer may see, each with the sum of what hangs below it; six statements."""
    reach = access.reach_of(viewer, mesa.pk)
    solutions, commitments = _solutions(mesa.pk, reach), _commitments(mesa.pk, reach)
    moved = _last_moved(mesa.pk, reach)
    rows = [
        problem_row(
            values, solutions.get(values[2], ()), commitments.get(values[2], ()), moved.get(values[2])
        )
        for values in problem_values(mesa.pk, reach, Q())
    ]
    return Matrix(tuple(rows), owners_of(rows), total_problems=len(rows))


def _last_moved(mesa_id: UUID, reach: Reach) -> Mapping[int, datetime]:
    """By the number of the problem: found by the database, since reading so many moments takes longer."""
    solutions, commitments = (
        rows.filter(mesa=mesa_id, withdrawn_at=None)
        .order_by()
        .values_list("problem__number")
        .annotate(Max("moved_at"))
        for rows in (
            Solution.objects.filter(reach.records()),
            Commitment.objects.filter(reach.commitments()),
        )
    )
    moved: dict[int, datetime] = {}
    for problem, at in solutions.union(commitments):
        moved[problem] = max(at, moved.get(problem, at))
    return moved


def _solutions(mesa_id: UUID, reach: Reach) -> Mapping[int, list[SolutionGist]]:
    """By the number of the problem."""
    found = (
        Solution.objects.filter(reach.records(), mesa=mesa_id, withdrawn_at=None)
        .order_by("position")
        .values_list("problem__number", "number", "title", "stage", "enactment__rank")
    )
    places = places_of(mesa_id)
    gists: dict[int, list[SolutionGist]] = defaultdict(list)
    for problem, number, title, stage, rank in found:
        reached = places_reached(places.get((problem, number), ()), SolutionStage.APPLIED)
        gists[problem].append(
            SolutionGist(title, SolutionStage(stage), reached, rank == EnactmentRank.NONE_NEEDED)
        )
    return gists


def _commitments(mesa_id: UUID, reach: Reach) -> Mapping[int, list[CommitmentGist]]:
    """By the number of the problem; without those whose solution is out of reach."""
    found = (
        Commitment.objects.filter(reach.commitments(), mesa=mesa_id, withdrawn_at=None)
        .order_by("position")
        .values_list(
            "problem__number",
            "number",
            "state",
            "light",
            "light_reason",
            "light_params",
            "light_mismatch",
            "owner_organization_id",
            "owner_organization__name",
            "owner_seat__title",
            "due",
            "due_on",
            "slips",
        )
    )
    helpers = helpers_of(mesa_id)
    gists: dict[int, list[CommitmentGist]] = defaultdict(list)
    for values in found:
        (problem, number, state, light, why, params, mismatch) = values[:7]
        (owner_id, name, post, due, due_on, slips) = values[7:]
        gists[problem].append(
            CommitmentGist(
                number=number,
                state=state,
                light=LIGHT_OF[light],
                reason=Reason(why, params),
                mismatch=LIGHT_OF.get(mismatch),
                owner_id=owner_id,
                owner=name or "",
                owner_note=post or ", ".join(sorted(helpers.get(number, ()))),
                due=due,
                due_on=due_on,
                slips=slips,
            )
        )
    return gists
