"""The sheet that explains a workbook: in the reader's language, whole, and never taken for rows."""

import io
from enum import Enum

import openpyxl
import pytest
from django.utils import translation
from openpyxl.worksheet.worksheet import Worksheet

from destraba.exchange.matrix.colours import FILLS
from destraba.exchange.matrix.export import export_xlsx
from destraba.exchange.matrix.headings import find_matrix
from destraba.exchange.matrix.out.columns import columns_of, standard_columns
from destraba.exchange.matrix.read import read_matrix
from destraba.exchange.workbooks.read import read_workbook
from destraba.ledger.labels import label
from destraba.queries.exports import own_columns
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.rules.matrix.classes import Concern, Funding, PublicInput
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import SolutionStage
from tests.exchange.books import read
from tests.exchange.matrix.tables import FIRST, bring
from tests.exchange.matrix.taking import taken
from tests.factories import Cast

LANGUAGES = ("es", "en")


def legend(content: bytes) -> Worksheet:
    _matrix, sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return sheet


def said(sheet: Worksheet) -> dict[str, list[tuple[str, ...]]]:
    """What stands to the right of each first cell."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for first, *rest in sheet.iter_rows(values_only=True):
        found.setdefault(str(first), []).append(tuple(str(value) for value in rest if value))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_light_stage_and_class_is_explained(cast: Cast, language: str) -> None:
    bring(FIRST, cast.forestal)
    with translation.override(language):
        sheet = legend(export_xlsx(taken(cast.forestal)))
        told = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
        enums: tuple[type[Enum], ...] = (
            ProblemStage,
            SolutionStage,
            CommitmentState,
            Concern,
            PublicInput,
            Funding,
        )
        assert {label(member) for enum in enums for member in enum} <= told
        first = [row[0] for row in sheet.iter_rows()]
        fills = {cell.value: cell.fill.fgColor.rgb[2:] for cell in first}
        shown = {label(light): fills[label(light)] for light in Light if light is not Light.NONE}
        assert shown == {label(light): fill for light, fill in FILLS.items()}
        headings = [column.heading for column in columns_of(own_columns(cast.forestal))]
        assert all(said(sheet)[heading][0] for heading in headings)


def test_it_says_what_the_file_is(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    told = said(legend(export_xlsx(taken(cast.forestal, words=("Light: Red", "1 of 3 problems")))))
    assert told["Mesa"] == [(cast.forestal.name,)]
    assert told["What was asked for"] == [("Light: Red; 1 of 3 problems",)]
    assert (told["Rows"], told["Problems"], told["Solutions"]) == ([("4",)], [("3",)], [("1",)])
    assert told["Taken by"] == [("destraba",)]
    assert told["State of the record"] == told["Legend"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_bringing_the_file_in_passes_it_over_without_a_word(cast: Cast, language: str) -> None:
    bring(FIRST, cast.forestal)
    with translation.override(language):
        content = export_xlsx(taken(cast.forestal))
    workbook = read_workbook(content, "matriz.xlsx")
    reading = read_matrix(workbook)
    assert len(workbook.sheets) == 2
    assert reading.sheets == (workbook.sheets[0].name,)
    assert (reading.skipped, reading.participants, len(reading.mesas_found)) == ((), (), 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_of_ours_is_understood(language: str) -> None:
    with translation.override(language):
        columns = standard_columns()
    found = find_matrix(read({"Matriz": [[column.heading for column in columns]]}).sheets[0])
    assert found is not None
    assert found.columns == {column.field: index for index, column in enumerate(columns, start=1)}


def test_what_we_wrote_above_a_column_is_no_word_of_the_team(cast: Cast) -> None:
    """An export in English that comes back leaves the next one in Spanish to those who read Spanish."""
    headings = (("My bottleneck", "problem"), ("Due date", "due"), ("Plazo original", "original_due"))
    back = (*headings, ("Version", "version"))
    with translation.override("es"):
        assert "My bottleneck" in [column.heading for column in columns_of(back)]
        assert "Due date" not in [column.heading for column in columns_of(back)]
        assert "Due date" in [column.heading for column in columns_of(headings)]
    with translation.override("en"):
        assert "Original date" in [column.heading for column in columns_of(back)]


def test_hidden_columns_are_left_out_but_for_those_by_which_it_comes_back() -> None:
    columns = columns_of((), frozenset({"due", "light"}))
    assert [column.field.value for column in columns] == [
        "number", "problem", "solution_number", "commitment_number", "due", "light", "version",
    ]  # fmt: skip
