"""What is taken away comes back as it was; what was corrected in it comes back as a correction."""

import datetime as dt
import io
from enum import Enum

import openpyxl
import pytest
from django.utils import translation
from openpyxl.styles import PatternFill
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.commitments import (
    assign_commitment,
    date_commitment,
    edit_commitment,
    enter_commitment,
    set_collaborators,
)
from destraba.actions.matrix.problems import edit_problem, enter_problem
from destraba.actions.matrix.solutions import edit_solution, enter_solution
from destraba.actions.mesas import start_following_up
from destraba.actions.people import add_organization
from destraba.actions.undo import undo
from destraba.actions.visibility import set_visibility
from destraba.exchange.matrix.compare.plan import Plan, Status
from destraba.exchange.matrix.export import export_csv, export_xlsx
from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.headings import find_matrix
from destraba.exchange.matrix.out.columns import columns_of, standard_columns
from destraba.exchange.matrix.out.rows import flat_rows
from destraba.exchange.matrix.spreadsheets import Choice, Spreadsheet
from destraba.exchange.matrix.words import remembered
from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.models import Commitment, Mesa, Problem, Solution
from destraba.queries import access
from destraba.queries.exports import INSTALLATION, own_columns
from destraba.queries.matrix.views.asked import Filters
from destraba.rules.commitments import CommitmentMove
from destraba.rules.lights import Light
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Funding,
    Instrument,
    PublicInput,
    Scope,
)
from destraba.rules.priorities import Importance, Speed
from destraba.rules.problems import Origin, ProblemStage
from destraba.values import quantities
from destraba.values.fuzzy_dates import FuzzyDate, Precision
from destraba.values.visibility import Visibility
from tests import factories
from tests.exchange.books import DATA, read
from tests.exchange.forestal import forestal
from tests.exchange.matrix.tables import FIRST, LATER, bring, changes, counts, doubts
from tests.exchange.matrix.taking import taken
from tests.factories import NOW, Cast, command
from tests.values.naughty import NAUGHTY

HEADING_ROW = 4
XLSX, CSV = "xlsx", "csv"
REAL = [path.read_bytes() for path in (DATA / "peru-forestal.xlsx",) if path.exists()]


def exported(mesa: Mesa, ending: str = XLSX, viewer: access.Viewer = INSTALLATION) -> Spreadsheet:
    if ending == CSV:
        return Spreadsheet("matriz.csv", export_csv(taken(mesa, viewer)))
    return Spreadsheet("matriz.xlsx", export_xlsx(taken(mesa, viewer)))


def again(sheet: Spreadsheet, mesa: Mesa) -> Plan:
    return sheet.compared(mesa, Choice(words=remembered(mesa))).plan


def write(sheet: Spreadsheet, mesa: Mesa) -> None:
    sheet.brought_in(actor=command(), mesa=mesa, choice=Choice(words=remembered(mesa)), now=LATER)


def assert_unchanged(mesa: Mesa) -> None:
    """Both kinds of file read back as what is there."""
    rows = counts(again(exported(mesa), mesa))
    for ending in (XLSX, CSV):
        plan = again(exported(mesa, ending), mesa)
        assert changes(plan) == []
        assert [row.title for row in plan.of(Status.NEW)] == []
        assert plan.unclaimed == 0
    assert sum(unchanged for *_others, unchanged in rows.values()) > 0


class Excel:
    """An export under somebody's hands."""

    def __init__(self, mesa: Mesa) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(export_xlsx(taken(mesa))))
        self.sheet = self.book.worksheets[0]
        self.columns = {cell.value: cell.column for cell in self.sheet[HEADING_ROW]}

    def row(self, number: str) -> int:
        """The first row that has this number in any of its columns."""
        return next(
            cell.row for line in self.sheet.iter_rows(min_row=5) for cell in line if cell.value == number
        )

    def put(self, number: str, heading: str, value: object) -> None:
        self.sheet.cell(self.row(number), self.columns[heading]).value = value  # type: ignore[assignment]

    def paint(self, number: str, heading: str, colour: str) -> None:
        self.sheet.cell(self.row(number), self.columns[heading]).fill = PatternFill("solid", fgColor=colour)

    def add(self, **cells: str) -> None:
        at = self.sheet.max_row + 1
        for heading, value in cells.items():
            self.sheet.cell(at, self.columns[heading]).value = value

    def saved(self) -> Spreadsheet:
        stream = io.BytesIO()
        self.book.save(stream)
        return Spreadsheet("corregida.xlsx", stream.getvalue())


def commitment(number: int) -> Commitment:
    return Commitment.objects.select_related("mesa", "problem", "owner_organization").get(number=number)


def test_an_imported_matrix_comes_back_as_it_is(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    assert_unchanged(cast.forestal)


@pytest.mark.parametrize("content", [forestal(), *REAL])
def test_the_forestry_matrix_comes_back_as_it_is(cast: Cast, content: bytes) -> None:
    write(Spreadsheet("peru-forestal.xlsx", content), cast.forestal)
    assert_unchanged(cast.forestal)


def test_everything_that_can_be_said_on_screen_comes_back(cast: Cast) -> None:
    """Rows without children, helpers, dates of every precision, figures, a start, a note of two lines."""
    bare = factories.problem(cast, "Una traba sola")
    edit_problem(actor=command(), problem=bare, axis="Trámites", detail="Primera línea\nsegunda", now=LATER)
    answer = factories.solution(factories.problem(cast, "Con solución sin compromisos"))
    edit_solution(
        actor=command(),
        solution=answer,
        before=quantities.read("6-12 meses"),
        after=quantities.read("3 días"),
        goal=quantities.read("hasta 1 día"),
        now=LATER,
    )
    direct = factories.problem(cast, "Con compromisos sin solución")
    precisions = (
        FuzzyDate(dt.date(2017, 8, 31)),
        FuzzyDate(dt.date(2017, 5, 1), Precision.MONTH, "mayo 2017"),
        FuzzyDate(dt.date(2017, 7, 1), Precision.QUARTER),
        FuzzyDate(dt.date(2018, 1, 1), Precision.YEAR),
    )
    for due in precisions:
        factories.commitment(direct, f"Para {due.precision}", cast.serfor, due)
    helped = factories.commitment(direct, "Con varios", cast.osinfor)
    set_collaborators(
        actor=command(), commitment=helped, organizations=[cast.ucayali, cast.conafor], now=LATER
    )
    orphan = factories.commitment(direct, "Sin responsable y con quien ayuda")
    set_collaborators(actor=command(), commitment=orphan, organizations=[cast.ucayali], now=LATER)
    edit_commitment(
        actor=command(),
        commitment=orphan,
        starts_on=dt.date(2017, 7, 1),
        declared=Light.GREY,
        situation="=SUMA(A1)\n-no es fórmula",
        now=LATER,
    )
    assert_unchanged(cast.forestal)


def test_names_with_marks_between_names_come_back_whole(cast: Cast) -> None:
    odd = factories.problem(cast, "Nombres difíciles")
    for name in ("Cámara A/B", "Comité X, Y y Z", "MEF y MINAM", "Gobiernos regionales"):
        owner = add_organization(actor=command(), name=name, now=LATER)
        done = factories.commitment(odd, f"De {name}", owner)
        set_collaborators(actor=command(), commitment=done, organizations=[cast.serfor], now=LATER)
        helped = factories.commitment(odd, f"Con {name}", cast.serfor)
        set_collaborators(actor=command(), commitment=helped, organizations=[owner, cast.osinfor], now=LATER)
    assert_unchanged(cast.forestal)


def test_naughty_strings_come_back(cast: Cast) -> None:
    said = [text[:300] for text in NAUGHTY if text.strip()][:150]
    with recording(actor=command(), now=LATER, streams=[cast.forestal.pk]) as change:
        for index, text in enumerate(said):
            title = f"{index} {text[:40]}"
            one = enter_problem(change, cast.forestal, stage=ProblemStage.ACCEPTED, title=title, detail=text)
            enter_commitment(change, one, None, title=title, situation=text)
    assert_unchanged(cast.forestal)


def test_a_followed_mesa_shows_its_computed_lights_and_declares_nothing_by_that(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    factories.commitment(Problem.objects.select_related("mesa").get(number=3), owner=cast.serfor)
    start_following_up(actor=command(), mesa=cast.forestal, now=LATER)
    shown = {row.commitment_number: row for row in flat_rows(taken(cast.forestal))}
    assert any(" " in one.version for one in shown.values()), "no light differs from the one declared"
    assert_unchanged(cast.forestal)


def test_what_was_cancelled_or_done_comes_back(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    start_following_up(actor=command(), mesa=cast.forestal, now=LATER)
    move_commitment(
        actor=command(), commitment=commitment(1), move=CommitmentMove.CANCEL, reason="Ya no", now=LATER
    )
    move_commitment(actor=command(), commitment=commitment(2), move=CommitmentMove.REPORT_DONE, now=LATER)
    move_commitment(actor=command(), commitment=commitment(2), move=CommitmentMove.CONFIRM_DONE, now=LATER)
    assert_unchanged(cast.forestal)


def test_team_only_rows_are_for_those_who_may_see_them(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    second = Problem.objects.select_related("mesa").get(number=2)
    set_visibility(
        actor=cast.ana.actor, record=second, visibility=Visibility.TEAM, reason="En borrador", now=LATER
    )
    for player, sees in ((cast.ana, True), (cast.marco, False)):
        viewer = access.viewer(player.account, NOW)
        for ending in (XLSX, CSV):
            plan = again(exported(cast.forestal, ending, viewer), cast.forestal)
            assert changes(plan) == []
            assert (second.title in [row.title for row in plan.rows]) is sees
            assert plan.unclaimed == (0 if sees else 2)


def test_the_view_is_what_is_exported(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    rows = list(flat_rows(taken(cast.forestal, filters=Filters(text="supervisores"))))
    assert [row.commitment for row in rows] == ["Nombrar supervisores"]


def test_every_heading_of_ours_is_understood() -> None:
    found = find_matrix(read({"Matriz": [[column.heading for column in standard_columns()]]}).sheets[0])
    assert found is not None
    assert found.columns == {column.field: index for index, column in enumerate(standard_columns(), start=1)}


def test_the_team_finds_its_own_headings_and_order(cast: Cast) -> None:
    text = (
        "Situación actual;Cuello de botella;Acción;Entidad;Vencimiento\nVa;La guía tarda;Firmar;SERFOR;2017\n"
    )
    bring(text, cast.forestal)
    headings = [column.heading for column in columns_of(own_columns(cast.forestal))]
    own = ["Situación actual", "Cuello de botella", "Acción", "Entidad", "Vencimiento"]
    assert [heading for heading in headings if heading in own] == own
    assert headings.index("No.") < headings.index("Cuello de botella")
    assert headings.index("Commitment no.") == headings.index("Acción") - 1
    assert headings[-1] == "Version"
    assert len(headings) == len(standard_columns())


def test_what_is_above_is_repeated_but_what_could_contradict_itself_is_not(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    first = Problem.objects.select_related("mesa").get(number=1)
    edit_problem(actor=command(), problem=first, detail="Una nota", axis="Trámites", now=LATER)
    edit_solution(
        actor=command(),
        solution=Solution.objects.select_related("mesa").get(),
        before=quantities.read("12 días"),
        now=LATER,
    )
    rows = [row for row in flat_rows(taken(cast.forestal)) if row.number == "P-1"]
    assert [(row.axis, row.problem_note) for row in rows] == [("Trámites", "Una nota"), ("Trámites", "")]
    assert [bool(row.before) for row in rows] == [True, False]


def test_a_correction_comes_in_by_number(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    excel = Excel(cast.forestal)
    excel.put("P-2", "Traba", "Nadie supervisa nada")
    excel.put("C-1", "Situación", "Firmada")
    excel.put("C-2", "Plazo", dt.date(2017, 8, 31))
    excel.add(Traba="Una traba nueva", Compromiso="Convocar", Responsable="SERFOR")
    sheet = excel.saved()
    plan = again(sheet, cast.forestal)
    assert changes(plan) == [
        ("C-1", "situation", "En firma", "Firmada", False),
        ("C-2", "due", "2017-07", "2017-08-31", False),
        ("P-2", "title", "Nadie supervisa las concesiones", "Nadie supervisa nada", False),
    ]
    assert ("no_number" in {code for _cell, code in doubts(plan)}) is False
    write(sheet, cast.forestal)
    assert commitment(4).title == "Convocar"
    assert_unchanged(cast.forestal)


def test_what_was_edited_on_screen_since_the_export_is_a_conflict(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    excel = Excel(cast.forestal)
    assign_commitment(actor=command(), commitment=commitment(3), owner=cast.produce, now=LATER)
    set_collaborators(actor=command(), commitment=commitment(3), organizations=[cast.ucayali], now=LATER)
    edit_commitment(actor=command(), commitment=commitment(1), situation="En despacho", now=LATER)
    first = Problem.objects.select_related("mesa").get(number=1)
    edit_problem(actor=command(), problem=first, title="La guía tarda un mes", now=LATER)
    date_commitment(
        actor=command(),
        commitment=commitment(2),
        due=FuzzyDate(dt.date(2017, 12, 31)),
        reason="Reorganización",
        now=LATER,
    )
    excel.put("C-1", "Situación", "Firmada")
    excel.put("C-3", "Responsable", "SERFOR")
    excel.put("C-3", "Situación", "Con presupuesto")
    plan = again(excel.saved(), cast.forestal)
    serfor = "Servicio Nacional Forestal y de Fauna Silvestre"
    on_screen = "Ministerio de la Producción; Gobierno Regional de Ucayali"
    assert changes(plan) == [
        ("C-1", "situation", "En despacho", "Firmada", True),
        ("C-3", "situation", "Sin presupuesto", "Con presupuesto", False),
        ("C-3", "owners", on_screen, serfor, True),
    ]
    write(excel.saved(), cast.forestal)
    assert commitment(1).situation == "En despacho"
    assert commitment(3).situation == "Con presupuesto"
    assert commitment(3).owner_organization == cast.produce


def test_an_old_export_does_not_take_the_screen_back(cast: Cast) -> None:
    """Unchanged rows of a file of last week say nothing against the edits of this week."""
    bring(FIRST, cast.forestal)
    old = exported(cast.forestal)
    edit_commitment(actor=command(), commitment=commitment(1), situation="Publicada", now=LATER)
    set_collaborators(actor=command(), commitment=commitment(1), organizations=[cast.ucayali], now=LATER)
    assert changes(again(old, cast.forestal)) == []


def test_a_light_is_declared_by_writing_over_the_word(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    start_following_up(actor=command(), mesa=cast.forestal, now=LATER)
    excel = Excel(cast.forestal)
    excel.put("C-2", "Semáforo", "Rojo")
    assert [change[:4] for change in changes(again(excel.saved(), cast.forestal))] == [
        ("C-2", "declared", "amber", "red")
    ]


def test_a_light_is_declared_by_painting_over_the_colour(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    excel = Excel(cast.forestal)
    excel.paint("C-2", "Semáforo", "FF0000")
    plan = again(excel.saved(), cast.forestal)
    assert [change[:4] for change in changes(plan)] == [("C-2", "declared", "amber", "red")]
    assert "light_says_two_things" not in {code for _cell, code in doubts(plan)}


def test_word_and_colour_changed_against_each_other_stay_a_doubt(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    excel = Excel(cast.forestal)
    excel.put("C-2", "Semáforo", "Verde")
    excel.paint("C-2", "Semáforo", "FF0000")
    plan = again(excel.saved(), cast.forestal)
    assert [change[3] for change in changes(plan)] == ["green"]
    assert "light_says_two_things" in {code for _cell, code in doubts(plan)}


def test_the_export_of_one_mesa_brings_new_rows_to_another(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    factories.problem(cast, "Otra cosa", cast.acuicola)
    plan = again(exported(cast.forestal), cast.acuicola)
    assert {row.status for row in plan.rows} == {Status.NEW}
    assert [code for _cell, code in doubts(plan)].count("numbers_of_another_mesa") == 1


def test_what_was_withdrawn_since_the_export_does_not_come_back_by_itself(cast: Cast) -> None:
    imported = bring(FIRST, cast.forestal, actor=cast.ana.actor)
    old = exported(cast.forestal)
    undo(actor=cast.ana.actor, mesa=cast.forestal, change_set=imported.change_set, now=LATER)
    plan = again(old, cast.forestal)
    assert plan.rows == ()
    told = [doubt for doubt in plan.doubts if doubt.reason.code == "row_gone"]
    assert [doubt.reason.params["number"] for doubt in told] == ["P-1", "P-2", "P-3"]


def test_without_its_versions_an_export_can_only_ask(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    excel = Excel(cast.forestal)
    for row in range(5, excel.sheet.max_row + 1):
        excel.sheet.cell(row, excel.columns["Version"]).value = None
    excel.put("C-3", "Situación", "Con presupuesto")
    plan = again(excel.saved(), cast.forestal)
    assert changes(plan) == [("C-3", "situation", "Sin presupuesto", "Con presupuesto", False)]


def test_a_version_from_before_the_row_is_no_base(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    excel = Excel(cast.forestal)
    stamp = str(excel.sheet.cell(excel.row("C-3"), excel.columns["Version"]).value)
    excel.put("C-3", "Version", f"v1.{stamp.rpartition('.')[2]}")
    excel.put("C-3", "Situación", "Con presupuesto")
    plan = again(excel.saved(), cast.forestal)
    assert changes(plan) == [("C-3", "situation", "Sin presupuesto", "Con presupuesto", True)]


def test_correcting_a_later_row_of_a_problem_is_said_not_to_count(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    excel = Excel(cast.forestal)
    excel.put("C-2", "Traba", "La guía tarda un mes")
    plan = again(excel.saved(), cast.forestal)
    assert changes(plan) == []
    assert "first_row_counts" in {code for _cell, code in doubts(plan)}


@pytest.mark.parametrize("rows", [1, 40])
def test_an_export_takes_eleven_statements(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(rows):
        factories.commitment(factories.problem(cast, f"Traba {index}"), owner=cast.serfor)
    # Where the chain stands; five for the Matrix; classes, figures, helpers, starts; the team's headings.
    with django_assert_num_queries(11):
        export_csv(taken(cast.forestal))


def test_fields_of_an_export_are_all_the_columns_there_are() -> None:
    assert {column.field for column in standard_columns()} == set(Field) - {
        Field.MESA, Field.PERCENT, Field.ORGANIZATION, Field.SECTOR, Field.KIND,
        Field.PARTICIPATION, Field.PERSON, Field.POST, Field.EMAIL,
    }  # fmt: skip


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_class_comes_back_in_every_language(cast: Cast, language: str) -> None:
    enums: dict[str, type[Enum]] = {
        "importance": Importance,
        "speed": Speed,
        "concern": Concern,
        "public_input": PublicInput,
        "scope": Scope,
        "instrument": Instrument,
        "coordination": CoordinationFailure,
        "origin": Origin,
    }
    members = {name: list(enum) for name, enum in enums.items()}
    with recording(actor=command(), now=LATER, streams=[cast.forestal.pk]) as change:
        for index in range(max(map(len, members.values()))):
            title = f"Traba {index}"
            one = enter_problem(change, cast.forestal, stage=ProblemStage.ACCEPTED, title=title)
            classes = {name: choices[index % len(choices)].value for name, choices in members.items()}
            change.update(one, kinds.PROBLEM_CLASSIFIED, is_contentious=bool(index % 2), **classes)
            answer = enter_solution(change, one, title=f"Solución {index}")
            funding = list(Funding)[index % len(Funding)].value
            change.update(answer, kinds.SOLUTION_EDITED, funding=funding)
    with translation.override(language):
        assert_unchanged(cast.forestal)
