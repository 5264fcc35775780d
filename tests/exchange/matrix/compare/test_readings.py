"""A spreadsheet comes again: whose change is whose, and who decides."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.commitments import assign_commitment, date_commitment, edit_commitment
from destraba.actions.matrix.problems import edit_problem, move_problem, raise_problem
from destraba.actions.people import add_organization
from destraba.exchange.matrix.compare.plan import Side, Status
from destraba.models import Commitment, Organization, Problem, Solution
from destraba.queries.matrix.cells import Kind
from destraba.rules.lights import Light
from destraba.rules.priorities import Importance
from destraba.rules.problems import ProblemMove
from destraba.values.fuzzy_dates import FuzzyDate, Precision
from tests import factories
from tests.exchange.matrix.tables import FIRST, HEADINGS, LATER, bring, changes, counts, doubts, planned
from tests.factories import Cast, command

NOTHING = (0, 0, 0)


def commitment(number: int) -> Commitment:
    return Commitment.objects.select_related("mesa", "problem", "owner_organization").get(number=number)


def test_against_no_mesa_everything_is_new(cast: Cast) -> None:
    plan = planned(FIRST, None)
    assert counts(plan) == {
        "problem": (3, 0, 0, 0),
        "solution": (1, 0, 0, 0),
        "commitment": (3, 0, 0, 0),
    }
    assert (plan.source, plan.as_of, plan.unclaimed) == ("matriz", 0, 0)


def test_the_same_again_changes_nothing(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    assert counts(planned(FIRST, cast.forestal)) == {
        "problem": (*NOTHING, 3),
        "solution": (*NOTHING, 1),
        "commitment": (*NOTHING, 3),
    }


def test_other_letters_and_other_hands_say_the_same(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    again = FIRST.replace("30/06/2017", "2017-06-30").replace("julio 2017", "jul-17")
    again = again.replace("SERFOR", "Servicio Nacional Forestal y de Fauna Silvestre")
    again = again.replace("Verde", "green")
    assert changes(planned(again, cast.forestal)) == []


def test_a_day_that_does_not_exist_leaves_the_date_on_screen_as_it_is(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    plan = planned(FIRST.replace("30/06/2017", "31/06/2017"), cast.forestal)
    assert doubts(plan) == [("F2", "impossible_date")]
    assert changes(plan) == []


def test_what_changed_in_the_spreadsheet_is_taken(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    again = FIRST.replace("En firma", "Firmada").replace("Nadie supervisa", "Nadie vigila")
    plan = planned(again, cast.forestal)
    assert changes(plan) == [
        ("C-1", "situation", "En firma", "Firmada", False),
        ("P-2", "title", "Nadie supervisa las concesiones", "Nadie vigila las concesiones", False),
    ]
    bring(again, cast.forestal)
    assert commitment(1).situation == "Firmada"
    assert changes(planned(again, cast.forestal)) == []


def test_what_changed_on_screen_alone_stays(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    edit_commitment(actor=command(), commitment=commitment(1), situation="En despacho", now=LATER)
    assert changes(planned(FIRST, cast.forestal)) == []
    bring(FIRST, cast.forestal)
    assert commitment(1).situation == "En despacho"


def test_what_changed_on_both_sides_is_asked_and_stays_until_somebody_answers(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    edit_commitment(actor=command(), commitment=commitment(1), situation="En despacho", now=LATER)
    again = FIRST.replace("En firma", "Firmada")
    conflict = [("C-1", "situation", "En despacho", "Firmada", True)]
    assert changes(planned(again, cast.forestal)) == conflict

    bring(again, cast.forestal)  # by command: nobody chose
    assert commitment(1).situation == "En despacho"
    assert changes(planned(again, cast.forestal)) == conflict

    row = planned(again, cast.forestal).of(Status.CONFLICT)[0]
    bring(again, cast.forestal, rows=[row.id], sides={row.cell_id("situation"): Side.SCREEN})
    assert commitment(1).situation == "En despacho"
    assert changes(planned(again, cast.forestal)) == []


def test_the_spreadsheet_may_be_chosen(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    edit_commitment(actor=command(), commitment=commitment(1), situation="En despacho", now=LATER)
    again = FIRST.replace("En firma", "Firmada")
    row = planned(again, cast.forestal).of(Status.CONFLICT)[0]
    bring(again, cast.forestal, rows=[row.id], sides={row.cell_id("situation"): Side.SPREADSHEET})
    assert commitment(1).situation == "Firmada"


def test_both_changed_alike_is_no_conflict(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    edit_commitment(actor=command(), commitment=commitment(1), situation="Firmada", now=LATER)
    assert changes(planned(FIRST.replace("En firma", "Firmada"), cast.forestal)) == []


def test_a_cell_that_was_cleared_on_screen_and_changed_in_the_spreadsheet_is_a_conflict(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    edit_commitment(actor=command(), commitment=commitment(1), situation="", now=LATER)
    again = FIRST.replace("En firma", "Firmada")
    assert changes(planned(again, cast.forestal)) == [("C-1", "situation", "", "Firmada", True)]


def test_a_row_that_was_left_out_is_offered_again(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    again = FIRST.replace("En firma", "Firmada")
    bring(again, cast.forestal, rows=[])
    assert changes(planned(again, cast.forestal)) == [("C-1", "situation", "En firma", "Firmada", False)]


def test_below_a_new_row_that_is_left_out_all_is_left_out(cast: Cast) -> None:
    plan = planned(FIRST, cast.forestal)
    second = next(row for row in plan.rows if row.title.startswith("Nadie"))
    bring(FIRST, cast.forestal, rows=[row.id for row in plan.rows if row.id != second.id])
    assert Problem.objects.count() == 2
    assert Commitment.objects.count() == 2


def test_a_new_row_goes_below_one_that_is_there(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    again = FIRST.replace("Sin presupuesto\n", "Sin presupuesto\n2;;;Pedir presupuesto;OSINFOR;;;\n")
    bring(again, cast.forestal, rows=[row.id for row in planned(again, cast.forestal).of(Status.NEW)])
    assert commitment(4).problem.title == "Nadie supervisa las concesiones"


def test_new_rows_stand_where_they_stand_in_the_spreadsheet(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    assert [p.number for p in Problem.objects.all()] == [1, 2, 3]
    assert [c.title for c in Commitment.objects.filter(solution__isnull=False)] == [
        "Aprobar la directiva",
        "Capacitar a las oficinas",
    ]


def test_rows_that_the_spreadsheet_does_not_have_stay(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    raise_problem(actor=command(), mesa=cast.forestal, title="Solo en pantalla", now=LATER)
    plan = planned(FIRST, cast.forestal)
    assert plan.unclaimed == 1
    assert counts(plan)["problem"] == (*NOTHING, 3)


def test_a_row_typed_on_screen_is_found_by_its_words(cast: Cast) -> None:
    raise_problem(actor=command(), mesa=cast.forestal, title="La GUÍA tarda doce días", now=LATER)
    plan = planned(FIRST, cast.forestal)
    assert counts(plan)["problem"] == (2, 0, 1, 0)
    assert changes(plan) == [("P-1", "title", "La GUÍA tarda doce días", "La guía tarda doce días", True)]


def test_a_source_that_never_said_anything_of_a_row_does_not_blank_it(cast: Cast) -> None:
    typed = raise_problem(actor=command(), mesa=cast.forestal, title="Sin eje en la planilla", now=LATER)
    edit_problem(actor=command(), problem=typed, importance=Importance.HIGH, now=LATER)
    text = "Traba;Prioridad;Responsable\nSin eje en la planilla;;SERFOR\n"
    assert changes(planned(text, cast.forestal)) == []


def test_a_column_that_was_taken_out_says_nothing(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    without = "\n".join(line.rsplit(";", 1)[0] for line in FIRST.splitlines())
    assert changes(planned(without, cast.forestal)) == []


def test_a_cell_that_was_cleared_in_the_spreadsheet_is_cleared(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    again = FIRST.replace(";30/06/2017;", ";;").replace("OSINFOR", "")
    assert changes(planned(again, cast.forestal)) == [
        ("C-1", "due", "2017-06-30", "", False),
        ("C-3", "owners", "Organismo de Supervisión de los Recursos Forestales", "", False),
    ]
    bring(again, cast.forestal)
    assert commitment(1).due is None
    assert commitment(1).slips == 1
    assert commitment(3).owner_organization is None


def test_a_sheet_of_another_name_goes_on_from_what_the_mesa_was_told_last(cast: Cast) -> None:
    bring(FIRST, cast.forestal, name="enero.csv")
    edit_commitment(actor=command(), commitment=commitment(3), situation="Con presupuesto", now=LATER)
    again = FIRST.replace("En firma", "Firmada")
    assert changes(planned(again, cast.forestal, name="febrero.csv")) == [
        ("C-1", "situation", "En firma", "Firmada", False)
    ]


def test_one_row_of_the_source_is_one_row_here_however_often_its_number_is_copied(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    text = (
        "N°;Traba;N° de compromiso;Compromiso;Responsable\n"
        "P-2;Nadie supervisa las concesiones;C-3;Nombrar supervisores;OSINFOR\n"
        "P-2;Nadie supervisa las concesiones;C-3;Formar supervisores;OSINFOR\n"
    )
    plan = planned(text, cast.forestal)
    assert counts(plan)["commitment"] == (1, 0, 0, 1)
    assert ("C3", "number_repeated") in doubts(plan)
    bring(text, cast.forestal)
    assert commitment(4).title == "Formar supervisores"


def test_a_row_that_hangs_elsewhere_here_stays_where_it_is(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    text = (
        "N°;Traba;N° de compromiso;Compromiso;Responsable\n"
        "P-3;Un pedido sin solución todavía;C-3;Nombrar supervisores;OSINFOR\n"
    )
    plan = planned(text, cast.forestal)
    assert ("C2", "row_moved") in doubts(plan)
    assert changes(plan) == []


def test_the_date_of_what_is_done_is_settled(cast: Cast) -> None:
    done = FIRST.replace("Verde", "Hecho")
    bring(done, cast.forestal)
    again = done.replace("30/06/2017", "15/07/2017").replace("En firma", "Publicada")
    plan = planned(again, cast.forestal)
    assert changes(plan) == [("C-1", "situation", "En firma", "Publicada", False)]
    assert ("F2", "due_is_settled") in doubts(plan)
    bring(again, cast.forestal)
    assert commitment(1).due == FuzzyDate(dt.date(2017, 6, 30), Precision.DAY, "30/06/2017")


def test_what_the_spreadsheet_calls_done_is_done_and_what_it_no_longer_does_is_open_again(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    assert commitment(1).state == "agreed"
    done = FIRST.replace("Verde", "Hecho")
    assert not bring(done, cast.forestal).is_undoable  # a decision is taken back by another
    assert (commitment(1).state, commitment(1).light) == ("done", Light.DONE)
    bring(FIRST, cast.forestal)
    assert (commitment(1).state, commitment(1).light) == ("agreed", Light.GREEN)


def test_a_moved_date_counts_as_a_slip_and_says_why(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    bring(FIRST.replace("30/06/2017", "31/08/2017"), cast.forestal)
    moved = commitment(1)
    assert moved.slips == 1
    assert moved.original_due == FuzzyDate(dt.date(2017, 6, 30), Precision.DAY, "30/06/2017")


def test_several_owners_in_any_order_of_those_who_help(cast: Cast) -> None:
    several = FIRST.replace("OSINFOR", "OSINFOR / SERFOR / PRODUCE")
    bring(several, cast.forestal)
    assert commitment(3).owner_organization == cast.osinfor
    assert changes(planned(FIRST.replace("OSINFOR", "OSINFOR / PRODUCE / SERFOR"), cast.forestal)) == []
    fewer = FIRST.replace("OSINFOR", "SERFOR / PRODUCE")
    assert [change[1] for change in changes(planned(fewer, cast.forestal))] == ["owners"]
    bring(fewer, cast.forestal)
    assert commitment(3).owner_organization == cast.serfor


def test_an_owner_changed_on_screen_is_not_overwritten(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    assign_commitment(actor=command(), commitment=commitment(3), owner=cast.produce, now=LATER)
    assert changes(planned(FIRST, cast.forestal)) == []


def test_a_name_of_two_organizations_is_nobodys(cast: Cast) -> None:
    for kind in ("Dirección Forestal", "Dirección Fiscal"):
        add_organization(actor=command(), name=kind, now=LATER)
    for known in Organization.objects.filter(name__startswith="Dirección"):
        factories.alias(known, "DF")
    text = FIRST.replace("OSINFOR", "DF")
    plan = planned(text, cast.forestal)
    assert ("E4", "ambiguous_owner") in doubts(plan)
    assert plan.strangers == ()
    bring(text, cast.forestal)
    assert commitment(3).owner_organization is None
    assert changes(planned(text, cast.forestal)) == []


def test_names_that_nobody_has_are_told_before_they_are_entered(cast: Cast) -> None:
    text = FIRST.replace("OSINFOR", "Ministerio Nuevo / SERFOR")
    assert planned(text, cast.forestal).strangers == ("Ministerio Nuevo",)
    bring(text, cast.forestal)
    assert planned(text, cast.forestal).strangers == ()
    assert Organization.objects.filter(name="Ministerio Nuevo").count() == 1


def test_a_problem_that_was_set_aside_is_still_the_same(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    third = Problem.objects.select_related("mesa").get(number=3)
    move_problem(actor=command(), problem=third, move=ProblemMove.WITHDRAW, reason="Repetida", now=LATER)
    assert counts(planned(FIRST, cast.forestal))["problem"] == (0, 0, 0, 3)


def test_texts_that_are_too_long_are_cut_and_said_so(cast: Cast) -> None:
    text = f"Traba;Eje;Compromiso;Responsable;Situación\nGuía;{'e' * 90};Aprobar;{'o' * 210};{'s' * 10_050}\n"
    plan = planned(text, cast.forestal)
    assert doubts(plan) == [("B2", "text_cut"), ("E2", "text_cut"), ("D2", "text_cut")]
    bring(text, cast.forestal)
    assert len(commitment(1).situation) == 10_000
    assert changes(planned(text, cast.forestal)) == []


def test_percentages_are_read_and_not_kept_which_is_said_once(cast: Cast) -> None:
    text = "Traba;Compromiso;Responsable;% de avance\nGuía;Aprobar;SERFOR;50%\nGuía;Firmar;SERFOR;20%\n"
    assert doubts(planned(text, cast.forestal)) == [("D1", "percent_left_out")]


def test_a_start_makes_a_day(cast: Cast) -> None:
    text = "Traba;Compromiso;Responsable;Inicio;Plazo\nGuía;Aprobar;SERFOR;agosto 2017;2017\n"
    bring(text, cast.forestal)
    assert commitment(1).starts_on == dt.date(2017, 8, 1)
    assert changes(planned(text, cast.forestal)) == []


def test_numbers_say_what_they_count(cast: Cast) -> None:
    """The headings are remembered with their fields, in the team's order."""
    plan = planned(FIRST, cast.forestal)
    assert [heading for heading, _field in plan.columns] == HEADINGS.split(";")
    assert dict(plan.columns)["Responsable"] == "owner"


@pytest.mark.parametrize("rows", [1, 60])
def test_comparing_takes_as_many_statements_for_60_rows_as_for_one(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    line = "{0};Traba {0};Solución {0};Compromiso {0};SERFOR;30/06/2017;Verde;Dice {0}"
    text = "\n".join([HEADINGS, *map(line.format, range(rows))])
    bring(text, cast.forestal)
    sheet = text.replace("Dice", "Dijo")
    # Where the chain stands; problems, solutions, helpers, commitments; what was said; four for the names.
    with django_assert_num_queries(10):
        plan = planned(sheet, cast.forestal)
    assert plan.count(Kind.COMMITMENT, Status.CHANGED) == rows
    assert Solution.objects.count() == rows


def test_a_date_that_moves_on_screen_and_in_the_spreadsheet(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    date_commitment(
        actor=command(),
        commitment=commitment(2),
        due=FuzzyDate(dt.date(2017, 9, 1), Precision.MONTH),
        reason="Cambio de equipo",
        now=LATER,
    )
    again = FIRST.replace("julio 2017", "agosto 2017")
    assert changes(planned(again, cast.forestal)) == [("C-2", "due", "2017-09", "2017-08", True)]
