"""Who may see a record of the Matrix: changed by somebody, on a day, for a reason."""

from datetime import datetime
from typing import TypeVar

from destraba.actions.inputs import because
from destraba.ledger import kinds
from destraba.ledger.record import Recording, recording
from destraba.models import Commitment, Problem, Solution
from destraba.queries import access
from destraba.values.actors import Actor
from destraba.values.visibility import Visibility

RecordT = TypeVar("RecordT", bound=Problem | Solution | Commitment)


def set_visibility(
    *, actor: Actor, record: RecordT, visibility: Visibility, reason: str, now: datetime
) -> RecordT:
    """For the team, the mesa or the public. What counts is the strictest of the record and its parents."""
    deed = access.visibility_deed(Visibility(record.visibility), visibility)
    access.permit(actor=actor, deed=deed, subject=access.subject_of(record), now=now)
    with recording(actor=actor, now=now, streams=[record.mesa_id]) as change:
        return reveal(change, record, visibility, reason)


def reveal(change: Recording, record: RecordT, visibility: Visibility, reason: str) -> RecordT:
    """The same as part of a larger change of this mesa, by an actor who may."""
    return change.update(record, kinds.VISIBILITY_CHANGED, because(reason), visibility=visibility.value)
