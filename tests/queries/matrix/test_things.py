"""One thing with all that its page shows."""

from dataclasses import replace

from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.commitments import edit_commitment, set_collaborators
from destraba.actions.matrix.enactments import ask_opinion, track_enactment
from destraba.actions.matrix.places import list_place
from destraba.actions.matrix.problems import focus_problem, unfocus_problem
from destraba.actions.undo import undo
from destraba.actions.visibility import set_visibility
from destraba.ledger.replay import entries_of
from destraba.queries import access
from destraba.queries.matrix.things import commitment_thing, problem_thing, seats_in, solution_thing
from destraba.rules.permissions import Role
from destraba.rules.solutions import EnactmentRank
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, TODAY, Cast


def test_a_problem_knows_its_time_in_focus(cast: Cast) -> None:
    problem, other = factories.problem(cast), factories.problem(cast, "Otra")
    team = cast.ana.actor
    for step in (focus_problem, unfocus_problem, focus_problem):
        step(actor=team, problem=problem, now=NOW)
    focus_problem(actor=team, problem=other, now=NOW)
    thing = problem_thing(access.viewer(cast.ana.account, NOW), problem)
    assert thing.focus is not None
    assert (len(thing.intervals), thing.in_focus, thing.focus_limit.most) == (2, 2, 4)


def test_a_problem_that_was_taken_back_shows_nothing_below(cast: Cast) -> None:
    problem = factories.raise_problem(actor=cast.ana.actor, mesa=cast.forestal, title="Por error", now=NOW)
    change_set = entries_of({"problem": [problem.pk]})[0].change_set
    undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=change_set, now=NOW)
    problem.refresh_from_db()
    assert problem_thing(access.viewer(cast.ana.account, NOW), problem).row is None


def test_a_solution_comes_with_its_norm_opinions_places_and_commitments(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    solution = factories.solution(factories.problem(cast))
    viewer = access.viewer(cast.marco.account, NOW)
    with django_assert_num_queries(4):
        bare = solution_thing(viewer, solution)
    assert (bare.enactment, bare.opinions, bare.places, bare.commitments) == (None, (), (), ())
    track = track_enactment(actor=cast.ana.actor, solution=solution, rank=EnactmentRank.LAW, now=NOW)
    for organization in (cast.serfor, cast.osinfor):
        ask_opinion(actor=cast.ana.actor, enactment=track, organization=organization, asked_on=TODAY, now=NOW)
        list_place(actor=cast.ana.actor, solution=solution, name=organization.name, now=NOW)
        factories.commitment(solution.problem, organization.name, answer_to=solution)
    with django_assert_num_queries(6):
        full = solution_thing(viewer, solution)
    assert full.enactment == track
    assert (len(full.opinions), len(full.places), len(full.commitments), full.required_places) == (2, 2, 2, 2)
    evidence = full.evidence(observed=True, effect_confirmed=True)
    assert (evidence.observations, evidence.confirmed_measures) == (1, 1)


def test_a_commitment_knows_who_can_answer_for_its_owner(cast: Cast) -> None:
    viewer = access.viewer(cast.ana.account, NOW)
    problem = factories.problem(cast)
    body = factories.commitment(problem, "De la entidad", owner=cast.conafor)
    seat = factories.commitment(problem, "Del asiento", owner=cast.marco.seat)
    nobody = factories.commitment(problem, "De nadie")
    holders = [
        [one.holder for one in commitment_thing(viewer, one, TODAY).owner_seats]
        for one in (body, seat, nobody)
    ]
    assert holders == [["Marco Ríos", ""], ["Marco Ríos"], []]


def test_a_commitment_comes_with_its_helpers_and_with_what_waits_for_it(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    problem, secret = factories.problem(cast), factories.problem(cast, "En trato")
    held_up = factories.commitment(problem, owner=cast.serfor)
    set_collaborators(actor=cast.ana.actor, commitment=held_up, organizations=[cast.osinfor], now=NOW)
    for parent in (problem, secret):
        waiting = factories.commitment(parent, f"Espera por {parent.title}")
        edit_commitment(actor=cast.ana.actor, commitment=waiting, waits_for_commitment=held_up, now=NOW)
    set_visibility(
        actor=cast.ana.actor, record=secret, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    team, member = (access.viewer(one.account, NOW) for one in (cast.ana, cast.marco))
    with django_assert_num_queries(6):
        thing = commitment_thing(team, held_up, TODAY)
    assert thing.helpers == (cast.osinfor,)
    assert len(thing.holds_up) == 2
    assert len(commitment_thing(member, held_up, TODAY).holds_up) == 1


def test_a_seat_is_known_by_its_post_and_by_who_sits_there_today(cast: Cast) -> None:
    cards = seats_in(cast.forestal.pk, TODAY)
    lucia = next(card for card in cards if card.role == Role.LIAISON)
    assert (lucia.organization, lucia.holder) == (cast.serfor.name, "Lucía Farfán")
    assert replace(lucia, holder="") in seats_in(cast.forestal.pk, TODAY.replace(year=2014))
