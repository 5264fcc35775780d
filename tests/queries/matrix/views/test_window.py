"""What is shown first: it says of every problem what the whole Matrix says, to everybody."""

from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.commitments import edit_commitment, set_collaborators
from destraba.actions.matrix.places import list_place
from destraba.actions.matrix.problems import focus_problem
from destraba.actions.mesas import start_following_up
from destraba.actions.visibility import set_visibility
from destraba.models import Record
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.matrix.rows import AnyCommitment, BranchSum, ProblemRow
from destraba.queries.matrix.tree import matrix
from destraba.queries.matrix.views import window as windows
from destraba.queries.matrix.views.asked import Asker, Days, Filters, View
from destraba.queries.matrix.views.columns import Column
from destraba.queries.matrix.views.window import Window, window
from destraba.queries.within import within_one
from destraba.rules.lights import Light
from destraba.values.fuzzy_dates import read
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, TODAY, Cast


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


ASKER = Asker(TODAY)


def _shown(cast: Cast, viewer: Viewer, view: View | None = None, opened: tuple[UUID, ...] = ()) -> Window:
    view = view or View(group=None)
    return window(within_one(viewer, cast.forestal), view, ASKER, opened)


def assert_alike(cast: Cast, viewer: Viewer) -> None:
    """The same rows in the same order with the same sums, read shut or whole."""
    shut, whole = _shown(cast, viewer), matrix(viewer, cast.forestal)
    assert [_own(row) for row in shut.problems] == [_own(row) for row in whole.problems]
    assert [_sum(row.sum) for row in shut.problems] == [_sum(row.sum) for row in whole.problems]
    assert (shut.total, shut.below.solutions) == (whole.total_problems, whole.solutions)
    assert shut.below.lights == whole.light_counts
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
            _shown(cast, viewer)


def test_it_shows_so_many_and_says_where_the_next_begin(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "SHUT_ROWS", 2)
    made = [factories.problem(cast, f"Traba {number}") for number in range(5)]
    focus_problem(actor=cast.ana.actor, problem=made[4], now=NOW)
    viewer = access.viewer(cast.ana.account, NOW)
    seen: list[list[int]] = []
    groups: list[list[tuple[str, int, bool]]] = []
    start: int | None = 0
    while start is not None:
        shown = _shown(cast, viewer, View(start=start))
        seen.append([one.number for one in shown.problems])
        groups.append([(span.code, span.size, span.begins) for span in shown.spans])
        assert (shown.total, shown.start) == (5, start)
        start = shown.more
    assert seen == [[5, 1], [2, 3], [4]]
    assert groups == [
        [("focus", 1, True), ("open", 4, True)],
        [("open", 4, False)],
        [("open", 4, False)],
    ]


def test_what_stands_open_comes_with_what_hangs_below_it(cast: Cast) -> None:
    records = _filled(cast)
    viewer = access.viewer(cast.ana.account, NOW)
    shown = _shown(cast, viewer, opened=(records[0].pk,))
    assert [bool(row.solutions) for row in shown.problems] == [True, False]
    assert shown.opened == {records[0].pk}


def test_where_rows_are_left_out_the_sums_speak_for_those_that_are_shown(cast: Cast) -> None:
    _filled(cast)
    viewer = access.viewer(cast.ana.account, NOW)
    asked = Filters(where=((Column.DUE, Days(last=TODAY)),))
    shown = _shown(cast, viewer, View(filters=asked))
    (problem,) = shown.problems
    assert [one.title for one in problem.commitments] == ["Tarde"]
    assert (problem.sum.commitments, shown.below.commitments) == (1, 1)
    assert shown.opened == {problem.id}
