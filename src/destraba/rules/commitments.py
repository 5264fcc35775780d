"""Who does what by when: the states of a commitment and the price of moving its date."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from destraba.rules.permissions import Deed
from destraba.rules.transitions import Transition, TransitionTable
from destraba.values.reasons import Reason


class CommitmentState(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    REPORTED_DONE = "reported_done"
    DONE = "done"
    CANCELLED = "cancelled"
    REPLACED = "replaced"


class DeclineReason(StrEnum):
    """Why an owner declines; each asks for another way up (product.md, A37)."""

    MANDATE = "mandate"
    BUDGET = "budget"
    NEEDS_OPINION = "needs_opinion"


class CommitmentMove(StrEnum):
    AGREE = "agree"
    DECLINE = "decline"
    ASK_AGAIN = "ask_again"
    HAND_OVER = "hand_over"
    REPORT_DONE = "report_done"
    CONFIRM_DONE = "confirm_done"
    SEND_BACK = "send_back"
    REOPEN = "reopen"
    CANCEL = "cancel"
    REPLACE = "replace"
    FAN_OUT = "fan_out"


_S = CommitmentState
OPEN = frozenset({_S.ASKED, _S.AGREED, _S.REPORTED_DONE})
"""The states in which something is still expected of somebody."""

TABLE: TransitionTable[CommitmentState, CommitmentMove] = TransitionTable(
    [
        Transition(CommitmentMove.AGREE, frozenset({_S.ASKED}), _S.AGREED, Deed.ANSWER_COMMITMENT),
        Transition(
            CommitmentMove.DECLINE,
            frozenset({_S.ASKED}),
            _S.DECLINED,
            Deed.ANSWER_COMMITMENT,
            needs_reason=True,
        ),
        Transition(
            CommitmentMove.ASK_AGAIN,
            frozenset({_S.DECLINED, _S.CANCELLED}),
            _S.ASKED,
            Deed.EDIT_MATRIX,
            needs_reason=True,
        ),
        # To another owner, who is not bound by what the first agreed to.
        Transition(CommitmentMove.HAND_OVER, frozenset({_S.AGREED}), _S.ASKED, Deed.EDIT_MATRIX),
        Transition(
            CommitmentMove.REPORT_DONE, frozenset({_S.AGREED}), _S.REPORTED_DONE, Deed.ANSWER_COMMITMENT
        ),
        Transition(CommitmentMove.CONFIRM_DONE, frozenset({_S.REPORTED_DONE}), _S.DONE, Deed.ACCEPT),
        Transition(
            CommitmentMove.SEND_BACK, frozenset({_S.REPORTED_DONE}), _S.AGREED, Deed.ACCEPT, needs_reason=True
        ),
        Transition(CommitmentMove.REOPEN, frozenset({_S.DONE}), _S.AGREED, Deed.ACCEPT, needs_reason=True),
        Transition(CommitmentMove.CANCEL, OPEN, _S.CANCELLED, Deed.EDIT_MATRIX, needs_reason=True),
        Transition(CommitmentMove.REPLACE, OPEN | {_S.DECLINED}, _S.REPLACED, Deed.EDIT_MATRIX),
        # "Regional governments" can't be called on the telephone. Each of them is asked, and nothing more is
        # expected of the group: kept open it would be counted twice, and turn red with nobody to remind.
        Transition(
            CommitmentMove.FAN_OUT,
            frozenset({_S.ASKED, _S.AGREED, _S.DECLINED}),
            _S.REPLACED,
            Deed.EDIT_MATRIX,
        ),
    ]
)


def check(
    state: CommitmentState, move: CommitmentMove, *, reason: str = "", other_named: bool = False
) -> Reason | None:
    """Why the commitment can't make this move, or None.

    `reason` is free text, or a `DeclineReason` for `DECLINE`. `other_named`: the agency whose opinion is
    needed, or the commitment that replaces this one, is given. Codes: those of `TransitionTable.refusal`,
    and `decline_reason_unknown`, `opinion_of_missing`, `successor_missing`.
    """
    if refused := TABLE.refusal(state, move, reason=reason):
        return refused
    if move is CommitmentMove.DECLINE and reason not in set(DeclineReason):
        return Reason.of("decline_reason_unknown", reason=reason)
    if other_named:
        return None
    if move is CommitmentMove.DECLINE and reason == DeclineReason.NEEDS_OPINION:
        return Reason.of("opinion_of_missing")
    needs_successor = move in {CommitmentMove.REPLACE, CommitmentMove.FAN_OUT}
    return Reason.of("successor_missing") if needs_successor else None


def check_fan_out(
    state: CommitmentState,
    *,
    stands_for_many: bool,
    chosen: Collection[str],
    parts: Collection[str],
    groups: Collection[str] = (),
) -> Reason | None:
    """Why a commitment of many can't be shared out among these, or None.

    `parts` are those who have theirs already, whatever became of it: once shared out it can be shared out
    further, and never twice to the same. `groups` are those of the chosen who stand for many themselves.
    Codes: `stands_for_one`, `no_such_move`, `nobody_chosen`, `part_stands`, `group_itself`.
    """
    if not stands_for_many:
        return Reason.of("stands_for_one")
    if not parts and (refused := TABLE.refusal(state, CommitmentMove.FAN_OUT)):
        return refused
    if not chosen:
        return Reason.of("nobody_chosen")
    for name in chosen:
        if name in parts:
            return Reason.of("part_stands", organization=name)
        if name in groups:
            return Reason.of("group_itself", organization=name)
    return None


def may_fan_out(state: CommitmentState, *, stands_for_many: bool, has_parts: bool) -> bool:
    """Whether somebody can still be asked for their part of it."""
    return stands_for_many and (has_parts or state in TABLE.row(CommitmentMove.FAN_OUT).sources)


def settling_move(state: CommitmentState, *, called_done: bool) -> CommitmentMove | None:
    """The move that a team's own list stands for when it calls an open commitment done, or a done one open.

    Such a list skips the owner's report, which the table asks for; what else is settled it does not reopen.
    """
    if called_done:
        return CommitmentMove.CONFIRM_DONE if state in OPEN else None
    return CommitmentMove.REOPEN if state is _S.DONE else None


def is_slip(state: CommitmentState, old_due: date | None, new_due: date | None) -> bool:
    """Whether this change of the last day counts as a slip.

    Only once agreed, and only a date that was there: the first one is no slip. Any other day counts, an
    earlier one or none at all too: with None as `new_due` this says whether any other day would. Dates are
    last days, so telling a month more exactly may be none.
    """
    return state in {_S.AGREED, _S.REPORTED_DONE} and old_due is not None and new_due != old_due


def check_due_change(
    state: CommitmentState, old_due: date | None, new_due: date | None, *, reason: str = ""
) -> Reason | None:
    """Why the due date can't be changed so, or None. Codes: `due_is_settled`, `reason_missing`."""
    if state not in OPEN:
        return Reason.of("due_is_settled", state=state)
    if is_slip(state, old_due, new_due) and not reason.strip():
        return Reason.of("reason_missing", move="change_due")
    return None
