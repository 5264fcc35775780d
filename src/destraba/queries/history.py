"""The story of one thing, and the last movements of a mesa, as the events tell them."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID

from destraba.ledger.columns import column, python_value
from destraba.ledger.describe import Sentence, describe
from destraba.ledger.names import names_for
from destraba.ledger.registry import object_type
from destraba.ledger.replay import Entry, entries_of, fold, with_previous
from destraba.models import Commitment, Problem, Record, Solution
from destraba.queries.access import Viewer
from destraba.queries.disclosure import teller
from destraba.queries.matrix.rows import Matrix

RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in words."""

    entry: Entry
    sentence: Sentence


def story(
    viewer: Viewer, record: Problem | Solution | Commitment, parts: Iterable[Record], zone: str
) -> list[Happening]:
    """What happened to a record and its parts, as far as this viewer may know, newest first; a few statements
    for each kind of record."""
    return _told(by_type([record, *parts]), zone, may_tell=teller_of(viewer, record))


def teller_of(viewer: Viewer, record: Problem | Solution | Commitment) -> Callable[[Entry], bool]:
    """Whether an entry of a row or of its parts may be told to this viewer; one statement, none for the
    team."""
    lineage = [record.pk, getattr(record, "problem_id", None), getattr(record, "solution_id", None)]
    above = [one for one in lineage if one]
    return teller(viewer, record.mesa_id, lambda _record_id: above)


def latest_of(records: Iterable[Record], most: int, zone: str) -> list[Happening]:
    """The last that happened to any of these records, newest first."""
    return _told(by_type(records), zone, most)


def last_change(record: Record) -> tuple[str, datetime | None]:
    """Who changed a record last, and when."""
    happenings = _told(by_type([record]), "UTC")
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


def latest(viewer: Viewer, mesa_id: UUID, matrix: Matrix, most: int, zone: str) -> list[Happening]:
    """The last movements among the rows of a Matrix that this viewer may see, newest first.

    Whatever moves a row moves its `moved_at`, so the last events are among those of the rows moved last.
    """
    moved: list[tuple[datetime, str, UUID]] = []
    above: dict[UUID, tuple[UUID, ...]] = {}
    for problem in matrix.problems:
        moved.append((problem.own_moved_at, "problem", problem.id))
        above[problem.id] = (problem.id,)
        for solution in problem.solutions:
            moved.append((solution.moved_at, "solution", solution.id))
            above[solution.id] = (problem.id, solution.id)
        for commitment in problem.commitments:
            moved.append((commitment.moved_at, "commitment", commitment.id))
            solution_id = (commitment.solution_id,) if commitment.solution_id else ()
            above[commitment.id] = (problem.id, *solution_id, commitment.id)
    ids: dict[str, list[UUID]] = {}
    for _moved_at, kind, pk in sorted(moved, reverse=True)[:most]:
        ids.setdefault(kind, []).append(pk)
    return _told(ids, zone, most, teller(viewer, mesa_id, above.__getitem__))


def by_type(records: Iterable[Record]) -> Mapping[str, list[UUID]]:
    """The keys of these records by their type."""
    ids: dict[str, list[UUID]] = {}
    for record in records:
        ids.setdefault(object_type(record), []).append(record.pk)
    return ids


def _told(
    ids: Mapping[str, Iterable[UUID]],
    zone: str,
    most: int | None = None,
    may_tell: Callable[[Entry], bool] = lambda _entry: True,
) -> list[Happening]:
    """Newest first. Names are fetched for those that are shown, all entries for what they replaced."""
    replaced = reversed(list(with_previous(entries_of(ids))))
    told = list(islice((pair for pair in replaced if may_tell(pair[0])), most))
    names = names_for(told, zone)
    return [Happening(entry, describe(entry, previous, names)) for entry, previous in told]
