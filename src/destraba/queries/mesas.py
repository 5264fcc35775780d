"""Mesas at a glance."""

from dataclasses import dataclass

from django.db.models import Count

from destraba.models import Commitment, Mesa, Problem
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.rules.lights import WORST_FIRST, Light


@dataclass(frozen=True, slots=True)
class MesaLine:
    """One mesa in a list, with how many commitments show each light, worst first."""

    mesa: Mesa
    problems: int
    light_counts: tuple[tuple[Light, int], ...]


def lines(viewer: Viewer) -> list[MesaLine]:
    """The mesas that a viewer may read, in three statements."""
    mesas = access.mesas_of(viewer)
    ids = [mesa.pk for mesa in mesas]
    problems = dict(
        Problem.objects.filter(mesa__in=ids, withdrawn_at=None)
        .order_by()
        .values_list("mesa_id")
        .annotate(count=Count("pk"))
    )
    lights: dict[object, dict[str, int]] = {}
    counted = (
        Commitment.objects.filter(mesa__in=ids, withdrawn_at=None)
        .order_by()
        .values_list("mesa_id", "light")
        .annotate(count=Count("pk"))
    )
    for mesa_id, light, count in counted:
        lights.setdefault(mesa_id, {})[light] = count
    return [MesaLine(mesa, problems.get(mesa.pk, 0), _worst_first(lights.get(mesa.pk, {}))) for mesa in mesas]


def _worst_first(counts: dict[str, int]) -> tuple[tuple[Light, int], ...]:
    return tuple((light, counts[light.value]) for light in WORST_FIRST if light.value in counts)
