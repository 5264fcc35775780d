"""The queue: taking a job, saying how it goes, and getting back what a dead worker held.

Whoever takes a job draws a lease, and every later write compares it: a single UPDATE decides, on SQLite too,
which ignores row locks. Two times are passed: `now` is what jobs are told and by which they fall due, `at` is
the machine's clock, by which leases run.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from destraba.models import Job
from destraba.rules.operations.jobs import ATTEMPTS, JobState, pause_after, silent_before
from destraba.values.keys import new_key
from destraba.values.reasons import Reason

# So many of those that are due are looked at when another worker was faster.
_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; `words` is the code of a sentence, or blank."""

    done: int = 0
    total: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Lease:
    """A job in the hands of one worker."""

    job_id: UUID
    token: UUID
    name: str
    key: str
    arguments: Mapping[str, Any]
    attempts: int


def claim(*, worker: str, now: datetime, at: datetime) -> Lease | None:
    """Take the job that has been due for longest, or None where nothing is due."""
    while True:
        due = Job.objects.filter(state=JobState.WAITING, run_after__lte=now).order_by("run_after", "pk")
        candidates = list(due[:_CANDIDATES])
        for job in candidates:
            if lease := _taken(job, worker, at):
                return lease
        if not candidates:
            return None


def beat(lease: Lease, progress: Progress, at: datetime) -> bool:
    """Say that the job is still being worked at; False: somebody else has it by now."""
    return _write(lease, heartbeat_at=at, done=progress.done, total=progress.total, words=progress.words)


def succeed(lease: Lease, progress: Progress, result: dict[str, Any], at: datetime) -> bool:
    """Note what came of it. A dead letter of the same key is settled by that. False: not ours any more."""
    with transaction.atomic():
        is_ours = _write(
            lease, lease=None, state=JobState.SUCCEEDED, finished_at=at, result=result, error="",
            error_params={}, done=progress.done, total=progress.total, words=progress.words,
        )  # fmt: skip
        if is_ours and lease.key:
            earlier = Job.objects.filter(name=lease.name, key=lease.key, state=JobState.FAILED)
            earlier.filter(set_aside_at=None).update(set_aside_at=at)
    return is_ours


def fail(lease: Lease, reason: Reason, *, now: datetime, at: datetime, is_final: bool = False) -> bool:
    """Note why it went wrong; it is tried again after a pause, or given up. False: not ours any more."""
    pause = None if is_final else pause_after(lease.attempts)
    told = {"lease": None, "error": reason.code, "error_params": dict(reason.params)}
    if pause is None:
        return _write(lease, state=JobState.FAILED, finished_at=at, **told)
    return _write(lease, state=JobState.WAITING, run_after=now + pause, **told)


def reap(*, now: datetime, at: datetime) -> int:
    """Give back what workers hold that were not heard for a lease; how many jobs that were."""
    silent = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=silent_before(at))
    return sum(_given_back(job, now, at) for job in silent)


def _taken(job: Job, worker: str, at: datetime) -> Lease | None:
    token = new_key()
    taken = Job.objects.filter(pk=job.pk, state=JobState.WAITING, attempts=job.attempts).update(
        state=JobState.RUNNING, lease=token, worker=worker, attempts=job.attempts + 1,
        heartbeat_at=at, started_at=at, done=0, total=0, words="",
    )  # fmt: skip
    if not taken:
        return None
    return Lease(job.pk, token, job.name, job.key, job.arguments, job.attempts + 1)


def _given_back(job: Job, now: datetime, at: datetime) -> int:
    """The lease was a pause already, so the next worker takes it at once; unless it kills every worker."""
    held = Job.objects.filter(pk=job.pk, lease=job.lease, heartbeat_at=job.heartbeat_at)
    told = {"lease": None, "error": "job_lost", "error_params": {"worker": job.worker}}
    if job.attempts >= ATTEMPTS:
        return held.update(state=JobState.FAILED, finished_at=at, **told)
    return held.update(state=JobState.WAITING, run_after=now, **told)


def _write(held: Lease, /, **values: Any) -> bool:
    """Only while the lease is the one that was drawn last."""
    return bool(Job.objects.filter(pk=held.job_id, lease=held.token).update(**values))
