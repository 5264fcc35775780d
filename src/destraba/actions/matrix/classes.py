"""A problem sorted as the method asks: all of it optional, saved at once, and nothing of it a gate."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from destraba.actions.inputs import line, passage
from destraba.actions.matrix.kin import check_repeats, check_underlying
from destraba.actions.matrix.problems import end_focus, enter_problem, seat_that_raised
from destraba.ledger import kinds
from destraba.ledger.record import Recording, recording
from destraba.models import Problem, Seat
from destraba.queries import access
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Instrument,
    PrivateMatter,
    PublicInput,
    Scope,
)
from destraba.rules.permissions import Deed
from destraba.rules.problems import FilterReason, Origin, ProblemMove, ProblemStage, check
from destraba.values.actors import Actor
from destraba.values.errors import Conflict, Invalid
from destraba.values.reasons import Reason


class Classes(TypedDict, total=False):
    """How the method sorts a problem. What is left out stays as it is; None and blank take an answer back."""

    improves_operations: bool | None
    concern: Concern | None
    concern_because: str
    public_input: PublicInput | None
    private_matter: PrivateMatter | None
    scope: Scope | None
    instrument: Instrument | None
    coordination: CoordinationFailure | None
    origin: Origin | None
    raised_by: UUID | None
    is_contentious: bool
    axis: str


@dataclass(frozen=True, slots=True)
class Underneath:
    """The inefficiency that a request would make up for: a problem that is known, or one sentence."""

    problem: Problem | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class SettingAside:
    """For what reason, in what words; and the problem that it repeats, for a repetition."""

    reason: FilterReason
    because: str = ""
    duplicate_of: Problem | None = None


@dataclass(frozen=True, slots=True)
class Classified:
    """What came of it: the change set, for undo, or None where nothing changed; what was raised with it."""

    problem: Problem
    change_set: UUID | None
    raised: Problem | None = None
    is_set_aside: bool = False

    @property
    def can_be_undone(self) -> bool:
        """A decision is taken back by another decision."""
        return self.change_set is not None and not self.is_set_aside


def classify_problem(
    *,
    actor: Actor,
    problem: Problem,
    underneath: Underneath | None = None,
    set_aside: SettingAside | None = None,
    now: datetime,
    **classes: Unpack[Classes],
) -> Classified:
    """One act and one event of the problem, whatever was answered.

    `underneath` names the inefficiency; one that is told in a sentence becomes a problem of its own, raised
    by the same seat. With `set_aside` the event is that of filtering out: a decision, which is taken back by
    reopening. Without it, everything is undone at once.
    """
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(problem), now=now)
    if problem.withdrawn_at:
        raise Conflict(Reason.of("moved_already"))
    values = settled(classes)
    if "raised_by" in values:
        values["raised_by"] = seat_that_raised(problem.mesa_id, classes["raised_by"])
    if set_aside:
        _check_move(problem, set_aside)
    other = set_aside.duplicate_of if set_aside else None
    streams = {problem.mesa_id, other.mesa_id} if other else {problem.mesa_id}
    before = problem.version
    with recording(actor=actor, now=now, streams=streams) as change:
        if other:
            check_repeats(actor=actor, problem=problem, other=other, now=now)
        raised = _lay_underneath(change, problem, underneath, values)
        if set_aside:
            end_focus(change, problem, now)
            values |= {
                "stage": ProblemStage.FILTERED_OUT.value,
                "filter_reason": set_aside.reason.value,
                "duplicate_of": other,
            }
        kind = kinds.PROBLEM_FILTERED_OUT if set_aside else kinds.PROBLEM_CLASSIFIED
        said = passage("because", set_aside.because, 2000) if set_aside else ""
        change.update(problem, kind, said, **values)
        written = change.change_set if problem.version != before else None
        return Classified(problem, written, raised, is_set_aside=set_aside is not None)


def _check_move(problem: Problem, set_aside: SettingAside) -> None:
    named = set_aside.duplicate_of is not None
    if named and set_aside.reason is not FilterReason.DUPLICATE:
        raise Invalid(Reason.of("filter_reason_unknown", reason=set_aside.reason.value))
    stage = ProblemStage(problem.stage)
    if refused := check(stage, ProblemMove.FILTER_OUT, reason=set_aside.reason.value, other_named=named):
        raise Conflict(refused)


def settled(classes: Classes) -> dict[str, object]:
    """The columns as they are kept: a kind of public input makes it the state's, and the other way round."""
    concern, of_state, of_firms = (
        classes.get("concern"),
        classes.get("public_input"),
        classes.get("private_matter"),
    )
    if concern is None and of_state and of_firms:
        raise Invalid(Reason.of("concern_unclear"))
    values: dict[str, object] = {}
    for name, value in classes.items():
        if name == "axis":
            values[name] = line("axis", str(value), 80)
        elif name == "concern_because":
            values[name] = passage(name, str(value), 2000)
        elif name in ("improves_operations", "is_contentious", "raised_by"):
            values[name] = value
        else:
            values[name] = value or ""
    if "concern" in classes:
        settled = concern or (Concern.MINE if of_state else Concern.YOURS if of_firms else None)
        values |= {"concern": settled or ""}
        if settled is not Concern.MINE and "public_input" in values:
            values["public_input"] = ""
        if settled is not Concern.YOURS and "private_matter" in values:
            values["private_matter"] = ""
    return values


def _lay_underneath(
    change: Recording, problem: Problem, underneath: Underneath | None, values: dict[str, object]
) -> Problem | None:
    """Only what asks for an intervention in the market has an inefficiency underneath."""
    if values.get("instrument", problem.instrument) != Instrument.MARKET_INTERVENTION:
        if problem.underlying_id:
            values["underlying"] = None
        return None
    if underneath is None:
        return None
    if underneath.problem and underneath.title:
        raise Invalid(Reason.of("underlying_twice"))
    values["underlying"] = underneath.problem
    if underneath.problem:
        check_underlying(problem=problem, other=underneath.problem)
    if not underneath.title:
        return None
    raised = enter_problem(
        change,
        problem.mesa,
        stage=ProblemStage.ACCEPTED,
        title=underneath.title,
        axis=str(values.get("axis", problem.axis)),
        raised_by=seat if isinstance(seat := values.get("raised_by", problem.raised_by), Seat) else None,
        visibility=problem.visibility,
        after=problem,
    )
    values["underlying"] = raised
    return raised
