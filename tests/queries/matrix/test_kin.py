"""Which other problems one has to do with, both ways, as far as somebody may see them."""

from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.classes import SettingAside, Underneath, classify_problem
from destraba.models import Problem
from destraba.queries import access
from destraba.queries.matrix.kin import Kin, kin_of
from destraba.rules.matrix.classes import Instrument
from destraba.rules.problems import FilterReason
from tests import factories
from tests.factories import NOW, Cast, Player, command


def kin(player: Player, problem: Problem) -> Kin:
    return kin_of(access.viewer(player.account, NOW), Problem.objects.get(pk=problem.pk))


def test_both_sides_of_a_repetition_see_each_other_where_one_reads_both_mesas(cast: Cast) -> None:
    here, there = factories.problem(cast), factories.problem(cast, where=cast.acuicola)
    aside = SettingAside(FilterReason.DUPLICATE, duplicate_of=there)
    classify_problem(actor=command(), problem=here, set_aside=aside, now=NOW)
    assert kin(cast.hilda, here).repeats == there
    assert kin(cast.hilda, there).repeated_by == (here,)
    assert kin(cast.marco, here) == Kin()
    assert kin(cast.vecina, there) == Kin()


def test_a_request_and_what_lies_underneath_see_each_other(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    freight, request = factories.problem(cast, "El flete"), factories.problem(cast, "Un subsidio")
    classify_problem(
        actor=cast.ana.actor,
        problem=request,
        instrument=Instrument.MARKET_INTERVENTION,
        underneath=Underneath(freight),
        now=NOW,
    )
    assert kin(cast.marco, request).underlying == freight
    assert kin(cast.marco, freight).requests == (request,)
    viewer = access.viewer(cast.marco.account, NOW)
    with django_assert_num_queries(1):
        kin_of(viewer, request)
