"""Problems: raised by anyone with a seat in one sentence, kept by the team."""

from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db.models import Q

from destraba.actions.inputs import TITLE, because, line, passage, required_line
from destraba.actions.matrix.kin import check_repeats
from destraba.actions.matrix.positions import position_after
from destraba.ledger import kinds
from destraba.ledger.kinds import Kind
from destraba.ledger.record import Recording, recording
from destraba.models import FocusInterval, Meeting, Mesa, Problem, Seat
from destraba.queries import access
from destraba.rules.permissions import Deed, Subject
from destraba.rules.priorities import Importance, Speed
from destraba.rules.problems import (
    TABLE,
    FilterReason,
    Origin,
    ProblemMove,
    ProblemProgress,
    ProblemStage,
    check,
    confirm_refusal,
    deny_refusal,
    progress,
)
from destraba.rules.solutions import SolutionStage
from destraba.values.actors import Actor
from destraba.values.days import day_in
from destraba.values.errors import Conflict, DomainError, Invalid, NotAllowed
from destraba.values.reasons import Reason
from destraba.values.visibility import Visibility


class ProblemFields(TypedDict, total=False):
    """What may be edited of a problem without moving it from one stage to another."""

    title: str
    detail: str
    axis: str
    importance: Importance | None
    speed: Speed | None
    origin: Origin | None


_KIND_OF_MOVE: dict[ProblemMove, Kind] = {
    ProblemMove.ACCEPT: kinds.PROBLEM_ACCEPTED,
    ProblemMove.FILTER_OUT: kinds.PROBLEM_FILTERED_OUT,
    ProblemMove.PARK: kinds.PROBLEM_PARKED,
    ProblemMove.REOPEN: kinds.PROBLEM_REOPENED,
    ProblemMove.WITHDRAW: kinds.PROBLEM_WITHDRAWN,
}


def raise_problem(
    *,
    actor: Actor,
    mesa: Mesa,
    title: str,
    detail: str = "",
    axis: str = "",
    raised_by: Seat | None = None,
    after: Problem | None = None,
    now: datetime,
) -> Problem:
    """One sentence is enough. What the team writes itself is accepted at once; the rest waits for it.

    The team may name any seat of the mesa as the one that raised it; all others raise for their own.
    """
    access.permit(actor=actor, deed=Deed.RAISE_PROBLEM, subject=Subject(mesa.pk), now=now)
    is_team = _may_accept(actor, mesa, now)
    stage = ProblemStage.ACCEPTED if is_team else ProblemStage.RAISED
    if raised_by:
        seat_that_raised(mesa.pk, raised_by.pk)
        if not is_team and not access.holds(actor, raised_by.pk, now):
            raise NotAllowed(Reason.of("not_your_role"))
    with recording(actor=actor, now=now, streams=[mesa.pk]) as change:
        return enter_problem(
            change, mesa, stage=stage, title=title, detail=detail, axis=axis, raised_by=raised_by, after=after
        )


def enter_problem(
    change: Recording,
    mesa: Mesa,
    *,
    stage: ProblemStage,
    title: str,
    detail: str = "",
    axis: str = "",
    raised_by: Seat | None = None,
    meeting: Meeting | None = None,
    visibility: str = Visibility.MESA.value,
    after: Problem | None = None,
) -> Problem:
    """The same as part of a larger change of this mesa."""
    problem = new_problem(
        change,
        mesa,
        position_after(Problem.objects.filter(mesa=mesa), after),
        stage=stage,
        title=title,
        detail=detail,
        axis=axis,
    )
    problem.raised_by, problem.meeting, problem.visibility = raised_by, meeting, visibility
    return change.create(problem, kinds.PROBLEM_RAISED)


def new_problem(
    change: Recording, mesa: Mesa, position: str, *, stage: ProblemStage, **fields: Unpack[ProblemFields]
) -> Problem:
    """A problem as it will be entered: it has its number, and is not written yet."""
    return Problem(
        mesa=mesa,
        number=change.take_number(mesa, "last_problem"),
        position=position,
        stage=stage.value,
        **_cleaned(fields),
    )


def seat_that_raised(mesa_id: UUID, seat_id: UUID | None) -> Seat | None:
    """A seat of this mesa, or of the programme, which reaches it. Raises Invalid."""
    if seat_id is None:
        return None
    seat = Seat.objects.filter(Q(mesa=mesa_id) | Q(mesa=None), pk=seat_id).first()
    if seat is None:
        raise Invalid(Reason.of("seat_elsewhere"))
    return seat


def edit_problem(
    *, actor: Actor, problem: Problem, now: datetime, **fields: Unpack[ProblemFields]
) -> Problem:
    """Change what a problem says; its stage has moves of its own."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(problem), now=now)
    with recording(actor=actor, now=now, streams=[problem.mesa_id]) as change:
        return amend_problem(change, problem, **fields)


def amend_problem(change: Recording, problem: Problem, **fields: Unpack[ProblemFields]) -> Problem:
    """The same as part of a larger change of this mesa."""
    return change.update(problem, kinds.PROBLEM_EDITED, **_cleaned(fields))


def move_problem(
    *,
    actor: Actor,
    problem: Problem,
    move: ProblemMove,
    reason: str = "",
    filter_reason: FilterReason | None = None,
    duplicate_of: Problem | None = None,
    now: datetime,
) -> Problem:
    """Accept, filter out, park, withdraw or reopen, as the table of `rules.problems` allows. What it repeats
    may be of another mesa that the actor reads."""
    access.permit(actor=actor, deed=TABLE.row(move).deed, subject=access.subject_of(problem), now=now)
    streams = {problem.mesa_id, duplicate_of.mesa_id} if duplicate_of else {problem.mesa_id}
    with recording(actor=actor, now=now, streams=streams) as change:
        return carry_problem(
            change, problem, move, reason=reason, filter_reason=filter_reason, duplicate_of=duplicate_of
        )


def carry_problem(
    change: Recording,
    problem: Problem,
    move: ProblemMove,
    *,
    reason: str = "",
    filter_reason: FilterReason | None = None,
    duplicate_of: Problem | None = None,
) -> Problem:
    """The same as part of a larger change of this mesa, by an actor who may."""
    row = TABLE.row(move)
    given = filter_reason.value if filter_reason else reason
    if refused := check(
        ProblemStage(problem.stage), move, reason=given, other_named=duplicate_of is not None
    ):
        raise Conflict(refused)
    if move not in _KIND_OF_MOVE:
        raise Conflict(Reason.of("no_such_move", state=problem.stage, move=move.value))
    if duplicate_of:
        check_repeats(actor=change.actor, problem=problem, other=duplicate_of, now=change.now)
    if row.target is not ProblemStage.ACCEPTED:
        end_focus(change, problem, change.now)
    return change.update(
        problem,
        _KIND_OF_MOVE[move],
        because(reason) if reason else "",
        stage=row.target.value,
        filter_reason=filter_reason.value if filter_reason else "",
        duplicate_of=duplicate_of,
    )


def focus_problem(*, actor: Actor, problem: Problem, now: datetime) -> FocusInterval:
    """Put a problem among the three or four that the mesa works on now."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(problem), now=now)
    if problem.stage != ProblemStage.ACCEPTED:
        raise Conflict(Reason.of("focus_needs_accepted"))
    with recording(actor=actor, now=now, streams=[problem.mesa_id]) as change:
        if _current_focus(problem):
            raise Conflict(Reason.of("already_in_focus"))
        interval = FocusInterval(mesa=problem.mesa, problem=problem, starts_on=_today(problem, now))
        return change.create(interval, kinds.FOCUS_STARTED)


def unfocus_problem(*, actor: Actor, problem: Problem, now: datetime) -> None:
    """Take a problem out of focus; the time it was there stays on record."""
    access.permit(actor=actor, deed=Deed.EDIT_MATRIX, subject=access.subject_of(problem), now=now)
    with recording(actor=actor, now=now, streams=[problem.mesa_id]) as change:
        if not end_focus(change, problem, now):
            raise Conflict(Reason.of("not_in_focus"))


def confirm_resolved(*, actor: Actor, problem: Problem, note: str = "", now: datetime) -> Problem:
    """Whoever raised it, or the team with the mesa, says that it is gone: applied is not yet resolved."""
    access.permit(actor=actor, deed=Deed.CONFIRM_RESOLVED, subject=access.subject_of(problem), now=now)
    if refused := confirm_refusal(_progress(problem)):
        raise Conflict(refused)
    with recording(actor=actor, now=now, streams=[problem.mesa_id]) as change:
        said = passage("because", note, 2000)
        return change.update(problem, kinds.PROBLEM_RESOLVED, said, resolved_on=_today(problem, now))


def deny_resolved(*, actor: Actor, problem: Problem, reason: str, now: datetime) -> Problem:
    """It came back, or never went: what was confirmed holds no more."""
    access.permit(actor=actor, deed=Deed.CONFIRM_RESOLVED, subject=access.subject_of(problem), now=now)
    if refused := deny_refusal(confirmed=problem.resolved_on is not None):
        raise Conflict(refused)
    with recording(actor=actor, now=now, streams=[problem.mesa_id]) as change:
        return unresolve(change, problem, because(reason))


def unresolve(change: Recording, problem: Problem, said: str) -> Problem:
    """The same as part of a larger change of this mesa."""
    return change.update(problem, kinds.PROBLEM_UNRESOLVED, said, resolved_on=None)


def _progress(problem: Problem) -> ProblemProgress:
    stages = problem.solutions.filter(withdrawn_at=None).values_list("stage", flat=True)
    return progress([SolutionStage(stage) for stage in stages], confirmed=problem.resolved_on is not None)


def end_focus(change: Recording, problem: Problem, now: datetime) -> bool:
    """End its time in focus, if one runs, as part of a larger change of this mesa; whether one ran."""
    interval = _current_focus(problem)
    if interval is None:
        return False
    change.update(interval, kinds.FOCUS_ENDED, ends_on=_today(problem, now))
    return True


def _current_focus(problem: Problem) -> FocusInterval | None:
    return FocusInterval.objects.filter(problem=problem, ends_on=None, withdrawn_at=None).first()


def _today(problem: Problem, now: datetime) -> date:
    return day_in(problem.mesa.time_zone, now)


def _may_accept(actor: Actor, mesa: Mesa, now: datetime) -> bool:
    try:
        access.permit(actor=actor, deed=Deed.ACCEPT, subject=Subject(mesa.pk), now=now)
    except DomainError:
        return False
    return True


def _cleaned(fields: ProblemFields) -> dict[str, object]:
    cleaned: dict[str, object] = {}
    if "title" in fields:
        cleaned["title"] = required_line("title", fields["title"], TITLE)
    if "detail" in fields:
        cleaned["detail"] = passage("detail", fields["detail"])
    if "axis" in fields:
        cleaned["axis"] = line("axis", fields["axis"], 80)
    for name in ("importance", "speed", "origin"):
        if name in fields:
            chosen = fields[name]
            cleaned[name] = chosen.value if chosen else ""
    return cleaned
