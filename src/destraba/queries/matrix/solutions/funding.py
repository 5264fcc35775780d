"""What was identified and nobody pays for yet, with the day by which a budget must be asked for."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from destraba.models import Mesa, Problem, Solution
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.rules.matrix.classes import Funding
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Unfunded:
    """A solution that waits for money; `window_on` is the day by which a budget must be asked for."""

    problem_number: int
    problem: str
    number: int
    title: str
    stage: SolutionStage
    before: Quantity | None
    goal: Quantity | None
    window_on: date | None


@dataclass(frozen=True, slots=True)
class FundingOfMesa:
    """The next window first, then what has none; `counts` are the live solutions by how they are paid for."""

    unfunded: tuple[Unfunded, ...]
    counts: Mapping[Funding, int]
    unsaid: int


def funding_of(viewer: Viewer, mesa: Mesa) -> FundingOfMesa:
    """Of the live solutions that this viewer may see. One statement."""
    reach = access.reach_of(viewer, mesa.pk)
    problems = Problem.objects.filter(reach.problems(), mesa=mesa, withdrawn_at=None).filter(
        stage__in=(ProblemStage.RAISED, ProblemStage.ACCEPTED)
    )
    live = (
        Solution.objects.filter(reach.records(), problem__in=problems, withdrawn_at=None)
        .exclude(stage=SolutionStage.DROPPED.value)
        .select_related("problem")
        .order_by(F("budget_window_on").asc(nulls_last=True), "problem__number", "number")
    )
    solutions = list(live)
    counts = Counter(Funding(one.funding) for one in solutions if one.funding)
    return FundingOfMesa(
        unfunded=tuple(_unfunded(one) for one in solutions if one.funding == Funding.UNFUNDED),
        counts=counts,
        unsaid=sum(not one.funding for one in solutions),
    )


def _unfunded(solution: Solution) -> Unfunded:
    return Unfunded(
        problem_number=solution.problem.number,
        problem=solution.problem.title,
        number=solution.number,
        title=solution.title,
        stage=SolutionStage(solution.stage),
        before=solution.before,
        goal=solution.goal,
        window_on=solution.budget_window_on,
    )
