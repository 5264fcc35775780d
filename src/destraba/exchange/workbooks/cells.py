"""A workbook as plain values: what stands in each cell and how it looks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

_NAME = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")

Place = tuple[int, int]
"""Row and column, both counted from 1."""


class CellKind(StrEnum):
    """What a cell holds, whatever its number format shows."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOL = "bool"
    ERROR = "error"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is what was typed, or a number without exponent, an ISO date or date-time, "true" or "false".

    `fill` is six hexadecimal digits or None. A formula is never evaluated: `text` is the value that the
    file itself remembers, or "". `indent` counts levels. `note` is the comment pinned to the cell.
    """

    row: int
    column: int
    kind: CellKind
    text: str
    fill: str | None = None
    indent: int = 0
    formula: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """A rectangle shown as one cell, all bounds included; its value is that of the first cell."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` and `columns` are the last ones that hold a value. Cells without value and look are left out."""

    name: str
    rows: int
    columns: int
    cells: Mapping[Place, Cell]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False

    def text(self, row: int, column: int) -> str:
        cell = self.cells.get((row, column))
        return cell.text if cell else ""

    def row(self, row: int) -> Iterator[Cell]:
        """The cells of a row that are there, from left to right."""
        for column in range(1, self.columns + 1):
            if cell := self.cells.get((row, column)):
                yield cell


@dataclass(frozen=True, slots=True)
class Workbook:
    """`filename` is for people alone: what the file is was found in its content."""

    filename: str
    sheets: tuple[Sheet, ...]


def column_letters(column: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def place_named(name: str) -> Place:
    """G6 -> (6, 7). Raises `ValueError`."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise ValueError(name)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def cell_name(row: int, column: int) -> str:
    """(6, 7) -> G6."""
    return f"{column_letters(column)}{row}"
