"""What is known of a solution when it climbs: the norm, what was seen, who says that it works."""

from collections.abc import Iterable

from destraba.models import Enactment, Organization, Solution, SolutionPlace
from destraba.queries.people import PRIVATE
from destraba.rules.solutions import EnactmentRank, SolutionEvidence, SolutionMove, SolutionStage, has_reached
from destraba.values.reasons import Reason

PLACE_MOVES = (SolutionMove.PILOT, SolutionMove.APPLY, SolutionMove.FIND_NOT_APPLIED, SolutionMove.DROP)
"""What may be told of one place alone."""


def evidence_of(
    solution: Solution, *, observed: bool = False, confirming: Iterable[Organization] = ()
) -> SolutionEvidence:
    """What stands on record, with what is being said now; two statements."""
    track = Enactment.objects.filter(solution=solution, withdrawn_at=None).first()
    said = solution.confirmations.filter(withdrawn_at=None).select_related("organization")
    return evidence_from(
        solution, track, [one.organization for one in said] + list(confirming), observed=observed
    )


def evidence_from(
    solution: Solution, track: Enactment | None, confirming: Iterable[Organization], *, observed: bool = False
) -> SolutionEvidence:
    """The same from records that have been fetched already."""
    published = track.published_on if track else None
    return SolutionEvidence(
        norm=track.norm if track else "",
        enacted_on=published.last_day if published else None,
        no_norm_needed=track is not None and track.rank == EnactmentRank.NONE_NEEDED,
        waits_for_regulations=track is not None and track.awaits_regulations,
        observations=int(observed or _was_seen(solution)),
        private_organizations=len({one.pk for one in confirming if one.kind in PRIVATE}),
    )


def _was_seen(solution: Solution) -> bool:
    """Whether somebody saw it applied: here, or at each of its places."""
    stage = SolutionStage(solution.stage)
    return bool(solution.observed_on or solution.observation) or has_reached(stage, SolutionStage.APPLIED)


def required_places(solution: Solution) -> list[SolutionPlace]:
    """Where it must be applied; a place that was dropped is no longer required."""
    return list(solution.places.filter(withdrawn_at=None).exclude(stage=SolutionStage.DROPPED.value))


def place_refusal(stage: SolutionStage, move: SolutionMove, places: int) -> Reason | None:
    """Why a solution with this many required places can't make this move as a whole, or None.

    A norm is one for all places, and so is its revision; what happens on the ground is told for each.
    Codes: `told_by_place`, `places_first`.
    """
    if not places or move is SolutionMove.DROP:
        return None
    if move is SolutionMove.CONFIRM_EFFECT and not has_reached(stage, SolutionStage.APPLIED):
        return Reason.of("places_first")
    return Reason.of("told_by_place") if move in PLACE_MOVES else None
