"""Seats that are closed, and opened again: an organization leaves a mesa, and what it owes stays with it."""

from datetime import date, datetime

from django.db.models import Q

from destraba.actions.followup.commitments import reassign
from destraba.actions.inputs import because
from destraba.actions.people import permit_seating
from destraba.ledger import kinds
from destraba.ledger.canonical import Plain
from destraba.ledger.columns import column, python_value
from destraba.ledger.record import Recording, recording
from destraba.ledger.registry import ledgered_models, object_type
from destraba.ledger.replay import Entry, before, entries_of, entries_of_change_set
from destraba.models import Commitment, Programme, Seat
from destraba.rules.commitments import OPEN
from destraba.values.actors import Actor
from destraba.values.days import day_in
from destraba.values.errors import Conflict
from destraba.values.reasons import Reason


def close_seat(*, actor: Actor, seat: Seat, reason: str, now: datetime) -> Seat:
    """Its organization leaves: whoever sits there leaves today; open commitments stay with the organization.

    Nobody closes the seat that they sit in: whoever is left outside could not open it again.
    """
    permit_seating(actor=actor, mesa=seat.mesa, now=now)
    owed = Commitment.objects.filter(owner_seat=seat, withdrawn_at=None, state__in=OPEN)
    streams = {seat.stream_id, *owed.values_list("mesa_id", flat=True)}
    with recording(actor=actor, now=now, streams=streams) as change:
        seat.refresh_from_db()
        if seat.withdrawn_at:
            raise Conflict(Reason.of("seat_closed"))
        _end_tenures(change, seat, actor, day_in(_zone(seat), now))
        for commitment in owed.filter(mesa__in=streams):
            reassign(change, commitment, seat.organization)
        return change.update(seat, kinds.SEAT_CLOSED, because(reason), withdrawn_at=now)


def reopen_seat(*, actor: Actor, seat: Seat, now: datetime) -> Seat:
    """The seat is there again, and empty; on the day on which it was closed, all is as it was before.

    What somebody has changed since stays as it is.
    """
    permit_seating(actor=actor, mesa=seat.mesa, now=now)
    closed_at, zone = seat.withdrawn_at, _zone(seat)
    if closed_at is None:
        raise Conflict(Reason.of("seat_open"))
    is_mistake = day_in(zone, closed_at) == day_in(zone, now)
    entries = _done_with_the_closing(seat) if is_mistake else []
    streams = {seat.stream_id, *(entry.stream for entry in entries)}
    with recording(actor=actor, now=now, streams=streams) as change:
        change.update(seat, kinds.SEAT_REOPENED, withdrawn_at=None)
        for entry in entries:
            _take_back(change, entry)
        return seat


def _end_tenures(change: Recording, seat: Seat, actor: Actor, today: date) -> None:
    """Those that run end today; those that were to begin never will."""
    running = seat.tenures.filter(Q(ends_on=None) | Q(ends_on__gt=today), withdrawn_at=None)
    for tenure in running.select_related("person"):
        if tenure.person_id == actor.person_id:
            raise Conflict(Reason.of("own_seat"))
        if tenure.starts_on > today:
            change.update(tenure, kinds.TENURE_WITHDRAWN, withdrawn_at=change.now)
        else:
            change.update(tenure, kinds.TENURE_ENDED, ends_on=today)


def _done_with_the_closing(seat: Seat) -> list[Entry]:
    """What else was written when the seat was last closed."""
    told = entries_of({object_type(seat): [seat.pk]})
    closing = [entry for entry in told if entry.kind == kinds.SEAT_CLOSED.name][-1]
    return [entry for entry in entries_of_change_set(closing.change_set) if entry.object_id != seat.pk]


def _take_back(change: Recording, entry: Entry) -> None:
    model = ledgered_models()[entry.object_type]
    record = model._default_manager.get(pk=entry.object_id)
    if record.version != entry.object_version:
        return
    earlier: dict[str, Plain] = before(entry).values
    values = {name: python_value(column(model, name), earlier[name]) for name in entry.values}
    change.update(record, kinds.CHANGE_UNDONE, **values)


def _zone(seat: Seat) -> str:
    """Tenures are days in the zone of the mesa, or of the programme."""
    return seat.mesa.time_zone if seat.mesa else Programme.objects.get(pk=seat.programme_id).time_zone
