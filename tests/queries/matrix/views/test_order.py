"""Rows in any order and any groups; what has no value comes last, whichever way they are sorted."""

import pytest

from destraba.actions.matrix.problems import focus_problem
from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.models import Problem, Record
from destraba.queries import access
from destraba.queries.matrix.views.asked import Asker, Filters, Sort, View
from destraba.queries.matrix.views.columns import SPECS, Column
from destraba.queries.matrix.views.conditions import sieve
from destraba.queries.matrix.views.order import entries
from destraba.queries.within import within, within_one
from destraba.values.fuzzy_dates import read
from tests import factories
from tests.factories import NOW, TODAY, Cast, command

pytestmark = pytest.mark.django_db


def _set(record: Record, **values: object) -> None:
    with recording(actor=command(), now=NOW, streams=[record.stream_id]) as change:
        change.update(record, kinds.PROBLEM_EDITED, **values)


@pytest.fixture
def three(cast: Cast) -> Cast:
    """P-1 has nothing; P-2 and P-3 have everything, P-3 the better of it."""
    factories.problem(cast, "Zeta")
    second, third = factories.problem(cast, "Beta"), factories.problem(cast, "Álfa")
    _set(
        second,
        axis="Ñandú",
        importance="low",
        speed="slow",
        concern="yours",
        public_input="mediation",
        scope="vertical",
        instrument="market_intervention",
        coordination="private_private",
        origin="newly_articulated",
    )
    _set(
        third,
        axis="Calidad",
        importance="high",
        speed="quick",
        concern="mine",
        public_input="red_tape",
        scope="horizontal",
        instrument="public_input",
        coordination="public_private",
        origin="initial_list",
        is_contentious=True,
    )
    focus_problem(actor=cast.ana.actor, problem=third, now=NOW)
    for of, stage, owner, due, slips in (
        (second, "enacted", cast.serfor, "31/08/2017", 3),
        (third, "agreed", cast.osinfor, "30/06/2017", 1),
    ):
        solution = factories.solution(of)
        _set(solution, stage=stage)
        one = factories.commitment(of, owner=owner, answer_to=solution, due=read(due))
        _set(one, slips=slips)
    return cast


def _order(cast: Cast, view: View) -> list[tuple[str, int]]:
    one = within_one(access.viewer(cast.ana.account, NOW), cast.forestal)
    found = entries(one, view, sieve(Filters(), Asker(TODAY)))
    numbers = dict(Problem.objects.values_list("pk", "number"))
    return [(entry.group, numbers[entry.id]) for entry in found]


RISING = {
    Column.NUMBER: [1, 2, 3],
    Column.TITLE: [3, 2, 1],
    Column.STEP: [3, 2, 1],
    Column.OWNER: [3, 2, 1],
    Column.DUE: [3, 2, 1],
    Column.SLIPS: [3, 2, 1],
    Column.IMPORTANCE: [3, 2, 1],
    Column.SPEED: [3, 2, 1],
    Column.QUADRANT: [3, 2, 1],
    Column.AXIS: [3, 2, 1],
    Column.CONCERN: [3, 2, 1],
    Column.PUBLIC_INPUT: [3, 2, 1],
    Column.POLICY: [3, 2, 1],
    Column.COORDINATION: [3, 2, 1],
    Column.ORIGIN: [3, 2, 1],
    Column.CONTENTIOUS: [3, 1, 2],
    Column.SHELF: [3, 1, 2],
    Column.STAGE: [1, 2, 3],
    Column.MESA: [1, 2, 3],
    Column.MOVED: [1, 2, 3],
    Column.LIGHT: [2, 3, 1],
}
HAS_NONE = {1}


@pytest.mark.parametrize(("column", "rising"), RISING.items())
def test_rows_are_sorted_either_way_and_what_has_none_comes_last(
    three: Cast, column: Column, rising: list[int]
) -> None:
    def numbers(*, falling: bool) -> list[int]:
        return [number for _group, number in _order(three, View(sort=Sort(column, falling), group=None))]

    assert numbers(falling=False) == rising
    assert set(numbers(falling=True)) == {1, 2, 3}
    if rising == [3, 2, 1]:
        assert numbers(falling=True) == ([2, 3, 1] if column is not Column.TITLE else [1, 2, 3])


def test_every_column_that_sorts_was_sorted_by_here() -> None:
    assert set(RISING) == {column for column, spec in SPECS.items() if spec.sorts}


@pytest.mark.parametrize(
    ("column", "groups"),
    [
        (Column.SHELF, [("focus", 3), ("open", 1), ("open", 2)]),
        (Column.AXIS, [("Calidad", 3), ("Ñandú", 2), ("", 1)]),
        (Column.OWNER, [("OSINFOR", 3), ("SERFOR", 2), ("", 1)]),
        (Column.IMPORTANCE, [("high", 3), ("low", 2), ("", 1)]),
        (Column.QUADRANT, [("important_and_quick", 3), ("neither", 2), ("", 1)]),
        (Column.POLICY, [("horizontal_input", 3), ("vertical_intervention", 2), ("", 1)]),
        (Column.CONTENTIOUS, [("yes", 3), ("no", 1), ("no", 2)]),
        (Column.STEP, [("agreed", 3), ("enacted", 2), ("", 1)]),
        (Column.LIGHT, [("none", 2), ("none", 3), ("", 1)]),
    ],
)
def test_rows_are_grouped(three: Cast, column: Column, groups: list[tuple[str, int]]) -> None:
    found = _order(three, View(group=column))
    names = {three.osinfor.name: "OSINFOR", three.serfor.name: "SERFOR"}
    assert [(names.get(group, group), number) for group, number in found] == groups


def test_a_group_keeps_the_order_that_was_asked_for(three: Cast) -> None:
    view = View(sort=Sort(Column.TITLE, falling=True), group=Column.CONTENTIOUS)
    assert _order(three, view) == [("yes", 3), ("no", 1), ("no", 2)]


def test_every_column_that_groups_can_be_grouped_by(three: Cast) -> None:
    for column, spec in SPECS.items():
        if spec.groups:
            assert {number for _group, number in _order(three, View(group=column))} == {1, 2, 3}


def test_across_mesas_each_mesas_rows_stand_together(three: Cast) -> None:
    factories.problem(three, "De otra mesa", three.acuicola)
    every = within(access.viewer(three.hilda.account, NOW))
    found = entries(every, View(group=Column.MESA), sieve(Filters(), Asker(TODAY)))
    assert [entry.group for entry in found] == [three.acuicola.name] + [three.forestal.name] * 3
