"""An address is read as a view, and a view is written as an address; garbage asks for nothing."""

from datetime import date

import pytest
from django.http import QueryDict

from destraba.queries.matrix.views.asked import Days, Filters, Quick, Sort, View
from destraba.queries.matrix.views.columns import USUAL, Column
from destraba.web.matrix.asking import query_of, view_of

OWNER = "0195f3c1-0000-7000-8000-000000000001"
EVERYTHING = View(
    columns=(Column.NUMBER, Column.TITLE, Column.LIGHT, Column.AXIS),
    filters=Filters(
        text="guía",
        where=(
            (Column.LIGHT, frozenset({"red", "amber"})),
            (Column.OWNER, frozenset({OWNER, ""})),
            (Column.DUE, Days(date(2017, 6, 1), date(2017, 6, 30))),
            (Column.SLIPS, 2),
            (Column.AXIS, frozenset({"Trámites"})),
            (Column.SEAT, "enlace"),
            (Column.STARTS, Days(without=True)),
        ),
        quick=frozenset({Quick.STUCK}),
    ),
    sort=Sort(Column.DUE, falling=True),
    group=Column.AXIS,
    start=100,
)


def _read(query: str) -> View:
    return view_of(QueryDict(query))


def test_what_is_written_reads_back_as_it_was() -> None:
    assert _read(query_of(EVERYTHING, start=100)) == EVERYTHING


def test_the_usual_view_has_the_shortest_address() -> None:
    assert query_of(View()) == ""
    assert _read("") == View()


def test_one_list_is_a_choice_of_its_own() -> None:
    assert _read("group=none").group is None
    assert query_of(View(group=None)) == "group=none"


@pytest.mark.parametrize(
    "query",
    [
        "light=purple&state=nada&quick=nunca",
        "owner=no-es-una-clave&mesa=tampoco",
        "due_from=ayer&due_to=31/02/2016",
        "slips=-3&slips=muchos",
        "sort=password&group=__class__&col=filters__text",
        "from=-1",
        "from=99999999999999999999",
        "sort=&group=&col=&q=&axis=&due=",
        "light=%00&q=%00",
    ],
)
def test_garbage_asks_for_nothing(query: str) -> None:
    assert _read(query) == View()


def test_what_is_too_long_or_too_many_is_cut() -> None:
    assert len(_read("q=" + "x" * 5000).filters.text) == 200
    many = _read("&".join(f"axis=eje{number}" for number in range(300)))
    assert len(many.filters.chosen(Column.AXIS)) == 50
    assert _read("from=999999999").start == 1_000_000


def test_columns_stand_in_the_order_of_the_page_and_the_first_two_always() -> None:
    view = _read("col=axis&col=light&col=nada")
    assert view.columns == (Column.NUMBER, Column.TITLE, Column.LIGHT, Column.AXIS)
    assert _read("col=nada").columns == USUAL
