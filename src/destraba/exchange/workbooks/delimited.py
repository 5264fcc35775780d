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
from itertools import count, islice

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
    for row, values in enumerate(_rows(text, delimiter, name, limits), start=1):
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


def _rows(text: str, delimiter: str, name: str, limits: Limits) -> Iterator[list[str]]:
    """Row by row; a quotation mark that opens and never closes would swallow all that follows."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    for number in count(1):
        lines.taken.clear()
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise _unreadable("".join(lines.taken), number, delimiter, name, limits) from error
        if row is None:
            return
        if lines.is_over and _is_open("".join(lines.taken), delimiter):
            raise Refused.of("unreadable_row", sheet=name, row=number)
        yield row


class _Lines:
    """The lines of a text, and those `taken` for the row that is being read."""

    def __init__(self, text: str) -> None:
        self._stream = io.StringIO(text, newline="")
        self._length = len(text)
        self.taken: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._stream)
        self.taken.append(line)
        return line

    @property
    def is_over(self) -> bool:
        return self._stream.tell() >= self._length


def _is_open(lines: str, delimiter: str) -> bool:
    """Whether a row ends within a quotation."""
    try:
        list(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _unreadable(lines: str, row: int, delimiter: str, name: str, limits: Limits) -> Refused:
    """A cell beyond what the reader itself takes: by a quotation that does not end, or as it is."""
    if '"' in lines:
        return Refused.of("unreadable_row", sheet=name, row=row)
    lengths = [len(cell) for cell in lines.split(delimiter)]
    place = cell_name(row, lengths.index(max(lengths)) + 1)
    return Refused.of("cell_too_long", limit=limits.cell_length, sheet=name, cell=place)


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
