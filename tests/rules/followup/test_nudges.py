"""When somebody is reminded: each step on its day, none after word was given. 1 June 2017 was a Thursday."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from destraba.rules.commitments import CommitmentState
from destraba.rules.followup.nudges import Cause, Standing, Step, is_office_hour, step_of

ASKED = Standing(
    state=CommitmentState.ASKED,
    since=date(2017, 1, 2),
    asked_on=date(2017, 6, 1),
    answer_by=date(2017, 6, 8),
)
AGREED = replace(ASKED, state=CommitmentState.AGREED, due_on=date(2017, 6, 22), heard_on=date(2017, 6, 2))


def step(standing: Standing, month: int, day: int) -> tuple[Cause, date, int] | None:
    found = step_of(standing, date(2017, month, day))
    return found and (found.cause, found.on, found.time)


@pytest.mark.parametrize(
    ("day", "cause", "time"),
    [
        (1, Cause.ASKED, 1),
        (8, Cause.ASKED, 1),
        (9, Cause.NOT_ACCEPTED, 1),
        (15, Cause.NOT_ACCEPTED, 1),
        (16, Cause.NOT_ACCEPTED, 2),
        (23, Cause.NOT_ACCEPTED, 3),
        (30, Cause.NOT_ACCEPTED, 3),
    ],
)
def test_what_was_asked(day: int, cause: Cause, time: int) -> None:
    found = step_of(ASKED, date(2017, 6, day))
    assert found is not None
    assert (found.cause, found.time) == (cause, time)
    assert found.is_last is (time == 3)


def test_nothing_before_it_was_asked() -> None:
    assert step(ASKED, 5, 31) is None


@pytest.mark.parametrize(
    ("month", "day", "seen"),
    [
        (6, 14, None),
        (6, 15, (Cause.AHEAD, date(2017, 6, 15), 1)),
        (6, 20, (Cause.AHEAD, date(2017, 6, 15), 1)),
        (6, 21, (Cause.EVE, date(2017, 6, 21), 1)),
        (6, 22, (Cause.EVE, date(2017, 6, 21), 1)),
        (6, 23, (Cause.OVERDUE, date(2017, 6, 23), 1)),
        (6, 30, (Cause.OVERDUE, date(2017, 6, 30), 2)),
        (7, 7, (Cause.OVERDUE, date(2017, 7, 7), 3)),
        (12, 1, (Cause.OVERDUE, date(2017, 7, 7), 3)),
    ],
)
def test_before_and_after_the_due_date(month: int, day: int, seen: object) -> None:
    assert step(AGREED, month, day) == seen


def test_word_from_the_owner_makes_what_came_before_it_pass() -> None:
    told = replace(AGREED, heard_on=date(2017, 6, 21))
    assert step(told, 6, 22) is None
    assert step(told, 6, 23) == (Cause.OVERDUE, date(2017, 6, 23), 1)
    assert step(replace(AGREED, heard_on=date(2017, 6, 23)), 6, 29) is None
    assert step(replace(AGREED, heard_on=date(2017, 7, 7)), 12, 1) is None


def test_a_warning_for_the_weekend_comes_on_friday() -> None:
    due_on_sunday = replace(AGREED, due_on=date(2017, 6, 25))
    assert step(due_on_sunday, 6, 16) == (Cause.AHEAD, date(2017, 6, 16), 1)
    assert step(due_on_sunday, 6, 23) == (Cause.EVE, date(2017, 6, 23), 1)
    assert step(due_on_sunday, 6, 26) == (Cause.OVERDUE, date(2017, 6, 26), 1)


def test_silence_is_told_three_times() -> None:
    silent = replace(AGREED, due_on=None, silent_on=date(2017, 6, 12))
    assert step(silent, 6, 11) is None
    assert [step(silent, 6, day) for day in (12, 19, 26)] == [
        (Cause.SILENT, date(2017, 6, day), time) for time, day in enumerate((12, 19, 26), 1)
    ]
    assert step(silent, 9, 1) == (Cause.SILENT, date(2017, 6, 26), 3)


def test_what_was_agreed_at_a_meeting_is_sent_once_it_has_closed() -> None:
    noted = replace(AGREED, noted_on=date(2017, 6, 2))
    assert step(noted, 6, 2) == (Cause.NOTED, date(2017, 6, 2), 1)
    assert step(replace(noted, heard_on=date(2017, 6, 3)), 6, 3) is None
    assert step(replace(noted, since=date(2017, 6, 5)), 6, 5) is None
    assert step(noted, 6, 15) == (Cause.AHEAD, date(2017, 6, 15), 1)


def test_what_is_older_than_the_follow_up_begins_with_it() -> None:
    old = replace(AGREED, since=date(2017, 6, 14), due_on=date(2015, 9, 30), heard_on=None)
    assert step(old, 6, 14) == (Cause.OVERDUE, date(2017, 6, 14), 1)
    assert step(old, 6, 21) == (Cause.OVERDUE, date(2017, 6, 21), 2)
    assert step(replace(ASKED, since=date(2017, 6, 14)), 6, 14) == (
        Cause.NOT_ACCEPTED,
        date(2017, 6, 14),
        1,
    )


@pytest.mark.parametrize(
    "state", sorted(set(CommitmentState) - {CommitmentState.ASKED, CommitmentState.AGREED})
)
def test_what_is_settled_or_waits_for_the_team_reminds_nobody(state: CommitmentState) -> None:
    assert step(replace(AGREED, state=state), 12, 1) is None


def test_what_is_held_by_somebody_else_reminds_nobody() -> None:
    assert step(replace(AGREED, is_held=True), 12, 1) is None
    assert step(replace(ASKED, is_held=True), 12, 1) is None


def test_the_third_is_the_last() -> None:
    assert Step(Cause.OVERDUE, date(2017, 6, 1), 3).is_last
    assert not Step(Cause.OVERDUE, date(2017, 6, 1), 2).is_last


@pytest.mark.parametrize(
    ("day", "hour", "minute", "is_open"),
    [(1, 7, 59, False), (1, 8, 0, True), (1, 18, 59, True), (1, 19, 0, False), (3, 10, 0, False)],
)
def test_nobody_is_reminded_at_night_or_on_a_weekend(day: int, hour: int, minute: int, is_open: bool) -> None:
    assert is_office_hour(datetime(2017, 6, day, hour, minute)) is is_open  # noqa: DTZ001  (a clock on a wall)
