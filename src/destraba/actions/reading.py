"""Who read, or took away, what is not for everyone. Operational: a line beside the ledger, not in it."""

from datetime import datetime
from uuid import UUID

from destraba.models import Mesa, ReadLog
from destraba.queries import access
from destraba.rules.permissions import PROGRAMME, Deed, Subject
from destraba.values.actors import Actor


def log_reading(
    *, actor: Actor, account_id: UUID | None, mesa: Mesa, what: str, detail: str = "", now: datetime
) -> None:
    """One line: this account took `what` of this mesa, as far as it may read it."""
    access.permit(actor=actor, deed=Deed.READ_MESA, subject=Subject(mesa.pk), now=now)
    ReadLog.objects.create(
        at=now, account_id=account_id, mesa=mesa, what=what, detail=detail[:200], request_id=actor.request_id
    )


def log_programme_reading(
    *, actor: Actor, account_id: UUID | None, what: str, detail: str = "", now: datetime
) -> None:
    """One line: this account took `what` of the whole programme, as far as it may read it."""
    access.permit(actor=actor, deed=Deed.READ_PROGRAMME, subject=PROGRAMME, now=now)
    ReadLog.objects.create(
        at=now, account_id=account_id, what=what, detail=detail[:200], request_id=actor.request_id
    )
