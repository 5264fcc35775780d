"""What a mesa takes up first: its open problems by importance and speed, with a speed to propose."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from destraba.methods.schema import FocusLimit
from destraba.models import Collaboration, Commitment, Enactment, FocusInterval, Mesa, Opinion, Problem
from destraba.queries import access
from destraba.queries.access import Reach, Viewer
from destraba.queries.matrix.classes import InputShare, share_of_inputs
from destraba.queries.methods import method_of
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import WORST_FIRST, Light
from destraba.rules.priorities import (
    Importance,
    Quadrant,
    Speed,
    SpeedProposal,
    highest_rank,
    propose_speed,
    quadrant,
)
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import EnactmentRank, SolutionStage

_OPEN = (ProblemStage.RAISED, ProblemStage.ACCEPTED)
_VOID = (CommitmentState.CANCELLED, CommitmentState.REPLACED, CommitmentState.DECLINED)


@dataclass(frozen=True, slots=True)
class Ranked:
    """An open problem as the picture places it. `focus_since` is None out of focus."""

    id: UUID
    version: int
    number: int
    title: str
    stage: ProblemStage
    importance: Importance | None
    speed: Speed | None
    focus_since: date | None
    light: Light | None
    proposal: SpeedProposal | None

    @property
    def is_placed(self) -> bool:
        return self.importance is not None and self.speed is not None

    @property
    def quadrant(self) -> Quadrant | None:
        return quadrant(self.importance, self.speed)


@dataclass(frozen=True, slots=True)
class Priorities:
    """The open problems of a mesa in its own order, as far as the viewer sees them."""

    problems: tuple[Ranked, ...]
    focus_limit: FocusLimit
    share: InputShare

    @property
    def in_focus(self) -> tuple[Ranked, ...]:
        """The longest in focus first."""
        focused = [one for one in self.problems if one.focus_since]
        return tuple(sorted(focused, key=lambda one: (one.focus_since or date.max, one.number)))

    @property
    def unplaced(self) -> tuple[Ranked, ...]:
        """Those of which importance or speed is not said yet."""
        return tuple(one for one in self.problems if not one.is_placed)

    @property
    def candidates(self) -> tuple[Ranked, ...]:
        """Important and quick, and not in focus: what S1 would take up next."""
        return tuple(
            one
            for one in self.problems
            if one.quadrant is Quadrant.IMPORTANT_AND_QUICK
            and not one.focus_since
            and one.stage is ProblemStage.ACCEPTED
        )


def priorities(viewer: Viewer, mesa: Mesa) -> Priorities:
    """Seven statements."""
    reach = access.reach_of(viewer, mesa.pk)
    tasks = _tasks(mesa.pk, reach)
    focus = dict(
        FocusInterval.objects.filter(mesa=mesa, ends_on=None, withdrawn_at=None)
        .order_by()
        .values_list("problem_id", "starts_on")
    )
    found = Problem.objects.filter(
        reach.problems(), mesa=mesa, withdrawn_at=None, stage__in=_OPEN, resolved_on=None
    ).order_by("position")
    rows = [
        Ranked(
            id=key,
            version=version,
            number=number,
            title=title,
            stage=ProblemStage(stage),
            importance=Importance(importance) if importance else None,
            speed=Speed(speed) if speed else None,
            focus_since=focus.get(key),
            light=tasks[key].worst,
            proposal=tasks[key].proposal,
        )
        for key, version, number, title, stage, importance, speed in found.values_list(
            "pk", "version", "number", "title", "stage", "importance", "speed"
        )
    ]
    return Priorities(tuple(rows), method_of(mesa).focus, share_of_inputs(viewer, mesa))


@dataclass(slots=True)
class _Task:
    """What a problem takes: the bodies that have to act, the ranks of its norms; and the lights below it."""

    bodies: set[UUID] = field(default_factory=set)
    ranks: list[EnactmentRank] = field(default_factory=list)
    lights: list[Light] = field(default_factory=list)

    @property
    def worst(self) -> Light | None:
        return min(self.lights, key=WORST_FIRST.index, default=None)

    @property
    def proposal(self) -> SpeedProposal | None:
        return propose_speed(len(self.bodies) or None, highest_rank(self.ranks))


def _tasks(mesa_id: UUID, reach: Reach) -> Mapping[UUID, _Task]:
    """By problem; four statements. What was cancelled, replaced or declined asks nothing of anybody."""
    tasks: dict[UUID, _Task] = defaultdict(_Task)
    commitments = Commitment.objects.filter(reach.commitments(), mesa=mesa_id, withdrawn_at=None)
    live = commitments.exclude(state__in=_VOID).exclude(solution__stage=SolutionStage.DROPPED).order_by()
    for problem, owner, light in live.values_list("problem_id", "owner_organization_id", "light"):
        tasks[problem].lights.append(Light(light))
        if owner:
            tasks[problem].bodies.add(owner)
    helpers = Collaboration.objects.filter(commitment__in=live, withdrawn_at=None).order_by()
    for problem, helper in helpers.values_list("commitment__problem_id", "organization_id"):
        tasks[problem].bodies.add(helper)
    tracks = Enactment.objects.filter(
        mesa=mesa_id,
        withdrawn_at=None,
        solution__withdrawn_at=None,
        solution__visibility__in=reach.visibilities,
    ).exclude(solution__stage=SolutionStage.DROPPED)
    for problem, rank, drafter in tracks.values_list("solution__problem_id", "rank", "drafter_id"):
        tasks[problem].ranks.append(EnactmentRank(rank))
        if drafter:
            tasks[problem].bodies.add(drafter)
    asked = Opinion.objects.filter(enactment__in=tracks, withdrawn_at=None).order_by()
    for problem, body in asked.values_list("enactment__solution__problem_id", "organization_id"):
        tasks[problem].bodies.add(body)
    return tasks
