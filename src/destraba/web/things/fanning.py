"""Sharing out what "regional governments" owe: one commitment for each that answers for its part."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from destraba.actions.followup.fanning import fan_out
from destraba.models import Commitment
from destraba.rules.commitments import TABLE, CommitmentMove, CommitmentState, may_fan_out
from destraba.web.forms.acts import Options
from destraba.web.forms.commitments import FanOutForm
from destraba.web.things.acts import Act, Call, Group
from destraba.web.things.scenes import CommitmentScene


def _thing(scene: CommitmentScene) -> list[Commitment]:
    return [] if scene.thing.record.withdrawn_at else [scene.thing.record]


def _can_be_shared(scene: CommitmentScene, commitment: Commitment) -> bool:
    return may_fan_out(
        CommitmentState(commitment.state),
        stands_for_many=commitment.stands_for_many,
        has_parts=bool(scene.thing.parts),
    )


def _candidates(scene: CommitmentScene, _commitment: Commitment) -> Options:
    return {"chosen": [(str(one.organization.pk), one.organization.name) for one in scene.thing.candidates]}


def _meant(scene: CommitmentScene, _commitment: Commitment) -> dict[str, Any]:
    return {"chosen": [str(one.organization.pk) for one in scene.thing.candidates if one.is_meant]}


def _share(call: Call[CommitmentScene, Commitment]) -> None:
    ticked = set(call.data.get("chosen", ()))
    chosen = [one.organization for one in call.scene.thing.candidates if str(one.organization.pk) in ticked]
    fan_out(
        actor=call.scene.actor,
        commitment=call.target,
        organizations=[*chosen, *call.data["others"]],
        now=call.scene.now,
    )


FANNING: tuple[Act[CommitmentScene, Commitment], ...] = (
    Act(
        code=CommitmentMove.FAN_OUT.value,
        words=_("Ask each one for its part"),
        says=_(
            "Each gets a commitment of its own with these words and dates, and is asked for it. This one is "
            "replaced, and leads to them."
        ),
        group=Group.NEXT,
        deed=TABLE.row(CommitmentMove.FAN_OUT).deed,
        form=FanOutForm,
        targets=_thing,
        when=_can_be_shared,
        first=_meant,
        options=_candidates,
        do=_share,
    ),
)
