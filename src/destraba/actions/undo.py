"""Taking back one's own last change: the inverse values of one change set, appended, never erased."""

from datetime import datetime
from uuid import UUID

from destraba.actions.lights import refresh
from destraba.ledger import kinds
from destraba.ledger.columns import column, python_value
from destraba.ledger.kinds import Undo, kind_named
from destraba.ledger.record import Recording, recording
from destraba.ledger.registry import ledgered_models
from destraba.ledger.replay import Entry, before, entries_of_change_set
from destraba.models import Commitment, Mesa, Record
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
    """Back to what the record was before the first of its entries."""
    last, first = entries[0], entries[-1]
    model = ledgered_models()[first.object_type]
    record = model._default_manager.get(pk=first.object_id)
    if record.version != last.object_version:
        raise Conflict(Reason.of("moved_on"))
    if kind_named(first.kind).undo is Undo.WITHDRAW:
        return change.update(record, kinds.CHANGE_UNDONE, withdrawn_at=change.now)
    earlier = before(first).values
    changed = {name for entry in entries for name in entry.values}
    values = {name: python_value(column(model, name), earlier[name]) for name in changed}
    return change.update(record, kinds.CHANGE_UNDONE, **values)
