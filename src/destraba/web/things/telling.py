"""The story of a thing as its page tells it: newest first, the old value above the new."""

from dataclasses import dataclass

from destraba.ledger.wording import day, moment
from destraba.queries.history import Happening
from destraba.queries.labels import FIELDS
from destraba.values.days import day_in


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Line:
    """One event: what happened in a sentence, who and through which door, what changed."""

    day: str
    time: str
    iso: str
    who: str
    what: str
    changes: tuple[Change, ...] = ()
    because: str = ""


def told(happenings: list[Happening], zone: str) -> list[Line]:
    """The events in the words of the reader's language."""
    return [_line(one, zone) for one in happenings]


def _line(happening: Happening, zone: str) -> Line:
    entry = happening.entry
    return Line(
        day=day(day_in(zone, entry.occurred_at)),
        time=moment(entry.occurred_at, zone).rpartition(", ")[2],
        iso=entry.occurred_at.isoformat(),
        who=happening.by,
        what=entry.kind,
        changes=tuple(
            Change(str(FIELDS.get(name, name)), str(happening.previous.get(name) or ""), str(value or ""))
            for name, value in entry.values.items()
        )
        if happening.previous
        else (),
        because=entry.because,
    )
