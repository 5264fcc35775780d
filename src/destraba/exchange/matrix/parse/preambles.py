"""What stands above the heading: the title of the Matrix and the dates that it names."""

import re
from dataclasses import dataclass, replace

from destraba.exchange.matrix.headings import HeadingRow
from destraba.exchange.matrix.readings import Notebook
from destraba.exchange.workbooks.cells import Cell, CellKind, Sheet, cell_name
from destraba.values import fuzzy_dates
from destraba.values.fuzzy_dates import FuzzyDate, UnreadableDate
from destraba.values.texts import fold, visible_line

_TITLE_LENGTH = 200
_LABEL_ENDS = r"(?: (?:al?|en|el|em|on))?(?: ?:|(?= )|$)"
_UPDATED = re.compile(
    r"(?:(?:fecha de )?(?:ultima )?(?:actualizacion|corte)"
    r"|(?:actualiz|atualiz)ad[oa]|(?:last )?updated|as of)" + _LABEL_ENDS
)
_INSTALLED = re.compile(
    r"(?:(?:fecha de )?instalacion|(?:instalad|lanzad)[oa]|installed|launched)" + _LABEL_ENDS
)


@dataclass(frozen=True, slots=True)
class Preamble:
    title: str
    updated_on: FuzzyDate | None
    installed_on: FuzzyDate | None


def read_preamble(sheet: Sheet, heading: HeadingRow, notebook: Notebook) -> Preamble:
    """The title is the first text that is no label; without one, the name of the sheet."""
    above = [cell for row in range(1, heading.row) for cell in sheet.row(row) if cell.text.strip()]
    titles = (visible_line(cell.text) for cell in above if cell.kind is CellKind.TEXT)
    return Preamble(
        title=next(titles, sheet.name)[:_TITLE_LENGTH],
        updated_on=_labelled_date(above, _UPDATED, notebook),
        installed_on=_labelled_date(above, _INSTALLED, notebook),
    )


def _labelled_date(above: list[Cell], label: re.Pattern[str], notebook: Notebook) -> FuzzyDate | None:
    for cell in above:
        if match := label.match(fold(cell.text)):
            written = " ".join(cell.text.split()[len(match[0].split()) :])
            dated = replace(cell, text=written) if written else _right_of(cell, above)
            return _date(dated, notebook) if dated else None
    return None


def _right_of(cell: Cell, above: list[Cell]) -> Cell | None:
    return next((other for other in above if other.row == cell.row and other.column > cell.column), None)


def _date(cell: Cell, notebook: Notebook) -> FuzzyDate | None:
    try:
        date = fuzzy_dates.read(cell.text)
    except UnreadableDate as error:
        notebook.doubt(cell_name(cell.row, cell.column), error.code, text=cell.text.strip()[:100])
        return None
    return replace(date, text="") if date and cell.kind is CellKind.DATE else date
