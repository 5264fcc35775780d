"""The hands of a spreadsheet: one cell, one row, a block."""

from typing import Any
from uuid import UUID

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.matrix.cells import Chosen, add_row, change_cell, change_cells
from destraba.actions.mesas import start_following_up
from destraba.actions.undo import undo
from destraba.models import Commitment, Problem, Solution
from destraba.queries.matrix.cells import Kind, Row, cell_text
from destraba.queries.matrix.hands.found import fetch_row
from destraba.queries.sentences import sentence
from destraba.rules.commitments import CommitmentMove
from destraba.values.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from destraba.values.fuzzy_dates import read
from destraba.values.keys import new_key
from tests import factories
from tests.actions.saying import LATER, because, kinds_of, refused
from tests.factories import NOW, Cast, command


@pytest.fixture
def commitment(cast: Cast) -> Commitment:
    problem = factories.problem(cast)
    return factories.commitment(problem, owner=cast.serfor, due=read("30/06/2017"))


def _change(cast: Cast, row: Problem | Solution | Commitment, field: str, text: str, **rest: object) -> Any:
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


def _seen(row: Row) -> Row:
    """As it is stored now."""
    return fetch_row(row.mesa, Kind(str(row._meta.model_name)), row.pk)


@pytest.mark.parametrize(
    ("field", "text", "kind"),
    [
        ("title", "Otra", "problem.edited"),
        ("axis", "Permisos", "problem.edited"),
        ("importance", "alta", "problem.edited"),
        ("speed", "Quick", "problem.edited"),
        ("concern", "yours", "problem.classified"),
        ("public_input", "red_tape", "problem.classified"),
        ("policy", "vertical_intervention", "problem.classified"),
        ("coordination", "duplicity", "problem.classified"),
        ("origin", "initial_list", "problem.classified"),
        ("contentious", "sí", "problem.classified"),
        ("stage", "parked", "problem.parked"),
    ],
)
def test_every_column_of_a_problem_is_one_event(cast: Cast, field: str, text: str, kind: str) -> None:
    problem = factories.problem(cast)
    said = cell_text(problem, field)
    changed = _change(cast, problem, field, text)
    assert kinds_of(problem) == ["problem.raised", kind]
    assert cell_text(_seen(changed), field) != said
    assert cell_text(_seen(changed), field) == cell_text(changed, field)


@pytest.mark.parametrize(
    ("field", "text", "kind"),
    [
        ("title", "Otra", "solution.edited"),
        ("funding", "fund", "solution.edited"),
        ("before", "6-12 meses", "solution.edited"),
        ("after", "45 días", "solution.edited"),
        ("step", "agreed", "solution.advanced"),
        ("step", "in_progress", "solution.advanced"),
    ],
)
def test_every_column_of_a_solution_is_one_event(cast: Cast, field: str, text: str, kind: str) -> None:
    solution = factories.solution(factories.problem(cast))
    _change(cast, solution, field, text)
    assert kinds_of(solution) == ["solution.proposed", kind]


def test_every_column_of_a_commitment_is_set(cast: Cast, commitment: Commitment) -> None:
    changed = _change(cast, commitment, "seat", "Lucía Farfán")
    changed = _change(cast, changed, "helpers", "OSINFOR; PRODUCE")
    changed = _change(cast, changed, "starts", "01/06/2017")
    changed = _change(cast, changed, "situation", "En consulta")
    seen = _seen(changed)
    assert seen.owner_seat == cast.lucia.seat
    assert cell_text(seen, "helpers") == f"{cast.osinfor.name}; {cast.produce.name}"
    assert (str(seen.starts_on), seen.situation) == ("2017-06-01", "En consulta")
    assert _seen(_change(cast, seen, "seat", "")).owner_seat is None
    assert _seen(seen).owner_organization == cast.serfor


def test_a_class_takes_what_belongs_to_it_along(cast: Cast) -> None:
    problem = _change(cast, factories.problem(cast), "public_input", "infrastructure")
    assert problem.concern == "mine"
    problem = _change(cast, problem, "concern", "yours")
    assert problem.public_input == ""
    problem = _change(cast, problem, "policy", "horizontal_input")
    assert (problem.scope, problem.instrument) == ("horizontal", "public_input")
    problem = _change(cast, problem, "policy", "")
    assert (problem.scope, problem.instrument) == ("", "")


def test_a_problem_is_set_aside_by_writing_why(cast: Cast) -> None:
    problem = factories.problem(cast)
    with refused(Invalid, "filter_reason_wanted"):
        _change(cast, problem, "stage", "filtered_out")
    with refused(Conflict, "takes_its_page"):
        _change(cast, problem, "stage", "duplicate")
    with refused(Conflict, "takes_its_page"):
        _change(cast, problem, "stage", "transferred")
    aside = _change(cast, problem, "stage", "out_of_scope", reason="Es del Congreso.")
    assert (aside.stage, aside.filter_reason, because(aside)) == (
        "filtered_out",
        "out_of_scope",
        "Es del Congreso.",
    )
    with refused(Conflict, "reason_missing"):
        _change(cast, aside, "stage", "accepted")
    assert _change(cast, aside, "stage", "accepted", reason="Volvió.").stage == "accepted"


def test_the_ladder_keeps_its_rules_in_a_cell(cast: Cast) -> None:
    solution = factories.solution(factories.problem(cast))
    with refused(Conflict, "norm_missing"):
        _change(cast, solution, "step", "enacted")
    with refused(Conflict, "reason_missing"):
        _change(cast, solution, "step", "dropped")
    under_way = _change(cast, solution, "step", "in_progress")
    with refused(Conflict, "takes_its_page"):
        _change(cast, under_way, "step", "agreed")
    dropped = _change(cast, under_way, "step", "dropped", reason="Sin sentido.")
    assert _change(cast, dropped, "step", "proposed", reason="Vuelve.").stage == "proposed"


def test_who_sees_it_takes_a_reason_and_the_deed(cast: Cast, commitment: Commitment) -> None:
    for row in (commitment, commitment.problem, factories.solution(commitment.problem)):
        with refused(Invalid, "needs_reason"):
            _change(cast, row, "visibility", "team")
        changed = _change(cast, row, "visibility", "public", reason="Lo pidió la mesa.")
        assert changed.visibility == "public"
        assert kinds_of(changed)[-1] == "visibility.changed"


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("title", "x" * 10_000, "too_long"),
        ("situation", "x" * 10_001, "too_long"),
        ("seat", "Marco Ríos", "unknown_seat"),
        ("helpers", "SERFOR; Nadie SA", "unknown_owner"),
        ("mesa", "acuicola", "unknown_field"),
        ("", "x", "unknown_field"),
    ],
)
def test_bad_input_is_refused_whole(
    cast: Cast, commitment: Commitment, field: str, text: str, code: str
) -> None:
    with refused(Invalid, code):
        _change(cast, commitment, field, text)


def test_what_can_not_be_seen_is_made_visible(cast: Cast, commitment: Commitment) -> None:
    changed = _change(cast, commitment, "situation", "a\x00b\u202ec")
    assert changed.situation == "a␀b⟨U+202E⟩c"
    problem = _change(cast, commitment.problem, "axis", "Per\x00misos")
    assert problem.axis == "Per␀misos"


# ---------- many rows ----------


def _chosen(*rows: Row) -> list[Chosen]:
    return [Chosen(Kind(str(row._meta.model_name)), row.pk, row.version) for row in rows]


def _change_many(cast: Cast, *rows: Row, field: str, text: str, reason: str = "") -> UUID:
    _rows, change_set = change_cells(
        actor=cast.ana.actor,
        mesa=cast.forestal,
        chosen=_chosen(*rows),
        field=field,
        text=text,
        reason=reason,
        now=LATER,
    )
    return change_set


def test_a_column_of_many_rows_is_set_at_once_and_undone_at_once(cast: Cast) -> None:
    problem = factories.problem(cast)
    owed = [factories.commitment(problem, f"Paso {number}", owner=cast.serfor) for number in range(3)]
    change_set = _change_many(cast, *owed, field="owner", text="OSINFOR")
    assert {_seen(one).owner_organization for one in owed} == {cast.osinfor}
    undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=change_set, now=LATER)
    assert {_seen(one).owner_organization for one in owed} == {cast.serfor}


def test_lights_follow_a_date_given_to_many(cast: Cast) -> None:
    start_following_up(actor=command(), mesa=cast.forestal, now=NOW)
    cast.forestal.refresh_from_db()
    problem = factories.problem(cast)
    owed = [factories.commitment(problem, f"Paso {number}", owner=cast.serfor) for number in range(2)]
    for one in owed:
        move_commitment(actor=command(), commitment=one, move=CommitmentMove.AGREE, now=NOW)
    _change_many(cast, *owed, field="due", text="01/06/2017")
    assert {_seen(one).light for one in owed} == {"red"}


def test_rows_of_every_level_may_be_chosen_where_all_have_the_column(cast: Cast) -> None:
    problem = factories.problem(cast)
    solution = factories.solution(problem)
    owed = factories.commitment(problem)
    _change_many(cast, problem, solution, owed, field="visibility", text="public", reason="Se publica.")
    assert {_seen(row).visibility for row in (problem, solution, owed)} == {"public"}
    with refused(Invalid, "no_such_column") as caught:
        _change_many(cast, _seen(problem), _seen(owed), field="importance", text="high")
    assert caught.value.reason.params["numbers"] == "C-1"


def test_one_row_that_refuses_stops_all_and_says_its_number(cast: Cast) -> None:
    problem = factories.problem(cast)
    first, second = (factories.commitment(problem, title, owner=cast.serfor) for title in ("Uno", "Dos"))
    move_commitment(actor=command(), commitment=second, move=CommitmentMove.CANCEL, reason="Ya no.", now=NOW)
    with refused(Conflict, "due_is_settled") as caught:
        _change_many(cast, first, second, field="due", text="30/06/2017")
    assert caught.value.reason.params["at_row"] == "C-2"
    with translation.override("en"):
        assert sentence(caught.value.reason).startswith("C-2: Its date")


def test_rows_that_moved_on_are_named(cast: Cast) -> None:
    first, second = factories.problem(cast), factories.problem(cast)
    chosen = _chosen(first, second)
    _change(cast, second, "title", "De una colega")
    with refused(Stale, "stale_rows") as caught:
        change_cells(
            actor=cast.ana.actor,
            mesa=cast.forestal,
            chosen=chosen,
            field="axis",
            text="Permisos",
            now=LATER,
        )
    assert caught.value.reason.params["numbers"] == "P-2"


def test_neither_none_nor_too_many_nor_rows_of_others(cast: Cast) -> None:
    with refused(Invalid, "no_rows_chosen"):
        _change_many(cast, field="axis", text="Permisos")
    given = {
        "actor": cast.ana.actor,
        "mesa": cast.forestal,
        "field": "axis",
        "text": "Permisos",
        "now": LATER,
    }
    many = [Chosen(Kind.PROBLEM, new_key(), 1) for _ in range(501)]
    with refused(Invalid, "too_many_rows_chosen"):
        change_cells(chosen=many, **given)  # type: ignore[arg-type]
    problem, elsewhere = factories.problem(cast), factories.problem(cast, where=cast.acuicola)
    with refused(NotFound, "unknown_row"):
        _change_many(cast, problem, elsewhere, field="axis", text="Permisos")
    with refused(Invalid, "no_such_column"):
        _change_many(cast, problem, field="__class__", text="x")


def test_many_rows_cost_one_statement_each(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    problem = factories.problem(cast)
    owed = [factories.commitment(problem, f"Paso {number}", owner=cast.serfor) for number in range(50)]
    with django_assert_max_num_queries(50 + 20):
        _change_many(cast, *owed, field="owner", text="OSINFOR")


@pytest.mark.parametrize("who", ["marco", "pilar", "hilda", "vecina"])
def test_many_rows_are_the_teams_too(cast: Cast, who: str) -> None:
    problem = factories.problem(cast)
    with pytest.raises((NotAllowed, NotFound)):
        change_cells(
            actor=getattr(cast, who).actor,
            mesa=cast.forestal,
            chosen=_chosen(problem),
            field="axis",
            text="Permisos",
            now=LATER,
        )
    assert _seen(problem).axis == ""
