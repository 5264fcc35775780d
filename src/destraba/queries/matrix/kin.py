"""Which other problems one has to do with: what it repeats, what repeats it, what lies underneath."""

from dataclasses import dataclass

from django.db.models import Q

from destraba.models import Problem
from destraba.queries import access
from destraba.queries.access import Viewer


@dataclass(frozen=True, slots=True)
class Kin:
    """As far as the viewer may see them; `repeats` and `repeated_by` may be of other mesas."""

    repeats: Problem | None = None
    repeated_by: tuple[Problem, ...] = ()
    underlying: Problem | None = None
    requests: tuple[Problem, ...] = ()


def kin_of(viewer: Viewer, problem: Problem) -> Kin:
    """One statement."""
    named = [key for key in (problem.duplicate_of_id, problem.underlying_id) if key]
    found = Problem.objects.filter(
        Q(pk__in=named) | Q(duplicate_of=problem) | Q(underlying=problem), withdrawn_at=None
    )
    seen = [
        one
        for one in found.select_related("mesa").order_by("mesa__slug", "number")
        if access.may_see(viewer, one)
    ]
    by_key = {one.pk: one for one in seen}
    return Kin(
        repeats=by_key.get(problem.duplicate_of_id) if problem.duplicate_of_id else None,
        repeated_by=tuple(one for one in seen if one.duplicate_of_id == problem.pk),
        underlying=by_key.get(problem.underlying_id) if problem.underlying_id else None,
        requests=tuple(one for one in seen if one.underlying_id == problem.pk),
    )
