"""When work in the background is tried again, given up, and due by itself."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from destraba.rules.operations.jobs import (
    ATTEMPTS,
    BEAT,
    LEASE,
    Daily,
    Every,
    Rhythm,
    is_due,
    next_turn,
    pause_after,
    silent_before,
)

LIMA = "America/Lima"
NINE = datetime(2017, 6, 15, 14, 0, tzinfo=UTC)


def test_pauses_grow_until_it_is_given_up() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, ATTEMPTS)]
    assert None not in pauses
    assert pauses == sorted(pause for pause in pauses if pause)
    assert pause_after(ATTEMPTS) is None


def test_a_worker_may_miss_a_beat_or_two() -> None:
    assert silent_before(NINE) < NINE - 2 * BEAT
    assert silent_before(NINE) > NINE - LEASE - timedelta(seconds=1)


def test_every_hour_goes_by_the_last_turn() -> None:
    assert next_turn(Every(minutes=60), LIMA, NINE) == NINE + timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2017-06-15T02:59-05:00", "2017-06-15T03:00-05:00"),
        ("2017-06-15T03:00-05:00", "2017-06-16T03:00-05:00"),
        ("2017-06-15T23:30-05:00", "2017-06-16T03:00-05:00"),
        ("2017-06-15T03:30+00:00", "2017-06-15T03:00-05:00"),
    ],
)
def test_once_a_day_goes_by_the_programmes_zone(now: str, expected: str) -> None:
    turn = next_turn(Daily(hour=3), LIMA, datetime.fromisoformat(now))
    assert turn == datetime.fromisoformat(expected)


def test_once_a_day_stays_at_its_hour_when_clocks_are_changed() -> None:
    santiago = ZoneInfo("America/Santiago")
    evening = datetime(2017, 8, 12, 20, 0, tzinfo=santiago)  # that night the clock went from 0 to 1
    turn = next_turn(Daily(hour=3), "America/Santiago", evening)
    assert turn.astimezone(santiago).isoformat() == "2017-08-13T03:00:00-03:00"
    assert turn - evening == timedelta(hours=6)


def test_an_hour_that_is_left_out_is_still_a_turn() -> None:
    evening = datetime(2017, 8, 12, 20, 0, tzinfo=ZoneInfo("America/Santiago"))
    turn = next_turn(Daily(hour=0), "America/Santiago", evening)
    assert evening < turn < evening + timedelta(hours=6)


@pytest.mark.parametrize("rhythm", [Every(minutes=60), Daily(hour=3)])
def test_a_turn_is_due_from_its_moment_on(rhythm: Rhythm) -> None:
    turn = next_turn(rhythm, LIMA, NINE)
    assert not is_due(rhythm, turn, NINE)
    assert is_due(rhythm, turn, turn)
    assert is_due(rhythm, turn, turn + timedelta(days=300))


@pytest.mark.parametrize("rhythm", [Every(minutes=60), Daily(hour=3)])
def test_a_clock_that_was_years_ahead_for_a_while_stops_nothing(rhythm: Rhythm) -> None:
    turn = next_turn(rhythm, LIMA, NINE + timedelta(days=4000))
    assert is_due(rhythm, turn, NINE)
