"""CSV in any hand: encoding and delimiter are found, every cell is text.

A text that a spreadsheet would take for a formula is written with an apostrophe before it; here it comes off
again (see `exchange.matrix.out.csvs`).
"""

import codecs
import csv
import io
import re
import typing
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from destraba.exchange.refusals import Refused
from destraba.exchange.workbooks.cells import Cell, CellKind, Place, Sheet, cell_name
from destraba.exchange.workbooks.limits import Limits

if typing.TYPE_CHECKING:
    import _csv

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ";,\t|"
_SAMPLE_ROWS = 50
# Excel says in a first line of its own which delimiter follows.
_DECLARED = re.compile(r"\ufeff?sep=(.)\r?\n")
# Any blank counts, the no-break space included: a spreadsheet skips them before it looks for the formula.
_DANGEROUS = re.compile(r"'*[\s\u200b\ufeff]*[=+\-@\t\r]")


def guard(text: str) -> str:
    """The text as CSV holds it: an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguard(text: str) -> str:
    """The inverse of `guard`, for every text."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text


def read_delimited(content: bytes, *, name: str, limits: Limits) -> Sheet:
    """The only sheet of a CSV file, called `name`. Raises `Refused`."""
    text = _decoded(content)
    if declared := _DECLARED.match(text):
        text = text[declared.end() :]
    delimiter = declared[1] if declared else _found_delimiter(text)
    cells: dict[Place, Cell] = {}
    last_row = last_column = 0
    for row, values in enumerate(_rows(text, delimiter, name), start=1):
        for column, value in enumerate(values, start=1):
            if value:
                cells[row, column] = Cell(row, column, CellKind.TEXT, unguard(value))
                last_row, last_column = row, max(last_column, column)
                _check(cells[row, column], len(cells), name, limits)
    return Sheet(name, last_row, last_column, cells)


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _found_delimiter(text: str) -> str:
    """The mark that parts most of the first rows into one and the same number of fields."""
    return max(_DELIMITERS, key=lambda mark: _consistency(text, mark))


def _consistency(text: str, delimiter: str) -> tuple[int, int]:
    try:
        widths = Counter(map(len, islice(_reader(text, delimiter), _SAMPLE_ROWS)))
    except csv.Error:
        return (0, 0)
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))


def _rows(text: str, delimiter: str, name: str) -> Iterator[list[str]]:
    reader = _reader(text, delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:  # a quote that never ends
            raise Refused.of("unreadable_row", sheet=name, row=reader.line_num) from error
        yield row


def _reader(text: str, delimiter: str) -> "_csv.Reader":
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _check(cell: Cell, count: int, name: str, limits: Limits) -> None:
    place = cell_name(cell.row, cell.column)
    if cell.row > limits.rows:
        raise Refused.of("too_many_rows", limit=limits.rows, sheet=name, cell=place)
    if cell.column > limits.columns:
        raise Refused.of("too_many_columns", limit=limits.columns, sheet=name, cell=place)
    if count > limits.cells:
        raise Refused.of("too_many_cells", limit=limits.cells, sheet=name)
    if len(cell.text) > limits.cell_length:
        raise Refused.of("cell_too_long", limit=limits.cell_length, sheet=name, cell=place)
