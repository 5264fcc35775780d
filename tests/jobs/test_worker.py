"""Nothing that happens to a job or to the database ends a worker."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection

from destraba.actions.jobs import enqueue
from destraba.jobs import queue
from destraba.jobs import worker as module
from destraba.jobs.catalogue import Run
from destraba.jobs.heart import Heart, LeaseLost
from destraba.jobs.worker import Seldom, Trouble, Worker, plain
from destraba.models import Job, WorkerHeard
from destraba.rules.operations.jobs import LONGEST, JobState
from tests.factories import NOW
from tests.jobs.conftest import Clock, Kitchen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _connection_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own transaction is in this connection, so nobody closes it."""
    monkeypatch.setattr(connection, "close", lambda: None)


def failing(times: int, then: Callable[..., Any], error: Exception) -> Callable[..., Any]:
    """What raises that many times, and then does what it is for."""
    left = [error] * times

    def do(*args: Any, **named: Any) -> Any:
        if left:
            raise left.pop()
        return then(*args, **named)

    return do


@pytest.mark.parametrize("error", [OperationalError("database is locked"), InterfaceError("closed")])
def test_a_database_that_hiccups_is_asked_again(
    error: Exception, worker: Worker, kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "claim", failing(3, queue.claim, error))
    enqueue("cook", now=NOW)
    assert worker.serve(until_empty=True) == 1
    assert len(kitchen.did) == 1


def test_a_database_that_stays_away_ends_only_what_was_to_end_anyway(
    worker: Worker, kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", -1)
    monkeypatch.setattr(queue, "claim", failing(9, queue.claim, OperationalError("gone")))
    with pytest.raises(OperationalError):
        worker.serve(until_empty=True)
    rounds = iter(range(9))
    assert worker.serve(wanted=lambda: next(rounds, None) is not None) == 0


def test_a_job_that_is_done_is_not_done_again_because_the_database_was_busy(
    worker: Worker, kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "succeed", failing(3, queue.succeed, OperationalError("database is locked")))
    enqueue("cook", now=NOW)
    worker.serve(until_empty=True)
    assert Job.objects.get().state == JobState.SUCCEEDED
    assert len(kitchen.did) == 1


def test_a_worker_says_that_it_is_there(worker: Worker, clock: Clock, kitchen: Kitchen) -> None:
    worker.serve(until_empty=True)
    assert (WorkerHeard.objects.get().name, WorkerHeard.objects.get().heard_at) == ("wanda", NOW)


def test_a_stopped_worker_takes_nothing_more(worker: Worker, kitchen: Kitchen) -> None:
    enqueue("cook", now=NOW)
    worker.stopping.set()
    assert worker.serve(until_empty=True) == 0


def test_what_came_too_late_is_refused_and_the_worker_goes_on(
    worker: Worker, kitchen: Kitchen, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(_run: Run) -> object:
        Job.objects.update(state=JobState.WAITING, lease=None, run_after=NOW + timedelta(days=1))
        return {"by": "wanda"}

    monkeypatch.setattr("destraba.jobs.timetable.ON_DEMAND", {"cook": overtaken})
    enqueue("cook", now=NOW)
    assert worker.serve(until_empty=True) == 1
    assert (Job.objects.get().state, Job.objects.get().result) == (JobState.WAITING, {})


@dataclass
class Bowl:
    soup: str
    size: int


@pytest.mark.parametrize(
    ("returned", "kept"),
    [
        (None, {}),
        (3, {"value": 3}),
        (Bowl("chupe", 2), {"soup": "chupe", "size": 2}),
        ({"on": NOW.date()}, {"on": "2017-06-15"}),
    ],
)
def test_what_a_job_returns_is_kept_as_plain_json(returned: object, kept: dict[str, Any]) -> None:
    assert plain(returned) == kept


@pytest.fixture
def heart(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Heart:
    """A heart that the test beats by hand: its thread never comes to look."""
    enqueue("cook", now=NOW)
    lease = queue.claim(worker="wanda", now=NOW, at=NOW)
    assert lease is not None
    return Heart(lease, "wanda", clock)


def test_a_heart_says_how_far_a_job_is(heart: Heart, clock: Clock) -> None:
    heart.report(2, 5, "job_reading")
    heart._beat(clock.forward(seconds=1))
    job = Job.objects.get()
    assert (job.done, job.total, job.words, job.heartbeat_at) == (2, 5, "job_reading", clock())
    assert WorkerHeard.objects.get().heard_at == clock()


def test_a_job_that_was_given_away_is_told_when_it_reports(heart: Heart, clock: Clock) -> None:
    Job.objects.update(lease=None)
    heart._beat(clock())
    with pytest.raises(LeaseLost):
        heart.report(3, 5)


def test_a_heartbeat_that_is_not_heard_is_tried_again(
    heart: Heart, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = OperationalError("database is locked")
    monkeypatch.setattr("destraba.jobs.heart.beat", failing(1, queue.beat, error))
    heart.report(1, 2)
    heart._beat(clock())
    assert Job.objects.get().done == 0
    heart._beat(clock())
    assert Job.objects.get().done == 1


def test_a_heart_falls_silent_when_a_job_hangs(
    heart: Heart, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("destraba.jobs.heart.LOOKS", 0)
    clock.forward(seconds=LONGEST.total_seconds() + 1)
    heart._live()
    assert Job.objects.get().heartbeat_at == NOW


def test_seldom_is_at_once_and_then_not_for_a_while() -> None:
    seldom = Seldom(60)
    assert [seldom.is_time(), seldom.is_time()] == [True, False]
    assert [Seldom(0).is_time() for _ in range(2)] == [True, True]


def test_one_waits_longer_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    trouble = Trouble()
    rests = [trouble.rest() for _ in range(12)]
    assert rests[:3] == [0.5, 1, 2]
    assert rests[-1] == 30
