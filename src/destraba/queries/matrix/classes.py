"""A problem with what the five questions of the method need, and how far a mesa's problems are sorted."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from destraba.methods.schema import Method
from destraba.models import Mesa, Problem
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.matrix.kin import Kin, kin_of
from destraba.queries.matrix.similar import Similar, similar_problems
from destraba.queries.matrix.things import SeatCard, seats_in
from destraba.queries.methods import method_of
from destraba.rules.matrix.classes import Instrument
from destraba.rules.problems import LIVE, ProblemStage

_TO_SORT = (ProblemStage.RAISED, ProblemStage.ACCEPTED)
_UNANSWERED = Q(concern="", instrument="", improves_operations=None)


@dataclass(frozen=True, slots=True)
class Sorting:
    """`next_number` is the next problem of which nothing is answered yet, `unanswered` how many there are."""

    record: Problem
    method: Method
    kin: Kin
    similar: tuple[Similar, ...]
    seats: tuple[SeatCard, ...]
    next_number: int | None
    unanswered: int


@dataclass(frozen=True, slots=True)
class InputShare:
    """Of a mesa's live problems: how many there are, are public inputs, and are told to be one or not."""

    problems: int
    told: int
    public_inputs: int


def sorting(viewer: Viewer, problem: Problem, today: date) -> Sorting:
    """Eight statements."""
    waiting = _live(viewer, problem.mesa).filter(_UNANSWERED, stage__in=_TO_SORT).exclude(pk=problem.pk)
    numbers = list(waiting.order_by("position").values_list("position", "number"))
    later = [number for position, number in numbers if position > problem.position]
    return Sorting(
        record=problem,
        method=method_of(problem.mesa),
        kin=kin_of(viewer, problem),
        similar=tuple(similar_problems(viewer, problem.mesa, problem.title, besides=problem.pk)),
        seats=tuple(seats_in(problem.mesa_id, today)),
        next_number=next(iter([*later, *(number for _position, number in numbers)]), None),
        unanswered=len(numbers),
    )


def share_of_inputs(viewer: Viewer, mesa: Mesa) -> InputShare:
    """What the mesa works on, by kind of policy (S0, policy mix). One statement."""
    counted = _live(viewer, mesa).aggregate(
        problems=Count("pk"),
        told=Count("pk", filter=~Q(instrument="")),
        public_inputs=Count("pk", filter=Q(instrument=Instrument.PUBLIC_INPUT.value)),
    )
    return InputShare(**counted)


def _live(viewer: Viewer, mesa: Mesa) -> QuerySet[Problem]:
    reach = access.reach_of(viewer, mesa.pk)
    return Problem.objects.filter(
        reach.problems(), mesa=mesa, withdrawn_at=None, stage__in=[stage.value for stage in LIVE]
    )
