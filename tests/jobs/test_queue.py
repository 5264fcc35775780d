"""Work that is handed over is done once, tried again when it breaks, and given up in the end."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from destraba.actions.jobs import enqueue, set_aside, try_again
from destraba.jobs import queue
from destraba.jobs.queue import Lease, Progress
from destraba.jobs.worker import Worker
from destraba.models import Job
from destraba.rules.operations.jobs import ATTEMPTS, LEASE, JobState, pause_after
from destraba.values.errors import Conflict, Invalid, NoRoom, NotAllowed, Stale
from destraba.values.reasons import Reason
from tests.factories import NOW, Cast, command
from tests.jobs.conftest import Clock, Kitchen

pytestmark = pytest.mark.django_db


def taken(clock: Clock, worker: str = "wanda") -> Lease:
    lease = queue.claim(worker=worker, now=clock(), at=clock())
    assert lease is not None
    return lease


def test_a_job_is_done_with_its_arguments_and_told_the_time(worker: Worker, kitchen: Kitchen) -> None:
    enqueue("cook", now=NOW, dish="causa")
    assert worker.serve(until_empty=True) == 1
    assert kitchen.did == [("causa", NOW)]
    job = Job.objects.get()
    assert (job.state, job.result, job.attempts) == (JobState.SUCCEEDED, {"dish": "causa"}, 1)
    assert (job.finished_at, job.lease) == (NOW, None)


def test_what_was_due_first_is_done_first_and_what_is_not_due_waits(
    worker: Worker, kitchen: Kitchen, clock: Clock
) -> None:
    enqueue("cook", now=NOW, dish="postre", run_after=NOW + timedelta(minutes=5))
    enqueue("cook", now=NOW, dish="fondo")
    enqueue("cook", now=NOW, dish="entrada", run_after=NOW - timedelta(minutes=5))
    assert worker.serve(until_empty=True) == 2
    clock.forward(minutes=5)
    assert worker.serve(until_empty=True) == 1
    assert [dish for dish, _now in kitchen.did] == ["entrada", "fondo", "postre"]


def test_once_means_one_job(worker: Worker, kitchen: Kitchen) -> None:
    for _ in range(3):
        enqueue("cook", now=NOW)
    assert worker.serve(once=True) == 1
    assert len(kitchen.did) == 1


def test_the_same_key_is_the_same_job_while_it_waits_or_runs(clock: Clock) -> None:
    first = enqueue("cook", now=NOW, key="mesa-1")
    assert enqueue("cook", now=NOW, key="mesa-1") == first
    lease = taken(clock)
    assert enqueue("cook", now=NOW, key="mesa-1") == first
    assert enqueue("cook", now=NOW, key="mesa-2") != first
    assert enqueue("fry", now=NOW, key="mesa-1") != first
    queue.succeed(lease, Progress(), {}, NOW)
    assert enqueue("cook", now=NOW, key="mesa-1") != first


def test_without_a_key_every_job_is_another() -> None:
    assert enqueue("cook", now=NOW) != enqueue("cook", now=NOW)


def test_a_worker_that_was_too_slow_takes_the_next(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another takes each candidate between being read and being taken, and then there is none."""
    jobs = [enqueue("cook", now=NOW) for _ in range(2)]
    take = queue._taken

    def overtaken(job: Job, worker: str, at: datetime) -> Lease | None:
        if job == jobs[0]:
            Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, heartbeat_at=NOW)
        return take(job, worker, at)

    monkeypatch.setattr(queue, "_taken", overtaken)
    assert taken(clock).job_id == jobs[1].pk
    Job.objects.filter(pk=jobs[0].pk).update(state=JobState.WAITING)
    assert queue.claim(worker="otto", now=NOW, at=NOW) is None


def test_a_job_handed_over_in_a_transaction_goes_with_it(worker: Worker, kitchen: Kitchen) -> None:
    with transaction.atomic():
        enqueue("cook", now=NOW)
        transaction.set_rollback(True)
    assert worker.serve(until_empty=True) == 0


def test_what_breaks_is_tried_again_after_longer_and_longer_pauses(
    worker: Worker, kitchen: Kitchen, clock: Clock
) -> None:
    kitchen.breaks = [RuntimeError("sin gas"), RuntimeError("sin gas")]
    enqueue("cook", now=NOW)
    for attempts in (1, 2):
        assert worker.serve(until_empty=True) == 1
        job = Job.objects.get()
        assert (job.state, job.attempts, job.error) == (JobState.WAITING, attempts, "job_broke")
        pause = pause_after(attempts)
        assert pause is not None
        assert job.run_after == clock() + pause
        clock.forward(seconds=pause.total_seconds())
    worker.serve(until_empty=True)
    job = Job.objects.get()
    assert (job.state, job.attempts, job.error) == (JobState.SUCCEEDED, 3, "")


def test_what_breaks_every_time_becomes_a_dead_letter(worker: Worker, kitchen: Kitchen, clock: Clock) -> None:
    kitchen.breaks = [RuntimeError("sin\ngas")] * 99
    enqueue("cook", now=NOW)
    for _ in range(ATTEMPTS + 3):
        worker.serve(until_empty=True)
        clock.forward(days=1)
    job = Job.objects.get()
    assert (job.state, job.attempts) == (JobState.FAILED, ATTEMPTS)
    assert (job.error, job.error_params) == ("job_broke", {"kind": "RuntimeError", "words": "sin gas"})


def test_what_the_domain_refuses_is_not_tried_again_but_a_conflict_is(
    worker: Worker, kitchen: Kitchen
) -> None:
    again = {Invalid: "failed", NotAllowed: "failed"}
    again |= dict.fromkeys((Conflict, NoRoom, Stale), "waiting")
    for refusal, state in again.items():
        kitchen.breaks = [refusal(Reason.of("stale"))]
        job = enqueue("cook", now=NOW)
        worker.serve(until_empty=True)
        job.refresh_from_db()
        assert (job.state, job.error) == (state, "stale")


@pytest.mark.parametrize(
    ("name", "arguments", "error"),
    [
        ("juggle", {}, "job_unknown"),
        ("os.system", {"command": "true"}, "job_unknown"),
        ("cook", {"drink": "chicha"}, "job_misread"),
    ],
)
def test_a_row_that_nobody_understands_is_a_dead_letter_and_the_worker_lives_on(
    name: str, arguments: dict[str, object], error: str, worker: Worker, kitchen: Kitchen
) -> None:
    odd = enqueue(name, now=NOW, **arguments)
    enqueue("cook", now=NOW)
    assert worker.serve(until_empty=True) == 2
    odd.refresh_from_db()
    assert (odd.state, odd.error, odd.attempts) == (JobState.FAILED, error, 1)
    assert len(kitchen.did) == 1


def test_a_job_whose_worker_fell_silent_is_given_to_the_next(
    worker: Worker, kitchen: Kitchen, clock: Clock
) -> None:
    enqueue("cook", now=NOW)
    taken(clock, "muerto")
    clock.forward(seconds=LEASE.total_seconds())
    assert queue.reap(now=clock(), at=clock()) == 0
    clock.forward(seconds=1)
    assert worker.serve(until_empty=True) == 1
    assert (Job.objects.get().state, Job.objects.get().worker) == (JobState.SUCCEEDED, "wanda")


def test_a_worker_that_says_that_it_is_alive_keeps_its_job(clock: Clock) -> None:
    enqueue("cook", now=NOW)
    lease = taken(clock)
    clock.forward(seconds=50)
    assert queue.beat(lease, Progress(3, 7, "reading"), clock())
    clock.forward(seconds=50)
    assert queue.reap(now=clock(), at=clock()) == 0
    job = Job.objects.get()
    assert (job.done, job.total, job.words) == (3, 7, "reading")


def test_a_worker_that_comes_back_from_the_dead_writes_nothing(clock: Clock) -> None:
    enqueue("cook", now=NOW)
    stale = taken(clock, "wanda")
    clock.forward(seconds=61)
    queue.reap(now=clock(), at=clock())
    fresh = taken(clock, "wanda")  # even under the same name
    assert not queue.beat(stale, Progress(), clock())
    assert not queue.succeed(stale, Progress(), {"by": "stale"}, clock())
    assert not queue.fail(stale, Reason.of("job_broke"), now=clock(), at=clock())
    assert queue.succeed(fresh, Progress(), {"by": "fresh"}, clock())
    assert not queue.succeed(stale, Progress(), {"by": "stale"}, clock())
    assert Job.objects.get().result == {"by": "fresh"}


def test_a_job_that_kills_every_worker_is_given_up(clock: Clock) -> None:
    enqueue("cook", now=NOW)
    for _ in range(ATTEMPTS):
        taken(clock)
        clock.forward(seconds=61)
        queue.reap(now=clock(), at=clock())
    job = Job.objects.get()
    assert (job.state, job.error, job.error_params) == (JobState.FAILED, "job_lost", {"worker": "wanda"})


def dead_letter(clock: Clock, key: str = "") -> Job:
    job = enqueue("cook", now=NOW, key=key)
    queue.fail(taken(clock), Reason.of("job_broke", kind="E", words=""), now=NOW, at=NOW, is_final=True)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    return job


def test_the_administrator_lets_a_dead_letter_be_tried_again(
    cast: Cast, worker: Worker, kitchen: Kitchen, clock: Clock
) -> None:
    job = dead_letter(clock)
    try_again(actor=cast.admin.actor, job=job, now=NOW)
    worker.serve(until_empty=True)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.SUCCEEDED, 1)
    with pytest.raises(Conflict):
        try_again(actor=cast.admin.actor, job=job, now=NOW)


def test_a_dead_letter_is_not_tried_beside_its_successor(clock: Clock) -> None:
    job = dead_letter(clock, key="mesa-1")
    enqueue("cook", now=NOW, key="mesa-1")
    with pytest.raises(Conflict):
        try_again(actor=command(), job=job, now=NOW)


def test_a_dead_letter_is_set_aside_once_and_by_the_administrator(cast: Cast, clock: Clock) -> None:
    job = dead_letter(clock)
    with pytest.raises(NotAllowed):
        set_aside(actor=cast.hilda.actor, job=job, now=NOW)
    set_aside(actor=cast.admin.actor, job=job, now=NOW)
    with pytest.raises(Conflict):
        set_aside(actor=cast.admin.actor, job=job, now=NOW)


def test_a_later_success_of_the_same_key_settles_a_dead_letter(
    worker: Worker, kitchen: Kitchen, clock: Clock
) -> None:
    settled, other = dead_letter(clock, key="mesa-1"), dead_letter(clock, key="mesa-2")
    enqueue("cook", now=NOW, key="mesa-1")
    worker.serve(until_empty=True)
    settled.refresh_from_db()
    other.refresh_from_db()
    assert (settled.set_aside_at, other.set_aside_at) == (NOW, None)
