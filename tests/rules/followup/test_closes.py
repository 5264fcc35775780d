"""How far the closes of past meetings count against a light."""

from datetime import date

import pytest

from destraba.rules.followup.closes import Close, Shown, amber_running, meetings_since
from destraba.rules.lights import Light

RESCHEDULED = Shown(Light.AMBER, "rescheduled")
SILENT = Shown(Light.AMBER, "silent")
HARDENED = Shown(Light.RED, "amber_too_long")
GREEN = Shown(Light.GREEN, "on_track")


def closes(*shown: Shown | None) -> list[Close]:
    """One a week back from 22 June 2017; what C-4 showed, the latest first, None where it was not there."""
    return [
        Close(date(2017, 6, 22 - 7 * back), {4: one} if one else {9: RESCHEDULED})
        for back, one in enumerate(shown)
    ]


@pytest.mark.parametrize(
    ("agreed_on", "count"),
    [
        (None, 0),
        (date(2017, 6, 22), 0),
        (date(2017, 6, 21), 1),
        (date(2017, 6, 15), 1),
        (date(2017, 6, 7), 3),
    ],
)
def test_the_meeting_that_agreed_it_is_not_counted(agreed_on: date | None, count: int) -> None:
    assert meetings_since(closes(GREEN, GREEN, GREEN), agreed_on) == count


@pytest.mark.parametrize(
    ("shown", "count"),
    [
        ((), 0),
        ((RESCHEDULED,), 1),
        ((RESCHEDULED, RESCHEDULED, RESCHEDULED), 3),
        ((HARDENED, RESCHEDULED), 2),
        ((GREEN, RESCHEDULED, RESCHEDULED), 0),
        ((RESCHEDULED, SILENT, RESCHEDULED), 1),
        ((RESCHEDULED, None, RESCHEDULED), 1),
    ],
)
def test_ambers_count_while_they_run(shown: tuple[Shown | None, ...], count: int) -> None:
    assert amber_running(closes(*shown), 4) == count
