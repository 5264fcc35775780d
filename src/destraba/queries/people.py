"""Who is who: organizations by any of their names, seats and those who hold them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from destraba.models import (
    Alias,
    Commitment,
    Mesa,
    Organization,
    OrganizationKind,
    Person,
    Place,
    Seat,
    Tenure,
)
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.tenures import held_on
from destraba.rules.commitments import OPEN
from destraba.rules.lights import WORST_FIRST, Light
from destraba.rules.permissions import Role
from destraba.values.errors import Conflict
from destraba.values.keys import sort_key
from destraba.values.names import name_key
from destraba.values.reasons import Reason

PRIVATE = frozenset(
    {
        OrganizationKind.ASSOCIATION,
        OrganizationKind.FIRM,
        OrganizationKind.CONCESSIONAIRE,
        OrganizationKind.UNION,
    }
)


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A seat, who holds it today, who held it before (the latest first), and its open commitments."""

    seat: Seat
    tenure: Tenure | None
    former: tuple[Tenure, ...]
    owed: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """An organization in a mesa: its other names, its seats there, and what it owes, worst light first."""

    organization: Organization
    names: tuple[Alias, ...]
    seats: tuple[HeldSeat, ...]
    owes: tuple[tuple[Light, int], ...]

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(alias.name for alias in self.names)

    @property
    def owed(self) -> int:
        """How many commitments something is still expected of it for."""
        return sum(count for _light, count in self.owes)

    @property
    def is_unanswered(self) -> bool:
        """It owes something here, and nobody sits for it."""
        return self.owed > 0 and not any(seat.tenure for seat in self.seats)

    @property
    def lacks_liaison(self) -> bool:
        """An agency that owes something here has named no liaison; a private body needs none."""
        if not self.owed or self.organization.kind in PRIVATE:
            return False
        return not any(one.tenure and one.seat.role == Role.LIAISON for one in self.seats)


@dataclass(frozen=True, slots=True)
class Directory:
    """The people of a mesa, by organization. `ownerless` counts open commitments that nobody owns.

    `closed` are its seats that were closed, the latest first.
    """

    bodies: tuple[Body, ...]
    ownerless: int
    closed: tuple[HeldSeat, ...] = ()

    @property
    def unanswered(self) -> tuple[Body, ...]:
        return tuple(body for body in self.bodies if body.is_unanswered)

    @property
    def seated(self) -> tuple[Body, ...]:
        return tuple(body for body in self.bodies if body.seats)

    @property
    def seats(self) -> tuple[HeldSeat, ...]:
        return tuple(seat for body in self.bodies for seat in body.seats)

    @property
    def tenures(self) -> tuple[Tenure, ...]:
        """Those that run today."""
        return tuple(one.tenure for one in self.seats if one.tenure)


def directory(viewer: Viewer, mesa: Mesa, today: date) -> Directory:
    """Who sits in a mesa and for whom, and who owes something there; five statements."""
    of_agency = Q(mesa=None, role=Role.LIAISON.value)
    every = list(
        Seat.objects.filter(Q(mesa=mesa) | of_agency).select_related("organization", "mesa").order_by("pk")
    )
    seats = [seat for seat in every if seat.withdrawn_at is None]
    owed, owed_by_seat = _owed(viewer, mesa)
    # A liaison for every mesa stands here only where the agency has a part in this one.
    here = {seat.organization_id for seat in seats if seat.mesa_id} | {owner for owner in owed if owner}
    seats = [seat for seat in seats if seat.organization_id in here]
    closed = [seat for seat in every if seat.withdrawn_at and seat.mesa_id]
    held = _held([*seats, *closed], today, owed_by_seat)
    organizations = Organization.objects.filter(pk__in=here).order_by("sort_key")
    aliases = _aliases(here)
    bodies = tuple(
        Body(
            organization=one,
            names=tuple(aliases[one.pk]),
            seats=tuple(held[seat.pk] for seat in seats if seat.organization_id == one.pk),
            owes=tuple((light, owed[one.pk][light]) for light in WORST_FIRST if owed[one.pk][light]),
        )
        for one in organizations
    )
    closed.sort(key=lambda seat: (seat.withdrawn_at, seat.pk), reverse=True)
    return Directory(
        bodies=bodies,
        ownerless=sum(owed[None].values()) if None in owed else 0,
        closed=tuple(held[seat.pk] for seat in closed),
    )


def _owed(
    viewer: Viewer, mesa: Mesa
) -> tuple[Mapping[UUID | None, Mapping[str, int]], Mapping[UUID | None, int]]:
    """Open commitments by owner and light, and by seat, as far as the viewer sees them."""
    counted = (
        Commitment.objects.filter(
            access.reach_of(viewer, mesa.pk).commitments(), mesa=mesa, withdrawn_at=None, state__in=OPEN
        )
        .order_by()
        .values_list("owner_organization_id", "owner_seat_id", "light")
        .annotate(count=Count("pk"))
    )
    owed: dict[UUID | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    by_seat: dict[UUID | None, int] = defaultdict(int)
    for owner, seat, light, count in counted:
        owed[owner][light] += count
        by_seat[seat] += count
    return owed, by_seat


def _held(seats: list[Seat], today: date, owed_by_seat: Mapping[UUID | None, int]) -> Mapping[UUID, HeldSeat]:
    tenures: dict[UUID, list[Tenure]] = defaultdict(list)
    found = Tenure.objects.filter(seat__in=seats, withdrawn_at=None).select_related("person", "mesa", "seat")
    for tenure in found.order_by("-starts_on", "pk"):
        tenures[tenure.seat_id].append(tenure)
    return {
        seat.pk: _held_seat(seat, tenures[seat.pk], today, owed_by_seat.get(seat.pk, 0)) for seat in seats
    }


def _held_seat(seat: Seat, tenures: list[Tenure], today: date, owed: int) -> HeldSeat:
    running = [
        one for one in tenures if one.starts_on <= today and (one.ends_on is None or one.ends_on >= today)
    ]
    past = tuple(one for one in tenures if one.ends_on is not None and one.ends_on < today)
    return HeldSeat(seat, running[0] if running else None, past, owed)


def _aliases(organizations: Iterable[UUID]) -> Mapping[UUID, list[Alias]]:
    names: dict[UUID, list[Alias]] = defaultdict(list)
    found = Alias.objects.filter(organization__in=organizations, withdrawn_at=None)
    for alias in found.order_by("pk"):
        names[alias.organization_id].append(alias)
    return names


def names_ever(organizations: Collection[UUID]) -> list[Alias]:
    """Every other name that these organizations have, or had."""
    return list(Alias.objects.filter(organization__in=organizations))


def organization_named(text: str) -> Organization | None:
    """The organization of that name, alias or acronym; None where none or more than one has it."""
    return organizations_named([text]).get(name_key(text))


def organizations_named(names: Iterable[str]) -> Mapping[str, Organization]:
    """By name key: the organizations that are called so, ambiguous names left out. Two statements."""
    keys = {name_key(name)[:200] for name in names} - {""}
    found: dict[str, set[Organization]] = {}
    for organization in Organization.objects.filter(name_key__in=keys, withdrawn_at=None):
        found.setdefault(organization.name_key, set()).add(organization)
    aliases = Alias.objects.filter(name_key__in=keys, withdrawn_at=None).select_related("organization")
    for alias in aliases:
        found.setdefault(alias.name_key, set()).add(alias.organization)
    return {key: next(iter(called)) for key, called in found.items() if len(called) == 1}


def organizations_called(names: Iterable[str]) -> list[Organization]:
    """Every organization that one of these is a name of, ambiguous or not; two statements."""
    keys = {name_key(name)[:200] for name in names} - {""}
    named = Organization.objects.filter(name_key__in=keys, withdrawn_at=None)
    known_as = Organization.objects.filter(
        aliases__name_key__in=keys, aliases__withdrawn_at=None, withdrawn_at=None
    )
    return list({one.pk: one for one in (*named, *known_as)}.values())


def owner_names(mesa_id: UUID) -> list[str]:
    """Organizations with a seat in the mesa or a commitment there: whom an owner cell offers."""
    seated = Seat.objects.filter(mesa=mesa_id, withdrawn_at=None).values("organization")
    bound = Commitment.objects.filter(mesa=mesa_id, withdrawn_at=None).values("owner_organization")
    named = Organization.objects.filter(Q(pk__in=seated) | Q(pk__in=bound)).order_by("sort_key")
    return list(named.values_list("name", flat=True))


def organization_names() -> list[str]:
    """Every name and acronym by which an organization can be called, for a list to choose from."""
    names = set(Organization.objects.filter(withdrawn_at=None).values_list("name", flat=True))
    aliases = Alias.objects.filter(withdrawn_at=None, organization__withdrawn_at=None)
    return sorted(names | set(aliases.values_list("name", flat=True)), key=sort_key)


def teams_of(mesas: Collection[UUID], today: date) -> Mapping[UUID, list[Person]]:
    """Who works for each of these mesas on a day, the longest there first. One statement."""
    held = Tenure.objects.filter(held_on(today), seat__mesa__in=mesas, seat__role=Role.TEAM.value)
    teams: dict[UUID, list[Person]] = defaultdict(list)
    for one in held.select_related("person", "seat").order_by("starts_on", "pk"):
        if one.seat.mesa_id:
            teams[one.seat.mesa_id].append(one.person)
    return teams


def seated_at(address: str, today: date) -> Mapping[Person, set[UUID]]:
    """Who is on record with this address and sits somewhere on a day, and in which mesas. A seat in a quiet
    mesa does not count: nobody is written to for it. One statement."""
    held = Tenure.objects.filter(
        held_on(today),
        Q(seat__mesa=None) | Q(seat__mesa__following_since__isnull=False, seat__mesa__withdrawn_at=None),
        person__email__iexact=address,
        person__withdrawn_at=None,
    )
    found: dict[Person, set[UUID]] = defaultdict(set)
    for one in held.select_related("person", "seat").order_by("pk"):
        found[one.person].update([one.seat.mesa_id] if one.seat.mesa_id else [])
    return found


def place_names() -> list[str]:
    """The places of the programme's tree."""
    return list(Place.objects.filter(withdrawn_at=None).values_list("name", flat=True))


def person_names() -> list[str]:
    """Everyone that the programme knows, for a list to choose from."""
    return list(Person.objects.filter(withdrawn_at=None).values_list("full_name", flat=True))


def person_meant(full_name: str, email: str) -> Person | None:
    """The one of that name, unless the address says that it is somebody else; None for a new face.

    Raises Conflict where two have the name and no address tells them apart.
    """
    known = [
        one
        for one in Person.objects.filter(sort_key=sort_key(full_name), withdrawn_at=None)
        if not email or not one.email or one.email == email.strip().lower()
    ]
    if len(known) > 1:
        raise Conflict(Reason.of("ambiguous_person", name=full_name))
    return known[0] if known else None
