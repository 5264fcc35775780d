"""On time, late, standing still: a mesa that meets every fortnight, on Thursday 15 June 2017."""

from datetime import date, timedelta

import pytest

from destraba.rules.mesas import MesaState
from destraba.rules.programme.cadence import (
    LATE_AFTER,
    STALLED_AFTER,
    Gap,
    Kept,
    Pulse,
    Rhythm,
    RhythmFacts,
    gaps,
    kept,
    longest_in_time,
    record_opens_on,
    rhythm_of,
)
from destraba.values.reasons import Reason

TODAY = date(2017, 6, 15)
LONG_AGO = date(2015, 1, 1)
FORTNIGHT = 14


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def facts(
    *met: int,
    state: MesaState = MesaState.LAUNCHED,
    followed: date | None = LONG_AGO,
    interval: int = FORTNIGHT,
    coming: date | None = None,
    moved: int | None = 0,
) -> RhythmFacts:
    """A mesa that met so many days ago, and moved something today unless told."""
    return RhythmFacts(
        state=state,
        followed_since=followed,
        interval_days=interval,
        met_on=tuple(ago(days) for days in met),
        next_on=coming,
        moved_on=None if moved is None else ago(moved),
    )


def pulse(given: RhythmFacts) -> Pulse:
    return rhythm_of(given, TODAY).pulse


@pytest.mark.parametrize(
    ("interval", "days", "expected"),
    [
        (14, 0, Pulse.ON_TIME),
        (14, 14, Pulse.ON_TIME),
        (14, 21, Pulse.ON_TIME),  # one and a half, and that day is still in time
        (14, 22, Pulse.LATE),
        (14, 42, Pulse.LATE),  # three
        (14, 43, Pulse.STALLED),
        (7, 10, Pulse.ON_TIME),  # ten and a half
        (7, 11, Pulse.LATE),
        (7, 21, Pulse.LATE),
        (7, 22, Pulse.STALLED),
        (60, 90, Pulse.ON_TIME),
        (60, 91, Pulse.LATE),
        (60, 181, Pulse.STALLED),
        (1, 1, Pulse.ON_TIME),
        (1, 2, Pulse.LATE),
        (1, 4, Pulse.STALLED),
    ],
)
def test_the_days_since_the_last_meeting_decide(interval: int, days: int, expected: Pulse) -> None:
    assert pulse(facts(days, interval=interval)) is expected


def test_a_verdict_says_since_when_and_why() -> None:
    assert rhythm_of(facts(7), TODAY) == Rhythm(Pulse.ON_TIME, ago(7), Reason.of("met", on="2017-06-08"))
    long_ago = rhythm_of(facts(30), TODAY)
    because = Reason.of("met_long_ago", on="2017-05-16", days=30)
    assert long_ago == Rhythm(Pulse.LATE, ago(8), because)
    assert rhythm_of(facts(45), TODAY).since == ago(2)


def test_the_day_it_names_is_the_first_on_which_it_holds() -> None:
    for days, before in ((30, Pulse.ON_TIME), (45, Pulse.LATE)):
        given = facts(days)
        since = rhythm_of(given, TODAY).since
        assert since is not None
        assert rhythm_of(given, since).pulse is pulse(given)
        assert rhythm_of(given, since - timedelta(days=1)).pulse is before


def test_the_last_meeting_counts_in_whatever_order_they_come() -> None:
    assert pulse(facts(90, 3, 60)) is Pulse.ON_TIME


def test_a_meeting_closed_on_a_day_to_come_has_not_been() -> None:
    assert pulse(facts(-3, 30)) is Pulse.LATE


def test_a_date_that_is_set_is_no_meeting() -> None:
    assert pulse(facts(30, coming=ago(-1))) is Pulse.LATE
    assert pulse(facts(45, coming=ago(-1))) is Pulse.STALLED


@pytest.mark.parametrize(("moved", "expected"), [(42, Pulse.ON_TIME), (43, Pulse.STALLED)])
def test_meeting_without_moving_anything_is_standing_still(moved: int, expected: Pulse) -> None:
    found = rhythm_of(facts(1, moved=moved), TODAY)
    assert found.pulse is expected
    if expected is Pulse.STALLED:
        assert (found.reason.code, found.since) == ("nothing_moved", TODAY)
        assert found.reason.params == {"since": ago(43).isoformat()}


def test_of_two_reasons_to_stand_still_the_older_is_told() -> None:
    assert rhythm_of(facts(50, moved=60), TODAY).reason.code == "nothing_moved"
    assert rhythm_of(facts(60, moved=50), TODAY).reason.code == "met_long_ago"


def test_nobody_was_asked_to_move_anything_before_following_up_began() -> None:
    assert pulse(facts(1, moved=400, followed=ago(42))) is Pulse.ON_TIME
    assert pulse(facts(1, moved=400, followed=ago(43))) is Pulse.STALLED
    assert pulse(facts(1, moved=None, followed=ago(42))) is Pulse.ON_TIME


@pytest.mark.parametrize(("followed", "expected"), [(0, Pulse.NOT_MEETING_YET), (42, Pulse.NOT_MEETING_YET)])
def test_before_its_first_meeting_a_mesa_has_three_intervals(followed: int, expected: Pulse) -> None:
    found = rhythm_of(facts(followed=ago(followed)), TODAY)
    assert (found.pulse, found.since, found.reason.code) == (expected, ago(followed), "no_meeting_yet")


def test_a_mesa_that_never_met_stands_still_after_them() -> None:
    found = rhythm_of(facts(followed=ago(43)), TODAY)
    assert (found.pulse, found.since, found.reason.code) == (Pulse.STALLED, TODAY, "never_met")


def test_a_first_meeting_that_is_set_is_waited_for_until_its_day() -> None:
    for coming in (TODAY, ago(-30)):
        found = rhythm_of(facts(followed=ago(400), coming=coming), TODAY)
        assert (found.pulse, found.reason.code) == (Pulse.NOT_MEETING_YET, "first_meeting_set")
        assert found.reason.params == {"on": coming.isoformat()}
    assert pulse(facts(followed=ago(400), coming=ago(1))) is Pulse.STALLED


@pytest.mark.parametrize("state", [MesaState.CANDIDATE, MesaState.ASSESSING])
def test_a_mesa_that_is_not_launched_has_no_rhythm_to_keep_until_it_meets(state: MesaState) -> None:
    assert rhythm_of(facts(state=state), TODAY).reason.code == "not_launched"
    assert pulse(facts(state=state)) is Pulse.NOT_MEETING_YET
    assert pulse(facts(45, state=state)) is Pulse.STALLED


def test_a_quiet_mesa_is_quiet_whatever_it_does() -> None:
    for met in ((), (1,), (400,)):
        assert rhythm_of(facts(*met, followed=None), TODAY) == Rhythm(Pulse.QUIET, None, Reason.of("quiet"))


@pytest.mark.parametrize(
    ("state", "expected"), [(MesaState.SUSPENDED, Pulse.SUSPENDED), (MesaState.CLOSED, Pulse.CLOSED)]
)
@pytest.mark.parametrize("followed", [None, LONG_AGO])
def test_nobody_waits_for_a_mesa_at_rest(state: MesaState, expected: Pulse, followed: date | None) -> None:
    found = rhythm_of(facts(400, state=state, followed=followed), TODAY)
    assert found == Rhythm(expected, None, Reason.of(state.value))


def test_an_interval_has_at_least_a_day() -> None:
    with pytest.raises(ValueError, match="a day"):
        facts(interval=0)


def test_late_comes_before_standing_still() -> None:
    assert LATE_AFTER < STALLED_AFTER
    assert longest_in_time(14) == 21
    assert longest_in_time(7) == 10


def test_the_record_tells_every_gap_and_the_one_that_runs() -> None:
    assert gaps([ago(49), ago(35), ago(7)], TODAY, FORTNIGHT) == (
        Gap(ago(49), ago(35), in_time=True, missed=0),
        Gap(ago(35), ago(7), in_time=False, missed=1),
        Gap(ago(7), TODAY, in_time=True, missed=0, running=True),
    )


@pytest.mark.parametrize(("days", "missed"), [(21, 0), (22, 1), (28, 1), (34, 1), (36, 2), (42, 2), (140, 9)])
def test_as_many_are_missing_as_had_room(days: int, missed: int) -> None:
    (running,) = gaps([ago(days)], TODAY, FORTNIGHT)
    assert (running.missed, running.in_time) == (missed, missed == 0)


def test_the_record_goes_back_twelve_intervals() -> None:
    assert record_opens_on(TODAY, FORTNIGHT) == ago(168)
    assert [gap.starts_on for gap in gaps([ago(182), ago(168), ago(167)], TODAY, FORTNIGHT)] == [
        ago(168),
        ago(167),
    ]
    (running,) = gaps([ago(1000)], TODAY, FORTNIGHT)
    assert running.starts_on == ago(1000)


def test_two_meetings_on_a_day_are_one_and_none_is_none() -> None:
    assert len(gaps([ago(7), ago(7)], TODAY, FORTNIGHT)) == 1
    assert gaps([], TODAY, FORTNIGHT) == ()
    assert gaps([ago(-1)], TODAY, FORTNIGHT) == ()


def test_a_meeting_that_is_awaited_counts_once_it_is_late() -> None:
    assert kept(gaps([ago(49), ago(35), ago(7)], TODAY, FORTNIGHT)) == Kept(1, 2)
    assert kept(gaps([ago(49), ago(35)], TODAY, FORTNIGHT)) == Kept(1, 2)
    assert kept(gaps([ago(7)], TODAY, FORTNIGHT)) == Kept(0, 0)
    assert kept(()) == Kept(0, 0)
