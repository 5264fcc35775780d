"""What to take up first: important, quick, or both (S1 section 4.5 e; section 3.2 for speed)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from destraba.methods.schema import FocusLimit
from destraba.rules.solutions import EnactmentRank
from destraba.values.reasons import Reason


class Importance(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Speed(StrEnum):
    QUICK = "quick"
    MEDIUM = "medium"
    SLOW = "slow"


class Quadrant(StrEnum):
    """Best candidates for focus first: S1 asks for either quality, ideally both."""

    IMPORTANT_AND_QUICK = "important_and_quick"
    IMPORTANT = "important"
    QUICK = "quick"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class SpeedProposal:
    """A speed that the team may take or leave, and what it rests on."""

    speed: Speed
    reason: Reason


_RANK_WEIGHT = {
    EnactmentRank.NONE_NEEDED: 0,
    EnactmentRank.PROTOCOL: 0,
    EnactmentRank.GUIDELINE: 0,
    EnactmentRank.DIRECTORIAL_RESOLUTION: 0,
    EnactmentRank.MINISTERIAL_RESOLUTION: 1,
    EnactmentRank.SUPREME_DECREE: 2,
    EnactmentRank.LAW: 3,
}
"""How far up a signature has to travel: within the agency, to the minister, to the cabinet, to parliament."""

_SEVERAL_BODIES = 2
_MANY_BODIES = 4
_SLOW_FROM = 3


def quadrant(importance: Importance | None, speed: Speed | None) -> Quadrant | None:
    """Where a problem stands. None while what is known decides nothing: classifying is optional."""
    important = importance is Importance.HIGH
    quick = speed is Speed.QUICK
    if important and quick:
        return Quadrant.IMPORTANT_AND_QUICK
    if important:
        return Quadrant.IMPORTANT
    if quick:
        return Quadrant.QUICK
    return None if importance is None or speed is None else Quadrant.NEITHER


def propose_speed(bodies: int | None, rank: EnactmentRank | None) -> SpeedProposal | None:
    """A speed from the number of bodies that must act and the rank of the norm; None if neither is known.

    The narrower the intervention, the likelier it succeeds soon (S1 section 3.2, after Cornick). Codes:
    `speed_by_bodies`, `speed_by_rank`, `speed_by_both`.
    """
    if bodies is None and rank is None:
        return None
    weight = _bodies_weight(bodies) + (0 if rank is None else _RANK_WEIGHT[rank])
    speed = Speed.QUICK if weight == 0 else Speed.SLOW if weight >= _SLOW_FROM else Speed.MEDIUM
    if rank is None:
        return SpeedProposal(speed, Reason.of("speed_by_bodies", bodies=bodies or 0))
    if bodies is None:
        return SpeedProposal(speed, Reason.of("speed_by_rank", rank=rank))
    return SpeedProposal(speed, Reason.of("speed_by_both", bodies=bodies, rank=rank))


def highest_rank(ranks: Iterable[EnactmentRank]) -> EnactmentRank | None:
    """The rank that takes a signature furthest up; None of none."""
    order = list(EnactmentRank)
    return min(ranks, key=order.index, default=None)


def focus_warning(in_focus: int, limit: FocusLimit) -> Reason | None:
    """A word of warning about the number of problems in focus; never a refusal.

    Codes: `focus_too_wide`, `focus_too_narrow`. No problem in focus is a beginning, not a warning.
    """
    if in_focus > limit.most:
        return Reason.of("focus_too_wide", in_focus=in_focus, most=limit.most)
    if 0 < in_focus < limit.least:
        return Reason.of("focus_too_narrow", in_focus=in_focus, least=limit.least)
    return None


def _bodies_weight(bodies: int | None) -> int:
    if bodies is None or bodies < _SEVERAL_BODIES:
        return 0
    return 1 if bodies < _MANY_BODIES else 2
