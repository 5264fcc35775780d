"""Who sits in a mesa, and all that is owed there."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from destraba.models import Commitment, Mesa, Seat, Tenure
from destraba.rules.permissions import Role


@dataclass(frozen=True, slots=True)
class Participants:
    """How many sit in a mesa, and who its team is."""

    organizations: int
    people: int
    empty_seats: int
    team: tuple[str, ...]


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
