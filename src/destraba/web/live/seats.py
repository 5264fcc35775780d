"""The attendance of all seats in one form, of which only what was changed on the page is written."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict

from destraba.actions.inputs import NAME, line
from destraba.actions.meetings.room import Filled, note_attendances
from destraba.ledger.labels import label
from destraba.queries.meetings.room import Chair, Room
from destraba.queries.meetings.sides import Side, side_words
from destraba.rules.meetings import Presence
from destraba.rules.permissions import Role
from destraba.values.actors import Actor
from destraba.values.errors import Invalid
from destraba.values.reasons import Reason


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat as the page shows it. `was` comes back with the form and says what the page showed."""

    id: UUID
    organization: str
    full_name: str
    note: str
    presence: str
    substitute: str
    was: str


@dataclass(frozen=True, slots=True)
class SideLines:
    """One side of the table; `filled` counts the seats that somebody came for."""

    side: Side
    words: str
    lines: tuple[SeatLine, ...]
    filled: int


def sides_of(room: Room, posted: QueryDict | None) -> list[SideLines]:
    """The seats by side; where a form came back, with what was filled in there."""
    return [
        SideLines(
            side,
            side_words(side),
            tuple(_line(one, posted) for one in chairs),
            sum(one.is_filled for one in chairs),
        )
        for side in Side
        if (chairs := [one for one in room.chairs if one.side is side])
    ]


def note_seats(room: Room, posted: QueryDict, *, actor: Actor, now: datetime) -> list[Chair]:
    """Write what was changed on the page. Gives back the seats that somebody else had noted otherwise
    meanwhile: they are left as they stand. Raises Invalid for a seat of elsewhere and a presence unknown."""
    known = {f"p-{chair.seat.pk}" for chair in room.chairs}
    if any(name.startswith("p-") and name not in known for name in posted):
        raise Invalid(Reason.of("seat_elsewhere"))
    filled: list[Filled] = []
    met: list[Chair] = []
    for chair in room.chairs:
        given = _given(chair, posted)
        if given is None or _said(given.presence, given.substitute) in (_shown(chair, posted), _now(chair)):
            continue
        if _shown(chair, posted) == _now(chair):
            filled.append(given)
        else:
            met.append(chair)
    note_attendances(actor=actor, meeting=room.meeting, filled=filled, now=now)
    return met


def _line(chair: Chair, posted: QueryDict | None) -> SeatLine:
    seat, key = chair.seat, chair.seat.pk
    role = seat.title or label(Role(seat.role))
    presence, substitute, was = chair.presence, chair.substitute, _now(chair)
    if posted is not None and f"was-{key}" in posted:
        presence, substitute = posted.get(f"p-{key}", ""), posted.get(f"s-{key}", "")
        was = _shown(chair, posted)
    note = ", ".join(one for one in (chair.holder, role) if one)
    return SeatLine(key, chair.short, seat.organization.name, note, presence, substitute, was)


def _given(chair: Chair, posted: QueryDict) -> Filled | None:
    """What the form says of a seat; None where it says nothing."""
    presence = posted.get(f"p-{chair.seat.pk}", "")
    name = line("substitute", posted.get(f"s-{chair.seat.pk}", ""), NAME)
    if not presence and name:
        presence = Presence.SUBSTITUTE.value
    if not presence:
        return None
    if presence not in set(Presence):
        raise Invalid(Reason.of("unknown_choice", text=presence[:40]))
    is_substitute = presence == Presence.SUBSTITUTE
    return Filled(chair.seat, Presence(presence), name if is_substitute else "")


def _said(presence: str, substitute: str) -> str:
    return f"{presence}|{substitute}"


def _now(chair: Chair) -> str:
    return _said(chair.presence, chair.substitute)


def _shown(chair: Chair, posted: QueryDict) -> str:
    return posted.get(f"was-{chair.seat.pk}", "|")
