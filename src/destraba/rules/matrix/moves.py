"""Which move a person means who writes another stage over the one that stands in a cell."""

from collections.abc import Mapping

from destraba.rules.problems import ProblemMove, ProblemStage
from destraba.rules.solutions import LADDER, SolutionMove, SolutionStage

CLIMBS: Mapping[SolutionStage, SolutionMove] = {
    SolutionStage.AGREED: SolutionMove.AGREE,
    SolutionStage.IN_PROGRESS: SolutionMove.START,
    SolutionStage.ENACTED: SolutionMove.ENACT,
    SolutionStage.PILOTED: SolutionMove.PILOT,
    SolutionStage.APPLIED: SolutionMove.APPLY,
    SolutionStage.EFFECTIVE: SolutionMove.CONFIRM_EFFECT,
}
"""The move that leads up to each rung."""

_TO_STAGE: Mapping[ProblemStage, ProblemMove] = {
    ProblemStage.PARKED: ProblemMove.PARK,
    ProblemStage.FILTERED_OUT: ProblemMove.FILTER_OUT,
    ProblemStage.WITHDRAWN: ProblemMove.WITHDRAW,
}


def problem_move(stage: ProblemStage, target: ProblemStage) -> ProblemMove | None:
    """None where it takes more than a word: a transfer names a mesa, and nothing is raised a second time."""
    if target is ProblemStage.ACCEPTED:
        return ProblemMove.ACCEPT if stage is ProblemStage.RAISED else ProblemMove.REOPEN
    return _TO_STAGE.get(target)


def solution_move(stage: SolutionStage, target: SolutionStage) -> SolutionMove | None:
    """None where it takes more than a word: down the ladder leads a revision, with what it says anew."""
    if target is SolutionStage.DROPPED:
        return SolutionMove.DROP
    if stage is SolutionStage.DROPPED:
        return SolutionMove.TAKE_UP_AGAIN if target is SolutionStage.PROPOSED else None
    if LADDER.index(target) > LADDER.index(stage):
        return CLIMBS[target]
    return SolutionMove.FIND_NOT_APPLIED if target is SolutionStage.ENACTED else None
