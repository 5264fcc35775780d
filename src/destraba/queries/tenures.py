"""Who sits where on a day: the condition and the seat, the same wherever it is asked."""

from datetime import date

from django.db.models import Q

from destraba.models import Seat
from destraba.rules.permissions import Role, SeatHeld


def held_on(day: date) -> Q:
    """The tenures of that day, of seats that are there; their first and their last day count."""
    return Q(
        Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day, withdrawn_at=None, seat__withdrawn_at=None
    )


def seat_held(seat: Seat) -> SeatHeld:
    """A seat as the rules know it."""
    return SeatHeld(
        seat_id=seat.pk,
        organization_id=seat.organization_id,
        role=Role(seat.role),
        mesa_id=seat.mesa_id,
        axis=seat.axis,
    )
