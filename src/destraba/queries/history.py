"""The story of one thing, and the last movements of a mesa, as the events tell them."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from destraba.ledger.columns import column, python_value
from destraba.ledger.describe import Sentence, describe
from destraba.ledger.names import names_for
from destraba.ledger.registry import object_type
from destraba.ledger.replay import Entry, entries_of, fold, with_previous
from destraba.models import Record
from destraba.queries.matrix.rows import Matrix

RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in words."""

    entry: Entry
    sentence: Sentence


def story(records: Iterable[Record], zone: str) -> list[Happening]:
    """What happened to these records, newest first; a few statements for each kind of record."""
    ids: dict[str, list[UUID]] = {}
    for record in records:
        ids.setdefault(object_type(record), []).append(record.pk)
    return _told(ids, zone)


def last_change(record: Record) -> tuple[str, datetime | None]:
    """Who changed a record last, and when."""
    happenings = story([record], "UTC")
    if not happenings:
        return "", None
    return happenings[0].sentence.who, happenings[0].entry.occurred_at


def as_of(record: RecordT, version: int) -> RecordT:
    """A copy of a record as it was at a version, to compare with; two statements."""
    name = object_type(record)
    entries = [one for one in entries_of({name: [record.pk]}) if one.object_version <= version]
    earlier = copy(record)
    for column_name, plain in fold(name, entries).values.items():
        field = column(type(record), column_name)
        setattr(earlier, field.attname, python_value(field, plain))
    return earlier


def latest(matrix: Matrix, most: int, zone: str) -> list[Happening]:
    """The last movements among the rows of a Matrix that somebody may see, newest first.

    Whatever moves a row moves its `moved_at`, so the last events are among those of the rows moved last.
    """
    moved: list[tuple[datetime, str, UUID]] = []
    for problem in matrix.problems:
        moved.append((problem.own_moved_at, "problem", problem.id))
        moved.extend((one.moved_at, "solution", one.id) for one in problem.solutions)
        moved.extend((one.moved_at, "commitment", one.id) for one in problem.commitments)
    ids: dict[str, list[UUID]] = {}
    for _moved_at, kind, pk in sorted(moved, reverse=True)[:most]:
        ids.setdefault(kind, []).append(pk)
    return _told(ids, zone, most)


def _told(ids: Mapping[str, Iterable[UUID]], zone: str, most: int | None = None) -> list[Happening]:
    """Newest first. Names are fetched for those that are shown, all entries for what they replaced."""
    told = list(reversed(list(with_previous(entries_of(ids)))))[:most]
    names = names_for(told, zone)
    return [Happening(entry, describe(entry, previous, names)) for entry, previous in told]
