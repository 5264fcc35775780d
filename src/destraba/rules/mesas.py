"""The life of a mesa (product.md, "States"; S1 section 4.5, steps a to c)."""

from enum import StrEnum

from destraba.rules.permissions import Deed
from destraba.rules.transitions import Transition, TransitionTable
from destraba.values.reasons import Reason


class MesaState(StrEnum):
    CANDIDATE = "candidate"
    ASSESSING = "assessing"
    LAUNCHED = "launched"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class MesaMove(StrEnum):
    ASSESS = "assess"
    LAUNCH = "launch"
    SUSPEND = "suspend"
    REINSTALL = "reinstall"
    CLOSE = "close"


_S = MesaState

TABLE: TransitionTable[MesaState, MesaMove] = TransitionTable(
    [
        Transition(MesaMove.ASSESS, frozenset({_S.CANDIDATE}), _S.ASSESSING, Deed.OPEN_MESA),
        # A mesa that already ran before it was entered here is launched without being assessed again.
        Transition(MesaMove.LAUNCH, frozenset({_S.CANDIDATE, _S.ASSESSING}), _S.LAUNCHED, Deed.OPEN_MESA),
        Transition(
            MesaMove.SUSPEND, frozenset({_S.LAUNCHED}), _S.SUSPENDED, Deed.SUSPEND_MESA, needs_reason=True
        ),
        # Under the same host or another: number, history and ledger go on (S1 section 5, forestry in 2017).
        Transition(
            MesaMove.REINSTALL,
            frozenset({_S.SUSPENDED, _S.CLOSED}),
            _S.LAUNCHED,
            Deed.REINSTALL_MESA,
            needs_reason=True,
        ),
        Transition(
            MesaMove.CLOSE,
            frozenset(MesaState) - {_S.CLOSED},
            _S.CLOSED,
            Deed.CLOSE_MESA,
            needs_reason=True,
        ),
    ]
)


def check(state: MesaState, move: MesaMove, *, reason: str = "") -> Reason | None:
    """Why the mesa can't make this move, or None. Codes: those of `TransitionTable.refusal`."""
    return TABLE.refusal(state, move, reason=reason)


def works(state: MesaState) -> bool:
    """Whether Matrix and meetings are open for work: from candidate on, unless suspended or closed."""
    return state in {_S.CANDIDATE, _S.ASSESSING, _S.LAUNCHED}
