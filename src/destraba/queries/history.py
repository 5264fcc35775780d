"""The story of one thing, as its events tell it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from destraba.ledger.canonical import Plain
from destraba.ledger.registry import object_type
from destraba.ledger.replay import Entry, entries_of, with_previous
from destraba.models import Person, Record
from destraba.queries.matrix.rows import Matrix


@dataclass(frozen=True, slots=True)
class Happening:
    """One event with the values it replaced."""

    entry: Entry
    previous: Mapping[str, Plain]
    by: str


def story(records: Iterable[Record]) -> list[Happening]:
    """What happened to these records, newest first."""
    ids: dict[str, list[UUID]] = {}
    for record in records:
        ids.setdefault(object_type(record), []).append(record.pk)
    return _told(ids)


def last_change(record: Record) -> tuple[str, datetime | None]:
    """Who changed a record last, and when."""
    happenings = story([record])
    return (happenings[0].by, happenings[0].entry.occurred_at) if happenings else ("", None)


def latest(matrix: Matrix, most: int) -> list[Happening]:
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
    return _told(ids)[:most]


def _told(ids: Mapping[str, Iterable[UUID]]) -> list[Happening]:
    entries = entries_of(ids)
    people = dict(
        Person.objects.filter(pk__in={e.actor for e in entries if e.actor}).values_list("pk", "full_name")
    )
    happenings = []
    for own in _by_record(entries):
        for entry, previous in with_previous(own):
            happenings.append(Happening(entry, previous, people.get(entry.actor, "") if entry.actor else ""))
    return sorted(happenings, key=lambda one: (one.entry.occurred_at, one.entry.seq), reverse=True)


def _by_record(entries: Iterable[Entry]) -> list[list[Entry]]:
    grouped: dict[tuple[str, UUID], list[Entry]] = {}
    for entry in entries:
        grouped.setdefault((entry.object_type, entry.object_id), []).append(entry)
    return [sorted(own, key=lambda entry: entry.seq) for own in grouped.values()]
