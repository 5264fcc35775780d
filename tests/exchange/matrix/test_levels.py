"""Rows in the many layouts in which teams keep them become problems, solutions and commitments."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from destraba.exchange.matrix.read import read_matrix
from destraba.exchange.matrix.readings import Reading, ReadProblem
from destraba.exchange.workbooks.read import read_workbook
from destraba.rules.lights import Light
from destraba.rules.priorities import Importance
from destraba.values.fuzzy_dates import FuzzyDate, Precision
from tests.exchange.books import Row, archive, parts, plain

HEADINGS = ["N°", "Problema", "Solución", "Acción", "Responsable", "Plazo", "Semáforo", "Situación"]


def matrix(
    *rows: Row,
    headings: Row = HEADINGS,
    fills: Mapping[str, str] | None = None,
    merges: Sequence[str] = (),
) -> Reading:
    return read_matrix(plain({"Matriz": [headings, *rows]}, fills=fills, merges=merges))


def tree(reading: Reading) -> list[object]:
    """Titles alone: a problem, then its commitments without a solution, then solutions with theirs."""
    return [[problem.title, *_below(problem)] for problem in reading.problems]


def _below(problem: ReadProblem) -> list[object]:
    solutions = [[each.title, *(c.title for c in each.commitments)] for each in problem.solutions]
    return [*(each.title for each in problem.commitments), *solutions]


def doubts(reading: Reading) -> list[tuple[str, str]]:
    return [(doubt.cell, doubt.reason.code) for doubt in reading.doubts]


def skipped(reading: Reading) -> list[tuple[int, str]]:
    return [(each.row, each.reason.code) for each in reading.skipped]


def test_a_problem_repeated_on_each_row_is_one_problem() -> None:
    reading = matrix(
        [1, "Trámite lento", "Simplificar", "Reglamento", "SERFOR"],
        [1, "TRÁMITE  LENTO", "Simplificar", "Aplicación", "SERFOR"],
        [2, "Otro", "Ley", "Redactar", "MINAM"],
    )

    assert tree(reading) == [
        ["Trámite lento", ["Simplificar", "Reglamento", "Aplicación"]],
        ["Otro", ["Ley", "Redactar"]],
    ]
    assert [problem.key for problem in reading.problems] == ["#1", "#2"]
    assert doubts(reading) == []


def test_blank_cells_go_on_with_what_stands_above() -> None:
    reading = matrix(
        [1, "Trámite", "Simplificar", "Reglamento", "SERFOR"],
        [None, None, None, "Aplicación", "SERFOR"],
        [None, None, "Otra salida", "Consulta", "SERFOR"],
    )

    assert tree(reading) == [
        ["Trámite", ["Simplificar", "Reglamento", "Aplicación"], ["Otra salida", "Consulta"]]
    ]


def test_a_number_without_a_problem_goes_on_with_the_one_above_and_is_a_doubt() -> None:
    reading = matrix([1, "Trámite", "a", "b", "SERFOR"], [2, None, None, "c", "SERFOR"])

    assert tree(reading) == [["Trámite", ["a", "b", "c"]]]
    assert doubts(reading) == [("A3", "number_without_problem")]


@pytest.mark.parametrize(
    ("above", "updated", "found"),
    [
        ("Actualizado al 31/05/2017", FuzzyDate(dt.date(2017, 5, 31), text="31/05/2017"), []),
        ("Última actualización: mayo 2017", FuzzyDate(dt.date(2017, 5, 1), Precision.MONTH, "mayo 2017"), []),
        ("Updated on", None, []),
        ("Actualizado al 31/02/2017", None, [("A1", "impossible_date")]),
    ],
)
def test_the_day_above_the_heading_is_read_or_doubted(
    above: str, updated: FuzzyDate | None, found: list[tuple[str, str]]
) -> None:
    reading = read_matrix(plain({"Matriz": [[above], HEADINGS, [1, "Trámite"]]}))

    assert reading.updated_on == updated
    assert doubts(reading) == found


def test_a_problem_that_comes_back_further_down_is_the_same() -> None:
    reading = matrix(
        [1, "Trámite", "Simplificar", "Reglamento", "SERFOR"],
        [2, "Otro", None, None, None],
        [1, "Trámite", "Simplificar", "Aplicación", "SERFOR"],
    )

    assert tree(reading) == [["Trámite", ["Simplificar", "Reglamento", "Aplicación"]], ["Otro"]]


def test_a_number_that_two_problems_have_is_a_doubt_and_both_stay() -> None:
    reading = matrix([1, "Trámite", "a", "b", "SERFOR"], [1, "Otro", "c", "d", "SERFOR"])

    assert [(problem.key, problem.title) for problem in reading.problems] == [
        ("#1", "Trámite"),
        ("#1~2", "Otro"),
    ]
    assert doubts(reading) == [("A3", "number_repeated")]


def test_one_text_under_two_numbers_further_apart_is_a_doubt() -> None:
    reading = matrix([1, "Trámite"], [2, "Otro"], [3, "Trámite"])

    assert [problem.key for problem in reading.problems] == ["#1", "#2", "#3"]
    assert doubts(reading) == [("B4", "problem_repeated")]


def test_numbers_that_count_rows_are_the_commitments() -> None:
    reading = matrix(
        [1, "Trámite", "Simplificar", "Reglamento", "SERFOR"],
        [2, "Trámite", "Simplificar", "Aplicación", "SERFOR"],
        [3, "Otro", "Ley", "Redactar", "MINAM"],
    )

    assert tree(reading) == [
        ["Trámite", ["Simplificar", "Reglamento", "Aplicación"]],
        ["Otro", ["Ley", "Redactar"]],
    ]
    assert [problem.key for problem in reading.problems] == ["tramite", "otro"]
    assert [each.key for each in reading.commitments()] == ["#1", "#2", "#3"]


def test_without_numbers_the_words_are_the_key() -> None:
    reading = matrix(["Trámite", "Reglamento", "SERFOR"], headings=["Problema", "Acción", "Responsable"])

    assert tree(reading) == [["Trámite", "Reglamento"]]
    assert (reading.problems[0].key, reading.problems[0].commitments[0].key) == (
        "tramite",
        "tramite/reglamento",
    )


def test_a_problem_that_has_no_number_among_numbered_ones_is_a_doubt() -> None:
    assert doubts(matrix([1, "Trámite"], [None, "Pendientes"])) == [("A3", "no_number")]


def test_a_measure_that_somebody_answers_for_is_solution_and_commitment() -> None:
    reading = matrix(
        ["Trámite", "Declaración jurada", "SUNAT", "Cumplido"],
        ["Camiones", "Estudiar", None, None],
        headings=["Barrera", "Medida", "Responsable", "Estado"],
    )

    assert tree(reading) == [
        ["Trámite", ["Declaración jurada", "Declaración jurada"]],
        ["Camiones", ["Estudiar"]],
    ]


def test_an_agency_without_an_action_still_owes_something() -> None:
    reading = matrix([1, "Trámite", "Simplificar", None, "SUNAT", "2016-03-31", "Rojo"])

    assert tree(reading) == [["Trámite", ["Simplificar", "Simplificar"]]]
    assert doubts(reading) == [("D2", "no_action")]


def test_a_light_without_action_or_agency_is_a_doubt() -> None:
    reading = matrix([1, "Trámite", None, None, None, None, "Rojo", "nadie lo vio"])

    assert tree(reading) == [["Trámite"]]
    assert reading.problems[0].note == "nadie lo vio"
    assert doubts(reading) == [("G2", "light_without_action")]


def test_actions_without_a_problem_column_are_problems_themselves() -> None:
    reading = matrix(["Redactar", "SERFOR"], ["Firmar", "MINAM"], headings=["Acción", "Responsable"])

    assert tree(reading) == [["Redactar", "Redactar"], ["Firmar", "Firmar"]]
    assert ("A2", "no_problem_column") in doubts(reading)


def test_a_row_before_any_problem_makes_one_of_its_action() -> None:
    reading = matrix([1, None, None, "Redactar", "SERFOR"])

    assert tree(reading) == [["Redactar", "Redactar"]]
    assert doubts(reading) == [("B2", "no_problem")]


def test_a_commitment_without_owner_is_a_doubt() -> None:
    assert doubts(matrix([1, "Trámite", "Simplificar", "Redactar"])) == [("E2", "no_owner")]


def test_the_same_action_of_the_same_agency_twice_is_a_doubt() -> None:
    reading = matrix([1, "a", "b", "Redactar", "SERFOR"], [1, "a", "b", "Redactar", "SERFOR"])

    assert doubts(reading) == [("D3", "commitment_repeated")]
    assert [each.key for each in reading.commitments()] == ["#1/b/redactar", "#1/b/redactar~2"]


@pytest.mark.parametrize(
    ("due", "code"),
    [
        ("31/02/2016", "impossible_date"),
        ("cuando se pueda", "not_a_date"),
        ("30/09/1815", "year_out_of_range"),
        (dt.date(9999, 1, 1), "year_out_of_range"),
        (42277, "not_a_date"),
    ],
)
def test_a_date_that_is_none_is_a_doubt_with_its_cell(due: object, code: str) -> None:
    reading = matrix([1, "a", "b", "c", "SERFOR", due])

    (commitment,) = reading.commitments()
    assert commitment.due is None
    assert commitment.due_text
    assert doubts(reading) == [("F2", code)]


def test_word_and_fill_may_disagree_and_the_word_counts() -> None:
    reading = matrix([1, "a", "b", "c", "SERFOR", None, "Rojo"], fills={"G2": "00B050"})

    assert [each.declared for each in reading.commitments()] == [Light.RED]
    assert doubts(reading) == [("G2", "light_says_two_things")]


@pytest.mark.parametrize(
    ("word", "fill", "code"), [("??", "00B050", "unknown_light"), (None, "7030A0", "unknown_colour")]
)
def test_a_light_that_is_none_is_a_doubt(word: str | None, fill: str, code: str) -> None:
    reading = matrix([1, "a", "b", "c", "SERFOR", None, word], fills={"G2": fill})

    assert [each.declared for each in reading.commitments()] == [None]
    assert doubts(reading) == [("G2", code)]


def test_the_shade_of_every_second_row_is_no_light() -> None:
    shaded = {f"{letter}2": "DDEBF7" for letter in "ABCDEFGH"}

    (first,) = matrix([1, "a", "b", "c", "SERFOR", "2016", None, "x"], fills=shaded).commitments()
    (second,) = matrix([1, "a", "b", "c", "SERFOR"], fills={"G2": "DDEBF7"}).commitments()
    assert (first.declared, second.declared) == (None, Light.DONE)


def test_errors_and_formulas_without_a_value_are_doubts() -> None:
    def text(value: str) -> str:
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    heads = "".join(map(text, ("Problema", "Acción", "Responsable", "Plazo")))
    rows = (
        f'<row>{heads}</row><row>{text("a")}{text("b")}<c t="e"><v>#REF!</v></c><c><f>TODAY()</f></c></row>'
    )

    reading = read_matrix(read_workbook(archive(parts(rows)), "x.xlsx"))

    assert doubts(reading) == [("C2", "cell_error"), ("C2", "no_owner"), ("D2", "formula_without_value")]


@pytest.mark.parametrize(
    ("written", "percent"),
    [(1, 100), (0.5, 50), ("100%", 100), ("40 %", 40), (75, 75), ("62,5%", "62.5"), (None, None)],
)
def test_percentages_in_every_hand(written: object, percent: object) -> None:
    reading = matrix(
        ["a", "b", "SERFOR", written], headings=["Problema", "Acción", "Responsable", "% Completado"]
    )

    (commitment,) = reading.commitments()
    assert commitment.percent == (None if percent is None else Decimal(str(percent)))
    assert doubts(reading) == []


def test_priorities_and_percentages_that_are_none_are_doubts() -> None:
    headings = ["Problema", "Acción", "Responsable", "% Completado", "Prioridad"]

    reading = matrix(["a", "b", "c", "mucho", "Alta"], ["d", "e", "f", "120%", "según"], headings=headings)

    assert [problem.importance for problem in reading.problems] == [Importance.HIGH, None]
    assert doubts(reading) == [
        ("D2", "unreadable_percent"),
        ("D3", "unreadable_percent"),
        ("E3", "unknown_priority"),
    ]


def test_figures_belong_to_the_solution_and_the_first_one_counts() -> None:
    headings = ["Problema", "Solución", "Acción", "Responsable", "Antes", "Después", "Meta"]

    reading = matrix(
        ["a", "b", "c", "SERFOR", "2 años", "6 meses", "90 días"],
        ["a", "b", "d", "SERFOR", "3 años", None, "90 días"],
        ["e", None, "f", "SERFOR", "1 día", None, None],
        headings=headings,
    )

    (solution,) = reading.solutions()
    assert [quantity and quantity.text for quantity in (solution.before, solution.after, solution.goal)] == [
        *("2 años", "6 meses", "90 días"),
    ]
    assert doubts(reading) == [("E3", "several_figures"), ("E4", "figure_without_solution")]


def test_collaborators_in_a_column_of_their_own_are_no_doubt() -> None:
    headings = ["Problema", "Acción", "Responsable", "Colaboradores"]

    reading = matrix(["a", "b", "SERFOR", "MINAM; OEFA"], headings=headings)

    assert [each.owners for each in reading.commitments()] == [("SERFOR", "MINAM", "OEFA")]
    assert doubts(reading) == []


def test_a_title_too_long_is_cut_and_the_cell_keeps_it() -> None:
    reading = matrix([1, "x" * 600])

    assert len(reading.problems[0].title) == 500
    assert reading.problems[0].title.endswith("…")
    assert doubts(reading) == [("B2", "title_cut")]
    assert [len(where.text) for where in reading.problems[0].where.values()] == [1, 600]


def test_keys_of_long_texts_stay_short_and_different() -> None:
    long = "La misma introducción de siempre, larga y sin sustancia alguna, y entonces "

    reading = matrix(
        ["p" * 90, long + "uno", long + "redactar", "SERFOR"],
        ["p" * 90, long + "dos", long + "redactar", "SERFOR"],
        headings=["Problema", "Solución", "Acción", "Responsable"],
    )

    keys = [each.key for each in reading.commitments()]
    assert len(set(keys)) == 2
    assert max(map(len, keys)) <= 200


def test_totals_blanks_and_repeated_headings_are_left_out_and_named() -> None:
    reading = matrix(
        [1, "a", "b", "c", "SERFOR"],
        [],
        HEADINGS,
        [2, "d", "e", "f", "SERFOR"],
        [None, "Subtotal", None, "2"],
        [None, None, None, None, None, None, None, "nota al pie"],
        ["Total general: 2"],
    )

    assert len(reading.problems) == 2
    assert skipped(reading) == [
        (3, "blank"),
        (4, "repeated_heading"),
        (6, "total"),
        (7, "no_title"),
        (8, "total"),
    ]


def test_a_problem_that_begins_with_total_is_a_problem() -> None:
    reading = matrix(
        [1, "Total ausencia de reglas", "b", "c", "SERFOR"], [2, "Total de peajes", "b", "c", "MTC"]
    )

    assert [problem.title for problem in reading.problems] == ["Total ausencia de reglas", "Total de peajes"]


def test_a_second_table_below_is_not_mixed_in() -> None:
    reading = matrix(
        [1, "a", "b", "c", "SERFOR"],
        ["Responsable", "Compromiso", "Fecha límite", "Problema"],
        ["SERFOR", "g", "2016", "h"],
    )

    assert tree(reading) == [["a", ["b", "c"]]]
    assert doubts(reading) == [("A3", "second_heading")]
    assert skipped(reading) == [(3, "second_table")]


@pytest.mark.parametrize(
    "row",
    [
        ["2", "Proyecto de ley", "Medida cautelar", "Propuesta", "SERFOR"],
        [None, "Proyecto de ley", "Medida cautelar", "Propuesta", "SERFOR", "30/06/2017"],
        [None, "Proyecto de ley", "Medida", "Propuesta de reforma que el sector pidió en mayo", "SERFOR"],
    ],
)
def test_known_words_do_not_make_a_heading_of_a_row_of_work(row: list[str | None]) -> None:
    reading = matrix([1, "a", "b", "c", "SERFOR"], row)
    assert [problem.title for problem in reading.problems] == ["a", "Proyecto de ley"]


def test_text_beside_the_table_is_named() -> None:
    reading = matrix([1, "a"], [*[None] * 9, "véase el anexo"], [2, "b"])

    assert skipped(reading) == [(3, "outside_table")]


def test_a_line_merged_across_heads_the_rows_below() -> None:
    reading = matrix(
        ["I. TRÁMITES"],
        [1, "a", "b", "c", "SERFOR"],
        ["II. Calidad"],
        [2, "d", "e", "f", "INACAL"],
        merges=["A2:H2", "A4:H4"],
    )

    assert [problem.axis for problem in reading.problems] == ["I. TRÁMITES", "II. Calidad"]
    assert skipped(reading) == [(2, "section"), (4, "section")]


def test_indented_rows_stand_under_the_line_above() -> None:
    reading = matrix(
        ["Calidad e innovación", None, None, None],
        ["    Laboratorio", "Calidad", "Acreditar", "INACAL"],
        ["    Marca", "Ventas", "Diseñar", "PROMPERU"],
        ["Otra cosa", None, "Firmar", "MEF"],
        headings=["Proyecto", "Eje", "Acción", "Responsable"],
    )

    assert [(problem.title, problem.axis) for problem in reading.problems] == [
        ("Laboratorio", "Calidad e innovación"),
        ("Marca", "Calidad e innovación"),
        ("Otra cosa", ""),
    ]
    assert doubts(reading) == [("B4", "two_axes")]


def test_numbers_as_destraba_gives_them_are_the_keys() -> None:
    headings = ["N°", "Problema", "N° solución", "Solución", "N° compromiso", "Compromiso", "Responsable"]

    reading = matrix(
        ["p 12", "Igual", "P-12.1", "x", "c-45", "y", "SERFOR"],
        ["P-12", "Igual", None, None, "C-46", "z", "SERFOR"],
        ["P-13", "Igual", "P-13.1", "x", "C-47", "y", "SERFOR"],
        headings=headings,
    )

    assert [problem.key for problem in reading.problems] == ["P-12", "P-13"]
    assert [solution.key for solution in reading.solutions()] == ["P-12.1", "P-13.1"]
    assert [[c.key for c in problem.all_commitments()] for problem in reading.problems] == [
        ["C-46", "C-45"],
        ["C-47"],
    ]
    assert [c.key for c in reading.problems[0].commitments] == ["C-46"]


def test_csv_is_read_as_a_workbook_is() -> None:
    text = "N°;Problema;Acción;Responsable;Plazo;Estado\r\n1;a;b;SERFOR;mayo 2017;En proceso\r\n"

    reading = read_matrix(read_workbook(text.encode("cp1252"), "forestal.csv"))

    (commitment,) = reading.commitments()
    assert (commitment.owners, commitment.declared, commitment.due_text) == (
        ("SERFOR",),
        Light.AMBER,
        "mayo 2017",
    )
    assert reading.sheets == ("forestal",)


def test_an_empty_table_is_a_matrix_without_problems() -> None:
    reading = matrix()

    assert (reading.problems, reading.doubts, reading.skipped) == ((), (), ())
