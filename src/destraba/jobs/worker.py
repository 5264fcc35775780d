"""A worker: looks what is due, takes one job at a time, does it, and says how it went.

Nothing that happens to a job or to the database ends a worker; only a signal does, and then it finishes the
job that it has. `now` is what jobs are told; `clock` is the machine's own time, by which leases run.
"""

import inspect
import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.utils import Error as DatabaseTrouble
from django.utils import timezone

from destraba.jobs import presence, queue, timetable
from destraba.jobs.catalogue import Run, Work
from destraba.jobs.heart import Heart, LeaseLost
from destraba.jobs.queue import Lease
from destraba.values.errors import Conflict, DomainError, NoRoom, Stale
from destraba.values.reasons import Reason

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]

REST = 1.0
"""Seconds to rest when nothing is due."""
LONGEST_REST = 30.0
"""Seconds to rest at most while the database does not answer."""
PATIENCE = 60.0
"""Seconds for which a worker that is to end when the queue is empty puts up with that."""
_LONGEST_WORDS = 300
_PASSING = (Conflict, NoRoom, Stale)


class Worker:
    """`step` does one thing that is due; `serve` goes on until it is told to stop."""

    def __init__(self, name: str, *, now: Clock = timezone.now, clock: Clock = timezone.now) -> None:
        self.name, self.now, self.clock = name, now, clock
        self.stopping = threading.Event()
        self._says = Seldom(20)
        self._looks_at_timetable = Seldom(5)
        self._reaps = Seldom(10)

    def serve(
        self, *, once: bool = False, until_empty: bool = False, wanted: Callable[[], bool] = lambda: True
    ) -> int:
        """Work until stopped or no longer wanted: how many jobs that were. `once`: one job at most."""
        did, trouble = 0, Trouble()
        while not self.stopping.is_set() and wanted():
            try:
                has_worked = self.step()
            except DatabaseTrouble as error:
                connection.close()
                if (once or until_empty) and trouble.lasted() > PATIENCE:
                    raise
                logger.warning("%s: the database does not answer, and is asked again: %s", self.name, error)
                self.stopping.wait(trouble.rest())
                continue
            trouble, did = Trouble(), did + has_worked
            if once or (until_empty and not has_worked):
                break
            if not has_worked:
                self.stopping.wait(REST)
        return did

    def step(self) -> bool:
        """See what time has brought, and do the job that has been due for longest; whether there was one."""
        if self._says.is_time():
            presence.say(self.name, self.clock())
        if self._looks_at_timetable.is_time():
            timetable.enqueue_due(now=self.now())
        if self._reaps.is_time():
            queue.reap(now=self.now(), at=self.clock())
        lease = queue.claim(worker=self.name, now=self.now(), at=self.clock())
        if lease is not None:
            self._do(lease)
        return lease is not None

    def _do(self, lease: Lease) -> None:
        work = timetable.work_of(lease.name)
        if work is None:
            self._fail(lease, Reason.of("job_unknown", name=lease.name), is_final=True)
        elif not _takes(work, lease.arguments):
            given = ", ".join(sorted(lease.arguments))
            self._fail(lease, Reason.of("job_misread", name=lease.name, arguments=given), is_final=True)
        else:
            self._run(work, lease)

    def _run(self, work: Work, lease: Lease) -> None:
        with Heart(lease, self.name, self.clock) as heart:
            try:
                run = Run(now=self.now(), worker=self.name, report=heart.report)
                result = plain(work(run, **lease.arguments))
            except LeaseLost:
                logger.warning("%s: %s was given to another worker", self.name, lease.name)
            except DomainError as refusal:
                self._fail(lease, refusal.reason, is_final=not isinstance(refusal, _PASSING))
            except Exception as error:
                logger.exception("%s: %s broke at attempt %s", self.name, lease.name, lease.attempts)
                self._fail(lease, _broke(error))
            else:
                self._tell(lambda: queue.succeed(lease, heart.progress, result, self.clock()), lease)

    def _fail(self, lease: Lease, reason: Reason, *, is_final: bool = False) -> None:
        def told() -> bool:
            return queue.fail(lease, reason, now=self.now(), at=self.clock(), is_final=is_final)

        self._tell(told, lease)

    def _tell(self, how_it_went: Callable[[], bool], lease: Lease) -> None:
        """The work is done, so a database that is busy for a while must not make it be done again."""
        trouble = Trouble()
        while True:
            try:
                if not how_it_went():
                    logger.warning("%s: what came of %s was refused: not ours", self.name, lease.name)
                return
            except DatabaseTrouble:
                if trouble.lasted() > PATIENCE:
                    raise
                connection.close()
                time.sleep(trouble.rest())


class Seldom:
    """Something that is done at the first occasion, and then every so many seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._again_at = float("-inf")

    def is_time(self) -> bool:
        now = time.monotonic()
        if now < self._again_at:
            return False
        self._again_at = now + self.seconds
        return True


class Trouble:
    """How long something has not worked, and how long to wait before the next try: longer each time."""

    def __init__(self) -> None:
        self._began: float | None = None
        self._rest = 0.25

    def lasted(self) -> float:
        self._began = time.monotonic() if self._began is None else self._began
        return time.monotonic() - self._began

    def rest(self) -> float:
        self.lasted()
        self._rest = min(self._rest * 2, LONGEST_REST)
        return self._rest


def _takes(work: Work, arguments: Mapping[str, Any]) -> bool:
    """Whether the function takes what the row says; an older version may have written the row."""
    try:
        inspect.signature(work).bind(None, **arguments)
    except TypeError:
        return False
    return True


def plain(result: object) -> dict[str, Any]:
    """What a job returned, as JSON can carry it."""
    if is_dataclass(result) and not isinstance(result, type):
        result = asdict(result)
    if not isinstance(result, Mapping):
        result = {} if result is None else {"value": result}
    told: dict[str, Any] = json.loads(json.dumps(dict(result), default=str))
    return told


def _broke(error: Exception) -> Reason:
    """For the administrator; whoever started the job is only told that it broke."""
    words = " ".join(str(error).replace("\0", "").split())[:_LONGEST_WORDS]
    return Reason.of("job_broke", kind=type(error).__name__, words=words)
