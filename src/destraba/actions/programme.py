"""The programme itself, and the figures that others declare of it."""

from datetime import datetime

from destraba.actions.inputs import NAME, because, line, passage, required_line
from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.models import Figure, Programme
from destraba.queries import access
from destraba.rules.permissions import PROGRAMME, Deed
from destraba.rules.programme import figures
from destraba.values.actors import Actor
from destraba.values.errors import Conflict, Invalid
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.reasons import Reason

VALUE, UNIT, SOURCE, NOTE = 60, 80, 300, 2000


def found_programme(
    *, actor: Actor, name: str, time_zone: str, is_demo: bool = False, now: datetime
) -> Programme:
    """The first act of an installation, and possible once."""
    access.permit(actor=actor, deed=Deed.MANAGE_SETTINGS, subject=PROGRAMME, now=now)
    programme = Programme(name=required_line("name", name, NAME), time_zone=time_zone, is_demo=is_demo)
    with recording(actor=actor, now=now, streams=[programme.stream_id]) as change:
        if Programme.objects.exists():
            raise Conflict(Reason.of("programme_exists"))
        return change.create(programme, kinds.PROGRAMME_FOUNDED)


def note_figure(
    *,
    actor: Actor,
    programme: Programme,
    label: str,
    value: str,
    source: str,
    out_of: int | None = None,
    unit: str = "",
    as_of: FuzzyDate | None = None,
    note: str = "",
    now: datetime,
) -> Figure:
    """Put on record a figure that somebody else counted. Without a source it is none."""
    access.permit(actor=actor, deed=Deed.NOTE_FIGURES, subject=PROGRAMME, now=now)
    figure = Figure(
        programme=programme,
        label=required_line("label", label, NAME),
        value=required_line("value", value, VALUE),
        out_of=out_of,
        unit=line("unit", unit, UNIT),
        as_of=as_of,
        source=required_line("source", source, SOURCE),
        note=passage("note", note, NOTE),
    )
    if refused := figures.check(figure.value, out_of):
        raise Invalid(refused)
    with recording(actor=actor, now=now, streams=[programme.pk]) as change:
        return change.create(figure, kinds.FIGURE_NOTED)


def withdraw_figure(*, actor: Actor, figure: Figure, reason: str, now: datetime) -> Figure:
    """It is shown no longer; the ledger keeps it, with the reason."""
    access.permit(actor=actor, deed=Deed.NOTE_FIGURES, subject=PROGRAMME, now=now)
    if figure.withdrawn_at:
        raise Conflict(Reason.of("moved_already"))
    said = because(reason)
    with recording(actor=actor, now=now, streams=[figure.stream_id]) as change:
        return change.update(figure, kinds.FIGURE_WITHDRAWN, said, withdrawn_at=now)
