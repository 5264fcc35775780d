"""Who may see a record: changed by somebody, for a reason."""

import pytest

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.commitments import edit_commitment
from destraba.actions.visibility import set_visibility
from destraba.models import Problem
from destraba.queries import access
from destraba.rules.commitments import CommitmentMove
from destraba.values.errors import Invalid, NotAllowed, NotFound
from destraba.values.visibility import Visibility
from tests import factories
from tests.actions.saying import LATER, because, kinds_of, refused
from tests.factories import NOW, Cast


@pytest.fixture
def problem(cast: Cast) -> Problem:
    return factories.problem(cast)


def test_the_team_keeps_a_record_to_itself_and_gives_it_back(cast: Cast, problem: Problem) -> None:
    member = access.viewer(cast.marco.account, NOW)
    setting = {"actor": cast.ana.actor, "record": problem, "now": LATER}
    set_visibility(visibility=Visibility.TEAM, reason="Está en negociación.", **setting)
    assert not access.may_see(member, problem)
    assert because(problem) == "Está en negociación."
    set_visibility(visibility=Visibility.MESA, reason="Ya se acordó.", **setting)
    assert access.may_see(member, problem)
    assert kinds_of(problem)[1:] == ["visibility.changed"] * 2


def test_a_change_of_who_sees_it_says_why(cast: Cast, problem: Problem) -> None:
    with refused(Invalid, "needs_reason"):
        set_visibility(
            actor=cast.ana.actor, record=problem, visibility=Visibility.TEAM, reason=" ", now=LATER
        )


def test_to_the_public_and_back_it_takes_publishing(cast: Cast, problem: Problem) -> None:
    setting = {"record": problem, "reason": "Se publica con el acta.", "now": LATER}
    set_visibility(actor=cast.pilar.actor, visibility=Visibility.PUBLIC, **setting)
    with refused(NotAllowed, "not_your_role"):
        set_visibility(actor=cast.marco.actor, visibility=Visibility.MESA, **setting)
    set_visibility(actor=cast.pilar.actor, visibility=Visibility.MESA, **setting)
    with refused(NotAllowed, "not_your_role"):
        set_visibility(actor=cast.pilar.actor, visibility=Visibility.TEAM, **setting)


def test_what_hangs_below_a_record_of_the_team_is_the_teams_too(cast: Cast, problem: Problem) -> None:
    owed = factories.commitment(problem, owner=cast.serfor)
    solution = factories.solution(problem)
    set_visibility(
        actor=cast.ana.actor, record=problem, visibility=Visibility.TEAM, reason="En negociación.", now=LATER
    )
    owed.refresh_from_db()
    with refused(NotFound, "hidden"):
        move_commitment(actor=cast.lucia.actor, commitment=owed, move=CommitmentMove.AGREE, now=LATER)
    with refused(NotFound, "hidden"):
        edit_commitment(actor=cast.marco.actor, commitment=owed, title="Otra", now=LATER)
    for below in (owed, solution):
        below.problem = problem
        assert access.subject_of(below).visibility is Visibility.TEAM


def test_the_strictest_counts_on_the_way_up_through_a_solution(cast: Cast, problem: Problem) -> None:
    solution = factories.solution(problem)
    owed = factories.commitment(problem, owner=cast.serfor, answer_to=solution)
    set_visibility(
        actor=cast.ana.actor, record=solution, visibility=Visibility.TEAM, reason="En negociación.", now=LATER
    )
    assert access.subject_of(owed).visibility is Visibility.TEAM
