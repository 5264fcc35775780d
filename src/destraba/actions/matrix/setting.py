"""What each cell stands for: the act by which a row comes to say what was written there."""

from datetime import date
from enum import Enum
from functools import singledispatchmethod

from destraba.actions.followup.commitments import (
    correct,
    enter_collaborators,
    postpone,
    reassign,
    refresh_many,
)
from destraba.actions.inputs import TITLE, line, required_line
from destraba.actions.matrix.problems import carry_problem
from destraba.actions.matrix.solutions import amend_solution, carry_solution
from destraba.actions.visibility import reveal
from destraba.ledger import kinds
from destraba.ledger.record import Recording
from destraba.models import Commitment, Mesa, Organization, Problem, Seat, Solution
from destraba.queries import access
from destraba.queries.matrix.cells import Row, Value
from destraba.queries.matrix.hands.found import number_of
from destraba.rules.lights import Light
from destraba.rules.matrix.classes import Concern, Instrument, PolicyQuadrant, pair_of
from destraba.rules.matrix.moves import problem_move, solution_move
from destraba.rules.permissions import Deed, Subject
from destraba.rules.problems import TABLE as PROBLEM_MOVES
from destraba.rules.problems import FilterReason, ProblemMove, ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.errors import Conflict, Invalid
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.quantities import Quantity
from destraba.values.reasons import Reason
from destraba.values.visibility import Visibility

_CLASSES = frozenset({"concern", "public_input", "policy", "coordination", "origin", "contentious"})


class Setter:
    """Sets cells as part of one change of a mesa, by an actor who may edit it. Each further deed that a cell
    takes is asked for once; the lights are computed when `finish` is called, all together."""

    def __init__(self, change: Recording, mesa: Mesa) -> None:
        self._change = change
        self._mesa = mesa
        self._permitted = {Deed.EDIT_MATRIX}
        self._relit: dict[object, Commitment] = {}

    def set(self, row: Row, field: str, value: Value, reason: str) -> None:
        """Raises the refusals of the act, and NotAllowed."""
        if field == "visibility" and isinstance(value, Visibility):
            self._permit(access.visibility_deed(Visibility(row.visibility), value))
            if value != row.visibility:
                reveal(self._change, row, value, reason)
        else:
            self._set(row, field, value, reason)

    def finish(self) -> None:
        """The lights of what was changed, and of what waits for it."""
        if self._relit:
            refresh_many(self._change, self._mesa, list(self._relit.values()))

    @singledispatchmethod
    def _set(self, row: Row, field: str, value: Value, reason: str) -> None:
        raise TypeError(f"no row of the Matrix: {row!r}")

    @_set.register
    def _(self, row: Problem, field: str, value: Value, reason: str) -> None:
        if field == "stage":
            self._stage(row, value, reason)
        else:
            kind = kinds.PROBLEM_CLASSIFIED if field in _CLASSES else kinds.PROBLEM_EDITED
            self._change.update(row, kind, **_problem_columns(row, field, value))

    @_set.register
    def _(self, row: Solution, field: str, value: Value, reason: str) -> None:
        if field == "step" and isinstance(value, SolutionStage):
            self._step(row, value, reason)
        elif field == "title":
            amend_solution(self._change, row, title=str(value or ""))
        elif field == "before":
            amend_solution(self._change, row, before=value if isinstance(value, Quantity) else None)
        elif field == "after":
            amend_solution(self._change, row, after=value if isinstance(value, Quantity) else None)
        elif field == "funding":
            self._change.update(row, kinds.SOLUTION_EDITED, funding=_code(value))
        else:
            raise Invalid(Reason.of("unknown_field"))

    @_set.register
    def _(self, row: Commitment, field: str, value: Value, reason: str) -> None:
        match field:
            case "title":
                correct(self._change, row, title=str(value or ""))
            case "situation":
                correct(self._change, row, situation=str(value or ""))
            case "starts":
                correct(self._change, row, starts_on=value if isinstance(value, date) else None)
            case "declared":
                correct(self._change, row, declared=value if isinstance(value, Light) else None)
            case "owner":
                reassign(self._change, row, value if isinstance(value, Organization) else None, reason)
            case "seat":
                owner = value if isinstance(value, Seat) else row.owner_organization
                reassign(self._change, row, owner, reason)
            case "helpers":
                enter_collaborators(self._change, row, value if isinstance(value, tuple) else ())
            case "due":
                postpone(self._change, row, value if isinstance(value, FuzzyDate) else None, reason)
            case _:
                raise Invalid(Reason.of("unknown_field"))
        if field in ("starts", "declared", "due"):
            self._relit[row.pk] = row

    def _stage(self, problem: Problem, value: Value, reason: str) -> None:
        """A word for why it is set aside sets it aside."""
        if value == problem.stage:
            return
        why = value if isinstance(value, FilterReason) else None
        target = ProblemStage.FILTERED_OUT if why else value
        move = problem_move(ProblemStage(problem.stage), target) if isinstance(target, ProblemStage) else None
        if move is None or why is FilterReason.DUPLICATE:
            raise Conflict(Reason.of("takes_its_page", number=number_of(problem)))
        if move is ProblemMove.FILTER_OUT and why is None:
            raise Invalid(Reason.of("filter_reason_wanted"))
        self._permit(PROBLEM_MOVES.row(move).deed)
        carry_problem(self._change, problem, move, reason=reason, filter_reason=why)

    def _step(self, solution: Solution, target: SolutionStage, reason: str) -> None:
        if target == solution.stage:
            return
        move = solution_move(SolutionStage(solution.stage), target)
        if move is None:
            raise Conflict(Reason.of("takes_its_page", number=number_of(solution)))
        carry_solution(self._change, solution, move, reason=reason)

    def _permit(self, deed: Deed) -> None:
        if deed not in self._permitted:
            change = self._change
            access.permit(actor=change.actor, deed=deed, subject=Subject(self._mesa.pk), now=change.now)
            self._permitted.add(deed)


def _problem_columns(problem: Problem, field: str, value: Value) -> dict[str, object]:
    """The columns that a cell of a problem sets. What belongs to the other side of a class goes with it."""
    match field:
        case "title":
            return {"title": required_line("title", str(value or ""), TITLE)}
        case "axis":
            return {"axis": line("axis", str(value or ""), 80)}
        case "contentious":
            return {"is_contentious": value is True}
        case "policy":
            return _policy(problem, value)
        case "concern":
            other = {Concern.MINE: "private_matter", Concern.YOURS: "public_input"}
            gone = {other[value]: ""} if isinstance(value, Concern) else {}
            return {"concern": _code(value), **gone}
        case "public_input":
            implied = {"concern": Concern.MINE.value, "private_matter": ""} if value else {}
            return {"public_input": _code(value), **implied}
        case "importance" | "speed" | "origin" | "coordination":
            return {field: _code(value)}
    raise Invalid(Reason.of("unknown_field"))


def _policy(problem: Problem, value: Value) -> dict[str, object]:
    """Only what asks for an intervention in the market has an inefficiency underneath."""
    pair = pair_of(value) if isinstance(value, PolicyQuadrant) else None
    asks = pair is not None and pair.instrument is Instrument.MARKET_INTERVENTION
    return {
        "scope": pair.scope.value if pair else "",
        "instrument": pair.instrument.value if pair else "",
        **({} if asks or problem.underlying_id is None else {"underlying": None}),
    }


def _code(value: Value) -> str:
    return str(value.value) if isinstance(value, Enum) else ""
