"""Importance by speed: each open problem in its place, and what is in focus."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.classes import classify_problem
from destraba.actions.matrix.enactments import track_enactment
from destraba.actions.matrix.problems import edit_problem, focus_problem
from destraba.models import Problem
from destraba.rules.matrix.classes import Instrument
from destraba.rules.priorities import Importance, Speed
from destraba.rules.solutions import EnactmentRank
from tests import factories
from tests.factories import NOW, Cast
from tests.web.visits import Form, Page, Visitor, heads

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
PAGE = "/mesas/forestal/priorities/"


def place(cast: Cast, problem: Problem, importance: Importance, speed: Speed) -> None:
    edit_problem(actor=cast.ana.actor, problem=problem, importance=importance, speed=speed, now=NOW)


def form_of(page: Page, act: str, number: int) -> Form:
    return next(one for one in page.forms if one.act == act and one.fields["problem"] == str(number))


def test_an_empty_mesa_says_what_would_stand_here(cast: Cast, visit: Visit) -> None:
    assert "There is no open problem to rank." in visit(cast.marco).get(PAGE).text


def test_all_who_read_the_mesa_see_it_and_the_team_places(cast: Cast, visit: Visit) -> None:
    factories.problem(cast)
    assert visit(cast.ana).get(PAGE).acts == {"place", "focus"} - {"focus"}
    for who in (cast.marco, cast.pilar, cast.alto, cast.ejes):
        page = visit(who).get(PAGE)
        assert (page.status, page.acts) == (200, set())
    assert visit(cast.vecina).get(PAGE).status == 404
    before = heads()
    assert visit(cast.marco).post(PAGE, {"act": "focus", "problem": "1"}).status == 403
    assert heads() == before


def test_a_problem_is_placed_put_in_focus_and_taken_out(cast: Cast, visit: Visit) -> None:
    factories.problem(cast)
    ana = visit(cast.ana)
    page = ana.get(PAGE)
    assert "1 problem has no place yet" in page.text
    page = ana.send(PAGE, form_of(page, "place", 1), importance="high", speed="quick")
    assert "P-1 has its place." in page.text
    assert "Nothing is in focus: begin with P-1, which is important and quick." in page.text
    page = ana.send(PAGE, form_of(page, "focus", 1))
    assert "P-1 is in focus." in page.text
    assert "In focus 1 of at most 4 In focus: 1; the method advises at least 3." in page.text
    page = ana.send(PAGE, form_of(page, "unfocus", 1))
    assert "P-1 is out of focus." in page.text
    stands = Problem.objects.get()
    assert (stands.importance, stands.speed) == ("high", "quick")


def test_one_more_than_the_method_advises_is_warned_of_and_done(cast: Cast, visit: Visit) -> None:
    ana = visit(cast.ana)
    for number in range(1, 6):
        place(cast, factories.problem(cast, f"Traba {number}"), Importance.LOW, Speed.SLOW)
        ana.send(PAGE, form_of(ana.get(PAGE), "focus", number))
    text = ana.get(PAGE).text
    assert "In focus 5 of at most 4" in text
    assert "5 problems are in focus; the method advises at most 4." in text


def test_a_proposed_speed_is_taken_with_one_button(cast: Cast, visit: Visit) -> None:
    solution = factories.solution(factories.problem(cast))
    for owner in (cast.serfor, cast.osinfor, cast.ucayali, cast.produce):
        factories.commitment(solution.problem, owner.name, owner=owner, answer_to=solution)
    track_enactment(actor=cast.ana.actor, solution=solution, rank=EnactmentRank.SUPREME_DECREE, now=NOW)
    ana = visit(cast.ana)
    page = ana.get(PAGE)
    assert "Proposed: slow bodies that must act: 4; rank of the norm: supreme decree" in page.text
    taking = next(form for form in page.forms if form.fields.get("speed") == "slow")
    page = ana.send(PAGE, taking)
    assert Problem.objects.get().speed == "slow"
    assert "Proposed" not in page.text


def test_what_was_changed_meanwhile_is_not_overwritten(cast: Cast, visit: Visit) -> None:
    problem = factories.problem(cast)
    ana = visit(cast.ana)
    form = form_of(ana.get(PAGE), "place", 1)
    place(cast, problem, Importance.LOW, Speed.SLOW)
    page = ana.send(PAGE, form, importance="high")
    assert page.status == 412
    assert "Somebody changed P-1 meanwhile." in page.text
    assert Problem.objects.get().importance == "low"


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ({}, 422),
        ({"act": "focus"}, 422),
        ({"act": "focus", "problem": "99"}, 404),
        ({"act": "burn", "problem": "1"}, 422),
        ({"act": "place", "problem": "1"}, 422),
        ({"act": "place", "problem": "1", "version": "1", "speed": "light"}, 422),
        ({"act": "place", "problem": "1", "version": "1", "importance": "vast"}, 422),
        ({"act": "unfocus", "problem": "1"}, 409),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(
    cast: Cast, visit: Visit, posted: dict[str, str], status: int
) -> None:
    factories.problem(cast)
    ana, before = visit(cast.ana), heads()
    assert ana.post(PAGE, posted).status == status
    assert heads() == before


def test_the_share_of_public_inputs_is_told_of_those_of_which_it_is_known(cast: Cast, visit: Visit) -> None:
    for number, instrument in enumerate([*[Instrument.PUBLIC_INPUT] * 3, Instrument.MARKET_INTERVENTION]):
        one = factories.problem(cast, f"Traba {number}")
        classify_problem(actor=cast.ana.actor, problem=one, instrument=instrument, now=NOW)
    factories.problem(cast, "Otra")
    text = visit(cast.marco).get(PAGE).text
    assert "Public inputs 3 of 4 classified" in text
    assert "of 5 live problems." in text


def test_a_crowded_place_shows_some_and_says_how_many_more(cast: Cast, visit: Visit) -> None:
    for number in range(14):
        place(cast, factories.problem(cast, f"Traba {number}"), Importance.HIGH, Speed.SLOW)
    for number in range(26):
        factories.problem(cast, f"Sin lugar {number}")
    text = visit(cast.marco).get(PAGE).text
    assert "and 2 more in the Matrix" in text
    assert "and 2 more: the Matrix has them all." in text


def test_the_number_of_statements_does_not_grow(
    cast: Cast, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ana = visit(cast.ana)
    for most in (1, 3):
        for _ in range(most):
            focus_problem(actor=cast.ana.actor, problem=factories.problem(cast), now=NOW)
        with django_assert_num_queries(12):
            ana.get(PAGE)
