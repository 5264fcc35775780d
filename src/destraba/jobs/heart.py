"""The beating heart of a worker: a thread that says, while a job runs, that somebody is at it, and how far.

It has a connection of its own, so that what it says is there at once, whatever transaction the job is in. It
falls silent when the job takes longer than any job may: then the job hangs, and another worker gets it.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from types import TracebackType

from django.db import connection
from django.db.utils import Error as DatabaseTrouble

from destraba.jobs import presence
from destraba.jobs.queue import Lease, Progress, beat
from destraba.rules.operations.jobs import BEAT, LONGEST

logger = logging.getLogger(__name__)

LOOKS = 1.0
"""Seconds between two looks whether there is something new to say."""


class LeaseLost(Exception):
    """The job was given to another worker meanwhile: whatever is still done here counts for nothing."""


class Heart:
    """Beats for one lease, from `with` to the end of it. `progress` is what was reported last."""

    def __init__(self, lease: Lease, worker: str, clock: Callable[[], datetime]) -> None:
        self.lease, self.worker, self.clock = lease, worker, clock
        self.progress = self._said = Progress()
        self.has_lost = False
        self._began = self._beaten = clock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live, name=f"heart of {lease.name}", daemon=True)

    def report(self, done: int, total: int, words: str = "") -> None:
        """What a job calls to say how far it is; costs nothing, for it is the heart that writes."""
        if self.has_lost:
            raise LeaseLost
        self.progress = Progress(done, total, words)

    def __enter__(self) -> "Heart":
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _live(self) -> None:
        try:
            while not self._over.wait(LOOKS) and not self.has_lost:
                now = self.clock()
                if now - self._began > LONGEST:
                    logger.error("%s takes longer than %s: another worker will get it", self.lease, LONGEST)
                    return
                if self.progress != self._said or now - self._beaten >= BEAT:
                    self._beat(now)
        finally:
            connection.close()

    def _beat(self, now: datetime) -> None:
        progress = self.progress
        try:
            self.has_lost = not beat(self.lease, progress, now)
            presence.say(self.worker, now)
        except DatabaseTrouble as trouble:  # the next look tries again; the lease outlasts it
            logger.warning("A heartbeat of %s was not heard: %s", self.worker, trouble)
            connection.close()
            return
        self._said, self._beaten = progress, now
