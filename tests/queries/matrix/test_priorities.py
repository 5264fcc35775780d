"""Importance by speed, with a speed proposed from who has to act and the norm that it takes."""

from datetime import timedelta

from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.commitments import set_collaborators
from destraba.actions.matrix.enactments import ask_opinion, track_enactment
from destraba.actions.matrix.problems import edit_problem, focus_problem, raise_problem
from destraba.actions.visibility import set_visibility
from destraba.models import Problem
from destraba.queries import access
from destraba.queries.matrix.priorities import Priorities, Ranked, priorities
from destraba.rules.lights import Light
from destraba.rules.priorities import Importance, Speed
from destraba.rules.solutions import EnactmentRank
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, TODAY, Cast, Player


def shown(cast: Cast, player: Player) -> Priorities:
    return priorities(access.viewer(player.account, NOW), cast.forestal)


def only(cast: Cast, player: Player) -> Ranked:
    (one,) = shown(cast, player).problems
    return one


def place(cast: Cast, problem: Problem, importance: Importance | None, speed: Speed | None) -> None:
    edit_problem(actor=cast.ana.actor, problem=problem, importance=importance, speed=speed, now=NOW)


def test_where_nothing_is_known_nothing_is_proposed(cast: Cast) -> None:
    factories.problem(cast)
    one = only(cast, cast.marco)
    assert (one.proposal, one.light, one.is_placed, one.focus_since) == (None, None, False, None)


def test_the_bodies_are_counted_once_whatever_their_part(cast: Cast) -> None:
    solution = factories.solution(factories.problem(cast))
    owed = factories.commitment(solution.problem, owner=cast.serfor, answer_to=solution)
    factories.commitment(solution.problem, "Otra", owner=cast.serfor)
    set_collaborators(
        actor=cast.ana.actor, commitment=owed, organizations=[cast.osinfor, cast.ucayali], now=NOW
    )
    track = track_enactment(
        actor=cast.ana.actor,
        solution=solution,
        rank=EnactmentRank.SUPREME_DECREE,
        drafter=cast.serfor,
        now=NOW,
    )
    ask_opinion(actor=cast.ana.actor, enactment=track, organization=cast.produce, asked_on=TODAY, now=NOW)
    proposal = only(cast, cast.marco).proposal
    assert proposal
    assert (proposal.speed, dict(proposal.reason.params)) == (
        Speed.SLOW,
        {"bodies": 4, "rank": "supreme_decree"},
    )
    assert only(cast, cast.marco).light is Light.NONE


def test_what_one_may_not_see_counts_for_nothing(cast: Cast) -> None:
    solution = factories.solution(factories.problem(cast))
    factories.commitment(solution.problem, owner=cast.serfor, answer_to=solution)
    set_visibility(
        actor=cast.ana.actor, record=solution, visibility=Visibility.TEAM, reason="Aún no.", now=NOW
    )
    assert only(cast, cast.ana).proposal
    assert only(cast, cast.marco).proposal is None


def test_focus_candidates_and_those_without_a_place(cast: Cast) -> None:
    first, second, third, fourth = (factories.problem(cast, title) for title in "ABCD")
    place(cast, first, Importance.HIGH, Speed.QUICK)
    place(cast, second, Importance.HIGH, Speed.QUICK)
    place(cast, third, Importance.HIGH, None)
    focus_problem(actor=cast.ana.actor, problem=second, now=NOW)
    focus_problem(actor=cast.ana.actor, problem=fourth, now=NOW - timedelta(days=30))
    found = shown(cast, cast.marco)
    assert [one.number for one in found.in_focus] == [4, 2]
    assert [one.number for one in found.candidates] == [1]
    assert [one.number for one in found.unplaced] == [3, 4]
    assert (found.focus_limit.least, found.focus_limit.most, found.share.problems) == (3, 4, 4)


def test_an_axis_lead_sees_the_axis(cast: Cast) -> None:
    factories.problem(cast)
    raise_problem(actor=cast.ana.actor, mesa=cast.forestal, title="De su eje", axis="simplification", now=NOW)
    assert [one.title for one in shown(cast, cast.ejes).problems] == ["De su eje"]


def test_it_takes_seven_statements_however_many_there_are(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = access.viewer(cast.ana.account, NOW)
    for most in (1, 3):
        for _ in range(most):
            solution = factories.solution(factories.problem(cast))
            factories.commitment(solution.problem, owner=cast.serfor, answer_to=solution)
            track_enactment(actor=cast.ana.actor, solution=solution, rank=EnactmentRank.LAW, now=NOW)
        with django_assert_num_queries(7):
            priorities(viewer, cast.forestal)
