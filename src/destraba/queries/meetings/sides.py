"""The sides of the table, for attendance: public, private, the team that belongs to neither."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from django.utils.translation import gettext as _

from destraba.models import Attendance, OrganizationKind, Seat
from destraba.rules.permissions import RUNNERS, Role

_PRIVATE = frozenset(
    {
        OrganizationKind.ASSOCIATION,
        OrganizationKind.FIRM,
        OrganizationKind.CONCESSIONAIRE,
        OrganizationKind.UNION,
    }
)


class Side(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"
    TEAM = "team"
    OTHERS = "others"


def side_of(seat: Seat) -> Side:
    """Where a seat sits: its organization says so, and the team is the team."""
    if Role(seat.role) in RUNNERS:
        return Side.TEAM
    kind = OrganizationKind(seat.organization.kind)
    if kind in _PRIVATE:
        return Side.PRIVATE
    apart = {OrganizationKind.ACADEMIA, OrganizationKind.DEVELOPMENT_BANK, OrganizationKind.OTHER}
    return Side.OTHERS if kind in apart else Side.PUBLIC


def side_words(side: Side) -> str:
    """What the room calls that side."""
    return {
        Side.PUBLIC: _("Public side"),
        Side.PRIVATE: _("Private side"),
        Side.TEAM: _("Dedicated team"),
        Side.OTHERS: _("Others at the table"),
    }[side]


def by_side(attendances: Iterable[Attendance]) -> list[tuple[Side, Sequence[Attendance]]]:
    """Those of each side in the order of the sides, without the empty ones."""
    known = list(attendances)
    found = [(side, [one for one in known if side_of(one.seat) is side]) for side in Side]
    return [(side, those) for side, those in found if those]
