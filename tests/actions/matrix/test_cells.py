"""The hands of a spreadsheet: one cell, one row, a block."""

import pytest

from destraba.actions.followup.answers import move_commitment
from destraba.actions.matrix.cells import add_row, change_cell, fetch_row, paste_rows
from destraba.actions.matrix.problems import edit_problem
from destraba.actions.undo import undo
from destraba.models import Commitment, Problem, Solution
from destraba.queries.matrix.cells import Kind
from destraba.queries.matrix.pasting import plan_paste
from destraba.rules.commitments import CommitmentMove
from destraba.values.errors import Invalid, NotAllowed, NotFound, Stale
from destraba.values.fuzzy_dates import read
from tests import factories
from tests.actions.saying import LATER, because, kinds_of, refused
from tests.factories import NOW, Cast, command


@pytest.fixture
def commitment(cast: Cast) -> Commitment:
    problem = factories.problem(cast)
    return factories.commitment(problem, owner=cast.serfor, due=read("30/06/2017"))


def _change(
    cast: Cast, row: Problem | Solution | Commitment, field: str, text: str, **rest: object
) -> object:
    kind = Kind(str(row._meta.model_name))
    changed, _change_set = change_cell(
        actor=cast.ana.actor,
        mesa=cast.forestal,
        kind=kind,
        row_id=row.pk,
        version=rest.pop("version", row.version),  # type: ignore[arg-type]
        field=field,
        text=text,
        now=LATER,
        **rest,  # type: ignore[arg-type]
    )
    return changed


def test_every_cell_takes_what_people_type(cast: Cast, commitment: Commitment) -> None:
    changed = _change(cast, commitment, "title", "Aprobar la directiva")
    changed = _change(cast, changed, "owner", "osinfor")
    changed = _change(cast, changed, "due", "T3 2017")
    changed = _change(cast, changed, "declared", "AMBER")
    commitment.refresh_from_db()
    assert commitment.owner_organization == cast.osinfor
    assert commitment.due.text == "T3 2017"
    assert commitment.declared == "amber"
    assert kinds_of(commitment) == [
        "commitment.asked",
        "commitment.edited",
        "commitment.assigned",
        "commitment.dated",
        "commitment.edited",
    ]
    problem = _change(cast, commitment.problem, "importance", "high")
    assert problem.importance == "high"
    solution = factories.solution(commitment.problem)
    assert _change(cast, solution, "title", "Otra").title == "Otra"
    assert _change(cast, problem, "title", "Otra traba").title == "Otra traba"


def test_a_blank_cell_takes_the_value_away(cast: Cast, commitment: Commitment) -> None:
    changed = _change(cast, commitment, "owner", "")
    changed = _change(cast, changed, "due", " ")
    _change(cast, changed, "declared", "")
    commitment.refresh_from_db()
    assert (commitment.owner_organization, commitment.due, commitment.declared) == (None, None, "")


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("owner", "Nadie SA", "unknown_owner"),
        ("due", "31/02/2017", "impossible_date"),
        ("due", "cuando se pueda", "not_a_date"),
        ("declared", "turquesa", "unknown_choice"),
        ("declared", "none", "unknown_choice"),
        ("state", "done", "unknown_field"),
        ("title", "  ", "required"),
    ],
)
def test_what_a_cell_can_not_take_is_refused_with_its_reason(
    cast: Cast, commitment: Commitment, field: str, text: str, code: str
) -> None:
    with refused(Invalid, code):
        _change(cast, commitment, field, text)


def test_an_agreed_date_moves_with_a_reason(cast: Cast, commitment: Commitment) -> None:
    move_commitment(actor=command(), commitment=commitment, move=CommitmentMove.AGREE, now=NOW)
    with refused(Invalid, "reason_missing"):
        _change(cast, commitment, "due", "31/07/2017")
    moved = _change(cast, commitment, "due", "31/07/2017", reason="Faltó presupuesto.")
    assert moved.slips == 1
    assert because(moved) == "Faltó presupuesto."


def test_an_older_version_is_refused(cast: Cast, commitment: Commitment) -> None:
    _change(cast, commitment, "title", "De ellos")
    with refused(Stale, "stale"):
        _change(cast, commitment, "title", "Mía", version=1)


def test_a_row_of_another_mesa_is_no_row_here(cast: Cast) -> None:
    elsewhere = factories.problem(cast, where=cast.acuicola)
    with refused(NotFound, "unknown_row"):
        _change(cast, elsewhere, "title", "Mía")
    with refused(NotFound, "unknown_row"):
        fetch_row(cast.forestal, Kind.SOLUTION, elsewhere.pk)


def test_rows_are_added_at_every_level(cast: Cast) -> None:
    adding = {"actor": cast.ana.actor, "mesa": cast.forestal, "now": NOW}
    problem, _ = add_row(kind=Kind.PROBLEM, title="Primera", **adding)
    solution, _ = add_row(kind=Kind.SOLUTION, title="Una", parent_id=problem.pk, **adding)
    below, _ = add_row(kind=Kind.COMMITMENT, title="Hacerlo", parent_id=solution.pk, **adding)
    direct, _ = add_row(kind=Kind.COMMITMENT, title="Ya", parent_id=problem.pk, **adding)
    assert (below.solution, below.problem, direct.solution) == (solution, problem, None)
    first = Commitment.objects.get(pk=below.pk)
    after, _ = add_row(
        kind=Kind.COMMITMENT, title="Luego", parent_id=solution.pk, after_id=first.pk, **adding
    )
    assert after.position > first.position
    assert problem.stage == "accepted"


def test_a_row_without_its_parent_is_refused(cast: Cast) -> None:
    adding = {"actor": cast.ana.actor, "mesa": cast.forestal, "title": "Suelta", "now": NOW}
    elsewhere = factories.problem(cast, where=cast.acuicola)
    for parent in (None, elsewhere.pk):
        with refused(NotFound, "unknown_row"):
            add_row(kind=Kind.SOLUTION, parent_id=parent, **adding)


@pytest.mark.parametrize("who", ["marco", "lucia", "pilar", "hilda"])
def test_the_hands_are_the_teams(cast: Cast, commitment: Commitment, who: str) -> None:
    actor = getattr(cast, who).actor
    with refused(NotAllowed, "not_your_role"):
        add_row(actor=actor, mesa=cast.forestal, kind=Kind.PROBLEM, title="Otra", now=NOW)
    with refused(NotAllowed, "not_your_role"):
        change_cell(
            actor=actor,
            mesa=cast.forestal,
            kind=Kind.COMMITMENT,
            row_id=commitment.pk,
            version=1,
            field="title",
            text="Mía",
            now=NOW,
        )


def test_a_block_is_pasted_whole_and_undone_whole(cast: Cast) -> None:
    first = factories.problem(cast, "Primera")
    plan = plan_paste(
        cast.forestal,
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
