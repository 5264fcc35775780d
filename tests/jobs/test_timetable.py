"""What happens by itself: once a turn, whoever works, and once for all turns that were missed."""

from datetime import datetime, timedelta

import pytest

from destraba.actions.jobs import enqueue
from destraba.jobs import timetable
from destraba.jobs.timetable import Entry
from destraba.jobs.worker import Worker
from destraba.models import Job, Turn
from destraba.rules.operations.jobs import Daily, Every, JobState
from tests.factories import NOW, Cast
from tests.jobs.conftest import Clock, Kitchen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hourly(kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every hour somebody cooks, and a worker looks at the timetable whenever it looks at all."""
    monkeypatch.setattr(timetable, "TIMETABLE", (Entry("cook", kitchen.cook, Every(minutes=60)),))
    monkeypatch.setattr("destraba.jobs.worker.Seldom.is_time", lambda _seldom: True)


def told(kitchen: Kitchen) -> list[datetime]:
    return [now for _dish, now in kitchen.did]


def test_what_never_ran_runs_at_once_and_then_by_its_rhythm(
    worker: Worker, kitchen: Kitchen, clock: Clock
) -> None:
    for _quarter in range(9):
        worker.serve(until_empty=True)
        clock.forward(minutes=15)
    assert told(kitchen) == [NOW, NOW + timedelta(hours=1), NOW + timedelta(hours=2)]
    turn = Turn.objects.get()
    assert (turn.last_run, turn.next_run) == (NOW + timedelta(hours=2), NOW + timedelta(hours=3))


def test_turns_missed_while_everything_was_off_run_once(
    worker: Worker, kitchen: Kitchen, clock: Clock
) -> None:
    worker.serve(until_empty=True)
    back = clock.forward(days=3)
    worker.serve(until_empty=True)
    worker.serve(until_empty=True)
    assert told(kitchen) == [NOW, back]
    assert Turn.objects.get().next_run == back + timedelta(hours=1)


def test_two_workers_that_look_at_once_run_a_turn_once(
    worker: Worker, another: Worker, kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have read that it is due before either writes."""
    timetable.announce(now=NOW)
    entry, seen = timetable.TIMETABLE[0], Turn.objects.get()
    assert [timetable._took_turn(entry, seen, "UTC", NOW) for _worker in (worker, another)] == [True, False]
    assert Job.objects.count() == 1


def test_a_turn_waits_while_the_last_one_still_runs(worker: Worker, clock: Clock) -> None:
    running = enqueue("cook", now=NOW, key="cook")
    assert timetable.enqueue_due(now=clock.forward(hours=2)) == ["cook"]
    assert list(Job.objects.all()) == [running]


def test_a_turn_that_breaks_is_tried_again_like_any_job(
    worker: Worker, kitchen: Kitchen, clock: Clock
) -> None:
    kitchen.breaks = [RuntimeError("sin gas")]
    worker.serve(until_empty=True)
    assert Job.objects.get().state == JobState.WAITING
    again = clock.forward(seconds=10)
    worker.serve(until_empty=True)
    assert told(kitchen) == [again]


def test_once_a_day_is_by_the_programmes_clock(
    cast: Cast, worker: Worker, kitchen: Kitchen, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timetable, "TIMETABLE", (Entry("cook", kitchen.cook, Daily(hour=3)),))
    worker.serve(until_empty=True)
    assert Turn.objects.get().next_run == datetime.fromisoformat("2017-06-16T03:00-05:00")


def test_a_clock_that_ran_ahead_is_forgiven(worker: Worker, kitchen: Kitchen, clock: Clock) -> None:
    clock.forward(days=4000)
    worker.serve(until_empty=True)
    clock.now = NOW
    worker.serve(until_empty=True)
    assert told(kitchen)[-1] == NOW


def test_announcing_twice_changes_nothing() -> None:
    timetable.announce(now=NOW)
    timetable.announce(now=NOW + timedelta(hours=5))
    assert Turn.objects.get().next_run == NOW
