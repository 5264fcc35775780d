"""Spreadsheets of a team, a line a row, and their road into the mesa of the stories."""

from datetime import timedelta

from destraba.actions.imports.incoming import Imported
from destraba.exchange.matrix.compare.plan import CellChange, Plan, Side, Status
from destraba.exchange.matrix.spreadsheets import Choice, Spreadsheet
from destraba.models import Mesa
from destraba.queries.matrix.cells import Kind
from destraba.values.actors import Actor
from tests.factories import NOW, command

LATER = NOW + timedelta(days=7)
HEADINGS = "N°;Traba;Solución;Compromiso;Responsable;Plazo;Semáforo;Situación"
FIRST = f"""{HEADINGS}
1;La guía tarda doce días;Guía electrónica;Aprobar la directiva;SERFOR;30/06/2017;Verde;En firma
1;La guía tarda doce días;Guía electrónica;Capacitar a las oficinas;GORE Ucayali;julio 2017;Ámbar;
2;Nadie supervisa las concesiones;;Nombrar supervisores;OSINFOR;;Rojo;Sin presupuesto
3;Un pedido sin solución todavía;;;;;;
"""


def spreadsheet(text: str, name: str = "matriz.csv") -> Spreadsheet:
    return Spreadsheet(name, text.encode())


def planned(text: str, mesa: Mesa | None, name: str = "matriz.csv") -> Plan:
    return spreadsheet(text, name).compared(mesa, Choice()).plan


def bring(
    text: str,
    mesa: Mesa,
    *,
    name: str = "matriz.csv",
    actor: Actor | None = None,
    rows: list[str] | None = None,
    sides: dict[str, Side] | None = None,
) -> Imported:
    _compared, imported = spreadsheet(text, name).brought_in(
        actor=actor or command(), mesa=mesa, choice=Choice(), rows=rows, sides=sides, now=LATER
    )
    return imported


def counts(plan: Plan) -> dict[str, tuple[int, int, int, int]]:
    """New, changed, in conflict and unchanged, by level."""
    statuses = (Status.NEW, Status.CHANGED, Status.CONFLICT, Status.UNCHANGED)
    return {
        kind.value: (
            plan.count(kind, statuses[0]),
            plan.count(kind, statuses[1]),
            plan.count(kind, statuses[2]),
            plan.count(kind, statuses[3]),
        )
        for kind in Kind
    }


def changes(plan: Plan) -> list[tuple[str, str, str, str, bool]]:
    """Row, field, on screen, in the spreadsheet, in conflict."""
    return [(row.number, *_told(cell)) for row in plan.rows for cell in row.cells]


def _told(cell: CellChange) -> tuple[str, str, str, bool]:
    return cell.field, cell.mine, cell.theirs, cell.is_conflict


def doubts(plan: Plan) -> list[tuple[str, str]]:
    return [(doubt.cell, doubt.reason.code) for doubt in plan.doubts]
