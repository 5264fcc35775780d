"""Taking back one's own last change: the inverse values of one change set, appended, never erased."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from destraba.actions.lights import refresh
from destraba.ledger import kinds
from destraba.ledger.canonical import Plain
from destraba.ledger.columns import column, plain_of, python_value
from destraba.ledger.kinds import Undo, kind_named
from destraba.ledger.record import Recording, recording
from destraba.ledger.registry import ledgered_models
from destraba.ledger.replay import Entry, before, entries_of_change_set
from destraba.models import Commitment, Mesa, Problem, Record, Solution
from destraba.queries import access
from destraba.rules.permissions import Deed, Subject
from destraba.values.actors import Actor
from destraba.values.days import day_in
from destraba.values.errors import Conflict, NotAllowed
from destraba.values.reasons import Reason


def undo(*, actor: Actor, mesa: Mesa, change_set: UUID, now: datetime) -> tuple[list[Record], UUID]:
    """Undo a change set of this actor's in this mesa; a row it added is withdrawn.

    Only edits, order and additions can be undone, and only where nobody has changed them since: a decision
    is taken back by another decision. Returns the records and the new change set, which can be undone too.
    """
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=Subject(mesa.pk), now=now)
    with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
        entries = entries_of_change_set(change_set)
        _check(actor, mesa, entries)
        records = [_take_back(change, record_entries) for record_entries in _by_record(entries)]
        commitments = [one for one in records if isinstance(one, Commitment) and not one.withdrawn_at]
        refresh(mesa, commitments, day_in(mesa.time_zone, now))
        return records, change.change_set


def _check(actor: Actor, mesa: Mesa, entries: list[Entry]) -> None:
    if not entries or any(entry.stream != mesa.pk for entry in entries):
        raise Conflict(Reason.of("nothing_to_undo"))
    if any(entry.actor != actor.person_id for entry in entries):
        raise NotAllowed(Reason.of("nothing_to_undo"))
    if any(kind_named(entry.kind).undo is Undo.NEVER for entry in entries):
        raise Conflict(Reason.of("not_undoable"))


def _by_record(entries: list[Entry]) -> list[list[Entry]]:
    """The entries of each record, last first, and the records in the reverse of the order they came in."""
    grouped: dict[tuple[str, UUID], list[Entry]] = {}
    for entry in entries:
        grouped.setdefault((entry.object_type, entry.object_id), []).insert(0, entry)
    return list(reversed(list(grouped.values())))


def _take_back(change: Recording, entries: list[Entry]) -> Record:
    """Back to what the record was before the first of its entries, if it still says what the last left."""
    first = entries[-1]
    model = ledgered_models()[first.object_type]
    record = model._default_manager.get(pk=first.object_id)
    left: dict[str, Plain] = {}
    for entry in reversed(entries):
        left.update(entry.values)
    if record.withdrawn_at is None and "withdrawn_at" not in left:
        left["withdrawn_at"] = None
    if any(plain_of(record, name) != value for name, value in left.items()):
        raise Conflict(Reason.of("moved_on"))
    if kind_named(first.kind).undo is Undo.WITHDRAW:
        _refuse_with_children(record)
        return change.update(record, kinds.CHANGE_UNDONE, withdrawn_at=change.now)
    earlier = before(first).values
    values = {
        name: python_value(column(model, name), earlier[name]) for entry in entries for name in entry.values
    }
    return change.update(record, kinds.CHANGE_UNDONE, **values)


def _refuse_with_children(record: Record) -> None:
    """A row that somebody has hung another below is no longer just an addition."""
    below: list[QuerySet[Any]] = []
    if isinstance(record, Problem):
        below = [
            Solution.objects.filter(problem=record),
            Commitment.objects.filter(problem=record),
            Problem.objects.filter(Q(duplicate_of=record) | Q(underlying=record)),
        ]
    elif isinstance(record, Solution):
        below = [Commitment.objects.filter(solution=record)]
    if any(rows.filter(withdrawn_at=None).exists() for rows in below):
        raise Conflict(Reason.of("moved_on"))
