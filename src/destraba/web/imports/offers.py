"""The mesas of a spreadsheet that names several, and where each may go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from destraba.exchange.matrix.mesas import mesa_called
from destraba.exchange.matrix.readings import MesaFound
from destraba.models import Mesa
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.rules.permissions import Deed, Subject


@dataclass(frozen=True, slots=True)
class Offer:
    """One of them: `into` is the address of the mesa that it seems to be, or of the one at hand."""

    index: int
    name: str
    sheet: str
    problems: int
    into: str
    is_known: bool
    is_done: bool


def open_to(viewer: Viewer) -> list[Mesa]:
    """The mesas whose Matrix this viewer may edit."""
    return [
        mesa for mesa in access.mesas_of(viewer) if access.may(viewer, Deed.EDIT_MATRIX, Subject(mesa.pk))
    ]


def offers(
    found: Sequence[MesaFound], mesas: Sequence[Mesa], at_hand: Mesa, done: Collection[int]
) -> list[Offer]:
    """In the order of the spreadsheet."""
    listed = []
    for index, each in enumerate(found):
        meant = mesa_called(each.name, mesas)
        sheet = "" if each.sheet == each.name else each.sheet
        into = (meant or at_hand).slug
        listed.append(Offer(index, each.name, sheet, each.problems, into, meant is not None, index in done))
    return listed
