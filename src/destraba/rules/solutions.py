"""The ladder of a solution: from a proposal to an effect on the ground, with what each rung needs.

A rung needs what every rung below it needs, so a solution entered late may climb several at once as long
as the evidence is there. The rungs and their evidence: product.md, "States"; S1 section 4.4 (the job does
not end when a regulation is enacted).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from destraba.rules.matrix.classes import Funding
from destraba.rules.permissions import Deed
from destraba.rules.transitions import Transition, TransitionTable
from destraba.values.reasons import Reason


class SolutionStage(StrEnum):
    """The ladder, lowest rung first; `DROPPED` is off the ladder."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    ENACTED = "enacted"
    PILOTED = "piloted"
    APPLIED = "applied"
    EFFECTIVE = "effective"
    DROPPED = "dropped"


class SolutionMove(StrEnum):
    AGREE = "agree"
    START = "start"
    ENACT = "enact"
    PILOT = "pilot"
    APPLY = "apply"
    CONFIRM_EFFECT = "confirm_effect"
    FIND_NOT_APPLIED = "find_not_applied"
    REVISE = "revise"
    DROP = "drop"
    TAKE_UP_AGAIN = "take_up_again"


class EnactmentRank(StrEnum):
    """The rank of the norm that a solution takes, heaviest first."""

    LAW = "law"
    SUPREME_DECREE = "supreme_decree"
    MINISTERIAL_RESOLUTION = "ministerial_resolution"
    DIRECTORIAL_RESOLUTION = "directorial_resolution"
    GUIDELINE = "guideline"
    PROTOCOL = "protocol"
    NONE_NEEDED = "none_needed"


class OpinionState(StrEnum):
    """An agency's opinion on a draft. No answer yet is `ASKED`, and silent since the day of asking."""

    ASKED = "asked"
    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"


LADDER: tuple[SolutionStage, ...] = tuple(SolutionStage)[:-1]

PRIVATE_ORGANIZATIONS_FOR_EFFECT = 2
"""How many private organizations must say it works where no measure is confirmed (product.md, "States")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionEvidence:
    """What is known of a solution, or of one place of it, when it climbs."""

    norm: str = ""
    enacted_on: date | None = None
    no_norm_needed: bool = False
    waits_for_regulations: bool = False
    observations: int = 0
    confirmed_measures: int = 0
    private_organizations: int = 0


_S = SolutionStage


def _below(stage: SolutionStage) -> frozenset[SolutionStage]:
    return frozenset(LADDER[: LADDER.index(stage)])


TABLE: TransitionTable[SolutionStage, SolutionMove] = TransitionTable(
    [
        Transition(SolutionMove.AGREE, _below(_S.AGREED), _S.AGREED, Deed.EDIT_MATRIX),
        Transition(SolutionMove.START, _below(_S.IN_PROGRESS), _S.IN_PROGRESS, Deed.EDIT_MATRIX),
        Transition(SolutionMove.ENACT, _below(_S.ENACTED), _S.ENACTED, Deed.EDIT_MATRIX),
        Transition(SolutionMove.PILOT, _below(_S.PILOTED), _S.PILOTED, Deed.EDIT_MATRIX),
        Transition(SolutionMove.APPLY, _below(_S.APPLIED), _S.APPLIED, Deed.EDIT_MATRIX),
        Transition(SolutionMove.CONFIRM_EFFECT, _below(_S.EFFECTIVE), _S.EFFECTIVE, Deed.EDIT_MATRIX),
        # The norm stands, the ground says otherwise: the implementer is asked.
        Transition(
            SolutionMove.FIND_NOT_APPLIED,
            frozenset({_S.PILOTED, _S.APPLIED, _S.EFFECTIVE}),
            _S.ENACTED,
            Deed.EDIT_MATRIX,
            needs_reason=True,
        ),
        # Starts a new version: what it replaces, and why, stays.
        Transition(
            SolutionMove.REVISE,
            frozenset(LADDER) - {_S.PROPOSED, _S.AGREED},
            _S.AGREED,
            Deed.EDIT_MATRIX,
            needs_reason=True,
        ),
        Transition(SolutionMove.DROP, frozenset(LADDER), _S.DROPPED, Deed.EDIT_MATRIX, needs_reason=True),
        Transition(
            SolutionMove.TAKE_UP_AGAIN,
            frozenset({_S.DROPPED}),
            _S.PROPOSED,
            Deed.EDIT_MATRIX,
            needs_reason=True,
        ),
    ]
)


def check(
    stage: SolutionStage,
    move: SolutionMove,
    *,
    reason: str = "",
    evidence: SolutionEvidence = SolutionEvidence(),
) -> Reason | None:
    """Why the solution can't make this move, or None.

    Codes: those of `TransitionTable.refusal`, and on the way up `waits_for_regulations`, `norm_missing`,
    `enactment_date_missing`, `observation_missing`, `effect_unconfirmed`.
    """
    if refused := TABLE.refusal(stage, move, reason=reason):
        return refused
    target = TABLE.row(move).target
    climbs = target in LADDER and stage in _below(target)
    return _missing_for(target, evidence) if climbs else None


def starts_new_version(move: SolutionMove) -> bool:
    return move is SolutionMove.REVISE


def has_reached(stage: SolutionStage, rung: SolutionStage) -> bool:
    """Whether `stage` is on `rung` or above it; never for what was dropped."""
    return stage is not _S.DROPPED and LADDER.index(stage) >= LADDER.index(rung)


def lowest_stage(places: Iterable[SolutionStage]) -> SolutionStage | None:
    """What a solution with places shows: the stage of the place that is furthest behind.

    A dropped place is no longer required. None where no place is required.
    """
    required = [stage for stage in places if stage is not _S.DROPPED]
    return min(required, key=LADDER.index, default=None)


def places_reached(places: Sequence[SolutionStage], rung: SolutionStage) -> tuple[int, int]:
    """The "n of m": how many of the required places are on this rung or above it."""
    required = [stage for stage in places if stage is not _S.DROPPED]
    return sum(has_reached(stage, rung) for stage in required), len(required)


def check_place(stage: SolutionStage, move: SolutionMove, name: str) -> Reason | None:
    """Why it can't be told of this place, among several, that it moved so; or None. Code: `place_can_not`."""
    if stage in TABLE.row(move).sources:
        return None
    return Reason.of("place_can_not", place=name, stage=stage)


def check_funding(funding: Funding | None, window: date | None) -> Reason | None:
    """Why a solution can't be paid for so, or None: what has its money, or needs none, waits for no budget.

    Code: `window_without_budget`.
    """
    waits = funding in {Funding.BUDGET, Funding.UNFUNDED}
    return Reason.of("window_without_budget") if window and not waits else None


def silent_since(opinion: OpinionState, asked_on: date) -> date | None:
    """Since when an agency that was asked for its opinion says nothing; None once it answered."""
    return asked_on if opinion is OpinionState.ASKED else None


def _missing_for(rung: SolutionStage, evidence: SolutionEvidence) -> Reason | None:
    if has_reached(rung, _S.ENACTED) and (missing := _missing_enactment(evidence)):
        return missing
    if has_reached(rung, _S.APPLIED) and evidence.observations < 1:
        return Reason.of("observation_missing")
    if has_reached(rung, _S.EFFECTIVE) and not _effect_is_confirmed(evidence):
        return Reason.of("effect_unconfirmed", organizations=PRIVATE_ORGANIZATIONS_FOR_EFFECT)
    return None


def _missing_enactment(evidence: SolutionEvidence) -> Reason | None:
    if evidence.no_norm_needed:
        return None
    if evidence.waits_for_regulations:
        return Reason.of("waits_for_regulations")
    if not evidence.norm.strip():
        return Reason.of("norm_missing")
    return None if evidence.enacted_on else Reason.of("enactment_date_missing")


def _effect_is_confirmed(evidence: SolutionEvidence) -> bool:
    return (
        evidence.confirmed_measures > 0 or evidence.private_organizations >= PRIVATE_ORGANIZATIONS_FOR_EFFECT
    )
