"""A pasted block, carried out as it was shown."""

import pytest

from destraba.actions.matrix.pasting import paste_rows
from destraba.actions.matrix.problems import edit_problem
from destraba.actions.undo import undo
from destraba.models import Commitment, Problem
from destraba.queries.matrix.cells import Kind
from destraba.queries.matrix.pasting import plan_paste
from destraba.values.errors import Stale
from destraba.values.fuzzy_dates import read
from tests import factories
from tests.actions.saying import LATER
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
