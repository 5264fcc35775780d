"""What a spreadsheet of a Matrix holds beyond what the page shows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from destraba.models import Collaboration, Commitment, ImportSource, Mesa, Solution
from destraba.queries.access import Viewer
from destraba.rules.permissions import Role, SeatHeld, Standing
from destraba.values.quantities import Quantity

_NOBODY = UUID(int=0)

INSTALLATION = Viewer(
    Standing(account=True, seats=(SeatHeld(_NOBODY, _NOBODY, Role.HEAD, mesa_id=None),)), name="destraba"
)
"""Whoever holds the machine holds the data: the command line sees what the head of the programme sees."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a solution is measured by."""

    before: Quantity | None
    after: Quantity | None
    goal: Quantity | None


NO_FIGURES = Figures(None, None, None)


@dataclass(frozen=True, slots=True)
class Extras:
    """By the key of a solution or commitment; `helpers` in the order in which they were named."""

    figures: Mapping[UUID, Figures]
    helpers: Mapping[UUID, tuple[str, ...]]
    starts: Mapping[UUID, date]


def extras(mesa: Mesa) -> Extras:
    """Three statements."""
    solutions = Solution.objects.filter(mesa=mesa, withdrawn_at=None)
    figures = solutions.values_list("pk", "before", "after", "goal")
    helpers: dict[UUID, list[str]] = defaultdict(list)
    helping = Collaboration.objects.filter(mesa=mesa, withdrawn_at=None).order_by("pk")
    for commitment_id, name in helping.values_list("commitment_id", "organization__name"):
        helpers[commitment_id].append(name)
    started = Commitment.objects.filter(mesa=mesa, withdrawn_at=None, starts_on__isnull=False)
    return Extras(
        figures={pk: Figures(*values) for pk, *values in figures},
        helpers={pk: tuple(names) for pk, names in helpers.items()},
        starts={pk: on for pk, on in started.values_list("pk", "starts_on") if on},
    )


def own_columns(mesa: Mesa) -> tuple[tuple[str, str], ...]:
    """The team's own headings with their fields, left to right, as it imported them last; blank for a column
    that it leaves out."""
    last = ImportSource.objects.filter(mesa=mesa).order_by("-imported_at").first()
    columns = last.mapping.get("columns", ()) if last else ()
    return tuple((str(heading), str(field)) for heading, field in columns)
