"""A problem raised in one sentence; and whether it is there already, in other words."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from destraba.ledger.labels import label
from destraba.models import Mesa
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.matrix.similar import Similar
from destraba.queries.matrix.things import SeatCard, seats_in
from destraba.rules.permissions import Deed, Role, Subject
from destraba.values.days import day_in
from destraba.values.numbers import problem_number
from destraba.web.forms.problems import RaiseForm
from destraba.web.middleware import Request


@dataclass(frozen=True, slots=True)
class Candidate:
    """A problem that may be the same. `value` is how a form names it; `mesa` is blank in one's own."""

    number: str
    title: str
    href: str
    stands: str
    value: str
    mesa: str = ""


def candidates(found: list[Similar]) -> list[Candidate]:
    """What was found, in words."""
    return [
        Candidate(
            number=problem_number(one.number),
            title=one.title,
            href=reverse("problem", args=[one.slug, one.number]),
            stands=_("Resolved") if one.is_resolved else label(one.stage),
            value=f"{one.slug} {problem_number(one.number)}",
            mesa=one.mesa,
        )
        for one in found
    ]


def raise_form(request: Request, mesa: Mesa, data: Any = None) -> RaiseForm | None:
    """The form for whoever may raise a problem here; the team may name the seat that raised it."""
    if not access.may(request.viewer, Deed.RAISE_PROBLEM, Subject(mesa.pk)):
        return None
    if not access.may(request.viewer, Deed.EDIT_MATRIX, Subject(mesa.pk)):
        return RaiseForm(data)
    seats = seats_in(mesa.pk, day_in(mesa.time_zone, request.now))
    own = own_seat(request.viewer, seats)
    return RaiseForm(data, seats=seat_choices(seats), initial={"raised_by": own.id if own else None})


def own_seat(viewer: Viewer, seats: list[SeatCard]) -> SeatCard | None:
    """The viewer's own among these; of several, the first."""
    held = {seat.seat_id for seat in viewer.standing.seats}
    return next((seat for seat in seats if seat.id in held), None)


def seat_choices(seats: list[SeatCard]) -> list[tuple[str, str]]:
    """Each seat as people know it, after none of them."""
    return [("", _("not said")), *((str(seat.id), seat_words(seat)) for seat in seats)]


def seat_words(seat: SeatCard) -> str:
    post = seat.holder or seat.title or label(Role(seat.role))
    return f"{seat.organization}, {post}"
