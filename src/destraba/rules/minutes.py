"""The minutes of a meeting: draft, circulated, approved, published (product.md, "States").

Silence approves: when the time for objections is over and nobody objected, circulated minutes may be
approved by the clock. An objection returns them to draft, as a new edition.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from destraba.rules.permissions import Deed
from destraba.rules.transitions import Transition, TransitionTable
from destraba.values.reasons import Reason


class MinutesState(StrEnum):
    DRAFT = "draft"
    CIRCULATED = "circulated"
    APPROVED = "approved"
    PUBLISHED = "published"


class MinutesMove(StrEnum):
    CIRCULATE = "circulate"
    OBJECT = "object"
    APPROVE = "approve"
    PUBLISH = "publish"


class ObjectionState(StrEnum):
    """An objection waits for the team, which writes it in, or says why not."""

    OPEN = "open"
    TAKEN_UP = "taken_up"
    REFUSED = "refused"


class Mailed(StrEnum):
    """How minutes stand for whoever was mailed one edition of them."""

    OPEN = "open"
    OVER = "over"
    RETURNED = "returned"
    REPLACED = "replaced"
    APPROVED = "approved"


_S = MinutesState
FROZEN = frozenset({_S.APPROVED, _S.PUBLISHED})
"""The states in which not a letter changes any more."""

TABLE: TransitionTable[MinutesState, MinutesMove] = TransitionTable(
    [
        Transition(MinutesMove.CIRCULATE, frozenset({_S.DRAFT}), _S.CIRCULATED, Deed.CIRCULATE),
        Transition(
            MinutesMove.OBJECT, frozenset({_S.CIRCULATED}), _S.DRAFT, Deed.OBJECT_MINUTES, needs_reason=True
        ),
        Transition(MinutesMove.APPROVE, frozenset({_S.CIRCULATED}), _S.APPROVED, Deed.APPROVE_MINUTES),
        Transition(MinutesMove.PUBLISH, frozenset({_S.APPROVED}), _S.PUBLISHED, Deed.PUBLISH),
    ]
)


def objections_until(
    circulated_at: datetime, hours: int, next_meeting_at: datetime | None = None
) -> datetime:
    """The end of the time for objections: so many hours, and never past the start of the next session."""
    end = circulated_at + timedelta(hours=hours)
    if next_meeting_at is not None and circulated_at < next_meeting_at < end:
        return next_meeting_at
    return end


def objection_refusal(state: MinutesState, until: datetime | None, now: datetime) -> Reason | None:
    """Why an objection comes too late or too early, or None. Codes: `no_such_move`, `objections_over`."""
    if refused := TABLE.refusal(state, MinutesMove.OBJECT, reason="given"):
        return refused
    if until is not None and now >= until:
        return Reason.of("objections_over")
    return None


def mailed_standing(
    state: MinutesState, edition: int, *, mailed: int, until: datetime | None, now: datetime
) -> Mailed:
    """How far the round of the edition that was `mailed` has come: open to objections, the time for them
    over, taken back by an objection, replaced by a later edition that goes round now, or approved."""
    if state in FROZEN:
        return Mailed.APPROVED
    if state is MinutesState.DRAFT:
        return Mailed.RETURNED
    if edition != mailed:
        return Mailed.REPLACED
    return Mailed.OPEN if until is None or now < until else Mailed.OVER


def mailed_refusal(standing: Mailed) -> Reason | None:
    """Why the edition that was mailed takes no objection any more, or None. Codes: `objections_over`,
    `minutes_returned`, `minutes_replaced`, `minutes_approved`."""
    if standing is Mailed.OPEN:
        return None
    return Reason.of("objections_over" if standing is Mailed.OVER else f"minutes_{standing.value}")


def approval_refusal(state: MinutesState, *, open_objections: int) -> Reason | None:
    """Why a leader can't approve these minutes, or None. Codes: `no_such_move`, `objections_open`."""
    if refused := TABLE.refusal(state, MinutesMove.APPROVE):
        return refused
    return Reason.of("objections_open", count=open_objections) if open_objections else None


def silence_approves(
    state: MinutesState, until: datetime | None, now: datetime, *, open_objections: int = 0
) -> bool:
    """Whether the clock approves them: circulated, the time for objections over without any, and none to an
    earlier edition unanswered, as for a leader."""
    is_over = until is not None and now >= until
    return is_over and approval_refusal(state, open_objections=open_objections) is None
