"""The ladder of a solution, rung by rung, and what each needs."""

from dataclasses import dataclass

from destraba.ledger.labels import label
from destraba.queries.sentences import sentence
from destraba.rules.permissions import Deed
from destraba.rules.solutions import LADDER, SolutionMove, SolutionStage, has_reached
from destraba.web.things.acts import Offer
from destraba.web.things.scenes import SolutionScene
from destraba.web.things.solutions.climbing import missing_for

_CLIMBS = {
    SolutionStage.AGREED: SolutionMove.AGREE,
    SolutionStage.IN_PROGRESS: SolutionMove.START,
    SolutionStage.ENACTED: SolutionMove.ENACT,
    SolutionStage.PILOTED: SolutionMove.PILOT,
    SolutionStage.APPLIED: SolutionMove.APPLY,
    SolutionStage.EFFECTIVE: SolutionMove.CONFIRM_EFFECT,
}


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: reached or not, the form that leads to it, the one for when it is not to be reached, or what
    is missing first."""

    words: str
    is_reached: bool
    is_current: bool
    offer: Offer | None
    other: Offer | None
    missing: str


def rungs(scene: SolutionScene, offered: list[Offer]) -> list[Rung]:
    """From the lowest to the highest. What is missing is told to those who could bring it."""
    stage = SolutionStage(scene.thing.record.stage)
    by_code = {offer.act.code: offer for offer in offered}
    can_edit = scene.may(Deed.EDIT_MATRIX) and not scene.thing.record.withdrawn_at
    made = []
    for rung in LADDER:
        reached = has_reached(stage, rung)
        move = _CLIMBS.get(rung)
        missing = missing_for(scene, move) if move and can_edit and not reached else None
        made.append(
            Rung(
                words=label(rung),
                is_reached=reached,
                is_current=rung is stage,
                offer=by_code.get(move.value) if move and not reached else None,
                other=by_code.get("without_effect") if rung is SolutionStage.EFFECTIVE else None,
                missing=sentence(missing) if missing and stage is not SolutionStage.DROPPED else "",
            )
        )
    return made
