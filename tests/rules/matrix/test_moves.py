"""Which move a person means who writes another stage over one."""

import pytest

from destraba.rules.matrix.moves import problem_move, solution_move
from destraba.rules.problems import TABLE as PROBLEM_MOVES
from destraba.rules.problems import ProblemMove, ProblemStage
from destraba.rules.solutions import TABLE as SOLUTION_MOVES
from destraba.rules.solutions import SolutionMove, SolutionStage

P, S = ProblemStage, SolutionStage


@pytest.mark.parametrize("stage", P)
@pytest.mark.parametrize("target", P)
def test_a_move_of_a_problem_leads_where_it_was_meant_to(stage: ProblemStage, target: ProblemStage) -> None:
    move = problem_move(stage, target)
    assert move is None or PROBLEM_MOVES.row(move).target is target
    assert (move is None) == (target in {P.RAISED, P.TRANSFERRED})


def test_what_was_raised_is_accepted_and_what_was_set_aside_reopened() -> None:
    assert problem_move(P.RAISED, P.ACCEPTED) is ProblemMove.ACCEPT
    assert problem_move(P.PARKED, P.ACCEPTED) is ProblemMove.REOPEN


@pytest.mark.parametrize("stage", S)
@pytest.mark.parametrize("target", S)
def test_a_move_of_a_solution_leads_where_it_was_meant_to(
    stage: SolutionStage, target: SolutionStage
) -> None:
    move = solution_move(stage, target)
    assert move is None or SOLUTION_MOVES.row(move).target is target


def test_down_the_ladder_only_what_the_ground_says() -> None:
    assert solution_move(S.APPLIED, S.ENACTED) is SolutionMove.FIND_NOT_APPLIED
    assert solution_move(S.APPLIED, S.AGREED) is None
    assert solution_move(S.DROPPED, S.PROPOSED) is SolutionMove.TAKE_UP_AGAIN
    assert solution_move(S.DROPPED, S.ENACTED) is None
