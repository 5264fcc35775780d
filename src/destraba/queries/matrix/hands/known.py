"""Whom a cell may name: organizations and seats, each asked for once however many cells name them."""

import re
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q

from destraba.ledger.labels import label
from destraba.models import Mesa, Organization, Seat, Tenure
from destraba.queries.people import organizations_named
from destraba.queries.tenures import held_on
from destraba.rules.permissions import Role
from destraba.values.errors import Invalid
from destraba.values.names import name_key
from destraba.values.reasons import Reason
from destraba.values.texts import fold

_BETWEEN = re.compile(r"[;\n]")


class Known:
    """The names of one mesa on one day."""

    def __init__(self, mesa: Mesa, today: date) -> None:
        self._mesa = mesa
        self._today = today
        self._organizations: dict[str, Organization | None] = {}
        self._seats: list[tuple[Seat, frozenset[str]]] | None = None

    def learn(self, texts: Iterable[str]) -> None:
        """Ask for all that these cells name at once; two statements."""
        names = {
            name for text in texts for piece in _BETWEEN.split(text) for name in (piece, *piece.split(","))
        }
        new = [name for name in names if name_key(name) not in self._organizations]
        found = organizations_named(new) if new else {}
        self._organizations.update({name_key(name): found.get(name_key(name)[:200]) for name in new})

    def organization(self, text: str) -> Organization:
        """By name, alias or acronym. Raises Invalid where nobody is called so, or more than one."""
        self.learn([text])
        found = self._organizations[name_key(text)]
        if found is None:
            raise Invalid(Reason.of("unknown_owner", text=text.strip()))
        return found

    def organizations(self, text: str) -> tuple[Organization, ...]:
        """Several, each once: parted by semicolons, or by commas that stand in no name. Raises Invalid."""
        self.learn([text])
        found: dict[UUID, Organization] = {}
        for piece in filter(str.strip, _BETWEEN.split(text)):
            whole = self._organizations.get(name_key(piece))
            parts = [piece] if whole else [part for part in piece.split(",") if part.strip()]
            found.update({one.pk: one for one in map(self.organization, parts)})
        return tuple(found.values())

    def seat(self, text: str, owner_id: UUID | None) -> Seat:
        """By its post, its role or who holds it: a seat of that owner, or of anybody where none is known yet.

        Raises Invalid where there is none, or more than one.
        """
        said = fold(text)
        found = [
            seat
            for seat, names in self._called()
            if said in names and (seat.organization_id == owner_id if owner_id else seat.mesa_id)
        ]
        if len(found) != 1:
            raise Invalid(Reason.of("ambiguous_seat" if found else "unknown_seat", text=text.strip()))
        return found[0]

    def _called(self) -> list[tuple[Seat, frozenset[str]]]:
        if self._seats is None:
            held = Tenure.objects.filter(held_on(self._today)).select_related("person")
            seats = (
                Seat.objects.filter(Q(mesa=self._mesa) | Q(mesa=None), withdrawn_at=None)
                .select_related("organization")
                .prefetch_related(Prefetch("tenures", queryset=held))
                .order_by("pk")
            )
            self._seats = [(seat, _names_of(seat)) for seat in seats]
        return self._seats


def _names_of(seat: Seat) -> frozenset[str]:
    people = (tenure.person.full_name for tenure in seat.tenures.all())
    names = (seat.title, seat.role, label(Role(seat.role)), *people)
    return frozenset(fold(name) for name in names if name)
