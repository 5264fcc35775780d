"""What was identified and nobody pays for yet."""

from datetime import date

from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.problems import move_problem
from destraba.actions.matrix.solutions import edit_solution, move_solution
from destraba.actions.visibility import set_visibility
from destraba.models import Solution
from destraba.queries import access
from destraba.queries.matrix.solutions.funding import funding_of
from destraba.rules.matrix.classes import Funding
from destraba.rules.problems import ProblemMove
from destraba.rules.solutions import SolutionMove
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast


def _paid(cast: Cast, title: str, funding: Funding | None, window: date | None = None) -> Solution:
    solution = factories.solution(factories.problem(cast, f"Traba de {title}"), title)
    return edit_solution(
        actor=cast.ana.actor, solution=solution, funding=funding, budget_window_on=window, now=NOW
    )


def test_the_next_window_comes_first_and_what_has_none_last(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = access.viewer(cast.marco.account, NOW)
    _paid(cast, "Sin fecha", Funding.UNFUNDED)
    with django_assert_num_queries(1):
        funding_of(viewer, cast.forestal)
    _paid(cast, "Julio", Funding.UNFUNDED, date(2017, 7, 31))
    _paid(cast, "Junio", Funding.UNFUNDED, date(2017, 6, 30))
    _paid(cast, "Con fondo", Funding.FUND)
    _paid(cast, "Sin decir", None)
    with django_assert_num_queries(1):
        found = funding_of(viewer, cast.forestal)
    assert [one.title for one in found.unfunded] == ["Junio", "Julio", "Sin fecha"]
    assert found.unfunded[0].problem == "Traba de Junio"
    assert (dict(found.counts), found.unsaid) == ({Funding.UNFUNDED: 3, Funding.FUND: 1}, 1)


def test_what_is_set_aside_dropped_or_not_for_this_viewer_is_left_out(cast: Cast) -> None:
    dropped, parked, secret = (
        _paid(cast, title, Funding.UNFUNDED) for title in ("Abandonada", "Aparcada", "En trato")
    )
    team = cast.ana.actor
    move_solution(actor=team, solution=dropped, move=SolutionMove.DROP, reason="Cara.", now=NOW)
    move_problem(actor=team, problem=parked.problem, move=ProblemMove.PARK, reason="Luego.", now=NOW)
    set_visibility(actor=team, record=secret, visibility=Visibility.TEAM, reason="En trato.", now=NOW)
    seen = {
        who: [one.title for one in funding_of(access.viewer(player.account, NOW), cast.forestal).unfunded]
        for who, player in (("team", cast.ana), ("member", cast.marco))
    }
    assert seen == {"team": ["En trato"], "member": []}
