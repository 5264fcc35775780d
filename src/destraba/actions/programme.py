"""The programme itself."""

from datetime import datetime

from destraba.actions.inputs import NAME, required_line
from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.models import Programme
from destraba.queries import access
from destraba.rules.permissions import PROGRAMME, Deed
from destraba.values.actors import Actor
from destraba.values.errors import Conflict
from destraba.values.reasons import Reason


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
