"""The picture of a cadence, in pixels: a fortnight is sixteen of them, and today lies at 192."""

from datetime import date, timedelta

from destraba.queries.programme.rows import Meetings, NextMeeting
from destraba.rules.mesas import MesaState
from destraba.rules.programme.cadence import RhythmFacts, gaps, record_opens_on, rhythm_of
from destraba.web.programme.strips import HEIGHT, INTERVAL, Strip, strip_of
from tests.factories import SINCE, TODAY

FORTNIGHT = 14


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def drawn(*met: int, coming: int | None = None, interval: int = FORTNIGHT) -> Strip:
    days = tuple(sorted(ago(one) for one in met))
    facts = RhythmFacts(
        state=MesaState.LAUNCHED, followed_since=SINCE, interval_days=interval, met_on=days, moved_on=TODAY
    )
    meetings = Meetings(
        rhythm=rhythm_of(facts, TODAY),
        met_on=tuple(day for day in days if day >= record_opens_on(TODAY, interval)),
        gaps=gaps(days, TODAY, interval),
        last=days[-1] if days else None,
        next=None if coming is None else NextMeeting(1, ago(-coming), True),
    )
    return strip_of(meetings, TODAY, interval)


def test_meetings_lie_where_their_days_do() -> None:
    strip = drawn(28, 14, 0)
    assert strip.held == (160.0, 176.0, 192.0)
    assert (strip.begins, strip.today, strip.width, strip.height) == (160.0, 192.0, 13 * INTERVAL, HEIGHT)
    assert strip.missed == ()


def test_missing_ones_are_spread_over_the_gap() -> None:
    assert drawn(56, 14).missed == (144.0, 160.0)
    assert drawn(28).missed == (176.0,)


def test_what_lies_before_the_picture_is_cut_off() -> None:
    strip = drawn(400)
    assert strip.held == ()
    assert strip.begins == 0.0
    assert len(strip.missed) == 12
    assert all(0 <= x <= strip.today for x in strip.missed)


def test_the_next_one_is_drawn_while_it_is_near() -> None:
    assert drawn(7, coming=7).coming == 200.0
    assert drawn(7, coming=14).coming == 208.0
    assert drawn(7, coming=15).coming is None
    assert drawn(7).coming is None


def test_every_mesa_is_drawn_on_its_own_interval() -> None:
    assert drawn(120, 60, 0, interval=60).held == drawn(28, 14, 0).held


def test_a_mesa_that_never_met_has_an_empty_line() -> None:
    strip = drawn()
    assert (strip.held, strip.missed, strip.begins) == ((), (), strip.today)
