"""What the reader of a preview chose: one of several mesas, meanings of columns and colours, rows, values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from destraba.exchange.matrix.compare.plan import Side
from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.readings import Reading
from destraba.exchange.matrix.spreadsheets import Choice, Spreadsheet
from destraba.exchange.matrix.words import OwnWords
from destraba.rules.lights import DECLARABLE, Light

LEFT_OUT = "-"
FOUND, COLUMN, COLOUR, ROW, SIDE = "found", "column-", "colour-", "row", "side-"
SHOWN, PAGE, TOTAL = "shown", "page", "total"
_CELL = re.compile(r"([A-Z]+)[0-9]+")


@dataclass(frozen=True, slots=True)
class Chosen:
    """As it was sent. `columns` by their letters; None for what is left out.

    Where there is more than one page, `shown` are the rows of the one that was sent, and `page` is the one to
    turn to.
    """

    found: int | None
    columns: Mapping[str, Field | None]
    colours: Mapping[str, Light | None]
    rows: frozenset[str]
    sides: Mapping[str, Side]
    shown: frozenset[str]
    page: int
    total: int

    @classmethod
    def of(cls, sent: QueryDict) -> "Chosen":
        """Whatever is not one of the choices counts as not chosen."""
        return cls(
            found=_number(sent.get(FOUND, "")),
            columns={
                letters: None if code == LEFT_OUT else Field(code)
                for letters, code in _sent_as(COLUMN, sent)
                if code in {LEFT_OUT, *Field}
            },
            colours={
                colour: None if code == LEFT_OUT else Light(code)
                for colour, code in _sent_as(COLOUR, sent)
                if code in {LEFT_OUT, *DECLARABLE}
            },
            rows=frozenset(str(row) for row in sent.getlist(ROW)),
            sides={cell: Side(side) for cell, side in _sent_as(SIDE, sent) if side in set(Side)},
            shown=frozenset(str(row) for row in sent.getlist(SHOWN)),
            page=_number(sent.get(PAGE, "")) or 1,
            total=_number(sent.get(TOTAL, "")) or 0,
        )

    def choice(self, spreadsheet: Spreadsheet, words: OwnWords) -> Choice:
        """How to read the spreadsheet. Raises `Refused`."""
        choice = Choice(words=words)
        if self.found is not None:
            mesas = spreadsheet.read(choice).mesas_found
            if self.found < len(mesas):
                choice = Choice(mesas[self.found].sheet, mesas[self.found].name, words)
        if not self.columns and not self.colours:
            return choice
        headings = headings_by_letters(spreadsheet.read(choice))
        columns = {headings[name]: field for name, field in self.columns.items() if name in headings}
        return Choice(choice.sheet, choice.mesa_name, words.with_choices(columns, self.colours))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _sent_as(prefix: str, sent: QueryDict) -> Iterator[tuple[str, str]]:
    return ((name.removeprefix(prefix), str(sent[name])) for name in sent if name.startswith(prefix))


def headings_by_letters(reading: Reading) -> Mapping[str, str]:
    """{"F": "Entidad responsable"}."""
    return {letters_of(heading.cell): heading.text for heading in reading.headings}


def letters_of(cell: str) -> str:
    """ "F5" -> "F"."""
    match = _CELL.fullmatch(cell)
    return match[1] if match else ""
