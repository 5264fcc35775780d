"""Applied is not yet resolved: somebody has to say that it is gone, and may say that it is not."""

import pytest

from destraba.actions.matrix.enactments import track_enactment
from destraba.actions.matrix.problems import confirm_resolved, deny_resolved, raise_problem
from destraba.actions.matrix.solutions import move_solution
from destraba.ledger.verify import verify
from destraba.models import Problem, Solution
from destraba.queries.access import viewer
from destraba.queries.matrix.tree import matrix
from destraba.rules.problems import ProblemProgress
from destraba.rules.solutions import EnactmentRank, SolutionMove
from destraba.values.errors import Conflict, Invalid, NotAllowed, NotFound
from tests import factories
from tests.factories import NOW, TODAY, Cast, command

pytestmark = pytest.mark.django_db


@pytest.fixture
def problem(cast: Cast) -> Problem:
    """Raised by Marco of CONAFOR."""
    return raise_problem(
        actor=cast.ana.actor, mesa=cast.forestal, title="La guía tarda", raised_by=cast.marco.seat, now=NOW
    )


def applied(problem: Problem) -> Solution:
    solution = factories.solution(problem)
    track_enactment(actor=command(), solution=solution, rank=EnactmentRank.NONE_NEEDED, now=NOW)
    for move in (SolutionMove.AGREE, SolutionMove.ENACT, SolutionMove.APPLY):
        move_solution(
            actor=command(),
            solution=solution,
            move=move,
            observation="Se usa." if move is SolutionMove.APPLY else "",
            now=NOW,
        )
    return solution


def shown(cast: Cast) -> ProblemProgress:
    (row,) = matrix(viewer(cast.ana.account, NOW), cast.forestal).problems
    return row.progress


def test_whoever_raised_it_says_that_it_is_gone(cast: Cast, problem: Problem) -> None:
    with pytest.raises(Conflict, match="not_applied_yet"):
        confirm_resolved(actor=cast.marco.actor, problem=problem, now=NOW)
    applied(problem)
    assert shown(cast) is ProblemProgress.APPLIED
    confirm_resolved(actor=cast.marco.actor, problem=problem, note="En Ucayali ya no se pide.", now=NOW)
    assert problem.resolved_on == TODAY
    assert shown(cast) is ProblemProgress.RESOLVED
    with pytest.raises(Conflict, match="resolved_already"):
        confirm_resolved(actor=cast.ana.actor, problem=problem, now=NOW)
    assert verify().ok


def test_it_may_turn_out_not_to_be(cast: Cast, problem: Problem) -> None:
    applied(problem)
    with pytest.raises(Conflict, match="not_resolved"):
        deny_resolved(actor=cast.marco.actor, problem=problem, reason="Se sigue pidiendo.", now=NOW)
    confirm_resolved(actor=cast.ana.actor, problem=problem, now=NOW)
    with pytest.raises(Invalid):
        deny_resolved(actor=cast.marco.actor, problem=problem, reason=" ", now=NOW)
    deny_resolved(actor=cast.marco.actor, problem=problem, reason="Se sigue pidiendo.", now=NOW)
    assert shown(cast) is ProblemProgress.APPLIED


def test_only_the_team_and_whoever_raised_it(cast: Cast, problem: Problem) -> None:
    applied(problem)
    for player in (cast.lucia, cast.pilar, cast.vecina, cast.antes):
        with pytest.raises((NotAllowed, NotFound)):
            confirm_resolved(actor=player.actor, problem=problem, now=NOW)


def test_a_revised_solution_opens_the_question_again(cast: Cast, problem: Problem) -> None:
    solution = applied(problem)
    confirm_resolved(actor=cast.marco.actor, problem=problem, now=NOW)
    fresh = Solution.objects.select_related("problem", "mesa").get(pk=solution.pk)
    move_solution(
        actor=cast.ana.actor, solution=fresh, move=SolutionMove.REVISE, reason="No rindió.", now=NOW
    )
    problem.refresh_from_db()
    assert problem.resolved_on is None
    applied_again = Solution.objects.select_related("problem", "mesa").get(pk=solution.pk)
    assert applied_again.stage == "agreed"
