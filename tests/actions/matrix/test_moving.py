"""The order of the rows, as people drag them."""

import pytest

from destraba.actions.matrix.moving import move_row
from destraba.actions.undo import undo
from destraba.models import Commitment, Problem, Solution
from destraba.queries.matrix.cells import Kind, Row
from destraba.values.errors import Invalid, NotAllowed, NotFound, Stale
from tests import factories
from tests.actions.saying import LATER, kinds_of, refused
from tests.factories import Cast


def _move(cast: Cast, row: Row, after: Row | None, *, version: int | None = None) -> object:
    moved, change_set = move_row(
        actor=cast.ana.actor,
        mesa=cast.forestal,
        kind=Kind(str(row._meta.model_name)),
        row_id=row.pk,
        version=version or row.version,
        after_id=after.pk if after else None,
        now=LATER,
    )
    row.refresh_from_db()
    assert moved == row
    return change_set


def _titles(model: type[Problem] | type[Solution] | type[Commitment]) -> str:
    return "".join(model.objects.order_by("position").values_list("title", flat=True))


def test_a_problem_goes_first_between_and_last_and_back(cast: Cast) -> None:
    first, second, third = (factories.problem(cast, title) for title in "ABC")
    change_set = _move(cast, third, None)
    assert _titles(Problem) == "CAB"
    undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=change_set, now=LATER)  # type: ignore[arg-type]
    assert _titles(Problem) == "ABC"
    _move(cast, first, second)
    assert _titles(Problem) == "BAC"
    third.refresh_from_db()
    _move(cast, second, third)
    assert _titles(Problem) == "ACB"
    assert kinds_of(first) == ["problem.raised", "problem.moved"]


def test_solutions_and_commitments_move_among_their_own(cast: Cast) -> None:
    problem = factories.problem(cast)
    one, two = (factories.solution(problem, title) for title in "AB")
    _move(cast, two, None)
    assert _titles(Solution) == "BA"
    there = [factories.commitment(problem, title, answer_to=one) for title in "XY"][1]
    _move(cast, there, None)
    assert _titles(Commitment) == "YX"
    assert kinds_of(two) == ["solution.proposed", "solution.moved"]
    assert kinds_of(there) == ["commitment.asked", "commitment.moved"]


def test_a_commitment_may_move_to_another_solution_of_its_problem(cast: Cast) -> None:
    problem = factories.problem(cast)
    one, two = (factories.solution(problem, title) for title in "AB")
    here, there = factories.commitment(problem, answer_to=one), factories.commitment(problem, answer_to=two)
    direct = factories.commitment(problem)
    change_set = _move(cast, here, there)
    assert here.solution == two
    assert here.position > there.position
    undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=change_set, now=LATER)  # type: ignore[arg-type]
    here.refresh_from_db()
    assert here.solution == one
    _move(cast, here, direct)
    assert here.solution is None


def test_where_it_stands_already_nothing_is_written(cast: Cast) -> None:
    first, second = factories.problem(cast, "A"), factories.problem(cast, "B")
    _move(cast, first, None)
    _move(cast, second, first)
    assert kinds_of(first, second) == ["problem.raised", "problem.raised"]


def test_what_it_hangs_from_stays(cast: Cast) -> None:
    problem, other = factories.problem(cast), factories.problem(cast)
    solution, elsewhere = factories.solution(problem), factories.solution(other)
    owed, another = factories.commitment(problem), factories.commitment(other)
    next_door = factories.problem(cast, where=cast.acuicola)
    with refused(Invalid, "not_a_sibling"):
        _move(cast, solution, elsewhere)
    with refused(Invalid, "not_a_sibling"):
        _move(cast, owed, another)
    with refused(Invalid, "not_a_sibling"):
        _move(cast, problem, problem)
    with refused(NotFound, "unknown_row"):
        _move(cast, solution, problem)
    with refused(NotFound, "unknown_row"):
        _move(cast, problem, next_door)


def test_an_older_version_is_refused(cast: Cast) -> None:
    problem = factories.problem(cast)
    with refused(Stale, "stale"):
        _move(cast, problem, None, version=7)


def test_the_order_is_the_teams(cast: Cast) -> None:
    problem = factories.problem(cast)
    for player in (cast.marco, cast.pilar, cast.hilda):
        with refused(NotAllowed, "not_your_role"):
            move_row(
                actor=player.actor,
                mesa=cast.forestal,
                kind=Kind.PROBLEM,
                row_id=problem.pk,
                version=1,
                after_id=None,
                now=LATER,
            )


@pytest.mark.parametrize("times", [150])
def test_there_is_always_room_between_two(cast: Cast, times: int) -> None:
    first, second, third = (factories.problem(cast, title) for title in "ABC")
    for _ in range(times):
        _move(cast, third, first)
        _move(cast, second, first)
    assert _titles(Problem) == "ABC"
