"""Views that people saved, when they last looked, and what a filter offers to choose from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from destraba.models import Commitment, MatrixVisit, Mesa, Organization, Problem, SavedView
from destraba.queries.access import Viewer
from destraba.queries.within import Within


@dataclass(frozen=True, slots=True)
class SavedName:
    """`is_mine`: the viewer saved it, and may change or drop it."""

    id: UUID
    name: str
    query: str
    is_shared: bool
    is_mine: bool


def saved_views(viewer: Viewer, mesa: Mesa | None) -> list[SavedName]:
    """The viewer's own, and those that others share, by name; one statement."""
    offered = SavedView.objects.filter(Q(account=viewer.account_id) | Q(is_shared=True), mesa=mesa)
    return [
        SavedName(one.pk, one.name, one.query, one.is_shared, one.account_id == viewer.account_id)
        for one in offered.order_by("name", "pk")
    ]


def last_seen(viewer: Viewer, mesa: Mesa) -> datetime | None:
    """Up to when the viewer has said to have seen this Matrix; one statement."""
    visits = MatrixVisit.objects.filter(account=viewer.account_id, mesa=mesa)
    return visits.values_list("seen_at", flat=True).first()


def owners_within(within: Within) -> list[tuple[str, str]]:
    """Who answers for something there: (key, name), by name; one statement."""
    bound = Commitment.objects.filter(within.commitments(), withdrawn_at=None)
    named = Organization.objects.filter(pk__in=bound.values("owner_organization")).order_by("sort_key")
    return [(str(pk), name) for pk, name in named.values_list("pk", "name")]


def axes_within(within: Within) -> list[str]:
    """The axes in use there, in the order of the alphabet; one statement."""
    found = Problem.objects.filter(within.problems(), withdrawn_at=None).exclude(axis="")
    return sorted(set(found.values_list("axis", flat=True)), key=str.casefold)


def named(keys: Collection[str]) -> Mapping[str, str]:
    """The names of these organizations; one statement, or none of nobody."""
    if not keys:
        return {}
    found = Organization.objects.filter(pk__in=keys).values_list("pk", "name")
    return {str(pk): name for pk, name in found}
