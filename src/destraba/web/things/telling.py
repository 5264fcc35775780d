"""The story of a thing as its page tells it: newest first, the old value above the new."""

from dataclasses import dataclass, replace

from destraba.ledger.describe import Change
from destraba.ledger.kinds import CHANGE_UNDONE
from destraba.ledger.wording import day, moment
from destraba.queries.history import Happening
from destraba.values.days import day_in

# The sentence of a move says as much, and the day stands beside it.
_SAID_BY_THE_MOVE = frozenset(
    {
        "state",
        "stage",
        "state_because",
        "asked_on",
        "agreed_on",
        "reported_on",
        "done_on",
        "original_due",
        "slips",
        "withdrawn_at",
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One event: when, what happened in a sentence, what changed, why. `iso` is for machines."""

    day: str
    time: str
    iso: str
    what: str
    changes: tuple[Change, ...] = ()
    because: str = ""


def told(happenings: list[Happening], zone: str) -> list[Line]:
    """The events in the words of the reader's language."""
    return [_line(one, zone) for one in happenings]


def told_briefly(happenings: list[Happening], zone: str) -> list[Line]:
    """The same, one sentence each."""
    return [replace(_line(one, zone), what=one.sentence.text, changes=(), because="") for one in happenings]


def _line(happening: Happening, zone: str) -> Line:
    entry, sentence = happening.entry, happening.sentence
    is_first = entry.object_version == 1
    unsaid = frozenset() if entry.kind == CHANGE_UNDONE.name else _SAID_BY_THE_MOVE | sentence.says
    return Line(
        day=day(day_in(zone, entry.occurred_at)),
        time=moment(entry.occurred_at, zone).rpartition(", ")[2],
        iso=entry.occurred_at.isoformat(),
        # Of a thing's first event the sentence tells what it is; later ones show what changed beside it.
        what=sentence.text if is_first else f"{sentence.act}.",
        changes=tuple(one for one in sentence.changes if one.column not in unsaid),
        because="" if is_first else sentence.because,
    )
