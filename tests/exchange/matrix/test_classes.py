"""The classes of the method from a spreadsheet: read in three languages, kept, corrected, never guessed."""

import pytest

from destraba.exchange.matrix.choices import UnknownChoice, choice_of_words, yes_or_no
from destraba.exchange.matrix.fields import Field
from destraba.ledger.verify import verify
from destraba.models import Commitment, Problem, Solution
from destraba.rules.commitments import CommitmentState
from destraba.rules.matrix.classes import Concern, Funding, PublicInput, Scope
from destraba.rules.priorities import Speed
from destraba.rules.problems import Origin, ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.fuzzy_dates import FuzzyDate, Precision, read
from tests.exchange.matrix.tables import bring, changes, counts, doubts, planned
from tests.factories import Cast

HEADS = (
    "Traba;Rapidez;Mi problema / su problema;Insumo público;Horizontal o vertical;Origen;Contenciosa;"
    "Etapa de la traba;Solución;Financiamiento;Etapa de la solución;Compromiso;Responsable;Plazo;"
    "Plazo original;Aplazamientos;Semáforo;Estado del compromiso"
)
LINE = (
    "La guía;Rápida;Mi problema;Menos trámites;Horizontal;Lista inicial;Sí;Planteada;"
    "Guía electrónica;Presupuesto;Propuesta;Firmar;SERFOR;30/06/2017;mayo 2017;2;;Pedido"
)


def sheet(line: str = LINE) -> str:
    return f"{HEADS}\n{line}\n"


WORDS = [
    (Field.CONCERN, "MI PROBLEMA", Concern.MINE),
    (Field.CONCERN, "Privado", Concern.YOURS),
    (Field.PUBLIC_INPUT, "Less red tape", PublicInput.RED_TAPE),
    (Field.PUBLIC_INPUT, "red_tape", PublicInput.RED_TAPE),
    (Field.SCOPE, "Transversal", Scope.HORIZONTAL),
    (Field.SPEED, "largo plazo", Speed.SLOW),
    (Field.FUNDING, "sin fondos", Funding.UNFUNDED),
    (Field.FUNDING, " ", None),
]


@pytest.mark.parametrize(("field", "text", "member"), WORDS)
def test_words_name_a_choice(field: Field, text: str, member: object) -> None:
    assert choice_of_words(text, field) == member


@pytest.mark.parametrize(("text", "said"), [("Sí", True), ("x", True), ("No", False), ("", False)])
def test_yes_and_no(text: str, said: bool) -> None:
    assert yes_or_no(text) is said


def test_what_is_no_choice_is_not_guessed() -> None:
    with pytest.raises(UnknownChoice):
        choice_of_words("quizás", Field.SPEED)
    with pytest.raises(UnknownChoice):
        yes_or_no("quizás")


def test_a_new_row_has_its_classes_and_begins_where_it_says(cast: Cast) -> None:
    bring(sheet(), cast.forestal)
    problem, solution, one = Problem.objects.get(), Solution.objects.get(), Commitment.objects.get()
    assert (problem.speed, problem.concern, problem.public_input) == ("quick", "mine", "red_tape")
    assert (problem.scope, problem.origin, problem.is_contentious) == ("horizontal", "initial_list", True)
    assert (problem.stage, problem.version) == (ProblemStage.RAISED, 1)
    assert (solution.funding, solution.stage) == (Funding.BUDGET, SolutionStage.PROPOSED)
    assert one.state == CommitmentState.ASKED
    assert verify().failures == []
    assert counts(planned(sheet(), cast.forestal))["problem"] == (0, 0, 0, 1)


def test_the_first_date_of_a_new_row_stays_visible(cast: Cast) -> None:
    bring(sheet(LINE.replace("Pedido", "Acordado")), cast.forestal)
    one = Commitment.objects.get()
    assert one.original_due == FuzzyDate(read("mayo 2017").date, Precision.MONTH, "mayo 2017")  # type: ignore[union-attr]
    assert (one.due, one.slips, one.state) == (read("30/06/2017"), 2, CommitmentState.AGREED)


def test_facts_of_a_row_that_is_there_are_read_past(cast: Cast) -> None:
    bring(sheet(), cast.forestal)
    again = (
        LINE.replace("Planteada", "Aceptada").replace("Propuesta", "Vigente").replace("Pedido", "Cumplido")
    )
    plan = planned(sheet(again.replace("mayo 2017;2", "enero 2017;7")), cast.forestal)
    assert changes(plan) == []
    assert "stage_left_out" not in {code for _cell, code in doubts(plan)}


def test_classes_are_corrected(cast: Cast) -> None:
    bring(sheet(), cast.forestal)
    again = LINE.replace("Rápida", "Lenta").replace(";Sí;", ";No;").replace("Presupuesto", "Fondo")
    plan = planned(sheet(again), cast.forestal)
    assert [(field, mine, theirs) for _row, field, mine, theirs, _c in changes(plan)] == [
        ("speed", "quick", "slow"),
        ("is_contentious", "yes", ""),
        ("funding", "budget", "fund"),
    ]
    bring(sheet(again), cast.forestal)
    problem = Problem.objects.get()
    assert (problem.speed, problem.is_contentious, problem.concern) == ("slow", False, "mine")
    assert Solution.objects.get().funding == Funding.FUND
    assert verify().failures == []


def test_a_kind_of_public_input_makes_it_the_states(cast: Cast) -> None:
    bring("Traba;Compromiso;Insumo público\nLa guía;Firmar;Menos trámites\n", cast.forestal)
    assert Problem.objects.get().concern == Concern.MINE


def test_a_word_that_nobody_knows_leaves_what_is_here(cast: Cast) -> None:
    bring(sheet(), cast.forestal)
    plan = planned(sheet(LINE.replace("Lista inicial", "De algún lado")), cast.forestal)
    assert changes(plan) == []
    assert ("F2", "unknown_choice") in doubts(plan)
    assert Problem.objects.get().origin == Origin.INITIAL_LIST


def test_a_stage_that_takes_an_act_of_its_own_is_said(cast: Cast) -> None:
    plan = planned(sheet(LINE.replace(";Propuesta;", ";Efectiva;")), cast.forestal)
    assert ("K2", "stage_left_out") in doubts(plan)
    bring(sheet(LINE.replace(";Propuesta;", ";Efectiva;")), cast.forestal)
    assert Solution.objects.get().stage == SolutionStage.AGREED
