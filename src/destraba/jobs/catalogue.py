"""What a job is and what it is given. Which there are stands in `on_demand` and `timetable`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Report(Protocol):
    """Says how far a job is: `words` is the code of a sentence. Raises once the job belongs to another."""

    def __call__(self, done: int, total: int, words: str = "") -> None: ...


@dataclass(frozen=True, slots=True)
class Run:
    """What a job is given: the time, which it never reads itself; who works; whom to tell how far it is."""

    now: datetime
    worker: str
    report: Report


Work = Callable[..., object]
"""`work(run, **arguments)`; what it returns is kept as plain JSON. It may be run twice: it must not mind."""
