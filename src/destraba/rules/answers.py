"""What the owner of a commitment may say of it from a mailed link, and what each answer asks of the team."""

from datetime import date, timedelta
from enum import IntEnum, StrEnum

from destraba.rules.commitments import CommitmentState
from destraba.values.reasons import Reason


class AnswerKind(StrEnum):
    """No colours: what happened, in the words of experience.md ("The liaison's email")."""

    DONE = "done"
    PROGRESS = "progress"
    SAME = "same"
    WAITS = "waits"
    OTHER_DATE = "other_date"
    NOT_MINE = "not_mine"


class AnswerState(StrEnum):
    """A plain answer is told. One that asks something is open until the team grants or refuses it, or until
    its owner says something that overtakes it."""

    TOLD = "told"
    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"


class Want(IntEnum):
    """Why a row wants an answer, the most urgent first; `NOTHING` is folded away."""

    OVERDUE = 1
    DUE_SOON = 2
    UNANSWERED = 3
    SILENT = 4
    NOTHING = 5


ASKING = frozenset({AnswerKind.OTHER_DATE, AnswerKind.NOT_MINE})
"""The kinds that ask something of the team: they may be said before anything was agreed, too."""

ANSWERABLE = frozenset({CommitmentState.ASKED, CommitmentState.AGREED})
"""The states in which the owner has something to say."""

_SOON = timedelta(days=14)
SILENCES = frozenset({"silent", "silent_since_checkpoint", "never_heard", "no_progress", "undated_too_long"})
"""The reasons of a light that a word of the owner would mend."""


def answer_refusal(
    state: CommitmentState,
    kind: AnswerKind,
    *,
    proposed: date | None = None,
    named: bool = False,
    reason: str = "",
    today: date | None = None,
) -> Reason | None:
    """Why this can't be answered of a commitment in this state, or None.

    `proposed` is the last day of the date asked for and `reason` what is said for it; `named`: an
    organization or a name is given. Codes: `nothing_asked` (it is settled, or the report waits for the team),
    `not_agreed_yet`, `date_missing`, `date_past`, `reason_missing`, `whose_missing`, `waits_for_missing`.
    """
    if state not in ANSWERABLE:
        return Reason.of("nothing_asked", state=state)
    if state is CommitmentState.ASKED and kind not in ASKING:
        return Reason.of("not_agreed_yet")
    if kind is AnswerKind.OTHER_DATE:
        return _date_refusal(proposed, reason, today)
    if kind is AnswerKind.NOT_MINE and not named:
        return Reason.of("whose_missing")
    if kind is AnswerKind.WAITS and not named:
        return Reason.of("waits_for_missing")
    return None


def settle_refusal(state: AnswerState) -> Reason | None:
    """Why the team can't settle this answer, or None. Code: `settled_already`."""
    return None if state is AnswerState.OPEN else Reason.of("settled_already")


def overtakes(later: AnswerKind, earlier: AnswerKind) -> bool:
    """Whether what an owner says now makes moot what they asked the team before: the same asked anew, or
    the thing reported done."""
    return later in (earlier, AnswerKind.DONE)


def state_of(kind: AnswerKind) -> AnswerState:
    """Where an answer of this kind begins."""
    return AnswerState.OPEN if kind in ASKING else AnswerState.TOLD


def want_of(state: CommitmentState, due: date | None, light_reason: str, today: date) -> Want:
    """What makes an open row want an answer today. `due` is its last day; `light_reason` the light's code."""
    if due is not None and due < today:
        return Want.OVERDUE
    if due is not None and due <= today + _SOON:
        return Want.DUE_SOON
    if state is CommitmentState.ASKED:
        return Want.UNANSWERED
    return Want.SILENT if light_reason in SILENCES else Want.NOTHING


def _date_refusal(proposed: date | None, reason: str, today: date | None) -> Reason | None:
    if proposed is None:
        return Reason.of("date_missing")
    if today is not None and proposed < today:
        return Reason.of("date_past", day=proposed.isoformat())
    return None if reason.strip() else Reason.of("reason_missing", move="change_due")
