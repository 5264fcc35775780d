"""What minutes say, in words already: whoever fills it in has decided who may read it, and in which language.

Texts may have several lines; nothing in them is ever markup. What is empty is left out of the page.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAtTable:
    """One seat and how it was filled.

    `presence` is a word where there is something to say ("substitute", "excused", "absent"), empty where the
    holder came; `in_room` says whether the seat counts as filled. Names are left out of a public rendition:
    `name` is the holder, `substitute` who came in the holder's place.
    """

    organization: str
    title: str = ""
    presence: str = ""
    in_room: bool
    name: str = ""
    substitute: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceGroup:
    """The seats of one side: public, private, team."""

    name: str
    seats: tuple[SeatAtTable, ...]

    @property
    def in_room(self) -> int:
        return sum(seat.in_room for seat in self.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCommitment:
    """A commitment of this meeting. `folio` as people say it ("C-45"); `due` a day in words, or empty.

    `standing`: "agreed in the room", "asked"; `is_agreed` says which of both it amounts to.
    """

    folio: str
    what: str
    who: str
    due: str = ""
    standing: str = ""
    is_agreed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTaken:
    """An item that was taken up: its number on the agenda, what it is about, what came of it."""

    number: str
    title: str
    folio: str = ""
    why: str = ""
    decisions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    commitments: tuple[MadeCommitment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A problem raised here, or an item that was not reached: its folio, its title, a word to it."""

    title: str
    folio: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesContent:
    """All that minutes print.

    `title` is the kind ("Acuerdos", "Acta"), `number` its full name ("Acuerdos 3-2026"); `meeting_number`
    ("S-7") and `meeting_kind` ("Session") the meeting's. `day`, `hours` and `zone` are words. `status` and
    `status_note` say how far the minutes have come ("Circulated", "objections until 6 August, 18:00");
    `is_final` once not a letter changes any more. `withheld` counts the paragraphs kept from this reader.
    `receipt` is the hash under which the ledger has them. `language` is "es" or "en". `made_at` goes into
    the file as the time of its making: the same content gives the same bytes.
    """

    mesa: str
    title: str
    number: str
    meeting_number: str
    meeting_kind: str
    day: str
    status: str
    is_final: bool
    language: str
    made_at: datetime
    programme: str = ""
    host: str = ""
    hours: str = ""
    zone: str = ""
    venue: str = ""
    status_note: str = ""
    edition: int = 1
    attendance: tuple[AttendanceGroup, ...] = ()
    items: tuple[ItemTaken, ...] = ()
    general_notes: tuple[str, ...] = ()
    new_problems: tuple[Mention, ...] = ()
    not_reached: tuple[Mention, ...] = ()
    next_meeting: str = ""
    withheld: int = 0
    receipt: str = ""

    @property
    def commitments(self) -> tuple[MadeCommitment, ...]:
        return tuple(commitment for item in self.items for commitment in item.commitments)
