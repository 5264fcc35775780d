"""Work in the background, for whoever started it and for whoever keeps the installation running."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, Max, Value

from destraba.models import Job, Turn, WorkerHeard
from destraba.queries.access import SignInNeeded, Viewer, may, require
from destraba.rules.operations.jobs import LIVE, UNSERVED, JobState
from destraba.rules.permissions import PROGRAMME, Deed
from destraba.values.errors import NotFound
from destraba.values.reasons import Reason

BOARD = 100
REMEMBERED = timedelta(minutes=1)


class Trouble(StrEnum):
    """Why people are told that work is stuck."""

    UNSERVED = "unserved"
    DEAD_LETTERS = "dead_letters"


def job(viewer: Viewer, uid: UUID) -> Job:
    """A job, for whoever started it and for the administrator; to all others there is none."""
    if not viewer.standing.account:
        raise SignInNeeded(Reason.of("not_signed_in"))
    found = Job.objects.select_related("created_by").filter(pk=uid).first()
    is_theirs = found is not None and found.created_by_id == viewer.account_id
    if found is None or not (is_theirs or may(viewer, Deed.MANAGE_JOBS, PROGRAMME)):
        raise NotFound(Reason.of("hidden"))
    return found


def board(viewer: Viewer) -> tuple[list[Job], list[Job]]:
    """The dead letters that nobody has looked at, and what waits or runs; the oldest first."""
    if not viewer.standing.account:
        raise SignInNeeded(Reason.of("not_signed_in"))
    require(viewer, Deed.MANAGE_JOBS, PROGRAMME)
    dead = Job.objects.filter(state=JobState.FAILED, set_aside_at=None).order_by("pk")
    live = Job.objects.filter(state__in=sorted(LIVE)).order_by("pk")
    return list(dead[:BOARD]), list(live[:BOARD])


def last_heard() -> datetime | None:
    """When a worker was last heard, if ever."""
    heard: datetime | None = WorkerHeard.objects.aggregate(last=Max("heard_at"))["last"]
    return heard


def trouble(now: datetime) -> Trouble | None:
    """Whether work is stuck. One statement.

    Unserved: something has been due for a while and no worker was heard meanwhile. One that is merely behind
    is heard.
    """
    before = now - UNSERVED
    asked = {
        "dead": Exists(Job.objects.filter(state=JobState.FAILED, set_aside_at=None)),
        "job": Exists(Job.objects.filter(state=JobState.WAITING, run_after__lte=before)),
        "turn": Exists(Turn.objects.filter(next_run__lte=before)),
        "heard": Exists(WorkerHeard.objects.filter(heard_at__gt=before)),
    }
    rows = Turn.objects.order_by().annotate(one=Value(1), **asked).values(*asked)
    found = rows.first()
    if found is None:
        return None
    if (found["job"] or found["turn"]) and not found["heard"]:
        return Trouble.UNSERVED
    return Trouble.DEAD_LETTERS if found["dead"] else None


class Watch:
    """Asks whether work is stuck no more than once a minute while all is well; while it is, every time.

    So the warning is gone with the next page once somebody has seen to it.
    """

    def __init__(self) -> None:
        self._well_at: datetime | None = None

    def look(self, now: datetime) -> Trouble | None:
        if self._well_at is not None and abs(now - self._well_at) < REMEMBERED:
            return None
        found = trouble(now)
        self._well_at = now if found is None else None
        return found


WATCH = Watch()
