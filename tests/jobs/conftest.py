"""A worker on the stage of the tests: at nine on 15 June 2017, with a clock that only the test moves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from destraba.jobs import timetable
from destraba.jobs.catalogue import Run
from destraba.jobs.worker import Worker
from tests.factories import NOW


@dataclass
class Clock:
    """What time it is, for jobs and leases alike."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **distance: float) -> datetime:
        self.now += timedelta(**distance)
        return self.now


@dataclass
class Kitchen:
    """A job that notes what it was told, and breaks as often as `breaks` says."""

    did: list[Any] = field(default_factory=list)
    breaks: list[Exception] = field(default_factory=list)

    def cook(self, run: Run, *, dish: str = "ceviche") -> object:
        if self.breaks:
            raise self.breaks.pop(0)
        self.did.append((dish, run.now))
        return {"dish": dish}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def worker(clock: Clock) -> Worker:
    return _another(clock, "wanda")


@pytest.fixture
def another(clock: Clock) -> Worker:
    return _another(clock, "otto")


def _another(clock: Clock, name: str) -> Worker:
    return Worker(name, now=clock, clock=clock)


@pytest.fixture
def kitchen(monkeypatch: pytest.MonkeyPatch) -> Kitchen:
    """The one job that there is, and an empty timetable."""
    kitchen = Kitchen()
    monkeypatch.setattr(timetable, "TIMETABLE", ())
    monkeypatch.setattr(timetable, "ON_DEMAND", {"cook": kitchen.cook})
    return kitchen


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits in a test."""
    monkeypatch.setattr("destraba.jobs.worker.REST", 0)
    monkeypatch.setattr("destraba.jobs.worker.Trouble.rest", lambda _trouble: 0)
