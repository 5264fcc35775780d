"""A commitment of many, such as "regional governments", shared out: one for each of them."""

from collections.abc import Sequence
from datetime import datetime

from destraba.actions.followup.answers import enter_move
from destraba.actions.followup.commitments import enter_collaborators, enter_commitment
from destraba.ledger.record import Recording, recording
from destraba.models import Collaboration, Commitment, Organization
from destraba.queries import access
from destraba.rules.commitments import CommitmentMove, CommitmentState, check_fan_out
from destraba.rules.permissions import Deed
from destraba.values.actors import Actor
from destraba.values.errors import Conflict, Invalid
from destraba.values.names import is_plural_owner


def fan_out(
    *, actor: Actor, commitment: Commitment, organizations: Sequence[Organization], now: datetime
) -> list[Commitment]:
    """Ask each of these for its part: the same words, dates and helpers, below the same solution.

    Nothing more is expected of the group, whose commitment is replaced by its parts and leads to them. What
    the group agreed to binds none of its members: each part is asked. More can be asked later, nobody twice.
    """
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(commitment), now=now)
    chosen = list({one.pk: one for one in organizations}.values())
    with recording(actor=actor, now=now, streams=[commitment.mesa_id]) as change:
        _check(commitment, chosen)
        helpers = _helpers(commitment)
        parts: list[Commitment] = []
        for organization in chosen:
            parts.append(_part(change, commitment, organization, after=(parts or [commitment])[-1]))
            enter_collaborators(change, parts[-1], helpers)
        if commitment.state != CommitmentState.REPLACED:
            enter_move(change, commitment, CommitmentMove.FAN_OUT, "")
        return parts


def _check(commitment: Commitment, chosen: Sequence[Organization]) -> None:
    """Asked under the lock: of two who share it out at once, the second is told who has a part already."""
    parts = Commitment.objects.filter(part_of=commitment, withdrawn_at=None)
    refused = check_fan_out(
        CommitmentState(commitment.state),
        stands_for_many=commitment.stands_for_many,
        chosen=[one.name for one in chosen],
        parts=set(parts.values_list("owner_organization__name", flat=True)),
        groups={
            one.name
            for one in chosen
            if one.pk == commitment.owner_organization_id or is_plural_owner(one.name)
        },
    )
    if refused:
        raise (Invalid if refused.code in ("nobody_chosen", "group_itself") else Conflict)(refused)


def _helpers(commitment: Commitment) -> list[Organization]:
    standing = Collaboration.objects.filter(commitment=commitment, withdrawn_at=None)
    return [one.organization for one in standing.select_related("organization").order_by("pk")]


def _part(
    change: Recording, commitment: Commitment, organization: Organization, *, after: Commitment
) -> Commitment:
    return enter_commitment(
        change,
        commitment.problem,
        commitment.solution,
        title=commitment.title,
        owner=organization,
        part_of=commitment,
        due=commitment.due,
        starts_on=commitment.starts_on,
        situation=commitment.situation,
        after=after,
    )
