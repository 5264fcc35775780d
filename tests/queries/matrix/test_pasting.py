"""What pasting a block would do; nothing is written here."""

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.models import Commitment
from destraba.queries.matrix.cells import Kind
from destraba.queries.matrix.pasting import MOST_ROWS, PastePlan, plan_paste
from destraba.rules.commitments import CommitmentMove
from destraba.values.errors import Invalid, NotFound
from destraba.values.fuzzy_dates import read
from destraba.values.keys import new_key
from tests import factories
from tests.factories import NOW, TODAY, Cast, command


def _plan(cast: Cast, tsv: str, **rest: object) -> PastePlan:
    given = {"kind": Kind.PROBLEM, "anchor_id": None, "parent_id": None, "field": "title", **rest}
    return plan_paste(cast.forestal, tsv=tsv, today=TODAY, **given)  # type: ignore[arg-type]


def test_without_an_anchor_every_line_is_a_new_row(cast: Cast) -> None:
    plan = _plan(cast, "Una\nDos\n\n\tx")
    assert [line.title for line in plan.lines] == ["Una", "Dos", ""]
    assert [line.is_left_out for line in plan.lines] == [False, False, True]


def test_a_block_is_laid_over_the_anchor_and_its_next_siblings(cast: Cast) -> None:
    first, second = factories.problem(cast, "Una"), factories.problem(cast, "Dos")
    plan = _plan(cast, "Una\nOtra\nTres", anchor_id=first.pk)
    assert [line.row_id for line in plan.lines] == [first.pk, second.pk, None]
    assert plan.lines[0].cells == ()
    (cell,) = plan.lines[1].cells
    assert (cell.was, cell.text, plan.lines[1].number) == ("Dos", "Otra", "P-2")


def test_siblings_are_of_one_level_and_one_parent(cast: Cast) -> None:
    problem = factories.problem(cast)
    solutions = [factories.solution(problem, title) for title in ("Una", "Dos")]
    plan = _plan(cast, "A\nB\nC", kind=Kind.SOLUTION, anchor_id=solutions[0].pk)
    assert [line.number for line in plan.lines] == ["P-1.1", "P-1.2", ""]
    assert plan.parent_id == problem.pk
    below = factories.commitment(problem, answer_to=solutions[0])
    factories.commitment(problem, "Directo")
    plan = _plan(cast, "A\nB", kind=Kind.COMMITMENT, anchor_id=below.pk)
    assert [line.number for line in plan.lines] == ["C-1", ""]
    assert plan.parent_id == solutions[0].pk


def test_what_a_cell_can_not_take_is_told_and_left_out(cast: Cast) -> None:
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor)
    plan = _plan(
        cast, "Nadie SA\t31/02/2017\tx\ty\tz", kind=Kind.COMMITMENT, anchor_id=owed.pk, field="owner"
    )
    refusals = [cell.refusal.code for cell in plan.lines[0].cells if cell.refusal]
    assert refusals == ["unknown_owner", "impossible_date"]
    assert plan.ignored == 1


def test_a_row_never_loses_its_title(cast: Cast) -> None:
    problem = factories.problem(cast)
    cell = _plan(cast, " \tx", anchor_id=problem.pk).lines[0].cells[0]
    assert cell.refusal is not None
    assert cell.refusal.code == "required"


def test_an_agreed_date_that_would_move_asks_why(cast: Cast) -> None:
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor, due=read("30/06/2017"))
    pasting = {"kind": Kind.COMMITMENT, "anchor_id": owed.pk, "field": "due"}
    assert not _plan(cast, "31/07/2017", **pasting).asks_why
    move_commitment(actor=command(), commitment=owed, move=CommitmentMove.AGREE, now=NOW)
    assert _plan(cast, "31/07/2017", **pasting).asks_why
    assert not _plan(cast, "mal", **pasting).asks_why


def test_quoted_cells_keep_their_line_breaks(cast: Cast) -> None:
    plan = _plan(cast, '"Una\nsola"\nDos')
    assert [line.title for line in plan.lines] == ["Una sola", "Dos"]


@pytest.mark.parametrize(
    ("tsv", "code"),
    [
        ("", "nothing_pasted"),
        (" \n\t\n", "nothing_pasted"),
        ("x\n" * (MOST_ROWS + 1), "too_many_rows_pasted"),
    ],
)
def test_a_block_is_neither_empty_nor_endless(cast: Cast, tsv: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        _plan(cast, tsv)
    assert caught.value.reason.code == code


def test_a_block_runs_along_the_columns_on_screen(cast: Cast) -> None:
    problem = factories.problem(cast)
    on_screen = ("title", "moved", "axis", "speed", "contentious")
    plan = _plan(cast, "Una\t3 jun\tPermisos\tquick\tsí\tsobra", anchor_id=problem.pk, columns=on_screen)
    said = [(cell.field, cell.was, cell.text) for cell in plan.lines[0].cells]
    assert said == [
        ("title", problem.title, "Una"),
        ("axis", "", "Permisos"),
        ("speed", "", "quick"),
        ("contentious", "No", "sí"),
    ]
    assert plan.ignored == 1


def test_a_seat_is_one_of_whoever_its_line_names(cast: Cast) -> None:
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor)
    on_screen = ("title", "seat", "owner")
    tsv = f"{owed.title}\tMarco Ríos\tCONAFOR Perú"
    cells = _plan(cast, tsv, kind=Kind.COMMITMENT, anchor_id=owed.pk, columns=on_screen).lines[0].cells
    assert [(cell.field, cell.refusal) for cell in cells] == [("owner", None), ("seat", None)]
    (cell,) = (
        _plan(cast, "Marco Ríos", kind=Kind.COMMITMENT, anchor_id=owed.pk, field="seat", columns=on_screen)
        .lines[0]
        .cells
    )
    assert cell.refusal is not None
    assert cell.refusal.code == "unknown_seat"


@pytest.mark.parametrize("rows", [2, 60])
def test_the_number_of_statements_does_not_grow(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    problem = factories.problem(cast)
    for number in range(rows):
        factories.commitment(problem, f"Paso {number}", owner=cast.serfor)
    first = Commitment.objects.order_by("position")[0]
    block = "\n".join(
        f"Paso {number}\tOSINFOR\t30/06/2017\tMarco Ríos\tSERFOR; PRODUCE" for number in range(rows)
    )
    columns = ("title", "owner", "due", "seat", "helpers")
    with django_assert_num_queries(8):
        plan = _plan(cast, block, kind=Kind.COMMITMENT, anchor_id=first.pk, columns=columns)
    assert len(plan.lines) == rows


def test_an_anchor_of_another_mesa_is_none_here(cast: Cast) -> None:
    elsewhere = factories.problem(cast, where=cast.acuicola)
    for anchor in (elsewhere.pk, new_key()):
        for kind in Kind:
            with pytest.raises(NotFound):
                _plan(cast, "Una", kind=kind, anchor_id=anchor)
