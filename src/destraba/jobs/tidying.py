"""What nobody will ask for again: finished jobs, workers of long ago, sessions that have run out, links that
opened nothing for long, and what was said in mails that went out long ago."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Q

from destraba.actions.links import remove_ended
from destraba.jobs.catalogue import Run
from destraba.models import Job, WorkerHeard
from destraba.notifications.outbox import forget_bodies
from destraba.rules.operations.jobs import JobState

# What runs by itself leaves a row every minute; what somebody started is asked for again.
KEPT_BY_ITSELF = timedelta(days=1)
KEPT = timedelta(days=30)
# Long enough to look up what somebody says to have received; the row itself stays for ever.
MAIL_KEPT = timedelta(days=90)


def tidy(run: Run) -> object:
    """How many rows of which kind went, and how many mails lost their text. Dead letters that nobody has
    looked at stay, and so does mail that was given up."""
    SessionStore.clear_expired()
    is_settled = Q(state=JobState.SUCCEEDED) | Q(state=JobState.FAILED, set_aside_at__isnull=False)
    is_old = Q(finished_at__lt=run.now - KEPT)
    is_old |= Q(created_by=None, state=JobState.SUCCEEDED, finished_at__lt=run.now - KEPT_BY_ITSELF)
    jobs, _each = Job.objects.filter(is_settled & is_old).delete()
    workers, _each = WorkerHeard.objects.filter(heard_at__lt=run.now - KEPT).delete()
    links = remove_ended(before=run.now - MAIL_KEPT)
    mails = forget_bodies(run.now - MAIL_KEPT)
    return {"jobs": jobs, "workers": workers, "links": links, "mails": mails}
