"""The shut Matrix says of every problem what the whole one says, to everybody."""

from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.commitments import edit_commitment, set_collaborators
from destraba.actions.matrix.places import list_place
from destraba.actions.mesas import start_following_up
from destraba.actions.visibility import set_visibility
from destraba.models import Record
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.matrix.rows import AnyCommitment, BranchSum, ProblemRow
from destraba.queries.matrix.shut import shut_matrix
from destraba.queries.matrix.tree import matrix
from destraba.rules.lights import Light
from destraba.values.fuzzy_dates import read
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast


def _commitment(one: AnyCommitment | None) -> object:
    if one is None:
        return None
    said = (one.number, one.light, one.reason, one.mismatch, one.due, one.due_on, one.slips)
    return *said, one.owner_id, one.owner, one.owner_note


def _sum(branch: BranchSum) -> object:
    behind = branch.behind and (branch.behind.title, branch.behind.stage, branch.behind.places)
    chosen = [_commitment(one) for one in (branch.worst, branch.next_due, branch.last_due)]
    counted = (branch.solutions, branch.commitments, branch.counts, branch.slips)
    return counted, branch.first_solution, behind, chosen, set(branch.owners)


def _own(row: ProblemRow) -> object:
    said = (row.id, row.version, row.number, row.title, row.stage, row.progress)
    return *said, row.in_focus, row.own_moved_at, row.moved_at


def assert_alike(cast: Cast, viewer: Viewer) -> None:
    """The same rows in the same order with the same sums, read shut or whole."""
    shut, whole = shut_matrix(viewer, cast.forestal), matrix(viewer, cast.forestal)
    assert [_own(row) for row in shut.problems] == [_own(row) for row in whole.problems]
    assert [_sum(row.sum) for row in shut.problems] == [_sum(row.sum) for row in whole.problems]
    assert (shut.owners, shut.total_problems) == (whole.owners, whole.total_problems)
    assert not any(row.solutions or row.direct for row in shut.problems)


def _filled(cast: Cast) -> list[Record]:
    """Records of every kind below two problems, one of them with trouble of its own."""
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    problem, other = factories.problem(cast), factories.problem(cast, "Sin nada debajo")
    solution, second = factories.solution(problem), factories.solution(problem, "Otra vía")
    list_place(actor=cast.ana.actor, solution=second, name="Loreto", now=NOW)
    late = factories.commitment(
        problem, "Tarde", owner=cast.serfor, answer_to=solution, due=read("31/01/2017")
    )
    soon = factories.commitment(problem, "Pronto", owner=cast.lucia.seat, due=read("31/08/2017"))
    edit_commitment(actor=cast.ana.actor, commitment=soon, declared=Light.RED, now=NOW)
    set_collaborators(actor=cast.ana.actor, commitment=late, organizations=[cast.osinfor], now=NOW)
    return [problem, other, solution, second, late, soon]


def _everybody(cast: Cast) -> list[Viewer]:
    players = (cast.ana, cast.lucia, cast.marco)
    return [access.viewer(player.account, NOW) for player in players]


def test_it_says_what_the_whole_matrix_says(cast: Cast) -> None:
    _filled(cast)
    for viewer in _everybody(cast):
        assert_alike(cast, viewer)


def test_whatever_is_hidden_is_hidden_from_both(cast: Cast) -> None:
    for record in _filled(cast):
        set_visibility(
            actor=cast.ana.actor, record=record, visibility=Visibility.TEAM, reason="En trato.", now=NOW
        )
        for viewer in _everybody(cast):
            assert_alike(cast, viewer)
        set_visibility(
            actor=cast.ana.actor, record=record, visibility=Visibility.MESA, reason="Se vio.", now=NOW
        )


def test_it_takes_six_statements_whatever_its_size(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = access.viewer(cast.marco.account, NOW)
    for _ in range(2):
        factories.commitment(
            problem := factories.problem(cast), owner=cast.serfor, answer_to=factories.solution(problem)
        )
        with django_assert_num_queries(6):
            shut_matrix(viewer, cast.forestal)
