"""One invitation in somebody's calendar: read back as Outlook, Google and Apple would."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from destraba.documents.invitations import Address, Invitation, Method, invitation

LIMA = ZoneInfo("America/Lima")
SESSION = Invitation(
    uid="0198c0de-0000-7000-8000-000000000007@destraba.example",
    sequence=0,
    begins=datetime(2026, 8, 18, 9, tzinfo=LIMA),
    ends=datetime(2026, 8, 18, 11, tzinfo=LIMA),
    made_at=datetime(2026, 8, 6, 15, 4, 5, tzinfo=UTC),
    organizer=Address(name="Ana Paredes, Mesa Forestal", email="mesas@destraba.example"),
    attendee=Address(name="Rosa Quispe", email="rosa@adex.example"),
    summary="Mesa Forestal: S-8",
    location="Sala Grau, MEF",
    description="Sesión ordinaria.",
    agenda=("Seguro para plantaciones", "Catastro de concesiones"),
    url="https://destraba.example/mesas/forestal/meetings/8/",
)


def event(data: Invitation = SESSION, method: Method = Method.REQUEST) -> Any:
    calendar: Any = Calendar.from_ical(invitation(data, method))
    assert calendar["method"] == method.value
    (only,) = calendar.walk("VEVENT")
    return only


def test_the_call_says_when_where_and_what_about() -> None:
    called = event()
    assert called["uid"] == SESSION.uid
    assert called["sequence"] == 0
    assert called["status"] == "CONFIRMED"
    assert called["summary"] == "Mesa Forestal: S-8"
    assert called["location"] == "Sala Grau, MEF"
    assert called["description"] == (
        "Sesión ordinaria.\n\n1. Seguro para plantaciones\n2. Catastro de concesiones\n\n"
        "https://destraba.example/mesas/forestal/meetings/8/"
    )
    assert (called.start, called.end) == (SESSION.begins, SESSION.ends)
    assert called["dtstart"].params["TZID"] == "America/Lima"
    assert called["dtstamp"].dt == SESSION.made_at


def test_one_person_is_asked_and_may_answer() -> None:
    called = event()
    assert called["organizer"] == "mailto:mesas@destraba.example"
    assert called["organizer"].params["CN"] == "Ana Paredes, Mesa Forestal"
    assert called["attendee"] == "mailto:rosa@adex.example"
    assert dict(called["attendee"].params) == {
        "CN": "Rosa Quispe",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }


def test_a_meeting_that_moved_is_the_same_meeting() -> None:
    moved = event(replace(SESSION, sequence=1, begins=datetime(2026, 8, 18, 10, tzinfo=LIMA)))
    assert (moved["uid"], moved["sequence"]) == (SESSION.uid, 1)


def test_a_cancelled_meeting_asks_nobody_anything() -> None:
    cancelled = event(replace(SESSION, sequence=2), Method.CANCEL)
    assert (cancelled["status"], cancelled["sequence"]) == ("CANCELLED", 2)
    assert "RSVP" not in cancelled["attendee"].params


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("America/Lima", -5, -5),
        ("America/Argentina/Buenos_Aires", -3, -3),
        ("America/Santiago", -4, -3),
        ("Africa/Tunis", 1, 1),
    ],
)
def test_the_hour_of_the_room_in_every_season(zone: str, winter: int, summer: int) -> None:
    """The zone travels along, so that a calendar that has never heard of it is right as well."""
    for day, offset in (((2026, 7, 14), winter), ((2026, 12, 15), summer)):
        begins = datetime(*day, 9, tzinfo=ZoneInfo(zone))
        written = invitation(replace(SESSION, begins=begins, ends=begins.replace(hour=11)), Method.REQUEST)
        calendar: Any = Calendar.from_ical(written)
        (rules,) = calendar.walk("VTIMEZONE")
        assert rules["tzid"] == zone
        by_its_own_rules = datetime(*day, 9, tzinfo=rules.to_tz(lookup_tzid=False))
        assert by_its_own_rules.utcoffset() == begins.utcoffset()
        assert begins.utcoffset().total_seconds() == offset * 3600  # type: ignore[union-attr]


def test_lines_are_short_and_end_as_the_standard_wants() -> None:
    written = invitation(replace(SESSION, summary="ñandú " * 60), Method.REQUEST)
    lines = written.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r", "\u2028", "\u2029", "\u0085", "\v", "\f"])
def test_nothing_breaks_out_of_its_line(ending: str) -> None:
    evil = f"x{ending}ATTENDEE:mailto:eve@example.org{ending}END:VEVENT"
    party = Address(name=evil, email="rosa@adex.example")
    told = replace(
        SESSION,
        uid=evil,
        summary=evil,
        location=evil,
        description=evil,
        agenda=(evil,),
        url=evil,
        organizer=party,
        attendee=party,
    )
    read = event(told)
    assert read["attendee"] == "mailto:rosa@adex.example"
    assert not any(line.startswith("ATTENDEE:") for line in invitation(told, Method.REQUEST).splitlines())


@pytest.mark.parametrize(
    "address",
    ["", "rosa", "rosa@adex.example\r\nX:1", "rosa @x", 'r"@x.example', "a@x,b@x", "ro\u2028sa@x.pe"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="is no mail address"):
        invitation(replace(SESSION, attendee=Address(name="Rosa", email=address)), Method.REQUEST)


def test_a_time_without_a_named_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone that has a name"):
        invitation(replace(SESSION, begins=datetime(2026, 8, 18, 14, tzinfo=UTC)), Method.REQUEST)
