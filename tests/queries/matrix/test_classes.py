"""What the five questions need, and how far a mesa is sorted."""

from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.classes import SettingAside, classify_problem
from destraba.models import Problem
from destraba.queries import access
from destraba.queries.matrix.classes import InputShare, share_of_inputs, sorting
from destraba.rules.matrix.classes import Instrument, Scope
from destraba.rules.problems import FilterReason
from tests import factories
from tests.factories import NOW, TODAY, Cast


def sort_as(cast: Cast, problem: Problem, instrument: Instrument) -> None:
    classify_problem(actor=cast.ana.actor, problem=problem, instrument=instrument, now=NOW)


def test_the_next_one_is_the_next_of_which_nothing_is_said(cast: Cast) -> None:
    first, second, third = (factories.problem(cast, title) for title in ("Una", "Otra", "Más"))
    viewer = access.viewer(cast.ana.account, NOW)
    assert (sorting(viewer, first, TODAY).next_number, sorting(viewer, first, TODAY).unanswered) == (2, 2)
    assert sorting(viewer, third, TODAY).next_number == 1
    sort_as(cast, second, Instrument.PUBLIC_INPUT)
    assert sorting(viewer, first, TODAY).next_number == 3
    classify_problem(
        actor=cast.ana.actor, problem=third, set_aside=SettingAside(FilterReason.DECLARATORY), now=NOW
    )
    assert sorting(viewer, first, TODAY).next_number is None


def test_it_takes_eight_statements_however_many_problems(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    problem = factories.problem(cast)
    viewer = access.viewer(cast.ana.account, NOW)
    for most in (1, 3):
        for _ in range(most):
            factories.problem(cast)
        with django_assert_num_queries(8):
            shown = sorting(viewer, problem, TODAY)
    assert len(shown.similar) == 4
    assert len(shown.seats) == 6


def test_the_share_counts_what_is_live_and_told(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = access.viewer(cast.marco.account, NOW)
    assert share_of_inputs(viewer, cast.forestal) == InputShare(0, 0, 0)
    inputs, request, silent, aside = (factories.problem(cast, title) for title in "ABCD")
    sort_as(cast, inputs, Instrument.PUBLIC_INPUT)
    sort_as(cast, request, Instrument.MARKET_INTERVENTION)
    classify_problem(actor=cast.ana.actor, problem=silent, scope=Scope.VERTICAL, now=NOW)
    sort_as(cast, aside, Instrument.PUBLIC_INPUT)
    gone = SettingAside(FilterReason.OUT_OF_SCOPE)
    classify_problem(actor=cast.ana.actor, problem=aside, set_aside=gone, now=NOW)
    with django_assert_num_queries(1):
        assert share_of_inputs(viewer, cast.forestal) == InputShare(3, 2, 1)
