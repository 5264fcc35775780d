"""What a cell takes, and what it says."""

import pytest
from django.utils import translation

from destraba.queries.matrix.cells import EDITABLE, Kind, cell_text, read_cell
from destraba.rules.lights import Light
from destraba.rules.priorities import Importance
from destraba.values.errors import Invalid
from destraba.values.fuzzy_dates import read
from tests import factories
from tests.factories import Cast


def test_text_is_read_as_what_it_stands_for(cast: Cast) -> None:
    assert read_cell(Kind.PROBLEM, "title", " Tal cual ") == " Tal cual "
    assert read_cell(Kind.PROBLEM, "importance", "HIGH") is Importance.HIGH
    assert read_cell(Kind.COMMITMENT, "declared", "red") is Light.RED
    assert read_cell(Kind.COMMITMENT, "owner", "serfor") == cast.serfor
    assert read_cell(Kind.COMMITMENT, "due", "T3 2017") == read("T3 2017")
    assert read_cell(Kind.COMMITMENT, "due", "por definir") is None
    assert read_cell(Kind.COMMITMENT, "owner", "  ") is None


def test_the_words_of_the_readers_language_are_understood() -> None:
    with translation.override("en"):
        assert read_cell(Kind.PROBLEM, "importance", "Medium") is Importance.MEDIUM


@pytest.mark.parametrize(
    ("kind", "field", "text", "code"),
    [
        (Kind.PROBLEM, "due", "30/06/2017", "unknown_field"),
        (Kind.SOLUTION, "stage", "applied", "unknown_field"),
        (Kind.COMMITMENT, "__class__", "x", "unknown_field"),
        (Kind.COMMITMENT, "due", "32/13/2017", "impossible_date"),
        (Kind.PROBLEM, "importance", "enorme", "unknown_choice"),
        (Kind.COMMITMENT, "declared", "none", "unknown_choice"),
    ],
)
def test_what_stands_for_nothing_is_refused(kind: Kind, field: str, text: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_cell(kind, field, text)
    assert caught.value.reason.code == code


def test_a_cell_says_what_it_holds(cast: Cast) -> None:
    problem = factories.problem(cast)
    solution = factories.solution(problem)
    owed = factories.commitment(problem, owner=cast.serfor, due=read("T3 2017"))
    problem.importance, owed.declared = "high", "red"
    with translation.override("en"):
        said = {field: cell_text(owed, field) for field in EDITABLE[Kind.COMMITMENT]}
        assert cell_text(problem, "importance") == "High"
    assert said == {
        "title": owed.title,
        "declared": "Red",
        "owner": cast.serfor.name,
        "due": "quarter 3 of 2017",
    }
    assert cell_text(solution, "title") == solution.title
    assert cell_text(solution, "owner") == ""
