"""The forestry mesa's Matrix arrives whole: one built here, and the real file where it lies beside us."""

import datetime as dt
from collections import Counter
from decimal import Decimal
from functools import cache

import pytest

from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.read import read_matrix
from destraba.exchange.matrix.readings import Located, ReadCommitment, Reading
from destraba.exchange.workbooks.read import read_workbook
from destraba.rules.lights import Light
from destraba.values.fuzzy_dates import FuzzyDate, Precision
from destraba.values.quantities import Qualifier, Unit
from tests.exchange.books import DATA
from tests.exchange.forestal import HEADINGS, forestal

REAL = DATA / "peru-forestal.xlsx"


@cache
def built_or_real(which: str) -> Reading:
    return read_matrix(read_workbook(REAL if which == "real" else forestal(), "forestal.xlsx"))


@pytest.fixture(params=["built", *(["real"] if REAL.is_file() else [])])
def reading(request: pytest.FixtureRequest) -> Reading:
    return built_or_real(request.param)


def commitment(reading: Reading, row: int) -> ReadCommitment:
    return next(each for each in reading.commitments() if each.row == row)


def test_nothing_is_lost_and_nothing_is_added(reading: Reading) -> None:
    assert len(reading.problems) == 13
    assert len(list(reading.solutions())) == 12
    assert len(list(reading.commitments())) == 21
    assert len(reading.participants) == 13


def test_lights_are_those_of_the_fills(reading: Reading) -> None:
    assert Counter(each.declared for each in reading.commitments()) == {
        Light.DONE: 13,
        Light.AMBER: 6,
        Light.RED: 1,
        None: 1,
    }
    assert commitment(reading, 24).declared is None


def test_the_heading_is_found_by_itself(reading: Reading) -> None:
    assert [heading.text for heading in reading.headings] == HEADINGS
    assert reading.headings[0].cell == "A5"
    assert [heading.field for heading in reading.headings] == [
        *(Field.NUMBER, Field.AXIS, Field.PROBLEM, Field.SOLUTION, Field.COMMITMENT, Field.OWNER),
        *(Field.DUE, Field.LIGHT, Field.NOTE, Field.BEFORE, Field.AFTER),
    ]


def test_title_and_dates_above_the_heading_are_kept(reading: Reading) -> None:
    assert reading.title == "MESA EJECUTIVA FORESTAL"
    assert reading.updated_on == FuzzyDate(dt.date(2017, 5, 31))
    assert reading.installed_on == FuzzyDate(dt.date(2014, 12, 1), Precision.MONTH, "diciembre 2014")
    assert [mesa.problems for mesa in reading.mesas_found] == [13]


def test_merged_cells_reach_over_their_actions(reading: Reading) -> None:
    fifth = reading.problems[4]

    assert (fifth.number, fifth.axis) == ("5", "Regulación y tramitología")
    assert [len(solution.commitments) for solution in fifth.solutions] == [4]
    assert [len(list(problem.all_commitments())) for problem in reading.problems] == [
        *(1, 1, 1, 2, 4, 3, 1, 1, 1, 2, 3, 0, 1),
    ]


def test_a_request_that_nobody_answers_for_is_a_problem_alone(reading: Reading) -> None:
    request = reading.problems[11]

    assert request.title.startswith("Pedido: declarar")
    assert request.note.startswith("Meramente declarativo")
    assert (request.solutions, request.commitments) == ((), ())


@pytest.mark.parametrize(
    ("row", "due", "text"),
    [
        (6, FuzzyDate(dt.date(2015, 9, 30)), "2015-09-30"),
        (7, FuzzyDate(dt.date(2015, 9, 30), text="30/09/2015"), "30/09/2015"),
        (8, FuzzyDate(dt.date(2015, 9, 1), Precision.MONTH, "set-15"), "set-15"),
        (12, FuzzyDate(dt.date(2017, 5, 1), Precision.MONTH, "mayo 2017"), "mayo 2017"),
        (14, None, "por definir"),
        (10, None, ""),
    ],
)
def test_dates_in_every_hand_keep_their_precision(
    reading: Reading, row: int, due: FuzzyDate | None, text: str
) -> None:
    assert (commitment(reading, row).due, commitment(reading, row).due_text) == (due, text)


def test_one_agency_answers_and_the_others_help(reading: Reading) -> None:
    assert commitment(reading, 6).owners == ("SERFOR",)
    assert commitment(reading, 10).owners == ("GORE San Martín", "GORE Ucayali", "GORE Loreto")
    assert commitment(reading, 18).owners == ("OSINFOR", "SERFOR")
    assert commitment(reading, 20).owners == ("Ministerio de la Producción",)


def test_the_same_action_of_two_agencies_is_two_commitments(reading: Reading) -> None:
    ucayali, loreto = commitment(reading, 12), commitment(reading, 13)

    assert ucayali.title == loreto.title
    assert ucayali.key != loreto.key
    assert "commitment_repeated" not in {doubt.reason.code for doubt in reading.doubts}


def test_before_and_after_are_quantities(reading: Reading) -> None:
    registering = reading.problems[1].solutions[0]

    assert registering.before
    assert (registering.before.low, registering.before.high, registering.before.unit) == (
        Decimal(6),
        Decimal(12),
        Unit.MONTHS,
    )
    assert registering.after
    assert (registering.after.low, registering.after.unit) == (Decimal(3), Unit.DAYS)
    backlog = reading.problems[6].solutions[0]
    assert backlog.before
    assert backlog.before.qualifier is Qualifier.SEVERAL


def test_every_field_knows_its_cell(reading: Reading) -> None:
    late = commitment(reading, 17)

    assert late.where[Field.OWNER] == Located("Matriz", "F17", "Gobiernos regionales")
    assert late.where[Field.LIGHT] == Located("Matriz", "H17", "")
    assert reading.problems[5].where[Field.PROBLEM].cell == "C15"
    assert reading.problems[5].solutions[0].where[Field.SOLUTION].cell == "D15"
    assert reading.participants[4].where[Field.ORGANIZATION].cell == "A6"


def test_every_doubt_names_its_cell(reading: Reading) -> None:
    doubts = {(doubt.cell, doubt.reason.code) for doubt in reading.doubts}

    assert doubts == {
        ("F6", "comment_left_out"),
        ("F7", "several_owners"),
        ("F7", "owner_stands_for_many"),
        ("F10", "several_owners"),
        ("F14", "owner_stands_for_many"),
        ("F17", "owner_stands_for_many"),
        ("F18", "several_owners"),
        ("F23", "several_owners"),
        ("F27", "several_owners"),
    }
    assert {doubt.sheet for doubt in reading.doubts} == {"Matriz"}


def test_what_is_no_row_is_left_out_and_named(reading: Reading) -> None:
    assert [(skipped.sheet, skipped.row, skipped.reason.code) for skipped in reading.skipped] == [
        ("Matriz", 28, "blank"),
        ("Matriz", 29, "total"),
    ]


def test_participants_are_read_from_their_sheet(reading: Reading) -> None:
    team = reading.participants[4]

    assert (team.organization, team.sector, team.kind, team.participation) == (
        *("Ministerio de la Producción", "Público"),
        *("Ministerio", "Coordina (equipo dedicado)"),
    )
    assert len({each.key for each in reading.participants}) == 13


def test_reading_again_gives_the_same_keys_and_the_same_values(reading: Reading) -> None:
    keys = [each.key for each in reading.commitments()]

    assert len(set(keys)) == len(keys)
    assert max(map(len, keys)) <= 200
    assert built_or_real("built") == read_matrix(read_workbook(forestal(), "forestal.xlsx"))
