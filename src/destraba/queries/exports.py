"""What a file of a Matrix holds beyond what the page shows."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from destraba.ledger.heads import seq_of
from destraba.models import Collaboration, Commitment, ImportSource, Mesa, Problem, Solution
from destraba.queries.access import Viewer
from destraba.queries.matrix.rows import ProblemRow
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Funding,
    Instrument,
    PrivateMatter,
    PublicInput,
    Scope,
)
from destraba.rules.permissions import Role, SeatHeld, Standing
from destraba.rules.problems import Origin
from destraba.values.quantities import Quantity

_NOBODY = UUID(int=0)

INSTALLATION = Viewer(
    Standing(account=True, seats=(SeatHeld(_NOBODY, _NOBODY, Role.HEAD, mesa_id=None),)), name="destraba"
)
"""Whoever holds the machine holds the data: the command line sees what the head of the programme sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """How a problem is classified; None where nobody has said."""

    improves_operations: bool | None = None
    concern: Concern | None = None
    concern_because: str = ""
    public_input: PublicInput | None = None
    private_matter: PrivateMatter | None = None
    scope: Scope | None = None
    instrument: Instrument | None = None
    coordination: CoordinationFailure | None = None
    origin: Origin | None = None
    is_contentious: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What a solution is measured by, and what it is paid from."""

    before: Quantity | None = None
    after: Quantity | None = None
    goal: Quantity | None = None
    funding: Funding | None = None
    budget_window_on: date | None = None


NO_CLASSES, NO_FIGURES = Classes(), Figures()


@dataclass(frozen=True, slots=True)
class Extras:
    """By the key of a problem, solution or commitment; `helpers` in the order in which they were named."""

    classes: Mapping[UUID, Classes] = field(default_factory=dict)
    figures: Mapping[UUID, Figures] = field(default_factory=dict)
    helpers: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    starts: Mapping[UUID, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What somebody has before them: these problems, with what is left below them, in this order.

    `words` says what was asked for, a line each ("Light: Red"). `columns` names the fields of
    `exchange.matrix` that are shown; None for all there are.
    """

    problems: Sequence[ProblemRow]
    words: tuple[str, ...] = ()
    columns: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What somebody takes away. The mesa's chain stood at `seq`, or later, when the rows were read."""

    mesa: Mesa
    shown: Shown
    extras: Extras
    headings: tuple[tuple[str, str], ...]
    seq: int
    taken_by: str
    taken_at: datetime


def extract(viewer: Viewer, mesa: Mesa, look: Callable[[], Shown], now: datetime) -> Extract:
    """All that a file is made from: six statements, and those of `look`, which reads the rows.

    Where the chain stands is read before the rows: a file that claims to be newer than it is would take an
    edit back when it is brought in again.
    """
    seq = seq_of(mesa.pk)
    return Extract(
        mesa=mesa,
        shown=look(),
        extras=_extras(mesa),
        headings=own_columns(mesa),
        seq=seq,
        taken_by=viewer.name,
        taken_at=now,
    )


def _extras(mesa: Mesa) -> Extras:
    """Four statements."""
    helpers: dict[UUID, list[str]] = defaultdict(list)
    helping = Collaboration.objects.filter(mesa=mesa, withdrawn_at=None).order_by("pk")
    for commitment_id, name in helping.values_list("commitment_id", "organization__name"):
        helpers[commitment_id].append(name)
    started = Commitment.objects.filter(mesa=mesa, withdrawn_at=None, starts_on__isnull=False)
    return Extras(
        classes=_classes(mesa),
        figures=_figures(mesa),
        helpers={pk: tuple(names) for pk, names in helpers.items()},
        starts={pk: on for pk, on in started.values_list("pk", "starts_on") if on},
    )


def _classes(mesa: Mesa) -> Mapping[UUID, Classes]:
    rows = Problem.objects.filter(mesa=mesa, withdrawn_at=None).values_list(
        "pk",
        "improves_operations",
        "concern",
        "concern_because",
        "public_input",
        "private_matter",
        "scope",
        "instrument",
        "coordination",
        "origin",
        "is_contentious",
    )
    found = {}
    for (
        pk,
        improves,
        concern,
        because,
        given,
        private,
        scope,
        instrument,
        failure,
        origin,
        contentious,
    ) in rows:
        found[pk] = Classes(
            improves_operations=improves,
            concern=Concern(concern) if concern else None,
            concern_because=because,
            public_input=PublicInput(given) if given else None,
            private_matter=PrivateMatter(private) if private else None,
            scope=Scope(scope) if scope else None,
            instrument=Instrument(instrument) if instrument else None,
            coordination=CoordinationFailure(failure) if failure else None,
            origin=Origin(origin) if origin else None,
            is_contentious=contentious,
        )
    return found


def _figures(mesa: Mesa) -> Mapping[UUID, Figures]:
    rows = Solution.objects.filter(mesa=mesa, withdrawn_at=None).values_list(
        "pk", "before", "after", "goal", "funding", "budget_window_on"
    )
    return {
        pk: Figures(before, after, goal, Funding(funding) if funding else None, window)
        for pk, before, after, goal, funding, window in rows
    }


def own_columns(mesa: Mesa) -> tuple[tuple[str, str], ...]:
    """The team's own headings with their fields, left to right, as it imported them last; blank for a column
    that it leaves out."""
    last = ImportSource.objects.filter(mesa=mesa).order_by("-imported_at").first()
    columns = last.mapping.get("columns", ()) if last else ()
    return tuple((str(heading), str(field)) for heading, field in columns)
