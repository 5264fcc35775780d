"""Mesas at a glance, and what waits in them for whoever looks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from destraba.models import Commitment, Mesa, Problem, Seat, Tenure
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.matrix.rows import CommitmentRow
from destraba.queries.matrix.tree import commitment_row
from destraba.rules.commitments import OPEN, CommitmentState
from destraba.rules.lights import WORST_FIRST, Light
from destraba.rules.permissions import SEAT_HOLDERS, Deed, Role, SeatHeld, Subject
from destraba.rules.problems import ProblemStage

Counts = tuple[tuple[Light, int], ...]


@dataclass(frozen=True, slots=True)
class MesaLine:
    """One mesa in a list: how many commitments show each light, worst first, and what waits for its team.

    `to_accept` and `to_confirm` are nought for whoever may do neither.
    """

    mesa: Mesa
    problems: int
    light_counts: Counts
    to_accept: int = 0
    to_confirm: int = 0


@dataclass(frozen=True, slots=True)
class Owed:
    """A commitment that the viewer's seat or organization owes."""

    mesa: Mesa
    row: CommitmentRow


@dataclass(frozen=True, slots=True)
class Participants:
    """How many sit in a mesa, and who its team is."""

    organizations: int
    people: int
    empty_seats: int
    team: tuple[str, ...]


def lines(viewer: Viewer) -> list[MesaLine]:
    """The mesas that a viewer may read, in three statements; what they may not see is not counted."""
    mesas = access.mesas_of(viewer)
    problems = _by_mesa(Problem.objects.filter(_any(_problems(viewer, mesas)), withdrawn_at=None), "stage")
    commitments = Commitment.objects.filter(_any(_commitments(viewer, mesas)), withdrawn_at=None)
    states = _by_mesa(commitments, "light", "state")
    return [_line(viewer, mesa, problems[mesa.pk], states[mesa.pk]) for mesa in mesas]


def owed(viewer: Viewer, mesas: Sequence[Mesa]) -> list[Owed]:
    """Open commitments of the viewer's seats, worst light first; one statement, or none for nobody."""
    mine = [_of_seat(seat) for seat in viewer.standing.seats if seat.role in SEAT_HOLDERS]
    if not mine:
        return []
    found = (
        Commitment.objects.filter(
            _any(mine), _any(_commitments(viewer, mesas)), withdrawn_at=None, state__in=OPEN
        )
        .select_related("mesa", "owner_organization", "owner_seat")
        .order_by("due_on", "pk")
    )
    rows = [Owed(one.mesa, commitment_row(one, ())) for one in found]
    return sorted(
        rows, key=lambda one: (WORST_FIRST.index(one.row.light), one.row.due_on or date.max, one.row.number)
    )


def participants(mesa: Mesa, today: date) -> Participants:
    """Two statements."""
    seats = list(Seat.objects.filter(mesa=mesa, withdrawn_at=None))
    held = list(
        Tenure.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), mesa=mesa, withdrawn_at=None)
        .filter(starts_on__lte=today)
        .select_related("person", "seat")
        .order_by("person__sort_key")
    )
    taken = {tenure.seat_id for tenure in held}
    return Participants(
        organizations=len({seat.organization_id for seat in seats}),
        people=len({tenure.person_id for tenure in held}),
        empty_seats=sum(seat.pk not in taken for seat in seats),
        team=tuple(one.person.full_name for one in held if one.seat.role == Role.TEAM),
    )


def commitments_of(mesa: Mesa) -> list[Commitment]:
    """All that is owed in a mesa."""
    return list(Commitment.objects.filter(mesa=mesa, withdrawn_at=None))


def _line(
    viewer: Viewer,
    mesa: Mesa,
    stages: Mapping[tuple[str, ...], int],
    states: Mapping[tuple[str, ...], int],
) -> MesaLine:
    lights: dict[str, int] = defaultdict(int)
    for (light, _state), count in states.items():
        lights[light] += count
    reported = sum(n for (_light, state), n in states.items() if state == CommitmentState.REPORTED_DONE)
    accepts = access.may(viewer, Deed.ACCEPT, Subject(mesa.pk))
    return MesaLine(
        mesa=mesa,
        problems=sum(stages.values()),
        light_counts=tuple((light, lights[light]) for light in WORST_FIRST if lights.get(light)),
        to_accept=stages.get((ProblemStage.RAISED.value,), 0) if accepts else 0,
        to_confirm=reported if accepts else 0,
    )


def _problems(viewer: Viewer, mesas: Sequence[Mesa]) -> list[Q]:
    return [Q(mesa=mesa.pk) & access.reach_of(viewer, mesa.pk).problems() for mesa in mesas]


def _commitments(viewer: Viewer, mesas: Sequence[Mesa]) -> list[Q]:
    return [Q(mesa=mesa.pk) & access.reach_of(viewer, mesa.pk).commitments() for mesa in mesas]


def _of_seat(seat: SeatHeld) -> Q:
    """What a seat owes: its own, its organization's; for a liaison, any of its agency."""
    own = Q(owner_organization=seat.organization_id)
    if seat.role is not Role.LIAISON:
        own &= Q(owner_seat=None) | Q(owner_seat=seat.seat_id)
    return own if seat.mesa_id is None else own & Q(mesa=seat.mesa_id)


def _any(conditions: Iterable[Q]) -> Q:
    """Whether one of them holds; none of nothing does."""
    joined = Q(pk__in=[])
    for condition in conditions:
        joined |= condition
    return joined


def _by_mesa(rows: object, *columns: str) -> Mapping[UUID, Mapping[tuple[str, ...], int]]:
    """How many rows of each mesa have each combination of values."""
    counted: dict[UUID, dict[tuple[str, ...], int]] = defaultdict(dict)
    for mesa_id, *values, count in (
        rows.order_by().values_list("mesa_id", *columns).annotate(count=Count("pk"))  # type: ignore[attr-defined]
    ):
        counted[mesa_id][tuple(values)] = count
    return counted
