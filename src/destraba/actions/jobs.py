"""Work handed over to the workers, and what an administrator does about work that failed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from destraba.models import Job
from destraba.queries import access
from destraba.rules.operations.jobs import LIVE, JobState
from destraba.rules.permissions import PROGRAMME, Deed
from destraba.values.actors import Actor
from destraba.values.errors import Conflict
from destraba.values.reasons import Reason


def enqueue(
    job: str,
    *,
    now: datetime,
    key: str = "",
    run_after: datetime | None = None,
    by: UUID | None = None,
    **arguments: Any,
) -> Job:
    """Hand over a job of the catalogue (`jobs.catalogue`); arguments are plain JSON.

    While a job of this name and key waits or runs, that one is returned and none is added: what depends on
    whoever asks must be part of the key. `by` is the account that may follow it at `/jobs/<id>/`. Inside a
    transaction the job is there once that is committed, and gone with it.
    """
    row = {"arguments": arguments, "created_at": now, "created_by_id": by, "run_after": run_after or now}
    if not key:
        return Job.objects.create(name=job, **row)
    found, _is_new = Job.objects.get_or_create(name=job, key=key, state__in=sorted(LIVE), defaults=row)
    return found


def try_again(*, actor: Actor, job: Job, now: datetime) -> None:
    """Let a dead letter wait for a worker once more, with all its attempts."""
    access.permit(actor=actor, deed=Deed.MANAGE_JOBS, subject=PROGRAMME, now=now)
    dead = Job.objects.filter(pk=job.pk, state=JobState.FAILED)
    fresh = {"attempts": 0, "run_after": now, "error": "", "error_params": {}, "set_aside_at": None}
    try:
        with transaction.atomic():
            changed = dead.update(state=JobState.WAITING, finished_at=None, **fresh)
    except IntegrityError as error:  # one of that name and key was added since, so this one is not needed
        raise Conflict(Reason.of("job_moved_on")) from error
    if not changed:
        raise Conflict(Reason.of("job_moved_on"))


def set_aside(*, actor: Actor, job: Job, now: datetime) -> None:
    """Note that somebody has looked at a dead letter, so that nobody is warned of it any more."""
    access.permit(actor=actor, deed=Deed.MANAGE_JOBS, subject=PROGRAMME, now=now)
    if not Job.objects.filter(pk=job.pk, state=JobState.FAILED, set_aside_at=None).update(set_aside_at=now):
        raise Conflict(Reason.of("job_moved_on"))
