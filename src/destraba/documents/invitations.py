"""An invitation to a meeting as iCalendar text, for one attendee's calendar (RFC 5545, RFC 5546)."""

import re
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from destraba.values.texts import clean_text, visible_line

_PRODUCT = "-//Destraba//Meetings//EN"
_ADDRESS = re.compile(r'[^\s<>",;:\\]+@[^\s<>",;:\\]+')


class Method(StrEnum):
    """What the calendar of the attendee is asked to do."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A name as people read it, and a mail address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One meeting for one attendee, in words already.

    `uid` never changes for a meeting and has the form of an address; `sequence` grows with every change that
    is sent. `begins` and `ends` are aware and carry the meeting's own zone (`ZoneInfo`), so that the calendar
    shows the hour of the room. `made_at` is when this was written.
    """

    uid: str
    sequence: int
    begins: datetime
    ends: datetime
    made_at: datetime
    organizer: Address
    attendee: Address
    summary: str
    location: str = ""
    description: str = ""
    agenda: tuple[str, ...] = ()
    url: str = ""


def invitation(data: Invitation, method: Method) -> str:
    """The calendar, its lines folded and ended by CR LF; the zone goes along, with the rules of those years.

    No text can break out of its line. Raises ValueError for an address that is none, and for a time without
    a named zone.
    """
    if not isinstance(data.begins.tzinfo, ZoneInfo):
        raise ValueError("a meeting begins in a zone that has a name")
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    calendar.add_component(_event(data, method))
    year = data.begins.year
    calendar.add_missing_timezones(first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1))
    return bytes(calendar.to_ical()).decode()


def _event(data: Invitation, method: Method) -> Event:
    event = Event()
    event.add("uid", visible_line(data.uid))
    event.add("sequence", data.sequence)
    event.add("dtstamp", data.made_at.astimezone(UTC))
    event.add("dtstart", data.begins)
    event.add("dtend", data.ends.astimezone(data.begins.tzinfo))
    event.add("summary", visible_line(data.summary))
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    event["organizer"] = _party(data.organizer)
    event.add("attendee", _invited(data.attendee, method), encode=False)
    for name, text in (("location", visible_line(data.location)), ("description", _description(data))):
        if text:
            event.add(name, text)
    return event


def _description(data: Invitation) -> str:
    agenda = "\n".join(f"{number}. {visible_line(item)}" for number, item in enumerate(data.agenda, 1))
    parts = (clean_text(data.description, sys.maxsize), agenda, visible_line(data.url))
    return "\n\n".join(filter(None, parts))


def _invited(attendee: Address, method: Method) -> vCalAddress:
    party = _party(attendee)
    party.params["CUTYPE"] = vText("INDIVIDUAL")
    party.params["ROLE"] = vText("REQ-PARTICIPANT")
    if method is Method.REQUEST:
        party.params["PARTSTAT"] = vText("NEEDS-ACTION")
        party.params["RSVP"] = vText("TRUE")
    return party


def _party(address: Address) -> vCalAddress:
    if not _ADDRESS.fullmatch(address.email) or visible_line(address.email) != address.email:
        raise ValueError(f"{address.email!r} is no mail address")
    party = vCalAddress(f"mailto:{address.email}")
    party.params["CN"] = vText(visible_line(address.name) or address.email)
    return party
