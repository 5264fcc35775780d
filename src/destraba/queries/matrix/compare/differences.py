"""Two states of the rows of a Matrix against each other. Nothing here asks the database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from destraba.ledger.canonical import Plain
from destraba.ledger.describe import QUIET
from destraba.queries.access import Reach
from destraba.queries.matrix.compare.lights import Turn
from destraba.queries.matrix.compare.parts import Parts
from destraba.queries.matrix.compare.rows import Difference
from destraba.queries.matrix.compare.tracks import ROWS, Snapshot, Track, Tracks
from destraba.rules.commitments import CommitmentState
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.visibility import Visibility, strictest

STATE = {"problem": "stage", "solution": "stage", "commitment": "state"}
GONE: Mapping[str, frozenset[str]] = {
    "problem": frozenset({ProblemStage.FILTERED_OUT, ProblemStage.TRANSFERRED, ProblemStage.WITHDRAWN}),
    "solution": frozenset({SolutionStage.DROPPED}),
    "commitment": frozenset({CommitmentState.CANCELLED, CommitmentState.REPLACED}),
}
"""Where a row stands that the mesa no longer works on. One that is parked may come back by itself."""

UNTOLD = QUIET | {
    "number",
    "meeting",
    "withdrawn_at",
    "asked_on",
    "agreed_on",
    "reported_on",
    "done_on",
    "original_due",
    "state_because",
}
"""What another column says already, or nobody asks of a comparison."""

AT_BIRTH: Mapping[str, tuple[str, ...]] = {
    "problem": ("axis", "raised_by"),
    "solution": ("stage",),
    "commitment": ("owner_organization", "due"),
}
"""What is told of a row that was added."""

_POINTS = ("start", "end", "today")


@dataclass(frozen=True, slots=True)
class Cell:
    """A column that is another at the end, as the ledger writes its values."""

    column: str
    was: Plain
    now: Plain
    was_gone: bool = False
    now_gone: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A row that differs, or that one hangs from which does."""

    track: Track
    latest: Snapshot
    difference: Difference | None = None
    cells: tuple[Cell, ...] = ()
    parts: tuple[Parts, ...] = ()
    turn: Turn | None = None
    above: tuple[UUID, ...] = field(default=())


def differing(
    found: Tracks, parts: Mapping[UUID, Sequence[Parts]], turns: Mapping[UUID, Turn], reach: Reach
) -> dict[UUID, Found]:
    """The rows that differ, as far as they are within reach then, at the end and today; with those above."""
    rows: dict[UUID, Found] = {}
    for key, track in found.items():
        if track.object_type in ROWS and is_seen(track, found, reach):
            one = _compared(track, parts.get(key, ()), turns.get(key))
            if one and one.difference:
                rows[key] = one
    for one in list(rows.values()):
        for key in one.above:
            above = found[key]
            if key not in rows and above.latest:
                rows[key] = Found(above, above.latest, above=_above(above.latest))
    return rows


def is_seen(track: Track, found: Tracks, reach: Reach) -> bool:
    """Whether a row and all that it hangs from were open to this reader at every moment that counts."""
    return all(
        _open_at(track, snapshot, point, found, reach)
        for point in _POINTS
        if (snapshot := getattr(track, point)) is not None
    )


def _open_at(track: Track, snapshot: Snapshot, point: str, found: Tracks, reach: Reach) -> bool:
    line = [snapshot]
    problem = snapshot if track.object_type == "problem" else None
    for name, key in snapshot.above:
        if (above := getattr(found[key], point)) is not None:
            line.append(above)
            problem = above if name == "problem" else problem
    counted = strictest(*(Visibility(str(one.values["visibility"])) for one in line))
    if counted.value not in reach.visibilities:
        return False
    return reach.axes is None or (problem is not None and problem.values["axis"] in reach.axes)


def is_there(object_type: str, snapshot: Snapshot | None) -> bool:
    """Whether the mesa works on a row, or did."""
    if snapshot is None or snapshot.values["withdrawn_at"] is not None:
        return False
    return snapshot.values[STATE[object_type]] not in GONE[object_type]


def _compared(track: Track, parts: Sequence[Parts], turn: Turn | None) -> Found | None:
    latest = track.latest
    if latest is None:
        return None
    was_there, is_now = (is_there(track.object_type, one) for one in (track.start, track.end))
    cells, told = tuple(_cells(track)), tuple(one for one in parts if one.was != one.now)
    difference = None
    if is_now and not was_there:
        difference, cells, told = Difference.ADDED, tuple(_at_birth(track)), ()
    elif was_there and not is_now:
        difference, cells, told = Difference.REMOVED, (), ()
    elif was_there and (cells or told):
        difference = Difference.MODIFIED
    elif was_there and turn and turn.is_turned:
        difference = Difference.TURNED
    return Found(track, latest, difference, cells, told, turn, _above(latest))


def _above(snapshot: Snapshot) -> tuple[UUID, ...]:
    return tuple(key for _name, key in snapshot.above)


def _cells(track: Track) -> Iterator[Cell]:
    if track.start is None or track.end is None:
        return
    for name, now in track.end.values.items():
        was = track.start.values[name]
        if name not in UNTOLD and was != now:
            yield Cell(name, was, now, name in track.start.gone, name in track.end.gone)


def _at_birth(track: Track) -> Iterator[Cell]:
    if track.end:
        for name in AT_BIRTH[track.object_type]:
            yield Cell(name, None, track.end.values[name], now_gone=name in track.end.gone)
