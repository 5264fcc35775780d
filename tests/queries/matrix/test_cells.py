"""What a cell takes, and what it says."""

from datetime import date

import pytest
from django.utils import translation

from destraba.actions.followup.commitments import edit_commitment, set_collaborators
from destraba.queries.matrix.cells import EDITABLE, Kind, cell_text, held, is_same, read_cell
from destraba.queries.matrix.hands.found import fetch_row
from destraba.queries.matrix.hands.known import Known
from destraba.rules.lights import Light
from destraba.rules.matrix.classes import Concern, CoordinationFailure, Funding, PolicyQuadrant, PublicInput
from destraba.rules.priorities import Importance, Speed
from destraba.rules.problems import FilterReason, Origin, ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.errors import Invalid
from destraba.values.fuzzy_dates import read
from destraba.values.quantities import read as read_quantity
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, TODAY, Cast, command

P, S, C = Kind


@pytest.fixture
def known(cast: Cast) -> Known:
    return Known(cast.forestal, TODAY)


@pytest.mark.parametrize(
    ("kind", "field", "text", "value"),
    [
        (P, "title", " Tal cual ", " Tal cual "),
        (P, "importance", "HIGH", Importance.HIGH),
        (P, "importance", "alta", Importance.HIGH),
        (P, "speed", "quick", Speed.QUICK),
        (P, "axis", "Permisos", "Permisos"),
        (P, "stage", "Parked", ProblemStage.PARKED),
        (P, "stage", "merely declaratory", FilterReason.DECLARATORY),
        (P, "concern", "mine", Concern.MINE),
        (P, "public_input", "Less red tape", PublicInput.RED_TAPE),
        (P, "policy", "Vertical market intervention", PolicyQuadrant.VERTICAL_INTERVENTION),
        (P, "coordination", "duplicity", CoordinationFailure.DUPLICITY),
        (P, "origin", "Initial list", Origin.INITIAL_LIST),
        (P, "contentious", "sí", True),
        (P, "contentious", "", None),
        (P, "visibility", "public", Visibility.PUBLIC),
        (S, "step", "Applied", SolutionStage.APPLIED),
        (S, "funding", "unfunded", Funding.UNFUNDED),
        (S, "before", "6-12 meses", read_quantity("6-12 meses")),
        (S, "after", "45 días", read_quantity("45 días")),
        (S, "after", " ", None),
        (C, "declared", "red", Light.RED),
        (C, "due", "T3 2017", read("T3 2017")),
        (C, "due", "por definir", None),
        (C, "starts", "01/07/2017", date(2017, 7, 1)),
        (C, "starts", "por definir", None),
        (C, "situation", "En consulta", "En consulta"),
        (C, "owner", "  ", None),
    ],
)
def test_text_is_read_as_what_it_stands_for(
    known: Known, kind: Kind, field: str, text: str, value: object
) -> None:
    assert read_cell(kind, field, text, known) == value


def test_names_are_read_as_whom_they_name(cast: Cast, known: Known) -> None:
    assert read_cell(C, "owner", "serfor", known) == cast.serfor
    assert read_cell(C, "helpers", "OSINFOR, PRODUCE", known) == (cast.osinfor, cast.produce)
    assert read_cell(C, "seat", "Lucía Farfán", known, cast.serfor.pk) == cast.lucia.seat


@pytest.mark.parametrize(
    ("kind", "field", "text", "code"),
    [
        (P, "due", "30/06/2017", "unknown_field"),
        (S, "stage", "applied", "unknown_field"),
        (C, "__class__", "x", "unknown_field"),
        (C, "due", "32/13/2017", "impossible_date"),
        (C, "starts", "mayo 2017", "not_a_day"),
        (C, "starts", "mañana", "not_a_date"),
        (P, "importance", "enorme", "unknown_choice"),
        (P, "importance", "\x00", "unknown_choice"),
        (P, "contentious", "quizá", "unknown_choice"),
        (P, "stage", "", "required"),
        (S, "step", " ", "required"),
        (C, "visibility", "", "required"),
        (S, "before", "x" * 10_000, "too_long"),
        (C, "declared", "none", "unknown_choice"),
    ],
)
def test_what_stands_for_nothing_is_refused(
    known: Known, kind: Kind, field: str, text: str, code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        read_cell(kind, field, text, known)
    assert caught.value.reason.code == code


def test_a_cell_says_what_it_holds(cast: Cast) -> None:
    problem = factories.problem(cast)
    solution = factories.solution(problem)
    made = factories.commitment(problem, owner=cast.lucia.seat, due=read("T3 2017"))
    edit_commitment(
        actor=command(), commitment=made, starts_on=date(2017, 7, 1), situation="En consulta", now=NOW
    )
    set_collaborators(actor=command(), commitment=made, organizations=[cast.osinfor, cast.produce], now=NOW)
    problem.importance, problem.scope, problem.instrument = "high", "vertical", "public_input"
    solution.before, solution.funding = read_quantity("12 días"), "fund"
    owed = fetch_row(cast.forestal, C, made.pk)
    owed.declared = "red"  # type: ignore[union-attr]
    with translation.override("en"):
        of_problem = {field: cell_text(problem, field) for field in EDITABLE[P]}
        of_solution = {field: cell_text(solution, field) for field in EDITABLE[S]}
        of_commitment = {field: cell_text(owed, field) for field in EDITABLE[C]}
    assert {field: said for field, said in of_problem.items() if said} == {
        "title": problem.title,
        "importance": "High",
        "stage": "Accepted",
        "policy": "Vertical public input",
        "contentious": "No",
        "visibility": "The mesa",
    }
    assert of_solution == {
        "title": solution.title,
        "step": "Proposed",
        "funding": "From a fund",
        "before": "12 días",
        "after": "",
        "visibility": "The mesa",
    }
    assert of_commitment == {
        "title": owed.title,
        "declared": "Red",
        "owner": cast.serfor.name,
        "seat": "Liaison",
        "helpers": f"{cast.osinfor.name}; {cast.produce.name}",
        "due": "quarter 3 of 2017",
        "starts": "1 Jul 2017",
        "situation": "En consulta",
        "visibility": "The mesa",
    }
    assert cell_text(solution, "owner") == ""


@pytest.mark.parametrize("language", ["es", "en"])
def test_what_a_cell_says_is_read_back_as_what_it_holds(cast: Cast, known: Known, language: str) -> None:
    """So that a copied row can be pasted over itself and changes nothing."""
    problem = factories.problem(cast)
    solution = factories.solution(problem)
    made = factories.commitment(problem, owner=cast.lucia.seat, due=read("mayo 2017"))
    set_collaborators(actor=command(), commitment=made, organizations=[cast.osinfor, cast.produce], now=NOW)
    edit_commitment(actor=command(), commitment=made, starts_on=date(2017, 7, 1), now=NOW)
    problem.is_contentious, problem.concern, problem.public_input = True, "mine", "red_tape"
    owed = fetch_row(cast.forestal, C, made.pk)
    with translation.override(language):
        fresh = Known(cast.forestal, TODAY)
        for kind, row in ((P, problem), (S, solution), (C, owed)):
            for field in EDITABLE[kind]:
                read_back = read_cell(kind, field, cell_text(row, field), fresh, cast.serfor.pk)
                assert is_same(held(row, field), read_back), field
