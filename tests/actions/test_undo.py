"""Taking back one's own last change; a decision is taken back by another decision."""

from uuid import UUID

import pytest

from destraba.actions.matrix.cells import add_row, change_cell
from destraba.actions.matrix.problems import focus_problem
from destraba.actions.mesas import start_following_up
from destraba.actions.undo import undo
from destraba.ledger.replay import entries_of
from destraba.models import Commitment, Problem
from destraba.queries.matrix.cells import Kind
from destraba.values.errors import Conflict, NotAllowed
from destraba.values.fuzzy_dates import read
from destraba.values.keys import new_key
from tests import factories
from tests.actions.saying import LATER, kinds_of, refused
from tests.factories import NOW, Cast, Player


@pytest.fixture
def problem(cast: Cast) -> Problem:
    return factories.problem(cast, "La guía tarda 12 días")


def _retitle(cast: Cast, problem: Problem, title: str, who: Player | None = None) -> UUID:
    problem.refresh_from_db()
    _row, change_set = change_cell(
        actor=(who or cast.ana).actor,
        mesa=cast.forestal,
        kind=Kind.PROBLEM,
        row_id=problem.pk,
        version=problem.version,
        field="title",
        text=title,
        now=LATER,
    )
    return change_set


def _undo(cast: Cast, change_set: UUID, who: Player | None = None) -> UUID:
    _records, undone = undo(
        actor=(who or cast.ana).actor, mesa=cast.forestal, change_set=change_set, now=LATER
    )
    return undone


def test_an_edit_is_taken_back_and_done_again(cast: Cast, problem: Problem) -> None:
    undone = _undo(cast, _retitle(cast, problem, "La guía tarda 20 días"))
    problem.refresh_from_db()
    assert problem.title == "La guía tarda 12 días"
    _undo(cast, undone)
    problem.refresh_from_db()
    assert problem.title == "La guía tarda 20 días"
    assert kinds_of(problem)[-2:] == ["change.undone"] * 2


def test_a_row_that_was_added_is_withdrawn_and_its_number_never_comes_again(cast: Cast) -> None:
    row, change_set = add_row(
        actor=cast.ana.actor, mesa=cast.forestal, kind=Kind.PROBLEM, title="Por error", now=NOW
    )
    _undo(cast, change_set)
    gone = Problem.objects.get(pk=row.pk)
    assert gone.withdrawn_at == LATER
    assert factories.problem(cast).number == row.number + 1


def test_a_light_goes_back_with_the_date(cast: Cast, problem: Problem) -> None:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    owed = factories.commitment(problem, owner=cast.serfor, due=read("30/06/2017"))
    _row, change_set = change_cell(
        actor=cast.ana.actor,
        mesa=cast.forestal,
        kind=Kind.COMMITMENT,
        row_id=owed.pk,
        version=owed.version,
        field="declared",
        text="red",
        now=LATER,
    )
    assert Commitment.objects.get(pk=owed.pk).light == "red"
    _undo(cast, change_set)
    assert Commitment.objects.get(pk=owed.pk).light == "grey"


def test_what_somebody_changed_since_can_not_be_undone(cast: Cast, problem: Problem) -> None:
    mine = _retitle(cast, problem, "Mía")
    _retitle(cast, problem, "De él", cast.teo)
    with refused(Conflict, "moved_on"):
        _undo(cast, mine)


def test_nobody_undoes_for_another(cast: Cast, problem: Problem) -> None:
    mine = _retitle(cast, problem, "Mía")
    with refused(NotAllowed, "nothing_to_undo"):
        _undo(cast, mine, cast.teo)
    with refused(NotAllowed, "not_your_role"):
        _undo(cast, mine, cast.marco)


def test_a_decision_is_not_undone(cast: Cast, problem: Problem) -> None:
    interval = focus_problem(actor=cast.ana.actor, problem=problem, now=NOW)
    decided = entries_of({"focusinterval": [interval.pk]})[-1].change_set
    with refused(Conflict, "not_undoable"):
        _undo(cast, decided)


def test_a_change_set_of_another_mesa_or_of_none_is_nothing_to_undo(cast: Cast) -> None:
    elsewhere = factories.problem(cast, where=cast.acuicola)
    theirs = entries_of({"problem": [elsewhere.pk]})[-1].change_set
    for unknown in (theirs, new_key()):
        with refused(Conflict, "nothing_to_undo"):
            _undo(cast, unknown)
