"""Work in the background: when it is tried again, when a worker counts as gone, when a turn is due."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class JobState(StrEnum):
    """A job that failed is tried no more until somebody says so: a dead letter."""

    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


LIVE = frozenset({JobState.WAITING, JobState.RUNNING})

BEAT = timedelta(seconds=15)
"""How often a worker says that it is still at a job."""

LEASE = timedelta(seconds=60)
"""A worker that has not said so for this long has lost the job. Longer than any wait for a lock."""

LONGEST = timedelta(minutes=30)
"""A job that takes longer hangs: its worker says nothing any more, so that another gets the job."""

UNSERVED = timedelta(minutes=10)
"""Work that has been due for this long while no worker was heard is stuck, and people are told."""

_PAUSES = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)

ATTEMPTS = len(_PAUSES) + 1
"""How often a job is tried before it is a dead letter."""


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after that many failed attempts (one or more), or None: given up."""
    return _PAUSES[attempts - 1] if attempts <= len(_PAUSES) else None


def silent_before(at: datetime) -> datetime:
    """Whoever was last heard before this moment counts as gone, and their lease is over."""
    return at - LEASE


@dataclass(frozen=True, slots=True)
class Every:
    """Again that many minutes after the last turn."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day, at this full hour of the programme's zone."""

    hour: int


Rhythm = Every | Daily


def next_turn(rhythm: Rhythm, zone: str, now: datetime) -> datetime:
    """The first turn after now. Turns that were missed before it are gone: they run once, not many times."""
    if isinstance(rhythm, Every):
        return now + timedelta(minutes=rhythm.minutes)
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    hours = (datetime.combine(today + timedelta(days=days), time(rhythm.hour), here) for days in (0, 1))
    # In UTC, since two moments of one zone are compared by what its clocks show.
    return next(hour for hour in (hour.astimezone(UTC) for hour in hours) if hour > now)


def is_due(rhythm: Rhythm, next_run: datetime, now: datetime) -> bool:
    """Whether its turn has come. A turn further away than any can be was set by a clock that went wrong."""
    longest = timedelta(minutes=rhythm.minutes) if isinstance(rhythm, Every) else timedelta(hours=25)
    return now >= next_run or next_run - now > longest
