"""Single cells of a Matrix as values; what can't be read is a doubt with its cell, and no value."""

import re
from dataclasses import replace
from decimal import Decimal
from enum import Enum

from destraba.exchange.matrix.choices import UnknownChoice, choice_of_words, yes_or_no
from destraba.exchange.matrix.colours import (
    OwnColours,
    UnknownLight,
    is_pale,
    light_of_fill,
    light_of_word,
)
from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.parse.rows import TableRow
from destraba.exchange.matrix.readings import Notebook
from destraba.exchange.workbooks.cells import Cell, CellKind
from destraba.rules.lights import Light
from destraba.rules.priorities import Importance
from destraba.values import decimals, fuzzy_dates, quantities
from destraba.values.fuzzy_dates import FuzzyDate, UnreadableDate
from destraba.values.names import is_plural_owner, split_names
from destraba.values.quantities import Quantity
from destraba.values.reasons import Param
from destraba.values.texts import clean_text, fold, visible_line

TITLE_LENGTH = 500
_LONGEST = 1_000_000  # more than any cell holds, also once marks are made visible
_IMPORTANCE = {
    word: importance
    for importance, words in (
        (Importance.HIGH, "alta|alto|muy alta|critica|urgente|high|very high|critical|urgent"),
        (Importance.MEDIUM, "media|medio|mediana|normal|medium|moderada"),
        (Importance.LOW, "baja|bajo|low|baixa|baixo"),
    )
    for word in words.split("|")
}
_PERCENT = re.compile(r"([0-9][0-9.,]*) ?(%?)")
_HUNDRED = Decimal(100)
_COUNT_DIGITS = 4
# Spreadsheets begin to count days in 1900: such a date is a number that lost its way.
_FIRST_LIKELY_YEAR = 1950


class Entries:
    """Reads the cells of one sheet's rows and notes its doubts."""

    def __init__(self, notebook: Notebook, colours: OwnColours | None = None) -> None:
        self._notebook = notebook
        self._colours = colours

    def line(self, row: TableRow, field: Field) -> str:
        """One line of text, whatever its length."""
        return visible_line(self._text(row, field))

    def title(self, row: TableRow, field: Field) -> str:
        """A line that fits a title. A longer one is cut, which the doubt says; its cell keeps it whole."""
        line = self.line(row, field)
        if len(line) <= TITLE_LENGTH:
            return line
        self._doubt(row, field, "title_cut", limit=TITLE_LENGTH, length=len(line))
        return f"{line[: TITLE_LENGTH - 1].rstrip()}…"

    def passage(self, row: TableRow, field: Field) -> str:
        return clean_text(self._text(row, field), _LONGEST)

    def owners(self, row: TableRow) -> tuple[str, ...]:
        """The first answers for it, the others help; the first is "" where only helpers are named."""
        names = [visible_line(name) for name in split_names(self._text(row, Field.OWNER))]
        if len(names) > 1:
            self._doubt(row, Field.OWNER, "several_owners", owner=names[0], count=len(names))
        helpers = [visible_line(name) for name in split_names(self._text(row, Field.COLLABORATORS))]
        for name in (*names, *helpers):
            if is_plural_owner(name):
                self._doubt(row, Field.OWNER, "owner_stands_for_many", owner=name)
        if not names:
            self._doubt(row, Field.OWNER, "no_owner")
        # Who helps does not answer, even where nobody does.
        return tuple(dict.fromkeys((*(names or [""] if helpers else names), *helpers)))

    def date(self, row: TableRow, field: Field) -> FuzzyDate | None:
        cell, text = row.cells.get(field), self._text(row, field)
        try:
            date = fuzzy_dates.read(text)
        except UnreadableDate as error:
            self._doubt(row, field, error.code, text=text.strip()[:100])
            return None
        if date and date.first_day.year < _FIRST_LIKELY_YEAR:
            self._doubt(row, field, "unlikely_year", text=text.strip()[:100], year=date.first_day.year)
            return None
        # The words of a date that is a value of its own are the spreadsheet's, not a person's.
        return replace(date, text="") if date and cell and cell.kind is CellKind.DATE else date

    def quantity(self, row: TableRow, field: Field) -> Quantity | None:
        text = self.line(row, field)
        return quantities.read(text) if text else None

    def importance(self, row: TableRow) -> Importance | None:
        text = self.line(row, Field.PRIORITY)
        importance = _IMPORTANCE.get(fold(text))
        if text and importance is None:
            self._doubt(row, Field.PRIORITY, "unknown_priority", text=text[:100])
        return importance

    def choice(self, row: TableRow, field: Field) -> Enum | None:
        """One of a few, by its words."""
        try:
            return choice_of_words(self._text(row, field), field)
        except UnknownChoice:
            self._doubt(row, field, "unknown_choice", text=row.text(field)[:100])
            return None

    def is_so(self, row: TableRow, field: Field) -> bool | None:
        """Yes or no; None where the cell says neither."""
        try:
            return yes_or_no(self._text(row, field))
        except UnknownChoice:
            self._doubt(row, field, "unknown_choice", text=row.text(field)[:100])
            return None

    def count(self, row: TableRow, field: Field) -> int | None:
        """How many times, where the cell says it in digits."""
        text = self.line(row, field)
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _COUNT_DIGITS else None

    def percent(self, row: TableRow) -> Decimal | None:
        """0 to 100. A number up to 1 is a share of the whole, as spreadsheets keep percentages."""
        text = self._text(row, Field.PERCENT).strip()
        if not text:
            return None
        match = _PERCENT.fullmatch(text)
        number = decimals.read(match[1]) if match else None
        if match and number is not None and not match[2] and number <= 1:
            number *= _HUNDRED
        if number is None or number > _HUNDRED:
            self._doubt(row, Field.PERCENT, "unreadable_percent", text=text[:100])
            return None
        return number

    def light(self, row: TableRow) -> Light | None:
        """The word, if there is one; else the fill."""
        try:
            word = light_of_word(self._text(row, Field.LIGHT))
        except UnknownLight:
            self._doubt(row, Field.LIGHT, "unknown_light", text=row.text(Field.LIGHT)[:100])
            return None
        cell = row.cells.get(Field.LIGHT)
        if cell is None or (word is None and self._is_band(row, cell)):
            return word
        try:
            fill = light_of_fill(cell.fill, self._colours)
        except UnknownLight:
            if word is None:
                self._doubt(row, Field.LIGHT, "unknown_colour", colour=str(cell.fill))
            return word
        if word and fill and word is not fill:
            self._doubt(row, Field.LIGHT, "light_says_two_things", word=word, colour=fill)
        return word or fill

    def pinned(self, row: TableRow) -> None:
        """Comments pinned to cells are not read; whoever wrote them should know."""
        for field, cell in row.cells.items():
            if cell.note and row.own(field):
                self._doubt(row, field, "comment_left_out", text=visible_line(cell.note)[:200])

    def _text(self, row: TableRow, field: Field) -> str:
        cell = row.cells.get(field)
        if cell is None:
            return ""
        if cell.kind is CellKind.ERROR:
            self._doubt(row, field, "cell_error")
        elif cell.formula and cell.kind is CellKind.BLANK:
            self._doubt(row, field, "formula_without_value")
        return cell.text

    def _is_band(self, row: TableRow, cell: Cell) -> bool:
        """A pale fill that the whole row has is the shade of every second row, not a light."""
        others = [other for field, other in row.cells.items() if field is not Field.LIGHT and row.own(field)]
        return bool(cell.fill and others and is_pale(cell.fill) and all(o.fill == cell.fill for o in others))

    def _doubt(self, row: TableRow, field: Field, code: str, **params: Param) -> None:
        self._notebook.doubt(row.name(field), code, **params)
