"""Rows that nobody will ask for again: finished jobs, workers of long ago, sessions that have run out."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Q

from destraba.jobs.catalogue import Run
from destraba.models import Job, WorkerHeard
from destraba.rules.operations.jobs import JobState

# What runs by itself leaves a row every minute; what somebody started is asked for again.
KEPT_BY_ITSELF = timedelta(days=1)
KEPT = timedelta(days=30)


def tidy(run: Run) -> object:
    """How many rows of which kind went. Dead letters that nobody has looked at stay."""
    SessionStore.clear_expired()
    is_settled = Q(state=JobState.SUCCEEDED) | Q(state=JobState.FAILED, set_aside_at__isnull=False)
    is_old = Q(finished_at__lt=run.now - KEPT)
    is_old |= Q(created_by=None, state=JobState.SUCCEEDED, finished_at__lt=run.now - KEPT_BY_ITSELF)
    jobs, _each = Job.objects.filter(is_settled & is_old).delete()
    workers, _each = WorkerHeard.objects.filter(heard_at__lt=run.now - KEPT).delete()
    return {"jobs": jobs, "workers": workers}
