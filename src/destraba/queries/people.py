"""Who is who: organizations by any of their names, seats and those who hold them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
    """A seat, who holds it today, and who held it before, the latest first."""

    seat: Seat
    tenure: Tenure | None
    former: tuple[Tenure, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """An organization in a mesa: its other names, its seats there, and what it owes, worst light first."""

    organization: Organization
    aliases: tuple[str, ...]
    seats: tuple[HeldSeat, ...]
    owes: tuple[tuple[Light, int], ...]

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
    """The people of a mesa, by organization. `ownerless` counts open commitments that nobody owns."""

    bodies: tuple[Body, ...]
    ownerless: int

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
    seats = list(
        Seat.objects.filter(Q(mesa=mesa) | of_agency, withdrawn_at=None)
        .select_related("organization", "mesa")
        .order_by("pk")
    )
    owed = _owed(viewer, mesa)
    # A liaison for every mesa stands here only where the agency has a part in this one.
    here = {seat.organization_id for seat in seats if seat.mesa_id} | {owner for owner in owed if owner}
    seats = [seat for seat in seats if seat.organization_id in here]
    held = _held(seats, today)
    organizations = Organization.objects.filter(pk__in=here).order_by("sort_key")
    aliases = _aliases(here)
    bodies = tuple(
        Body(
            organization=one,
            aliases=tuple(aliases[one.pk]),
            seats=tuple(held[seat.pk] for seat in seats if seat.organization_id == one.pk),
            owes=tuple((light, owed[one.pk][light]) for light in WORST_FIRST if owed[one.pk][light]),
        )
        for one in organizations
    )
    return Directory(bodies, sum(owed[None].values()) if None in owed else 0)


def _owed(viewer: Viewer, mesa: Mesa) -> Mapping[UUID | None, Mapping[str, int]]:
    """Open commitments by owner and light, as far as the viewer sees them."""
    counted = (
        Commitment.objects.filter(
            access.reach_of(viewer, mesa.pk).commitments(), mesa=mesa, withdrawn_at=None, state__in=OPEN
        )
        .order_by()
        .values_list("owner_organization_id", "light")
        .annotate(count=Count("pk"))
    )
    owed: dict[UUID | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for owner, light, count in counted:
        owed[owner][light] = count
    return owed


def _held(seats: list[Seat], today: date) -> Mapping[UUID, HeldSeat]:
    tenures: dict[UUID, list[Tenure]] = defaultdict(list)
    found = Tenure.objects.filter(seat__in=seats, withdrawn_at=None).select_related("person", "mesa", "seat")
    for tenure in found.order_by("-starts_on", "pk"):
        tenures[tenure.seat_id].append(tenure)
    return {seat.pk: _held_seat(seat, tenures[seat.pk], today) for seat in seats}


def _held_seat(seat: Seat, tenures: list[Tenure], today: date) -> HeldSeat:
    running = [
        one for one in tenures if one.starts_on <= today and (one.ends_on is None or one.ends_on >= today)
    ]
    past = tuple(one for one in tenures if one.ends_on is not None and one.ends_on < today)
    return HeldSeat(seat, running[0] if running else None, past)


def _aliases(organizations: Iterable[UUID]) -> Mapping[UUID, list[str]]:
    names: dict[UUID, list[str]] = defaultdict(list)
    found = Alias.objects.filter(organization__in=organizations, withdrawn_at=None)
    for organization_id, name in found.order_by("pk").values_list("organization_id", "name"):
        names[organization_id].append(name)
    return names


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


def organizations_in(mesa_id: UUID) -> list[Organization]:
    """Those with a seat in the mesa or an open commitment there: whom an owner cell offers first."""
    seated = Seat.objects.filter(mesa=mesa_id, withdrawn_at=None).values("organization")
    bound = Commitment.objects.filter(mesa=mesa_id, withdrawn_at=None).values("owner_organization")
    return list(Organization.objects.filter(Q(pk__in=seated) | Q(pk__in=bound)).order_by("sort_key"))


def organization_names() -> list[str]:
    """Every name and acronym by which an organization can be called, for a list to choose from."""
    names = set(Organization.objects.filter(withdrawn_at=None).values_list("name", flat=True))
    aliases = Alias.objects.filter(withdrawn_at=None, organization__withdrawn_at=None)
    return sorted(names | set(aliases.values_list("name", flat=True)), key=sort_key)


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
