"""A meeting as its chair sees it while the room talks, in a number of statements that grows with nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from destraba.models import (
    AgendaItem,
    Alias,
    Answer,
    Attendance,
    Commitment,
    Entry,
    Meeting,
    Mesa,
    Organization,
    Problem,
    Seat,
    Tenure,
)
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.meetings.sides import Side, side_of
from destraba.queries.methods import method_of
from destraba.rules.meetings import IN_THE_ROOM, ItemState
from destraba.rules.permissions import Deed
from destraba.values.errors import Invalid, NotFound
from destraba.values.keys import sort_key
from destraba.values.reasons import Reason
from destraba.values.visibility import Visibility

OUTSIDE = "none"
"""In an address, in place of an item's key: what belongs to no item."""
_RECALLED = 5


@dataclass(frozen=True, slots=True)
class Chair:
    """One seat, who holds it today, and how it is filled at this meeting; blank where nobody has said.

    `short` is the shortest name of its organization: its acronym, where it has one.
    """

    seat: Seat
    short: str
    holder: str
    attendance: Attendance | None

    @property
    def side(self) -> Side:
        return side_of(self.seat)

    @property
    def presence(self) -> str:
        return self.attendance.presence if self.attendance else ""

    @property
    def substitute(self) -> str:
        return self.attendance.substitute if self.attendance else ""

    @property
    def is_filled(self) -> bool:
        return self.presence in IN_THE_ROOM


@dataclass(frozen=True, slots=True)
class Called:
    """A name or an acronym of an organization, and whether somebody of it is in the room."""

    name: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What was written down under the current item. `recalled`: what the team noted of it before."""

    entries: tuple[Entry, ...]
    commitments: tuple[Commitment, ...]
    problems: tuple[Problem, ...]
    recalled: tuple[Entry, ...]
    last_word: Answer | None


@dataclass(frozen=True, slots=True)
class Room:
    """`current` is None for what belongs to no item. `next_on` is the day of the session after this one."""

    mesa: Mesa
    meeting: Meeting
    items: tuple[AgendaItem, ...]
    current: AgendaItem | None
    chairs: tuple[Chair, ...]
    record: Written
    names: tuple[Called, ...]
    next_on: date

    @property
    def problem(self) -> Problem | None:
        """The problem that the current item is about."""
        return problem_of(self.current)

    @property
    def position(self) -> int:
        """The place of the current item, from 1; 0 outside the agenda."""
        return self.items.index(self.current) + 1 if self.current else 0

    @property
    def not_reached(self) -> int:
        """How many items would return if it were closed now."""
        return sum(item.state == ItemState.PLANNED for item in self.items)

    @property
    def minutes_left(self) -> int:
        """What is planned for all that is still to be taken up."""
        return sum(item.minutes for item in self.items if item.state == ItemState.PLANNED)

    def likely_end(self, now: datetime) -> datetime:
        """When it ends if what is left takes the time that was planned for it."""
        return now + timedelta(minutes=self.minutes_left)

    def following(self, item: AgendaItem | None) -> AgendaItem | None:
        """The next that is to be taken up after an item, or else the first that still is."""
        at = self.items.index(item) + 1 if item in self.items and item else 0
        ahead = [*self.items[at:], *self.items[:at]]
        return next((one for one in ahead if one.state == ItemState.PLANNED and one != item), None)


def room(viewer: Viewer, slug: str, number: int, item: str = "") -> Room:
    """`S-<number>`, for one who runs it, at one item: by default the first that is to be taken up.

    Raises NotFound, NotAllowed, SignInNeeded; Invalid for an item that is not on this agenda.
    """
    mesa = access.mesa(viewer, slug, Deed.RUN_MEETINGS)
    meeting = _meeting(mesa, number)
    items = tuple(_items(meeting))
    current = _chosen(items, item)
    named = _named()
    chairs = tuple(_chairs(meeting, named))
    here = {chair.seat.organization_id for chair in chairs if chair.is_filled}
    return Room(
        mesa=mesa,
        meeting=meeting,
        items=items,
        current=current,
        chairs=chairs,
        record=_record(meeting, items, current),
        names=tuple(Called(name, of in here) for name, of in named),
        next_on=meeting.held_on + timedelta(days=method_of(mesa).cadence.interval_days),
    )


def problem_of(item: AgendaItem | None) -> Problem | None:
    """The problem that an item is about, itself or through its commitment."""
    if item is None:
        return None
    return item.commitment.problem if item.commitment else item.problem


def _meeting(mesa: Mesa, number: int) -> Meeting:
    # Nine digits fit the integer column of every database.
    found = Meeting.objects.filter(mesa=mesa, number=number, withdrawn_at=None) if number < 10**9 else ()
    meeting = next(iter(found), None)
    if meeting is None:
        raise NotFound(Reason.of("hidden"))
    meeting.mesa = mesa
    return meeting


def _items(meeting: Meeting) -> list[AgendaItem]:
    found = AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None).select_related(
        "commitment__owner_organization",
        "commitment__owner_seat",
        "commitment__problem__mesa",
        "commitment__solution",
        "problem__mesa",
    )
    for item in found:
        item.meeting = meeting
    return list(found)


def _chosen(items: tuple[AgendaItem, ...], given: str) -> AgendaItem | None:
    if given == OUTSIDE:
        return None
    if given:
        chosen = next((item for item in items if str(item.pk) == given), None)
        if chosen is None:
            raise Invalid(Reason.of("unknown_row"))
        return chosen
    waiting = (item for item in items if item.state == ItemState.PLANNED)
    return next(waiting, items[0] if items else None)


def _chairs(meeting: Meeting, named: Iterable[tuple[str, UUID]]) -> list[Chair]:
    """The seats of the mesa, and those of others that were noted here; by organization."""
    noted = {one.seat_id: one for one in Attendance.objects.filter(meeting=meeting, withdrawn_at=None)}
    seats = Seat.objects.filter(Q(mesa=meeting.mesa_id, withdrawn_at=None) | Q(pk__in=noted)).select_related(
        "organization"
    )
    holders = _holders(meeting)
    shorts = {of: name for name, of in sorted(named, key=lambda one: -len(one[0]))}
    chairs = [
        Chair(
            seat,
            shorts.get(seat.organization_id, seat.organization.name),
            holders.get(seat.pk, ""),
            noted.get(seat.pk),
        )
        for seat in seats
    ]
    return sorted(chairs, key=lambda one: (one.seat.organization.sort_key, sort_key(one.holder), one.seat.pk))


def _holders(meeting: Meeting) -> dict[UUID, str]:
    sitting = Tenure.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=meeting.held_on),
        Q(seat__mesa=meeting.mesa_id) | Q(seat__attendances__meeting=meeting),
        starts_on__lte=meeting.held_on,
        withdrawn_at=None,
    )
    return dict(sitting.values_list("seat_id", "person__full_name"))


def _record(meeting: Meeting, items: tuple[AgendaItem, ...], current: AgendaItem | None) -> Written:
    entries = Entry.objects.filter(meeting=meeting, item=current, withdrawn_at=None).order_by("-position")
    return Written(
        entries=tuple(entries),
        commitments=tuple(_commitments(meeting, items, current)),
        problems=tuple(Problem.objects.filter(meeting=meeting, withdrawn_at=None).order_by("-number")),
        recalled=tuple(_recalled(meeting, current)),
        last_word=_last_word(current),
    )


def _commitments(
    meeting: Meeting, items: tuple[AgendaItem, ...], current: AgendaItem | None
) -> QuerySet[Commitment]:
    """Those made at this meeting for the problem of the item; else those that no item's problem explains."""
    made = Commitment.objects.filter(meeting=meeting, withdrawn_at=None)
    about = problem_of(current)
    if about is not None:
        made = made.filter(problem=about)
    else:
        made = made.exclude(problem__in={one.pk for item in items if (one := problem_of(item))})
    return made.select_related("owner_organization", "problem").order_by("-number")


def _recalled(meeting: Meeting, current: AgendaItem | None) -> QuerySet[Entry]:
    """What the team alone noted of the same row before."""
    about = Q(item__commitment=current.commitment_id) if current and current.commitment_id else Q()
    about |= Q(item__problem=current.problem_id) if current and current.problem_id else Q()
    if not about:
        return Entry.objects.none()
    kept = Entry.objects.filter(about, mesa=meeting.mesa_id, visibility=Visibility.TEAM, withdrawn_at=None)
    return kept.exclude(meeting=meeting).select_related("meeting").order_by("-pk")[:_RECALLED]


def _last_word(current: AgendaItem | None) -> Answer | None:
    """The last that its owner said of the commitment."""
    if current is None or current.commitment_id is None:
        return None
    said = Answer.objects.filter(commitment=current.commitment_id, withdrawn_at=None)
    return said.order_by("-said_at").first()


def _named() -> list[tuple[str, UUID]]:
    """Every name by which an organization can be called, and whose it is."""
    names = Organization.objects.filter(withdrawn_at=None).values_list("name", "pk")
    known_as = Alias.objects.filter(withdrawn_at=None, organization__withdrawn_at=None)
    found = {*names, *known_as.values_list("name", "organization_id")}
    return sorted(found, key=lambda one: (sort_key(one[0]), one[1]))
