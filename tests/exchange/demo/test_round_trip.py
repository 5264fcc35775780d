"""All of the demo goes out and comes in again: nothing changes but what somebody corrected meanwhile."""

import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping

import openpyxl
import pytest
from django.db import transaction
from django.utils import translation
from openpyxl.worksheet.worksheet import Worksheet
from pytest_django.plugin import DjangoDbBlocker

from destraba.exchange.matrix.compare.plan import Plan, Status
from destraba.exchange.matrix.export import Delimiter, export_csv, export_xlsx
from destraba.exchange.matrix.spreadsheets import Choice, Spreadsheet
from destraba.exchange.matrix.words import remembered
from destraba.models import Commitment, Event, Mesa
from destraba.queries.exports import Extract
from tests.exchange.demo.stages import loaded
from tests.exchange.matrix.tables import changes
from tests.exchange.matrix.taking import taken
from tests.factories import NOW, command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_demo")]

FILES: Mapping[str, Callable[[Extract], bytes]] = {
    "matriz.xlsx": export_xlsx,
    "comas.csv": export_csv,
    "excel.csv": lambda extract: export_csv(extract, Delimiter.SEMICOLON),
}
HEADING_ROW = 4


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        loaded(NOW)
        yield
        transaction.set_rollback(True)


def told(plan: Plan) -> dict[str, object]:
    """All that a preview would have anybody look at."""
    return {
        "new": [row.title for row in plan.of(Status.NEW)],
        "changed": changes(plan),
        "doubts": [(doubt.cell, doubt.reason.code) for doubt in plan.doubts],
        "of others": plan.unclaimed,
    }


NOTHING = {"new": [], "changed": [], "doubts": [], "of others": 0}


def compared(name: str, content: bytes, mesa: Mesa) -> Plan:
    return Spreadsheet(name, content).compared(mesa, Choice(words=remembered(mesa))).plan


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", list(FILES))
def test_every_mesa_comes_back_as_it_is(name: str, language: str) -> None:
    seen = 0
    for mesa in Mesa.objects.order_by("slug"):
        with translation.override(language):
            extract = taken(mesa)
            content = FILES[name](extract)
        if not extract.shown.problems:
            continue
        plan = compared(name, content, mesa)
        assert (mesa.slug, told(plan)) == (mesa.slug, NOTHING)
        rows = len(extract.shown.problems) + sum(
            len(problem.solutions) + len(problem.commitments) for problem in extract.shown.problems
        )
        assert len(plan.of(Status.UNCHANGED)) == rows
        seen += 1
    assert seen == 7


def test_bringing_it_in_all_the_same_writes_nothing() -> None:
    for mesa in Mesa.objects.filter(slug__in=["forestal", "acuicola"]):
        before = Event.objects.count()
        sheet = Spreadsheet("matriz.xlsx", export_xlsx(taken(mesa)))
        sheet.brought_in(actor=command(), mesa=mesa, choice=Choice(words=remembered(mesa)), now=NOW)
        assert Event.objects.count() == before


class Hands:
    """An export of the forestry mesa under somebody's hands."""

    def __init__(self) -> None:
        self.mesa = Mesa.objects.get(slug="forestal")
        with translation.override("es"):
            self.book = openpyxl.load_workbook(io.BytesIO(export_xlsx(taken(self.mesa))))
        self.sheet: Worksheet = self.book.worksheets[0]
        self.columns = {str(cell.value): cell.column for cell in self.sheet[HEADING_ROW]}

    def put(self, number: str, heading: str, value: object) -> None:
        at = self.columns["N° de compromiso"]
        row = next(
            cell.row for (cell,) in self.sheet.iter_rows(min_col=at, max_col=at) if cell.value == number
        )
        self.sheet.cell(row, self.columns[heading]).value = value  # type: ignore[assignment]

    def add(self, **cells: object) -> None:
        at = self.sheet.max_row + 1
        for heading, value in cells.items():
            self.sheet.cell(at, self.columns[heading]).value = value  # type: ignore[assignment]

    def plan(self) -> Plan:
        stream = io.BytesIO()
        self.book.save(stream)
        return compared("corregida.xlsx", stream.getvalue(), self.mesa)


def open_commitment() -> Commitment:
    return Commitment.objects.get(mesa__slug="forestal", number=10)


@pytest.mark.parametrize(
    ("heading", "value", "field", "now"),
    [
        ("Plazo", dt.date(2018, 3, 31), "due", "2018-03-31"),
        ("Plazo", "marzo 2018", "due", "2018-03"),
        ("Responsable", "PRODUCE", "owners", None),
        ("Situación", "Falta +1 firma", "situation", "Falta +1 firma"),
        ("Semáforo", "Rojo", "declared", "red"),
    ],
)
def test_one_correction_is_one_change(heading: str, value: object, field: str, now: str | None) -> None:
    hands, number = Hands(), f"C-{open_commitment().number}"
    hands.put(number, heading, value)
    ((changed, what, _was, is_now, in_conflict),) = changes(plan := hands.plan())
    assert (changed, what, in_conflict) == (number, field, False)
    assert now is None or is_now == now
    assert {**told(plan), "changed": []} == NOTHING


def test_a_new_row_is_all_that_is_new() -> None:
    hands, title = Hands(), "Los viveros no consiguen semilla certificada"
    hands.add(Traba=title, Compromiso="Convocar", Responsable="SERFOR")
    plan = hands.plan()
    assert sorted(row.title for row in plan.of(Status.NEW)) == ["Convocar", title]
    assert changes(plan) == []


def test_a_row_that_was_taken_out_stays() -> None:
    hands = Hands()
    hands.sheet.delete_rows(hands.sheet.max_row)
    plan = hands.plan()
    assert (changes(plan), plan.of(Status.NEW), plan.unclaimed) == ([], [], 1)
