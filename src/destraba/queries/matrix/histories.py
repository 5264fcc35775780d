"""The history of one cell of the Matrix, and of one row with all that belongs to it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from destraba.ledger.columns import plain_of
from destraba.ledger.describe import Change, Sentence, changed_value, describe, redacted
from destraba.ledger.field_names import FIELDS
from destraba.ledger.names import Names, keys_in, names_for, names_of
from destraba.ledger.registry import object_type
from destraba.ledger.replay import Entry, entries_of, with_previous
from destraba.models import (
    Answer,
    Collaboration,
    Commitment,
    Confirmation,
    Enactment,
    FocusInterval,
    LightInterval,
    Opinion,
    Problem,
    Record,
    Solution,
    SolutionPlace,
)
from destraba.queries.access import Viewer
from destraba.queries.history import Happening, by_type, teller_of
from destraba.rules.lights import Light
from destraba.values.errors import NotFound
from destraba.values.reasons import Reason

Row = Problem | Solution | Commitment

LIGHT = "light"
_CELLS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "problem": {
        "step": ("stage", "filter_reason"),
        "priority": ("importance", "speed"),
        "quadrant": ("importance", "speed"),
        "concern": ("concern", "concern_because"),
        "public_input": ("public_input", "private_matter"),
        "policy": ("scope", "instrument"),
        "contentious": ("is_contentious",),
    },
    "solution": {
        **dict.fromkeys(("step", "enacted", "applied", "effective"), ("stage",)),
        "funding": ("funding", "budget_window_on"),
    },
    "commitment": {
        **dict.fromkeys(("step", "stage"), ("state",)),
        "seat": ("owner_seat",),
        "starts": ("starts_on",),
        "owner": ("owner_organization", "owner_seat"),
        LIGHT: ("declared", "override_light", "override_until", "override_because"),
        "slips": ("due",),
    },
}
"""Columns of the Matrix that show more than one of the record, or go by another name; any other is one."""

# Where a row lies, and what another column says in people's own words.
_NO_CELLS = frozenset({"mesa", "position", "number", "withdrawn_at"})


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell became at one event. Of a cell of several columns, those that changed."""

    entry: Entry
    who: str
    changes: tuple[Change, ...]
    because: str


@dataclass(frozen=True, slots=True)
class LightShown:
    """A light from a day to a day; None: it shows it still."""

    light: Light
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class CellHistory:
    """`now` is what stands there today, column by column; `values` are what it had, newest first. `lights`
    are those that a commitment showed, where it is its light that one asks about."""

    columns: tuple[str, ...]
    now: tuple[Change, ...]
    values: tuple[Value, ...]
    lights: tuple[LightShown, ...] = ()


@dataclass(frozen=True, slots=True)
class RowHistory:
    """All that happened to a row and its parts, newest first; `cells`: how often each of its columns
    changed, the most often changed first."""

    happenings: tuple[Happening, ...]
    cells: tuple[tuple[str, int], ...]


def cell_columns(record: Row, cell: str) -> tuple[str, ...]:
    """The columns behind a cell. Raises NotFound for what is none."""
    kind = object_type(record)
    if cell in _CELLS[kind]:
        return _CELLS[kind][cell]
    if cell in record.ledger.recorded and cell in FIELDS and cell not in _NO_CELLS:
        return (cell,)
    raise NotFound(Reason.of("no_such_cell"))


def cell_history(viewer: Viewer, record: Row, cell: str, zone: str) -> CellHistory:
    """What stood in a cell, as far as this viewer may know; two statements, one more for whoever is not of
    the team, one more for a light, and one for each kind of record that is named. Raises NotFound."""
    columns = cell_columns(record, cell)
    kind, may_tell = object_type(record), teller_of(viewer, record)
    current = {name: plain_of(record, name) for name in columns}
    told = [
        (entry, previous)
        for entry, previous in with_previous(entries_of({kind: [record.pk]}))
        if may_tell(entry) and not (entry.values.keys() | entry.redacted).isdisjoint(columns)
    ]
    here = names_of(keys_in(type(record), current), {record.mesa_id})
    before = names_for(told, zone)
    names = replace(before, by_key={**here.by_key, **before.by_key})
    values = [_value(entry, describe(entry, previous, names), columns, names) for entry, previous in told]
    now = [changed_value(kind, name, None, plain, names) for name, plain in current.items()]
    lights = _lights(record) if cell == LIGHT else ()
    return CellHistory(columns, tuple(now), tuple(one for one in reversed(values) if one.changes), lights)


def _lights(record: Row) -> tuple[LightShown, ...]:
    shown = LightInterval.objects.filter(commitment=record.pk).order_by("-starts_on", "-pk")
    return tuple(LightShown(Light(one.light), one.starts_on, one.ends_on) for one in shown)


def row_history(viewer: Viewer, record: Row, zone: str) -> RowHistory:
    """The story of a row, what was withdrawn of it included; one statement for each kind of part besides."""
    may_tell = teller_of(viewer, record)
    told = [
        pair for pair in with_previous(entries_of(by_type([record, *parts_of(record)]))) if may_tell(pair[0])
    ]
    names = names_for(told, zone)
    happenings = [Happening(entry, describe(entry, previous, names)) for entry, previous in reversed(told)]
    own = (one for one in happenings if one.entry.object_id == record.pk)
    changed = Counter(change.column for one in own for change in one.sentence.changes)
    cells = [(name, times) for name, times in changed.most_common() if name not in _NO_CELLS]
    return RowHistory(tuple(happenings), tuple(cells))


def parts_of(record: Row) -> Iterator[Record]:
    """The records that belong to a row, the withdrawn ones too."""
    match record:
        case Problem():
            yield from FocusInterval.objects.filter(problem=record)
        case Solution():
            yield from Enactment.objects.filter(solution=record)
            yield from Opinion.objects.filter(enactment__solution=record)
            yield from SolutionPlace.objects.filter(solution=record)
            yield from Confirmation.objects.filter(solution=record)
        case Commitment():
            yield from Collaboration.objects.filter(commitment=record)
            yield from Answer.objects.filter(commitment=record)


def _value(entry: Entry, told: Sentence, columns: Iterable[str], names: Names) -> Value:
    """What an event made of the cell; at the birth of a row, what it was given."""
    if entry.object_version == 1:
        given = [
            changed_value(entry.object_type, name, None, entry.values.get(name), names) for name in columns
        ]
        given = [replace(one, now=redacted()) if one.column in entry.redacted else one for one in given]
        changes = tuple(one for one in given if one.now)
    else:
        changes = tuple(one for one in told.changes if one.column in columns)
    return Value(entry, told.who, changes, told.because)
