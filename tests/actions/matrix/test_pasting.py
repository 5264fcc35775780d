"""A pasted block, carried out as it was shown."""

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.pasting import paste_rows
from destraba.actions.matrix.problems import edit_problem
from destraba.actions.undo import undo
from destraba.models import Commitment, Problem
from destraba.queries.matrix.cells import Kind, cell_text
from destraba.queries.matrix.hands.found import fetch_row
from destraba.queries.matrix.pasting import plan_paste
from destraba.values.errors import NotFound, Stale
from destraba.values.fuzzy_dates import read
from tests import factories
from tests.actions.saying import LATER, refused
from tests.factories import TODAY, Cast


@pytest.fixture
def commitment(cast: Cast) -> Commitment:
    problem = factories.problem(cast)
    return factories.commitment(problem, owner=cast.serfor, due=read("30/06/2017"))


def test_a_block_is_pasted_whole_and_undone_whole(cast: Cast) -> None:
    first = factories.problem(cast, "Primera")
    plan = plan_paste(
        cast.forestal,
        today=TODAY,
        kind=Kind.PROBLEM,
        anchor_id=first.pk,
        parent_id=None,
        field="title",
        tsv="Primera, mejor dicha\nSegunda\n\t\nTercera",
    )
    rows, change_set = paste_rows(actor=cast.ana.actor, mesa=cast.forestal, plan=plan, now=LATER)
    titles = list(Problem.objects.order_by("position").values_list("title", flat=True))
    assert titles == ["Primera, mejor dicha", "Segunda", "Tercera"]
    undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=change_set, now=LATER)
    left = Problem.objects.filter(withdrawn_at=None)
    assert [(one.pk, one.title) for one in left] == [(first.pk, "Primera")]
    assert len(rows) == 3


def test_a_block_overwrites_nothing_that_came_after_its_plan(cast: Cast) -> None:
    first, second = factories.problem(cast, "Primera"), factories.problem(cast, "Segunda")
    plan = plan_paste(
        cast.forestal,
        today=TODAY,
        kind=Kind.PROBLEM,
        anchor_id=first.pk,
        parent_id=None,
        field="title",
        tsv="Primera, mejor dicha\nSegunda, mejor dicha",
    )
    edit_problem(actor=cast.ana.actor, problem=second, title="De una colega", now=LATER)
    with pytest.raises(Stale):
        paste_rows(actor=cast.ana.actor, mesa=cast.forestal, plan=plan, now=LATER)
    titles = list(Problem.objects.order_by("position").values_list("title", flat=True))
    assert titles == ["Primera", "De una colega"]


def test_what_a_block_gets_wrong_is_left_out_and_the_rest_written(cast: Cast, commitment: Commitment) -> None:
    plan = plan_paste(
        cast.forestal,
        today=TODAY,
        kind=Kind.COMMITMENT,
        anchor_id=commitment.pk,
        parent_id=None,
        field="owner",
        tsv="Nadie SA\t31/07/2017",
    )
    paste_rows(actor=cast.ana.actor, mesa=cast.forestal, plan=plan, now=LATER)
    commitment.refresh_from_db()
    assert commitment.owner_organization == cast.serfor
    assert commitment.due.text == "31/07/2017"


def test_a_block_of_many_columns_sets_what_stands_and_adds_what_does_not(
    cast: Cast, commitment: Commitment
) -> None:
    columns = ("title", "owner", "due", "helpers", "situation")
    plan = plan_paste(
        cast.forestal,
        today=TODAY,
        kind=Kind.COMMITMENT,
        anchor_id=commitment.pk,
        parent_id=None,
        field="title",
        tsv="Uno\tOSINFOR\tmayo 2018\tSERFOR; PRODUCE\tEn consulta\nDos\tPRODUCE\t30/06/2018\tSERFOR\t",
        columns=columns,
    )
    rows, change_set = paste_rows(actor=cast.ana.actor, mesa=cast.forestal, plan=plan, now=LATER)
    said = [
        tuple(cell_text(fetch_row(cast.forestal, Kind.COMMITMENT, row.pk), column) for column in columns)
        for row in rows
    ]
    serfor, osinfor, produce = cast.serfor.name, cast.osinfor.name, cast.produce.name
    assert said == [
        ("Uno", osinfor, "May 2018", f"{serfor}; {produce}", "En consulta"),
        ("Dos", produce, "30 Jun 2018", serfor, ""),
    ]
    undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=change_set, now=LATER)
    (left,) = Commitment.objects.filter(withdrawn_at=None)
    assert (left.pk, left.title, left.owner_organization) == (commitment.pk, commitment.title, cast.serfor)


@pytest.mark.parametrize("kind", list(Kind))
def test_many_new_rows_are_written_at_once(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries, kind: Kind
) -> None:
    problem = factories.problem(cast)
    plan = plan_paste(
        cast.forestal,
        today=TODAY,
        kind=kind,
        anchor_id=None,
        parent_id=None if kind is Kind.PROBLEM else problem.pk,
        field="title",
        tsv="\n".join(f"Fila {number}" for number in range(200)),
    )
    with django_assert_max_num_queries(40):
        rows, _ = paste_rows(actor=cast.ana.actor, mesa=cast.forestal, plan=plan, now=LATER)
    assert [row.title for row in rows] == [f"Fila {number}" for number in range(200)]
    assert len({row.number for row in rows}) == 200
    assert [row.position for row in rows] == sorted(row.position for row in rows)


def test_a_new_row_has_a_parent_of_this_mesa(cast: Cast) -> None:
    elsewhere = factories.problem(cast, where=cast.acuicola)
    for parent in (None, elsewhere.pk):
        plan = plan_paste(
            cast.forestal,
            today=TODAY,
            kind=Kind.COMMITMENT,
            anchor_id=None,
            parent_id=parent,
            field="title",
            tsv="Una\nDos",
        )
        with refused(NotFound, "unknown_row"):
            paste_rows(actor=cast.ana.actor, mesa=cast.forestal, plan=plan, now=LATER)
