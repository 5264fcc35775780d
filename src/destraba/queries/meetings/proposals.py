"""What the rules of the agenda need to know on the eve of a meeting, in a constant number of statements."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from destraba.models import AgendaItem, Commitment, FocusInterval, ImportSource, Meeting, Problem
from destraba.queries.methods import method_of
from destraba.rules.agenda import (
    LeftOver,
    OpenCommitment,
    OpenProblem,
    Proposal,
    propose,
    propose_without_history,
)
from destraba.rules.commitments import OPEN, CommitmentState
from destraba.rules.lights import Light
from destraba.rules.meetings import ItemState, MeetingState
from destraba.rules.problems import ProblemStage

# Whoever was stuck for longer is stuck all the same.
_LOOKED_BACK = 8
_LIVE_STAGES = (ProblemStage.RAISED, ProblemStage.ACCEPTED)


def proposals_for(meeting: Meeting) -> list[Proposal]:
    """What this meeting should take up, the most pressing first; five statements at most."""
    before = _closed_before(meeting)
    if not before and ImportSource.objects.filter(mesa=meeting.mesa_id).exists():
        return propose_without_history(
            commitments=[_commitment(one, [], set()) for one in _commitments(meeting.mesa_id)],
            problems=_problems(meeting.mesa_id),
        )
    interval = timedelta(days=method_of(meeting.mesa).cadence.interval_days)
    taken = _taken_at(before)
    return propose(
        commitments=[_commitment(one, before, taken) for one in _commitments(meeting.mesa_id)],
        problems=_problems(meeting.mesa_id),
        left_over=_left_over(before[0]) if before else (),
        on=meeting.held_on,
        until=meeting.held_on + interval,
    )


def _closed_before(meeting: Meeting) -> list[Meeting]:
    """The meetings of the mesa that were closed before this one, the latest first."""
    closed = Meeting.objects.filter(mesa=meeting.mesa_id, state=MeetingState.CLOSED, withdrawn_at=None)
    return list(closed.exclude(pk=meeting.pk).order_by("-closed_at")[:_LOOKED_BACK])


def _taken_at(meetings: list[Meeting]) -> set[tuple[UUID, UUID]]:
    """Which commitment was taken up at which of these meetings."""
    if not meetings:
        return set()
    items = AgendaItem.objects.filter(meeting__in=meetings, state=ItemState.TAKEN, withdrawn_at=None).exclude(
        commitment=None
    )
    return set(items.values_list("meeting_id", "commitment_id"))


def _commitments(mesa_id: UUID) -> list[Commitment]:
    return list(
        Commitment.objects.filter(
            mesa=mesa_id,
            withdrawn_at=None,
            problem__withdrawn_at=None,
            problem__stage__in=_LIVE_STAGES,
            state__in=[*OPEN, CommitmentState.DECLINED],
        )
        .select_related("owner_organization")
        .annotate(in_focus=_focus("problem_id"))
    )


def _commitment(one: Commitment, before: list[Meeting], taken: set[tuple[UUID, UUID]]) -> OpenCommitment:
    closed_at = before[0].closed_at if before else None
    running = 0
    for meeting in before:
        stood_still = meeting.closed_at is not None and one.moved_at <= meeting.closed_at
        if (meeting.pk, one.pk) not in taken or not stood_still:
            break
        running += 1
    return OpenCommitment(
        id=one.pk,
        number=one.number,
        agency=one.owner_organization.name if one.owner_organization else "",
        state=CommitmentState(one.state),
        light=Light(one.light),
        due_on=one.due_on,
        moved=closed_at is not None and one.moved_at > closed_at,
        taken_up=running,
        in_focus=bool(getattr(one, "in_focus", False)),
    )


def _problems(mesa_id: UUID) -> list[OpenProblem]:
    with_commitments = Commitment.objects.filter(problem=OuterRef("pk"), withdrawn_at=None, state__in=OPEN)
    found = (
        Problem.objects.filter(mesa=mesa_id, withdrawn_at=None, stage__in=_LIVE_STAGES)
        .annotate(in_focus=_focus("pk"), has_commitments=Exists(with_commitments))
        .values_list("id", "number", "stage", "in_focus", "has_commitments")
    )
    return [
        OpenProblem(
            id=pk,
            number=number,
            # What a member raised waits to be looked at, however long ago that was.
            is_new=stage == ProblemStage.RAISED,
            in_focus=in_focus,
            has_commitments=has_commitments,
        )
        for pk, number, stage, in_focus, has_commitments in found
    ]


def _left_over(last: Meeting) -> list[LeftOver]:
    items = AgendaItem.objects.filter(meeting=last, state=ItemState.NOT_REACHED, withdrawn_at=None)
    return [
        LeftOver(
            item=item.pk,
            subject=item.commitment_id or item.problem_id,
            title=item.title,
            minutes=item.minutes,
            carried=item.carried + 1,
        )
        for item in items.select_related("commitment")
        if item.commitment is None or item.commitment.state in {*OPEN, CommitmentState.DECLINED}
    ]


def _focus(problem: str) -> Exists:
    return Exists(FocusInterval.objects.filter(problem=OuterRef(problem), ends_on=None, withdrawn_at=None))
