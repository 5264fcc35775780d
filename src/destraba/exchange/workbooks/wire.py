"""What the child process tells its parent: one JSON array a line, so that neither holds it all at once."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from destraba.exchange.refusals import Refused
from destraba.exchange.workbooks.cells import Cell, CellKind, Merge, Sheet

Line = list[object]


def sheet_line(sheet: Sheet) -> Line:
    merges = [[m.first_row, m.first_column, m.last_row, m.last_column] for m in sheet.merges]
    return ["sheet", sheet.name, sheet.rows, sheet.columns, merges, sheet.hidden]


def row_line(cells: Iterable[Cell]) -> Line:
    return [
        "row",
        [[c.row, c.column, c.kind.value, c.text, c.fill, c.indent, c.formula, c.note] for c in cells],
    ]


def refused_line(refused: Refused) -> Line:
    return ["refused", refused.reason.code, dict(refused.reason.params)]


END: Line = ["end"]


def encode(line: Line) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def sheets(lines: Iterable[bytes]) -> tuple[Sheet, ...]:
    """Raises the `Refused` that the child met, and `EOFError` when it stopped short of its end."""
    found: list[tuple[Sheet, dict[tuple[int, int], Cell]]] = []
    for kind, *rest in _decoded(lines):
        if kind == "end":
            return tuple(sheet for sheet, _ in found)
        if kind == "refused":
            raise Refused.of(rest[0], **rest[1])
        if kind == "sheet":
            name, rows, columns, merges, hidden = rest
            cells: dict[tuple[int, int], Cell] = {}
            sheet = Sheet(name, rows, columns, cells, tuple(Merge(*merge) for merge in merges), hidden)
            found.append((sheet, cells))
        else:
            for row, column, cell_kind, *look in rest[0]:
                found[-1][1][row, column] = Cell(row, column, CellKind(cell_kind), *look)
    raise EOFError


def _decoded(lines: Iterable[bytes]) -> Iterator[list[Any]]:
    for line in lines:
        if not line.endswith(b"\n"):
            raise EOFError
        yield json.loads(line)
