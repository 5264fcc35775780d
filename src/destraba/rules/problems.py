"""What holds the sector back: its stage, why it is set aside, its progress computed from its solutions."""

from collections.abc import Sequence
from enum import StrEnum

from destraba.rules.permissions import Deed
from destraba.rules.solutions import SolutionStage, has_reached
from destraba.rules.transitions import Transition, TransitionTable
from destraba.values.reasons import Reason


class ProblemStage(StrEnum):
    RAISED = "raised"
    ACCEPTED = "accepted"
    FILTERED_OUT = "filtered_out"
    PARKED = "parked"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"


class FilterReason(StrEnum):
    """Why a problem is set aside, for now (S1 section 4.5 d; section 4.4 for "your problem")."""

    DECLARATORY = "declaratory"
    COMPENSATES_INEFFICIENCY = "compensates_inefficiency"
    YOUR_PROBLEM = "your_problem"
    OUT_OF_SCOPE = "out_of_scope"
    DUPLICATE = "duplicate"


class Origin(StrEnum):
    """Where a problem came from (S1 section 4.5 g): some are new, others could only now be put into words."""

    INITIAL_LIST = "initial_list"
    AROSE_IN_EXECUTION = "arose_in_execution"
    NEWLY_ARTICULATED = "newly_articulated"


class ProblemProgress(StrEnum):
    """From nothing to the ground; `ON_PAPER` is never counted as resolved."""

    NONE = "none"
    UNDER_WAY = "under_way"
    ON_PAPER = "on_paper"
    APPLIED = "applied"
    RESOLVED = "resolved"


class ProblemMove(StrEnum):
    ACCEPT = "accept"
    FILTER_OUT = "filter_out"
    PARK = "park"
    TRANSFER = "transfer"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


_S = ProblemStage
LIVE = frozenset({_S.RAISED, _S.ACCEPTED, _S.PARKED})
"""The stages of a problem that the mesa has not put away: what counts as identified."""

TABLE: TransitionTable[ProblemStage, ProblemMove] = TransitionTable(
    [
        Transition(ProblemMove.ACCEPT, frozenset({_S.RAISED}), _S.ACCEPTED, Deed.ACCEPT),
        Transition(ProblemMove.FILTER_OUT, LIVE, _S.FILTERED_OUT, Deed.EDIT_MATRIX, needs_reason=True),
        Transition(ProblemMove.PARK, frozenset({_S.RAISED, _S.ACCEPTED}), _S.PARKED, Deed.EDIT_MATRIX),
        # The way back is a transfer from there: a problem lives in one mesa at a time.
        Transition(ProblemMove.TRANSFER, LIVE, _S.TRANSFERRED, Deed.EDIT_MATRIX, needs_reason=True),
        Transition(ProblemMove.WITHDRAW, LIVE, _S.WITHDRAWN, Deed.EDIT_MATRIX, needs_reason=True),
        Transition(
            ProblemMove.REOPEN,
            frozenset({_S.FILTERED_OUT, _S.PARKED, _S.WITHDRAWN}),
            _S.ACCEPTED,
            Deed.EDIT_MATRIX,
            needs_reason=True,
        ),
    ]
)


def check(
    stage: ProblemStage, move: ProblemMove, *, reason: str = "", other_named: bool = False
) -> Reason | None:
    """Why the problem can't make this move, or None.

    `reason` is free text, or a `FilterReason` for `FILTER_OUT`. `other_named`: the problem that this one
    duplicates, or the mesa that it goes to, is given. Codes: those of `TransitionTable.refusal`, and
    `filter_reason_unknown`, `duplicate_of_missing`, `destination_missing`.
    """
    if refused := TABLE.refusal(stage, move, reason=reason):
        return refused
    if move is ProblemMove.FILTER_OUT and reason not in set(FilterReason):
        return Reason.of("filter_reason_unknown", reason=reason)
    if other_named:
        return None
    if move is ProblemMove.FILTER_OUT and reason == FilterReason.DUPLICATE:
        return Reason.of("duplicate_of_missing")
    return Reason.of("destination_missing") if move is ProblemMove.TRANSFER else None


def confirm_refusal(reached: ProblemProgress) -> Reason | None:
    """Why nobody can confirm that it is resolved, or None. Codes: `resolved_already`, `not_applied_yet`."""
    if reached is ProblemProgress.RESOLVED:
        return Reason.of("resolved_already")
    return None if reached is ProblemProgress.APPLIED else Reason.of("not_applied_yet")


def deny_refusal(*, confirmed: bool) -> Reason | None:
    """Why it can't be said any more that it is not resolved, or None. Code: `not_resolved`."""
    return None if confirmed else Reason.of("not_resolved")


def progress(solutions: Sequence[SolutionStage], *, confirmed: bool = False) -> ProblemProgress:
    """How far a problem's live solutions have come.

    `confirmed`: whoever raised the problem, or the next meeting, says it is gone. It counts only once all
    live solutions are applied, so that paper and goodwill alone never resolve anything. A proposal that
    nobody agreed to is live: it holds the problem open until it is agreed or dropped.
    """
    live = [stage for stage in solutions if stage is not SolutionStage.DROPPED]
    if not any(has_reached(stage, SolutionStage.AGREED) for stage in live):
        return ProblemProgress.NONE
    if all(has_reached(stage, SolutionStage.APPLIED) for stage in live):
        return ProblemProgress.RESOLVED if confirmed else ProblemProgress.APPLIED
    if all(has_reached(stage, SolutionStage.ENACTED) for stage in live):
        return ProblemProgress.ON_PAPER
    return ProblemProgress.UNDER_WAY
