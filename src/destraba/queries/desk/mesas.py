"""The mesas that somebody sits in, each with its lights."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from destraba.models import Commitment, Mesa, Problem
from destraba.queries.within import Within
from destraba.rules.lights import WORST_FIRST, Light


@dataclass(frozen=True, slots=True)
class MesaLine:
    """One mesa in a list: its problems, and how many commitments show each light, worst first."""

    mesa: Mesa
    problems: int
    light_counts: tuple[tuple[Light, int], ...]


def lines(seen: Within) -> list[MesaLine]:
    """Two statements; what the viewer may not see is not counted. Those that are followed up come first, and
    of them those with the worst lights."""
    problems = Problem.objects.filter(seen.problems(), withdrawn_at=None).order_by()
    by_mesa = dict(problems.values_list("mesa").annotate(count=Count("pk")))
    commitments = Commitment.objects.filter(seen.commitments(), withdrawn_at=None).order_by()
    lights: dict[UUID, dict[str, int]] = defaultdict(dict)
    for mesa_id, light, count in commitments.values_list("mesa", "light").annotate(count=Count("pk")):
        lights[mesa_id][light] = count
    found = [
        MesaLine(
            mesa=mesa,
            problems=by_mesa.get(mesa.pk, 0),
            light_counts=tuple(
                (light, lights[mesa.pk][light]) for light in WORST_FIRST if light in lights[mesa.pk]
            ),
        )
        for mesa in seen.mesas
    ]
    return sorted(found, key=_worst_first)


def _worst_first(line: MesaLine) -> tuple[bool, int, int, str]:
    lights = dict(line.light_counts)
    return line.mesa.is_quiet, -lights.get(Light.RED, 0), -lights.get(Light.AMBER, 0), line.mesa.slug
