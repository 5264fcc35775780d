"""What a reader asks a Matrix to show: a view, as an address can carry it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from destraba.queries.matrix.views.columns import USUAL, Column
from destraba.rules.permissions import SeatHeld


@dataclass(frozen=True, slots=True)
class Days:
    """From a day to a day, both included; `without`: what has no day at all."""

    first: date | None = None
    last: date | None = None
    without: bool = False


Condition = frozenset[str] | Days | int | str
"""By column: one of these codes (blank: none given), some days, at least so many, or these words."""


class Quick(StrEnum):
    """What people ask for every day."""

    MINE = "mine"
    STUCK = "stuck"
    DUE = "due"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows; blank fields ask for nothing. Every condition has to hold."""

    text: str = ""
    where: tuple[tuple[Column, Condition], ...] = ()
    quick: frozenset[Quick] = frozenset()

    @property
    def is_set(self) -> bool:
        return bool(self.text or self.where or self.quick)

    def of(self, column: Column) -> Condition | None:
        """What is asked of a column."""
        return dict(self.where).get(column)

    def chosen(self, column: Column) -> Collection[str]:
        """The codes chosen of a column; none where nothing was."""
        asked = self.of(column)
        return asked if isinstance(asked, frozenset) else ()


@dataclass(frozen=True, slots=True)
class Sort:
    """Without one, rows stand as the team put them."""

    column: Column
    falling: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """`group` None: one list; `usual_group` goes without saying. `start`: how many problems come before the
    first that is shown."""

    columns: tuple[Column, ...] = USUAL
    filters: Filters = field(default_factory=Filters)
    sort: Sort | None = None
    group: Column | None = Column.SHELF
    start: int = 0
    usual_group: Column = Column.SHELF


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and when: what "mine", "due" and "changed" mean. `seen_at`: when they last looked here."""

    today: date
    seats: tuple[SeatHeld, ...] = ()
    seen_at: datetime | None = None

    @property
    def organizations(self) -> frozenset[UUID]:
        return frozenset(seat.organization_id for seat in self.seats)
