"""Meetings of every kind: draft, called, in progress, closed, cancelled (product.md, "States")."""

from enum import StrEnum

from destraba.rules.permissions import Deed
from destraba.rules.transitions import Transition, TransitionTable


class MeetingState(StrEnum):
    DRAFT = "draft"
    CALLED = "called"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class MeetingMove(StrEnum):
    CALL = "call"
    OPEN = "open"
    CLOSE = "close"
    CANCEL = "cancel"


class Presence(StrEnum):
    """How a seat was filled: by its holder, by somebody in the holder's place, or not at all."""

    PRESENT = "present"
    SUBSTITUTE = "substitute"
    EXCUSED = "excused"
    ABSENT = "absent"


IN_THE_ROOM = frozenset({Presence.PRESENT, Presence.SUBSTITUTE})


class ItemState(StrEnum):
    """Of an item of the agenda. One that was not reached returns by itself."""

    PLANNED = "planned"
    TAKEN = "taken"
    NOT_REACHED = "not_reached"


class EntryKind(StrEnum):
    """What the chair writes down under an item."""

    NOTE = "note"
    DECISION = "decision"


_S = MeetingState
LIVE = frozenset({_S.DRAFT, _S.CALLED, _S.IN_PROGRESS})
"""The states in which what the meeting says may still be changed."""

TABLE: TransitionTable[MeetingState, MeetingMove] = TransitionTable(
    [
        Transition(MeetingMove.CALL, frozenset({_S.DRAFT}), _S.CALLED, Deed.RUN_MEETINGS),
        Transition(MeetingMove.OPEN, frozenset({_S.DRAFT, _S.CALLED}), _S.IN_PROGRESS, Deed.RUN_MEETINGS),
        Transition(MeetingMove.CLOSE, frozenset({_S.IN_PROGRESS}), _S.CLOSED, Deed.RUN_MEETINGS),
        Transition(
            MeetingMove.CANCEL,
            frozenset({_S.DRAFT, _S.CALLED}),
            _S.CANCELLED,
            Deed.RUN_MEETINGS,
            needs_reason=True,
        ),
    ]
)
