"""Reads a workbook as the Matrix of one mesa."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from destraba.exchange.matrix.colours import OwnColours
from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.headings import HeadingRow, OwnMapping, find_matrix, find_participants
from destraba.exchange.matrix.parse.entries import Entries
from destraba.exchange.matrix.parse.levels import assemble
from destraba.exchange.matrix.parse.participants import read_participants
from destraba.exchange.matrix.parse.preambles import Preamble, read_preamble
from destraba.exchange.matrix.parse.rows import TableRow, matrix_rows
from destraba.exchange.matrix.readings import (
    Doubt,
    MesaFound,
    Notebook,
    Reading,
    ReadParticipant,
    ReadProblem,
)
from destraba.exchange.matrix.stamps import is_legend
from destraba.exchange.refusals import Refused
from destraba.exchange.workbooks.cells import Sheet, Workbook, cell_name, place_named
from destraba.values.names import name_key, split_names
from destraba.values.reasons import Reason


def read_matrix(
    workbook: Workbook,
    *,
    mapping: OwnMapping | None = None,
    colours: OwnColours | None = None,
    sheet: str | None = None,
    mesa_name: str | None = None,
) -> Reading:
    """One mesa's Matrix, and the participants that the workbook lists.

    A workbook may hold several mesas, one a sheet or in a column of their own. `sheet` and `mesa_name` (as
    the workbook has it; "" for rows that name none) choose one of them. While the choice is open, the reading
    has no problems, lists `mesas_found` and doubts "choose_mesa".
    Raises `Refused`: "no_heading", "unknown_sheet", "unknown_mesa_name".
    """
    tables = list(_tables(workbook, mapping))
    if not tables:
        raise Refused.of("no_heading", sheets=_names(each.name for each in workbook.sheets))
    found = [mesa for table in tables for mesa in _mesas(table, colours, alone=len(tables) == 1)]
    chosen = _chosen(found, sheet, mesa_name)
    rest = _rest(workbook, {table.sheet.name for table in tables})
    mesas = tuple(MesaFound(mesa.name, mesa.table.sheet.name, len(mesa.problems)) for mesa in found)
    if len(chosen) == 1:
        return _reading(chosen[0], rest, mesas)
    doubt = Doubt(chosen[0].table.sheet.name, cell_name(1, 1), Reason.of("choose_mesa", count=len(chosen)))
    return Reading(participants=rest.participants, doubts=(doubt,), mesas_found=mesas)


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet that is a Matrix."""

    sheet: Sheet
    heading: HeadingRow


@dataclass(frozen=True, slots=True)
class _Mesa:
    """One mesa of a table, read whole, with the notes taken on the way."""

    name: str
    table: _Table
    preamble: Preamble
    problems: tuple[ReadProblem, ...]
    notebooks: tuple[Notebook, ...]


@dataclass(frozen=True, slots=True)
class _Rest:
    """What the sheets hold that are no Matrix."""

    participants: tuple[ReadParticipant, ...]
    notebooks: tuple[Notebook, ...]


def _tables(workbook: Workbook, mapping: OwnMapping | None) -> Iterator[_Table]:
    for sheet in workbook.sheets:
        if sheet.hidden or is_legend(sheet):
            continue
        if heading := find_matrix(sheet, mapping):
            yield _Table(sheet, heading)


def _mesas(table: _Table, colours: OwnColours | None, *, alone: bool) -> Iterator[_Mesa]:
    notebook = Notebook(table.sheet.name)
    preamble = read_preamble(table.sheet, table.heading, notebook)
    _doubt_columns(table, notebook)
    rows = list(matrix_rows(table.sheet, table.heading, notebook))
    if Field.MESA in table.heading.columns:
        by_name = _rows_by_mesa(rows, notebook)
    else:
        by_name = {preamble.title if alone else table.sheet.name: rows}
    for name, own_rows in by_name.items():
        own = Notebook(table.sheet.name)
        problems = assemble(own_rows, Entries(own, colours), own)
        yield _Mesa(name, table, preamble, problems, (notebook, own))


def _doubt_columns(table: _Table, notebook: Notebook) -> None:
    """A column that holds something and that nobody understood is left out, which its owner should know."""
    below = range(table.heading.row + 1, table.sheet.rows + 1)
    for heading in table.heading.unknown:
        _, column = place_named(heading.cell)
        if any(table.sheet.text(row, column) for row in below):
            notebook.doubt(heading.cell, "column_left_out", text=heading.text)


def _rows_by_mesa(rows: Sequence[TableRow], notebook: Notebook) -> dict[str, list[TableRow]]:
    """A row that names two mesas belongs to both; one that names none, to the mesa called ""."""
    names: dict[str, str] = {}
    by_name: dict[str, list[TableRow]] = {}
    for row in rows:
        named = split_names(row.text(Field.MESA)) or [""]
        if len(named) > 1:
            notebook.doubt(row.name(Field.MESA), "several_mesas", count=len(named))
        elif not named[0]:
            notebook.doubt(row.name(Field.MESA), "no_mesa")
        for name in named:
            by_name.setdefault(names.setdefault(name_key(name), name), []).append(row)
    return by_name


def _chosen(found: Sequence[_Mesa], sheet: str | None, mesa_name: str | None) -> list[_Mesa]:
    in_sheet = [mesa for mesa in found if sheet is None or mesa.table.sheet.name == sheet]
    if not in_sheet:
        names = _names(dict.fromkeys(mesa.table.sheet.name for mesa in found))
        raise Refused.of("unknown_sheet", sheet=sheet or "", sheets=names)
    chosen = [mesa for mesa in in_sheet if mesa_name is None or name_key(mesa.name) == name_key(mesa_name)]
    if not chosen:
        names = _names(mesa.name for mesa in in_sheet)
        raise Refused.of("unknown_mesa_name", mesa=mesa_name or "", mesas=names)
    return chosen


def _rest(workbook: Workbook, matrices: set[str]) -> _Rest:
    participants: list[ReadParticipant] = []
    notebooks = []
    for sheet in workbook.sheets:
        if sheet.name in matrices or is_legend(sheet):
            continue
        notebook = Notebook(sheet.name)
        notebooks.append(notebook)
        if sheet.hidden:
            notebook.skip(0, "hidden_sheet")
        elif heading := find_participants(sheet):
            participants += read_participants(sheet, heading, notebook)
        else:
            notebook.skip(0, "no_heading")
    return _Rest(tuple(participants), tuple(notebooks))


def _reading(mesa: _Mesa, rest: _Rest, mesas: tuple[MesaFound, ...]) -> Reading:
    notebooks = (*mesa.notebooks, *rest.notebooks)
    return Reading(
        sheets=(mesa.table.sheet.name,),
        problems=mesa.problems,
        participants=rest.participants,
        doubts=_in_order(doubt for notebook in notebooks for doubt in notebook.doubts),
        skipped=tuple(skipped for notebook in notebooks for skipped in notebook.skipped),
        title=mesa.preamble.title,
        updated_on=mesa.preamble.updated_on,
        installed_on=mesa.preamble.installed_on,
        headings=mesa.table.heading.headings,
        mesas_found=mesas,
    )


def _in_order(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """Sheet by sheet as they were met, then from top to bottom and from left to right."""
    listed = list(doubts)
    sheets = {sheet: at for at, sheet in enumerate(dict.fromkeys(doubt.sheet for doubt in listed))}
    return tuple(sorted(listed, key=lambda doubt: (sheets[doubt.sheet], *place_named(doubt.cell))))


def _names(names: Iterable[str]) -> str:
    return ", ".join(filter(None, names))
