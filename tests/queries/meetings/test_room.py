"""The room as its chair sees it."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from destraba.actions.meetings.agenda import add_item, take_item
from destraba.actions.meetings.meetings import open_meeting, prepare_meeting
from destraba.actions.meetings.room import note_attendance, write_entry
from destraba.methods.schema import MeetingKind
from destraba.models import Meeting, Problem
from destraba.queries import access
from destraba.queries.meetings.room import OUTSIDE, Room, Side, room
from destraba.rules.meetings import EntryKind, ItemState, Presence
from destraba.values.errors import Invalid, NotAllowed, NotFound
from tests import factories
from tests.factories import NOW, Cast, Player, command

pytestmark = pytest.mark.django_db


def opened(cast: Cast, held_on: date = date(2017, 6, 15)) -> Meeting:
    meeting = prepare_meeting(
        actor=command(),
        mesa=cast.forestal,
        kind=MeetingKind.SESSION,
        held_on=held_on,
        begins_at=time(9, 0),
        lasts_minutes=90,
        now=NOW,
    )
    return open_meeting(actor=command(), meeting=meeting, now=NOW)


def seen(by: Player, number: int = 1, item: str = "") -> Room:
    return room(access.viewer(by.account, NOW), "forestal", number, item)


def test_an_empty_agenda_leaves_what_lies_outside_it(cast: Cast) -> None:
    opened(cast)
    shown = seen(cast.ana)
    assert (shown.items, shown.current, shown.position, shown.minutes_left) == ((), None, 0, 0)
    assert shown.next_on == date(2017, 6, 29)


def test_it_begins_with_the_first_that_was_not_taken_up(cast: Cast) -> None:
    meeting = opened(cast)
    first, second, third = (
        add_item(actor=command(), meeting=meeting, title=title, minutes=20, now=NOW) for title in "abc"
    )
    take_item(actor=command(), item=first, state=ItemState.TAKEN, now=NOW)
    shown = seen(cast.ana)
    assert (shown.current, shown.position, shown.not_reached) == (second, 2, 2)
    assert shown.likely_end(NOW) == NOW + timedelta(minutes=40)
    assert [shown.following(item) for item in (first, second, third)] == [second, third, second]
    assert seen(cast.ana, item=str(third.pk)).current == third
    assert seen(cast.ana, item=OUTSIDE).current is None


def test_an_item_of_elsewhere_is_refused(cast: Cast) -> None:
    opened(cast)
    elsewhere = add_item(actor=command(), meeting=opened(cast), title="Otro", now=NOW)
    for wrong in (str(elsewhere.pk), "garbage", "\x00"):
        with pytest.raises(Invalid, match="unknown_row"):
            seen(cast.ana, item=wrong)


def test_only_whoever_runs_it_is_let_in(cast: Cast) -> None:
    opened(cast)
    with pytest.raises(NotAllowed):
        seen(cast.marco)
    for number in (2, 10**12):
        with pytest.raises(NotFound):
            seen(cast.ana, number)


def test_seats_are_on_one_side_or_the_other(cast: Cast) -> None:
    meeting = opened(cast)
    assert cast.lucia.seat
    note_attendance(
        actor=command(), meeting=meeting, seat=cast.lucia.seat, presence=Presence.PRESENT, now=NOW
    )
    shown = seen(cast.ana)
    sides = {chair.holder: (chair.side, chair.short, chair.is_filled) for chair in shown.chairs}
    assert sides["Lucía Farfán"] == (Side.PUBLIC, "SERFOR", True)
    assert sides["Marco Ríos"] == (Side.PRIVATE, "CONAFOR Perú", False)
    assert sides["Ana Paredes"] == (Side.TEAM, "PRODUCE", False)
    assert {one.name for one in shown.names if one.is_here} == {cast.serfor.name, "SERFOR"}


def noted(meeting: Meeting, about: Problem, text: str, *, is_private: bool, now: datetime = NOW) -> None:
    item = add_item(actor=command(), meeting=meeting, problem=about, now=NOW)
    write_entry(
        actor=command(),
        meeting=meeting,
        kind=EntryKind.NOTE,
        text=text,
        item=item,
        is_private=is_private,
        now=now,
    )


def test_what_the_team_noted_before_is_recalled_and_nothing_else(cast: Cast) -> None:
    problem = factories.problem(cast)
    before = opened(cast, date(2017, 6, 1))
    noted(before, problem, "Pedirán personal", is_private=True)
    noted(before, problem, "Se dijo en la sala", is_private=False)
    noted(before, factories.problem(cast, "Otra"), "De otra traba", is_private=True)
    meeting = opened(cast)
    item = add_item(actor=command(), meeting=meeting, problem=problem, now=timezone.now())
    shown = seen(cast.ana, 2, str(item.pk))
    assert [entry.text for entry in shown.record.recalled] == ["Pedirán personal"]
    assert shown.record.entries == ()
