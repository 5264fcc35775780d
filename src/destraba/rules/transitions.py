"""One shape for every table of states: what moves a thing may make, who may make them, what each needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from destraba.rules.permissions import Deed
from destraba.values.reasons import Reason

StateT = TypeVar("StateT", bound=StrEnum)
MoveT = TypeVar("MoveT", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Transition(Generic[StateT, MoveT]):
    """One row: from any of `sources`, `move` leads to `target`; `deed` is what the actor must be allowed."""

    move: MoveT
    sources: frozenset[StateT]
    target: StateT
    deed: Deed
    needs_reason: bool = False


class TransitionTable(Generic[StateT, MoveT]):
    """The rows of one kind of thing, one row a move."""

    def __init__(self, rows: Iterable[Transition[StateT, MoveT]]) -> None:
        self.rows = tuple(rows)
        self._by_move = {row.move: row for row in self.rows}

    def row(self, move: MoveT) -> Transition[StateT, MoveT]:
        return self._by_move[move]

    def moves_from(self, state: StateT) -> tuple[MoveT, ...]:
        """The moves that exist from this state, in the order of the table."""
        return tuple(row.move for row in self.rows if state in row.sources)

    def refusal(self, state: StateT, move: MoveT, *, reason: str = "") -> Reason | None:
        """Codes: `no_such_move` (from this state), `reason_missing`. Who may is asked of `permissions`."""
        row = self._by_move[move]
        if state not in row.sources:
            return Reason.of("no_such_move", state=state, move=move)
        if row.needs_reason and not reason.strip():
            return Reason.of("reason_missing", move=move)
        return None
