"""The Matrix of a mesa, for whoever looks."""

from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.commitments import edit_commitment, set_collaborators
from destraba.actions.matrix.places import list_place
from destraba.actions.matrix.problems import focus_problem
from destraba.actions.mesas import start_following_up
from destraba.actions.visibility import set_visibility
from destraba.models import Record
from destraba.queries import access
from destraba.queries.matrix.rows import Matrix
from destraba.queries.matrix.tree import branch, matrix
from destraba.rules.commitments import CommitmentMove, DeclineReason
from destraba.rules.lights import Light
from destraba.values.fuzzy_dates import read
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast, Player


def _matrix(cast: Cast, player: Player | None = None) -> Matrix:
    return matrix(access.viewer((player or cast.ana).account, NOW), cast.forestal)


def _hide(cast: Cast, record: Record) -> None:
    set_visibility(
        actor=cast.ana.actor, record=record, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )


def test_rows_hang_where_they_belong(cast: Cast) -> None:
    problem = factories.problem(cast)
    solution = factories.solution(problem)
    below = factories.commitment(problem, "Abajo", owner=cast.serfor, answer_to=solution)
    direct = factories.commitment(problem, "Directo", owner=cast.lucia.seat)
    set_collaborators(actor=cast.ana.actor, commitment=below, organizations=[cast.osinfor], now=NOW)
    focus_problem(actor=cast.ana.actor, problem=problem, now=NOW)
    (row,) = _matrix(cast).problems
    assert row.in_focus
    assert [one.number for one in row.solutions] == [1]
    assert [one.id for one in row.solutions[0].commitments] == [below.pk]
    assert row.solutions[0].commitments[0].owner_note == cast.osinfor.name
    assert [one.id for one in row.direct] == [direct.pk]
    assert {one.id for one in row.commitments} == {below.pk, direct.pk}


def test_a_problem_speaks_for_what_hangs_below_it(cast: Cast) -> None:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    problem = factories.problem(cast)
    factories.commitment(problem, "Luego", owner=cast.serfor, due=read("31/08/2017"))
    soon = factories.commitment(problem, "Pronto", owner=cast.serfor, due=read("30/06/2017"))
    bad = factories.commitment(problem, "Mal", owner=cast.serfor)
    edit_commitment(actor=cast.ana.actor, commitment=bad, declared=Light.RED, now=NOW)
    (row,) = _matrix(cast).problems
    assert row.sum.worst is not None
    assert row.sum.next_due is not None
    assert (row.sum.worst.number, row.sum.next_due.number) == (bad.number, soon.number)
    assert row.sum.counts == ((Light.RED, 1), (Light.GREY, 2))


def test_what_was_declined_falls_due_no_more(cast: Cast) -> None:
    problem = factories.problem(cast)
    asked = factories.commitment(problem, owner=cast.serfor, due=read("30/06/2017"))
    move_commitment(
        actor=cast.lucia.actor,
        commitment=asked,
        move=CommitmentMove.DECLINE,
        decline_reason=DeclineReason.BUDGET,
        now=NOW,
    )
    (row,) = _matrix(cast).problems
    assert row.sum.next_due is None
    assert row.sum.last_due is not None


def test_what_is_the_teams_is_hidden_with_all_below_it(cast: Cast) -> None:
    secret, shown = factories.problem(cast, "En trato"), factories.problem(cast, "Abierta")
    hidden_solution = factories.solution(shown, "En trato")
    factories.commitment(secret, "Abajo")
    factories.commitment(shown, "Abajo también", answer_to=hidden_solution)
    hidden = factories.commitment(shown, "Uno solo")
    for record in (secret, hidden_solution, hidden):
        _hide(cast, record)
    member, team = _matrix(cast, cast.marco), _matrix(cast)
    assert (len(member.problems), member.solutions, member.commitments) == (1, 0, 0)
    assert (len(team.problems), team.solutions, team.commitments) == (2, 1, 3)
    assert (member.total_problems, team.total_problems) == (1, 2)


def test_a_place_counts_where_it_is_applied(cast: Cast) -> None:
    solution = factories.solution(factories.problem(cast))
    for name in ("Loreto", "Ucayali"):
        list_place(actor=cast.ana.actor, solution=solution, name=name, now=NOW)
    (row,) = _matrix(cast).problems
    assert row.solutions[0].places == (0, 2)


def test_a_branch_is_one_problem_with_all_below_it(cast: Cast) -> None:
    problem, other = factories.problem(cast), factories.problem(cast, "Otra")
    factories.commitment(other)
    below = factories.commitment(problem)
    viewer = access.viewer(cast.marco.account, NOW)
    found = branch(viewer, cast.forestal, problem.pk)
    assert found is not None
    assert [one.id for one in found.commitments] == [below.pk]
    assert branch(viewer, cast.acuicola, problem.pk) is None
    _hide(cast, problem)
    assert branch(viewer, cast.forestal, problem.pk) is None


def test_it_takes_four_statements_whatever_its_size(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = access.viewer(cast.marco.account, NOW)
    for _ in range(2):
        factories.commitment(
            problem := factories.problem(cast), owner=cast.serfor, answer_to=factories.solution(problem)
        )
        with django_assert_num_queries(4):
            matrix(viewer, cast.forestal)
