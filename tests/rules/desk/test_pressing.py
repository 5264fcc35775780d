"""How much a commitment presses on its owner, and since when somebody is told what changed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from destraba.rules.commitments import CommitmentState
from destraba.rules.desk.pressing import Pressing, pressing, seen_until, told_since

TODAY = date(2017, 6, 15)
NOW = datetime(2017, 6, 15, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
S = CommitmentState


@pytest.mark.parametrize(
    ("state", "days", "reason", "found"),
    [
        (S.ASKED, None, "asked", Pressing.ASKED),
        (S.ASKED, -3, "not_agreed", Pressing.ASKED),
        (S.AGREED, -1, "past_due", Pressing.OVERDUE),
        (S.AGREED, 0, "on_track", Pressing.DUE_SOON),
        (S.AGREED, 7, "on_track", Pressing.DUE_SOON),
        (S.AGREED, 8, "on_track", Pressing.LATER),
        (S.AGREED, 8, "silent", Pressing.SILENT),
        (S.AGREED, None, "undated_too_long", Pressing.SILENT),
        (S.AGREED, None, "undated", Pressing.LATER),
        (S.REPORTED_DONE, -30, "reported_done", Pressing.LATER),
    ],
)
def test_the_worst_reason_counts(
    state: CommitmentState, days: int | None, reason: str, found: Pressing
) -> None:
    due = None if days is None else TODAY + timedelta(days=days)
    assert pressing(state, due, reason, TODAY) is found


def test_nothing_presses_in_a_quiet_mesa() -> None:
    for state in (S.ASKED, S.AGREED):
        assert pressing(state, TODAY - timedelta(days=9), "past_due", TODAY, quiet=True) is Pressing.LATER


def test_one_is_told_from_where_one_has_read_or_for_a_week() -> None:
    assert told_since(None, NOW) == NOW - timedelta(days=7)
    assert told_since(NOW - 90 * timedelta(days=1), NOW) == NOW - 90 * timedelta(days=1)


def test_a_mark_from_a_clock_that_ran_ahead_hides_nothing_that_is_to_come() -> None:
    assert told_since(NOW + HOUR, NOW) == NOW
    assert seen_until(NOW + HOUR, None, NOW) == NOW


def test_what_happened_since_the_page_was_drawn_is_still_to_be_told() -> None:
    assert seen_until(NOW - HOUR, None, NOW) == NOW - HOUR


def test_an_old_page_takes_nothing_back() -> None:
    assert seen_until(NOW - 2 * HOUR, NOW - HOUR, NOW) == NOW - HOUR
    assert seen_until(datetime(1, 1, 2, tzinfo=UTC), None, NOW) == NOW - timedelta(days=7)
