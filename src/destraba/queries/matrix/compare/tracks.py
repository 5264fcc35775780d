"""What the ledger says of the rows of a Matrix at two moments and today: only of those that it takes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeAlias
from uuid import UUID

from django.db.models import QuerySet

from destraba.ledger.canonical import Plain
from destraba.ledger.events import BECAUSE
from destraba.ledger.replay import State, Step, steps_of
from destraba.models import Collaboration, Confirmation, Enactment, FocusInterval, Record, SolutionPlace

ROWS = ("problem", "solution", "commitment")
SIDES: Mapping[str, tuple[type[Record], str]] = {
    "focusinterval": (FocusInterval, "problem"),
    "enactment": (Enactment, "solution"),
    "solutionplace": (SolutionPlace, "solution"),
    "confirmation": (Confirmation, "solution"),
    "collaboration": (Collaboration, "commitment"),
}
"""What a row shows that is a record of its own: its table, and the row that it belongs to."""

_ABOVE: Mapping[str, tuple[str, ...]] = {
    **{name: (owner,) for name, (_model, owner) in SIDES.items()},
    "problem": (),
    "solution": ("problem",),
    "commitment": ("problem", "solution"),
}
Keys: TypeAlias = dict[str, set[UUID]]


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where the chain of a mesa stood at the two moments."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A record at one moment. `gone` are the columns whose text was taken away, `above` the rows that it
    hangs from, the uppermost first."""

    values: Mapping[str, Plain]
    gone: frozenset[str]
    above: tuple[tuple[str, UUID], ...]

    @classmethod
    def of(cls, state: State, gone: Iterable[str]) -> Self:
        """As the steps so far left it."""
        keys = ((name, state.values[name]) for name in _ABOVE[state.object_type])
        above = tuple((name, UUID(key)) for name, key in keys if isinstance(key, str))
        return cls(dict(state.values), frozenset(gone), above)


@dataclass(slots=True)
class Track:
    """One record: at the start and the end (None where it was not there yet), and today. `reasons` are those
    that were given in between, with their place in the chain."""

    object_type: str
    key: UUID
    start: Snapshot | None = None
    end: Snapshot | None = None
    today: Snapshot | None = None
    reasons: list[tuple[int, str]] = field(default_factory=list)

    @property
    def latest(self) -> Snapshot | None:
        """As it was last within the stretch."""
        return self.end or self.start

    @property
    def owners(self) -> set[UUID]:
        """What it is a part of."""
        return {key for snapshot in self.snapshots for _name, key in snapshot.above}

    @property
    def snapshots(self) -> Iterator[Snapshot]:
        """Every moment at which it was there."""
        return (one for one in (self.start, self.end, self.today) if one)


Tracks: TypeAlias = dict[UUID, Track]


def tracks(touched: Mapping[str, Collection[UUID]], cuts: Cuts) -> Tracks:
    """These records with all that they hang from, and all the parts of those that have one among them; three
    statements at most."""
    found = _follow(steps_of(touched), cuts)
    beside = {name: _siblings(name, found) for name in SIDES if name in touched}
    second: dict[str, QuerySet[Any] | Collection[UUID]] = {**_missing(found), **beside}
    if second:
        found |= _follow(steps_of(second), cuts)
    if third := _missing(found):
        found |= _follow(steps_of(third), cuts)
    return found


def _siblings(object_type: str, found: Tracks) -> QuerySet[Any]:
    """All parts of that type of the rows that have one of them touched."""
    model, owner = SIDES[object_type]
    owners = {key for track in found.values() if track.object_type == object_type for key in track.owners}
    return model._default_manager.filter(**{f"{owner}__in": owners}).order_by().values("pk")


def _follow(steps: Iterable[Step], cuts: Cuts) -> Tracks:
    """Each record as its steps left it at the cuts."""
    states: dict[UUID, tuple[State, set[str], int]] = {}
    found: Tracks = {}
    for step in steps:
        key = step.object_id
        track = found.setdefault(key, Track(step.object_type, key))
        state, gone, last = states.get(key) or (State.unborn(step.object_type), set(), 0)
        _freeze(track, state, gone, cuts, last, step.seq)
        state.apply(step.contents, 0)
        gone -= step.contents.values.keys()
        gone |= step.contents.redacted - {BECAUSE}
        states[key] = (state, gone, step.seq)
        if step.contents.because and cuts.start < step.seq <= cuts.end:
            track.reasons.append((step.seq, step.contents.because))
    for key, (state, gone, last) in states.items():
        _freeze(found[key], state, gone, cuts, last, None)
        found[key].today = Snapshot.of(state, gone)
    return found


def _freeze(track: Track, state: State, gone: set[str], cuts: Cuts, last: int, coming: int | None) -> None:
    """Keep the record as it stands where the next step lies beyond a cut."""
    if not last:
        return
    for name, cut in (("start", cuts.start), ("end", cuts.end)):
        if last <= cut and (coming is None or cut < coming):
            setattr(track, name, Snapshot.of(state, gone))


def _missing(found: Tracks) -> Keys:
    """The rows that these hang from, as far as they were not read yet."""
    wanted: Keys = {}
    for track in found.values():
        for snapshot in track.snapshots:
            for name, key in snapshot.above:
                if key not in found:
                    wanted.setdefault(name, set()).add(key)
    return wanted
