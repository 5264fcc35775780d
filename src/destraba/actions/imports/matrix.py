"""Bringing a Matrix in: new rows and changed cells of one mesa, all of it or nothing."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from destraba.actions.files import enter_file
from destraba.actions.followup.answers import settle_move
from destraba.actions.followup.commitments import refresh_many
from destraba.actions.imports.incoming import Imported, Incoming, IncomingMember
from destraba.actions.imports.owners import owner_names
from destraba.actions.imports.rows import RowWriter
from destraba.actions.mesas import open_mesa
from destraba.actions.people import enter_organization, enter_seat
from destraba.ledger import kinds
from destraba.ledger.heads import seq_of
from destraba.ledger.record import Recording, recording
from destraba.models import (
    File,
    ImportedRow,
    ImportSource,
    Mesa,
    Organization,
    OrganizationKind,
    Seat,
)
from destraba.queries import access
from destraba.queries.people import organizations_named
from destraba.rules.permissions import Deed, Subject
from destraba.values.actors import Actor
from destraba.values.errors import Stale
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.names import name_key
from destraba.values.reasons import Reason


def _unseen(_done: int, _total: int) -> None:
    """Nobody watches."""


def bring_in(
    *,
    actor: Actor,
    mesa: Mesa,
    incoming: Incoming,
    now: datetime,
    progress: Callable[[int, int], None] = _unseen,
) -> Imported:
    """Write what was chosen, and remember what the source said.

    Raises Stale where somebody changed the mesa after source and mesa were compared: compare again.

    Three change sets in one transaction: who is new and the file; the rows, which alone can be undone; and
    what the source calls done, which like every decision is taken back by another.
    """
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=Subject(mesa.pk), now=now)
    with transaction.atomic():
        with recording(actor=actor, now=now, streams=[mesa.pk, mesa.programme_id]) as change:
            if seq_of(mesa.pk) != incoming.as_of:
                raise Stale(Reason.of("stale"))
            organizations = _Organizations(change, mesa, incoming)
            file = _enter_file(change, mesa, incoming)
        with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
            writer = RowWriter(change, mesa, organizations.by_key, incoming.source, progress)
            writer.write(incoming.rows)
            undoable = change.change_set
        if writer.settled:
            access.permit(actor=actor, deed=Deed.ACCEPT, subject=Subject(mesa.pk), now=now)
            with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
                for commitment, move in writer.settled:
                    settle_move(change, commitment, move, incoming.source)
                refresh_many(change, mesa, [commitment for commitment, _move in writer.settled])
        _remember(mesa, incoming, writer, file, now)
    return Imported(undoable, is_undoable=incoming.writes and not writer.settled)


def open_with(
    *,
    actor: Actor,
    incoming: Incoming,
    name: str,
    slug: str,
    method_id: str,
    installed_on: FuzzyDate | None = None,
    now: datetime,
    progress: Callable[[int, int], None] = _unseen,
) -> Mesa:
    """A new mesa with what the spreadsheet holds: both, or neither."""
    with transaction.atomic():
        mesa = open_mesa(
            actor=actor, name=name, slug=slug, method_id=method_id, installed_on=installed_on, now=now
        )
        opened = replace(incoming, as_of=seq_of(mesa.pk))
        bring_in(actor=actor, mesa=mesa, incoming=opened, now=now, progress=progress)
        return mesa


class _Organizations:
    """Those that the source names, by name key; the new ones are entered, and the participants seated."""

    def __init__(self, change: Recording, mesa: Mesa, incoming: Incoming) -> None:
        self._change = change
        self._mesa = mesa
        names = [member.name for member in incoming.members]
        for row in incoming.rows:
            names.extend(filter(None, owner_names(row.values)))
        self.by_key: dict[str, Organization] = dict(organizations_named(names))
        self._seat(incoming.members)
        for name in names:
            self._named(name)

    def _seat(self, members: Iterable[IncomingMember]) -> None:
        """Seats for the participants, empty until somebody says who sits in them."""
        seats = Seat.objects.filter(mesa=self._mesa, withdrawn_at=None)
        seated = set(seats.values_list("organization_id", flat=True))
        for member in members:
            organization = self._named(member.name, member.kind)
            if organization.pk not in seated:
                enter_seat(
                    self._change, organization, member.role, self._mesa, is_occasional=member.is_occasional
                )
                seated.add(organization.pk)

    def _named(self, name: str, kind: OrganizationKind = OrganizationKind.OTHER) -> Organization:
        key = name_key(name)[:200]
        if key not in self.by_key:
            programme = self._mesa.programme
            self.by_key[key] = enter_organization(self._change, programme, name=name, kind=kind)
        return self.by_key[key]


def _enter_file(change: Recording, mesa: Mesa, incoming: Incoming) -> File | None:
    """The spreadsheet, if anything is taken from it, and a line in the mesa's story."""
    if not incoming.writes:
        return None
    change.note(mesa, kinds.MESA_IMPORTED, incoming.file.name if incoming.file else incoming.source)
    if incoming.file is None:
        return None
    return enter_file(
        change,
        mesa,
        content=incoming.file.content,
        name=incoming.file.name,
        media_type=incoming.file.media_type,
    )


def _remember(mesa: Mesa, incoming: Incoming, writer: RowWriter, file: File | None, now: datetime) -> None:
    """What the source said, row by row, and under which headings."""
    mapping = {"columns": [list(column) for column in incoming.columns], "colours": dict(incoming.colours)}
    said = {"imported_at": now, "mapping": mapping, **({"file": file} if file else {})}
    source, _created = ImportSource.objects.update_or_create(mesa=mesa, name=incoming.source, defaults=said)
    rows = ImportedRow.objects.filter(source=source).values_list("object_type", "key", "object_id", "values")
    known = {(object_type, key): (record_id, values) for object_type, key, record_id, values in rows}
    moved = []
    for row in incoming.rows:
        record_id, values, kind = writer.entered[row.id], dict(row.said), row.kind.value
        if known.get((kind, row.key)) != (record_id, values):
            moved.append(
                ImportedRow(source=source, object_type=kind, key=row.key, object_id=record_id, values=values)
            )
    ImportedRow.objects.bulk_create(
        moved,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["source", "object_type", "key"],
        update_fields=["object_id", "values"],
    )
