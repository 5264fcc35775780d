"""The heading row is found by itself, in three languages, and a mesa's own mapping wins."""

import pytest

from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.headings import find_matrix, find_participants
from destraba.exchange.matrix.read import read_matrix
from destraba.exchange.refusals import Refused
from destraba.exchange.workbooks.cells import Sheet, Workbook
from tests.exchange.books import Row, plain


def sheet(*rows: Row, name: str = "Matriz") -> Sheet:
    return plain({name: rows}).sheets[0]


def fields(*headings: str) -> dict[str, Field | None]:
    found = find_matrix(sheet(headings))
    assert found is not None
    return {heading.text: heading.field for heading in found.headings}


def test_a_heading_in_spanish() -> None:
    assert fields(
        "N°", "Mesa", "Eje temático", "Cuellos de botella", "Propuestas", "Próximos pasos", "A cargo de"
    ) == {
        "N°": Field.NUMBER,
        "Mesa": Field.MESA,
        "Eje temático": Field.AXIS,
        "Cuellos de botella": Field.PROBLEM,
        "Propuestas": Field.SOLUTION,
        "Próximos pasos": Field.COMMITMENT,
        "A cargo de": Field.OWNER,
    }


def test_a_heading_in_english() -> None:
    assert fields(
        "No.", "Constraint", "Measure", "Next steps", "Lead agency", "Due date", "RAG status", "Remarks"
    ) == {
        "No.": Field.NUMBER,
        "Constraint": Field.PROBLEM,
        "Measure": Field.SOLUTION,
        "Next steps": Field.COMMITMENT,
        "Lead agency": Field.OWNER,
        "Due date": Field.DUE,
        "RAG status": Field.LIGHT,
        "Remarks": Field.NOTE,
    }


def test_a_heading_in_portuguese() -> None:
    assert fields(
        "Nº", "Entraves", "Solução", "Ações", "Responsáveis", "Prazo", "Farol", "Depois", "% concluído"
    ) == {
        "Nº": Field.NUMBER,
        "Entraves": Field.PROBLEM,
        "Solução": Field.SOLUTION,
        "Ações": Field.COMMITMENT,
        "Responsáveis": Field.OWNER,
        "Prazo": Field.DUE,
        "Farol": Field.LIGHT,
        "Depois": Field.AFTER,
        "% concluído": Field.PERCENT,
    }


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Responsable de la solución", Field.OWNER),
        ("Estado situacional", Field.NOTE),
        ("Estado", Field.LIGHT),
        ("% de avance", Field.PERCENT),
        ("Avance %", Field.PERCENT),
        ("Avances", Field.NOTE),
        ("Fecha límite de la acción", Field.DUE),
        ("Fecha", Field.DUE),
        ("Fecha de inicio", Field.START),
        ("Fecha de la reunión", None),
        ("Presupuesto", None),
    ],
)
def test_a_heading_that_holds_two_words_means_the_weightier(heading: str, field: Field | None) -> None:
    assert fields("Problema", "Prioridad", heading)[heading] is field


CLASSES = {
    Field.CONCERN: "Mi problema o su problema|My problem / your problem|De quem é o problema",
    Field.PUBLIC_INPUT: "Insumo público|Kind of public input|Tipo de insumo público",
    Field.SCOPE: "Alcance (horizontal o vertical)|Horizontal or vertical|Horizontal ou vertical",
    Field.INSTRUMENT: "Insumo público o intervención de mercado|Policy instrument|Intervenção de mercado",
    Field.COORDINATION: "Falla de coordinación|Coordination failure|Falha de coordenação",
    Field.ORIGIN: "Origen|Origin|Origem",
    Field.SPEED: "Rapidez|Speed|Velocidade",
    Field.CONTENTIOUS: "Contenciosa|Contentious|Controverso",
    Field.FUNDING: "Financiamiento|Funding|Financiamento",
    Field.STAGE: "Etapa de la traba|Stage of the problem|Etapa do problema",
    Field.SOLUTION_STAGE: "Etapa de la solución|Solution stage|Etapa da solução",
    Field.STATE: "Estado del compromiso|Commitment state|Estado do compromisso",
    Field.SLIPS: "Aplazamientos|Times postponed|Adiamentos",
    Field.ORIGINAL_DUE: "Plazo original|Original due date|Prazo original",
}


@pytest.mark.parametrize(
    ("heading", "field"), [(each, field) for field, texts in CLASSES.items() for each in texts.split("|")]
)
def test_the_classes_of_the_method_have_headings_in_three_languages(heading: str, field: Field) -> None:
    found = fields("Traba", "Solución", "Compromiso", "Plazo", "Semáforo", "Responsable", heading)
    assert found[heading] is field
    assert found["Traba"] is Field.PROBLEM


def test_where_a_team_has_one_date_and_one_state_they_are_the_date_and_the_light() -> None:
    found = fields("Traba", "Compromiso", "Plazo original", "Estado del compromiso")
    assert found["Plazo original"] is Field.DUE
    assert found["Estado del compromiso"] is Field.LIGHT


def test_an_export_that_hides_the_light_and_the_date_still_says_which_column_is_which() -> None:
    found = fields("Traba", "Compromiso", "Plazo original", "Estado del compromiso", "Versión")
    assert found["Plazo original"] is Field.ORIGINAL_DUE
    assert found["Estado del compromiso"] is Field.STATE


def test_what_a_team_says_of_its_own_column_stands() -> None:
    rows = sheet(["Traba", "Compromiso", "Plazo original"])
    found = find_matrix(rows, {"Plazo original": Field.ORIGINAL_DUE})
    assert found is not None
    assert found.columns[Field.ORIGINAL_DUE] == 3


def test_one_field_has_one_column() -> None:
    found = fields("Problema identificado", "Problema", "Responsable", "Responsable del seguimiento")

    assert found == {
        "Problema identificado": None,
        "Problema": Field.PROBLEM,
        "Responsable": Field.OWNER,
        "Responsable del seguimiento": None,
    }


def test_titles_above_are_no_heading_and_thirty_rows_are_looked_at() -> None:
    title: Row = ["Matriz de problemas y soluciones de la mesa", "", "", "", ""]
    heading: Row = ["N°", "Problema", "Solución", "Responsable", "Plazo"]

    found = find_matrix(sheet(title, *[[]] * 28, heading, ["1", "a", "b", "c", "d"]))
    assert found is not None
    assert found.row == 30
    assert find_matrix(sheet(title, *[[]] * 29, heading)) is None


def test_prose_is_no_heading() -> None:
    prose: Row = ["Coordinar el problema", "Ver el plazo", "uno", "dos", "tres", "cuatro"]

    assert find_matrix(sheet(prose)) is None


def test_a_sheet_without_problem_solution_or_action_is_no_matrix() -> None:
    assert find_matrix(sheet(["N°", "Responsable", "Plazo", "Semáforo"])) is None


def test_the_mesas_own_mapping_wins_by_heading_and_by_letter() -> None:
    rows = sheet(["Código", "Nudo", "Qué hacer", "Problema", "Quién"])

    found = find_matrix(rows, {"nudo": Field.PROBLEM, "C": Field.COMMITMENT, "Problema": None})

    assert found is not None
    assert found.columns == {Field.NUMBER: 1, Field.PROBLEM: 2, Field.COMMITMENT: 3, Field.OWNER: 5}
    assert found.unknown == ()


def test_rows_under_a_heading_mapped_by_letters_are_no_headings() -> None:
    rows = sheet(["Qué", "Cómo", "Con quién"], ["Trámite", "Eliminarlo", "ANA"], ["Ley", "Redactar", "MINAM"])

    reading = read_matrix(
        Workbook("x", (rows,)), mapping={"A": Field.PROBLEM, "B": Field.COMMITMENT, "C": Field.OWNER}
    )

    assert [problem.title for problem in reading.problems] == ["Trámite", "Ley"]
    assert reading.skipped == ()


def test_columns_that_nobody_understood_are_doubts_if_they_hold_something() -> None:
    rows = sheet(["Problema", "Eje", "Presupuesto", "Vacía"], ["a", "b", "100", ""])

    reading = read_matrix(Workbook("x", (rows,)), mapping={"Presupuesto": None})
    assert [doubt.reason.code for doubt in reading.doubts] == []
    reading = read_matrix(Workbook("x", (rows,)))
    assert [(doubt.cell, doubt.reason.code) for doubt in reading.doubts] == [("C1", "column_left_out")]


def test_a_workbook_without_heading_is_refused_with_its_sheets() -> None:
    workbook = Workbook("x", (sheet(["hola"], name="Uno"), sheet(["1", "2"], name="Dos")))

    with pytest.raises(Refused) as caught:
        read_matrix(workbook)

    assert (caught.value.reason.code, caught.value.reason.params) == ("no_heading", {"sheets": "Uno, Dos"})


def test_a_list_of_participants_has_a_heading_of_its_own() -> None:
    found = find_participants(
        sheet(["Institución", "Sector", "Representante", "Cargo", "Correo electrónico"])
    )

    assert found is not None
    assert found.columns == {
        Field.ORGANIZATION: 1,
        Field.SECTOR: 2,
        Field.PERSON: 3,
        Field.POST: 4,
        Field.EMAIL: 5,
    }
