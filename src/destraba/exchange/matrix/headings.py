"""Which row of a sheet is the heading, and what each of its columns says."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain

from destraba.exchange.matrix.fields import (
    ALONE,
    CONTAINED,
    LEVELS,
    PARTICIPANTS_ALONE,
    PARTICIPANTS_CONTAINED,
    STAND_INS,
    Field,
    Phrases,
)
from destraba.exchange.workbooks.cells import Cell, Sheet, cell_name, column_letters
from destraba.values.texts import fold

ROWS_LOOKED_AT = 30
LONGEST_HEADING = 80
_WORD = re.compile("[a-z0-9]+|[%#]")
_LETTERS = re.compile("[A-Z]{1,3}")
_WHOLE = 100  # a heading that says one thing alone outweighs any phrase within a longer one

OwnMapping = Mapping[str, Field | None]
"""A mesa's own words: heading, or column letters, to the field; None leaves the column out."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One cell of the heading row; `field` is None for a column that nobody understood or wants."""

    sheet: str
    cell: str
    text: str
    field: Field | None


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """`columns` says in which column each field stands, `unknown` which headings nobody understood."""

    row: int
    columns: Mapping[Field, int]
    headings: tuple[Heading, ...]
    unknown: tuple[Heading, ...]


def find_matrix(sheet: Sheet, mapping: OwnMapping | None = None) -> HeadingRow | None:
    """The heading of a Matrix in the first thirty rows: the row that says most; None when there is none."""
    found = (matrix_heading(sheet, row, mapping) for row in _first_rows(sheet))
    return max(filter(None, found), key=_fields, default=None)


def matrix_heading(sheet: Sheet, row: int, mapping: OwnMapping | None = None) -> HeadingRow | None:
    """That row as the heading of a Matrix, if it is one: a level and one thing more, and not mere prose."""
    match = _matched(sheet, row, _table(matrix=True), mapping or {})
    is_heading = _says_enough(match) and any(level in match.columns for level in LEVELS)
    return match if is_heading else None


def find_participants(sheet: Sheet) -> HeadingRow | None:
    """The heading of a list of participants."""
    found = (_matched(sheet, row, _table(matrix=False), {}) for row in _first_rows(sheet))
    lists = (match for match in found if Field.ORGANIZATION in match.columns and _says_enough(match))
    return max(lists, key=_fields, default=None)


def _first_rows(sheet: Sheet) -> range:
    return range(1, min(sheet.rows, ROWS_LOOKED_AT) + 1)


def _fields(heading: HeadingRow) -> int:
    return len(heading.columns)


def _says_enough(heading: HeadingRow) -> bool:
    """A row of prose holds a known word here and there; a heading is made of them."""
    return _fields(heading) >= 2 and _fields(heading) * 2 >= len(heading.headings)


def _matched(sheet: Sheet, row: int, table: "_Table", mapping: OwnMapping) -> HeadingRow:
    cells = [cell for cell in sheet.row(row) if cell.text.strip() and len(cell.text) <= LONGEST_HEADING]
    own = {cell.column: mapping[name] for cell in cells if (name := _own_name(cell, mapping)) is not None}
    columns = {field: column for column, field in own.items() if field is not None}
    rest = [cell for cell in cells if cell.column not in own]
    guesses = sorted(_guesses(rest, table), key=lambda guess: (-guess[0], guess[1]))
    for _, column, field in guesses:
        if field not in columns and column not in columns.values():
            columns[field] = column
    _stand_in(columns, own)
    by_column = {column: field for field, column in columns.items()}
    headings = {
        cell.column: Heading(
            sheet.name, cell_name(row, cell.column), cell.text.strip(), by_column.get(cell.column)
        )
        for cell in cells
    }
    unknown = [heading for at, heading in headings.items() if heading.field is None and at not in own]
    return HeadingRow(row, columns, tuple(headings.values()), tuple(unknown))


def _stand_in(columns: dict[Field, int], own: Mapping[int, Field | None]) -> None:
    """A team's only date is the date, even if it is called the original one; what it said itself stands."""
    for field, other in STAND_INS.items():
        is_theirs = Field.VERSION not in columns and other not in own.values()
        if is_theirs and field not in columns and other in columns:
            columns[field] = columns.pop(other)


def _own_name(cell: Cell, mapping: OwnMapping) -> str | None:
    """Under which name the mesa's mapping knows this column. A heading comes before the letters."""
    for name in mapping:
        if _words(name) == _words(cell.text):
            return name
    letters = column_letters(cell.column)
    return letters if _LETTERS.fullmatch(letters) and letters in mapping else None


def _guesses(cells: Iterable[Cell], table: "_Table") -> Iterator[tuple[int, int, Field]]:
    for cell in cells:
        words = _words(cell.text)
        for place, word in enumerate(words):
            for field, phrase, alone in chain.from_iterable(table.get(form, ()) for form in _singulars(word)):
                if not _begins_with(words[place:], phrase):
                    continue
                if len(words) == len(phrase):
                    yield _WHOLE + len(phrase), cell.column, field
                elif not alone:
                    # Of two equal phrases the first one names the column: "Responsable de la solución".
                    yield len(phrase) * 10 - place, cell.column, field


def _begins_with(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    pairs = zip(words, phrase, strict=False)
    return len(words) >= len(phrase) and all(singular in _singulars(word) for word, singular in pairs)


def _singulars(word: str) -> tuple[str, ...]:
    """The word, and what it would be a plural of in Spanish, English or Portuguese."""
    return tuple({word, word.removesuffix("s"), word.removesuffix("es")})


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))


_Table = Mapping[str, list[tuple[Field, tuple[str, ...], bool]]]
"""Phrases by their first word; True for those that mean something only alone."""


@cache
def _table(*, matrix: bool) -> _Table:
    contained, alone = (CONTAINED, ALONE) if matrix else (PARTICIPANTS_CONTAINED, PARTICIPANTS_ALONE)
    table: dict[str, list[tuple[Field, tuple[str, ...], bool]]] = {}
    for field, phrase, is_alone in (*_entries(contained, alone=False), *_entries(alone, alone=True)):
        table.setdefault(phrase[0], []).append((field, phrase, is_alone))
    return table


def _entries(phrases: Phrases, *, alone: bool) -> Iterator[tuple[Field, tuple[str, ...], bool]]:
    for field, text in phrases.items():
        for phrase in text.split("|"):
            yield field, _words(phrase), alone
