"""The stored light: computed on write, kept with its intervals, told by no event."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.commitments import date_commitment
from destraba.actions.lights import begin, foreseen, refresh, turn
from destraba.actions.meetings.meetings import open_meeting, prepare_meeting
from destraba.actions.meetings.minutes import close_meeting
from destraba.actions.mesas import start_following_up
from destraba.methods.schema import MeetingKind
from destraba.models import Commitment, LightInterval, Meeting
from destraba.queries.mesas import commitments_of
from destraba.rules.commitments import CommitmentMove
from destraba.rules.lights import Light
from destraba.values.fuzzy_dates import read
from destraba.values.keys import new_key
from tests import factories
from tests.actions.saying import heads
from tests.factories import NOW, TODAY, Cast

SESSION = MeetingKind.SESSION


@pytest.fixture
def owed(cast: Cast) -> Commitment:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor, due=read("31/08/2017"))
    return move_commitment(actor=cast.lucia.actor, commitment=owed, move=CommitmentMove.AGREE, now=NOW)


def test_a_light_says_on_which_day_it_would_change(cast: Cast, owed: Commitment) -> None:
    assert (owed.light, owed.light_reason) == (Light.GREEN, "on_track")
    assert owed.light_changes_on is not None
    refresh(cast.forestal, [owed], owed.light_changes_on - timedelta(days=1))
    assert owed.light == Light.GREEN
    refresh(cast.forestal, [owed], owed.light_changes_on)
    assert owed.light != Light.GREEN


def test_a_light_that_turns_leaves_an_interval_and_no_event(cast: Cast, owed: Commitment) -> None:
    before = heads()
    refresh(cast.forestal, [owed], TODAY + timedelta(days=90))
    spans = [
        (one.light, one.starts_on, one.ends_on)
        for one in LightInterval.objects.filter(commitment=owed).order_by("starts_on")
    ]
    turned = TODAY + timedelta(days=90)
    assert spans == [("green", TODAY, turned), ("red", turned, None)]
    assert heads() == before


def test_a_light_that_stays_writes_nothing(
    cast: Cast, owed: Commitment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):  # the closes of past meetings
        refresh(cast.forestal, [owed], TODAY)


def test_many_lights_turn_in_as_many_statements_as_one_and_its_own_row(
    cast: Cast, owed: Commitment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    others = [factories.commitment(owed.problem, owner=cast.serfor, due=read("31/08/2017")) for _ in range(5)]
    late = TODAY + timedelta(days=90)
    # The closes of past meetings; intervals that began today, that end, that begin; and each row's own light.
    with django_assert_num_queries(4 + 6):
        refresh(cast.forestal, [owed, *others], late)
    assert LightInterval.objects.filter(ends_on=None, starts_on=late).count() == 6


def test_what_is_yet_to_be_inserted_begins_with_its_light(cast: Cast, owed: Commitment) -> None:
    new = Commitment.objects.get(pk=owed.pk)
    new.pk, new.light, new.light_reason = new_key(), Light.NONE.value, ""
    (begun,) = begin(cast.forestal, [new], TODAY)
    assert (new.light, new.light_reason, new.light_changes_on) == (
        owed.light,
        owed.light_reason,
        owed.light_changes_on,
    )
    assert (begun.light, begun.starts_on, begun.ends_on) == ("green", TODAY, None)
    assert begun.commitment_id == new.pk


def test_what_the_lights_would_be_is_seen_before_the_quiet_ends(cast: Cast) -> None:
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor, due=read("31/08/2017"))
    move_commitment(actor=cast.lucia.actor, commitment=owed, move=CommitmentMove.AGREE, now=NOW)
    assert owed.light == Light.NONE
    seen = foreseen(cast.forestal, commitments_of(cast.forestal), TODAY)
    assert [one.light for one in seen] == [Light.GREEN]
    owed.refresh_from_db()
    assert owed.light == Light.NONE


def test_nobody_touches_it_and_it_turns_red(cast: Cast, owed: Commitment) -> None:
    later = NOW + timedelta(days=90)
    assert turn(now=later) == 1
    owed.refresh_from_db()
    assert owed.light == Light.RED
    assert owed.light_changes_on is None or owed.light_changes_on > later.date()


def test_a_day_comes_first_to_the_mesas_furthest_east(cast: Cast, owed: Commitment) -> None:
    assert owed.light_changes_on is not None
    midnight = datetime.combine(owed.light_changes_on, time(), ZoneInfo(cast.forestal.time_zone))
    assert turn(now=midnight - timedelta(minutes=1)) == 0
    assert turn(now=midnight) == 1


def test_what_has_not_come_is_not_looked_at(
    cast: Cast, owed: Commitment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert turn(now=NOW) == 0


def test_what_was_taken_back_turns_no_more(cast: Cast, owed: Commitment) -> None:
    Commitment.objects.filter(pk=owed.pk).update(withdrawn_at=NOW)
    assert turn(now=NOW + timedelta(days=90)) == 0


def draft_meeting(cast: Cast, then: datetime, kind: MeetingKind) -> Meeting:
    return prepare_meeting(
        actor=cast.ana.actor,
        mesa=cast.forestal,
        kind=kind,
        held_on=then.date(),
        begins_at=time(9, 0),
        lasts_minutes=60,
        now=then,
    )


def hold(cast: Cast, days: int, kind: MeetingKind = SESSION) -> None:
    """A meeting that many days from now, opened and closed."""
    then = NOW + timedelta(days=days)
    meeting = draft_meeting(cast, then, kind)
    open_meeting(actor=cast.ana.actor, meeting=meeting, now=then)
    close_meeting(actor=cast.ana.actor, meeting=meeting, now=then)


def test_what_has_no_date_turns_red_at_the_second_meeting(cast: Cast) -> None:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    undated = factories.commitment(factories.problem(cast), owner=cast.serfor)
    move_commitment(actor=cast.lucia.actor, commitment=undated, move=CommitmentMove.AGREE, now=NOW)
    shown = []
    for days, kind in ((0, SESSION), (7, MeetingKind.BILATERAL), (14, SESSION), (28, SESSION)):
        hold(cast, days, kind)
        undated.refresh_from_db()
        shown.append((undated.light, undated.light_reason))
    assert shown == [("amber", "undated")] * 3 + [("red", "undated_too_long")]
    assert undated.light_params == {"meetings": 2}


def test_what_is_amber_at_three_meetings_running_turns_red(cast: Cast, owed: Commitment) -> None:
    for day in ("15/09/2017", "30/09/2017"):
        date_commitment(
            actor=cast.ana.actor, commitment=owed, due=read(day), reason="Falta un informe.", now=NOW
        )
    assert (owed.light, owed.light_reason) == (Light.AMBER, "rescheduled")
    shown = []
    for days in (1, 8, 15):
        hold(cast, days)
        owed.refresh_from_db()
        shown.append(owed.light_reason)
    assert shown == ["rescheduled", "rescheduled", "amber_too_long"]
    assert owed.light == Light.RED
    kept = Meeting.objects.order_by("-number").values_list("lights_at_close", flat=True)[0]
    assert owed.due is not None
    assert kept == {str(owed.number): {"light": "amber", "reason": "rescheduled", "due": owed.due.to_plain()}}
