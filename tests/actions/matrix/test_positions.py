"""Where a row goes among its neighbours."""

from destraba.actions.matrix.positions import Ends, position_after, position_before
from destraba.models import Problem
from tests import factories
from tests.factories import Cast


def test_the_first_goes_before_all(cast: Cast) -> None:
    siblings = Problem.objects.filter(mesa=cast.forestal)
    assert position_before(siblings)
    first = factories.problem(cast)
    assert position_before(siblings) < first.position


def test_without_a_neighbour_it_goes_last(cast: Cast) -> None:
    siblings = Problem.objects.filter(mesa=cast.forestal)
    assert position_after(siblings, None)
    last = factories.problem(cast)
    assert position_after(siblings, None) > last.position


def test_after_a_neighbour_it_goes_before_the_next(cast: Cast) -> None:
    first, second = factories.problem(cast), factories.problem(cast)
    siblings = Problem.objects.filter(mesa=cast.forestal)
    assert first.position < position_after(siblings, first) < second.position
    assert position_after(siblings, second) > second.position


def test_one_new_row_after_the_other_goes_to_the_end_of_its_group(cast: Cast) -> None:
    last = factories.problem(cast)
    ends = Ends.of(Problem.objects.filter(mesa=cast.forestal), "mesa")
    first, second = ends.next((cast.forestal.pk,)), ends.next((cast.forestal.pk,))
    assert last.position < first < second
    assert ends.next((cast.acuicola.pk,)) == Ends().next(("nothing is here",))
