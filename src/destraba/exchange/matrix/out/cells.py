"""What one cell of a file holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.out.columns import Column
from destraba.exchange.matrix.out.rows import ExportRow, ShownLight
from destraba.rules.lights import Light
from destraba.values import fuzzy_dates
from destraba.values.fuzzy_dates import FuzzyDate, Precision, UnreadableDate
from destraba.values.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the whole, from 0 to 1."""

    value: Decimal


Entry = str | int | date | Share | ShownLight
"""What one cell holds; "" for nothing."""


def entry(row: ExportRow, field: Field, *, apart: bool) -> Entry:
    """The cell of a row. Unless collaborators have a column `apart`, they stand after the owner."""
    match field:
        case Field.OWNER:
            return row.owner if apart else _list(row.owner, *row.collaborators)
        case Field.COLLABORATORS:
            return _list(*row.collaborators)
        case Field.START:
            return _written_date(row.start)
        case Field.DUE:
            return _written_date(row.due) or row.due_text
        case Field.ORIGINAL_DUE:
            return _written_date(row.original_due)
        case Field.SLIPS:
            return "" if row.slips is None else row.slips
        case Field.PERCENT:
            return "" if row.percent is None else Share(row.percent / 100)
        case Field.LIGHT:
            return row.light if row.light and row.light.light is not Light.NONE else ""
        case Field.BEFORE | Field.AFTER | Field.GOAL:
            quantity: Quantity | None = getattr(row, field.value)
            return quantity.text if quantity else ""
        case _:
            text: str = getattr(row, field.value, "")
            return text


def collaborators_apart(columns: Iterable[Column]) -> bool:
    """Whether those who help have a column of their own."""
    return any(column.field is Field.COLLABORATORS for column in columns)


def _list(*names: str) -> str:
    return "; ".join(filter(None, names))


def _written_date(fuzzy: FuzzyDate | None) -> date | str:
    """A day is a date. A month is the words that somebody wrote, if they still say the same: "mayo 2017"."""
    if fuzzy is None:
        return ""
    if fuzzy.precision is Precision.DAY:
        return fuzzy.date
    return fuzzy.text if _says(fuzzy.text, fuzzy) else _PLAIN[fuzzy.precision](fuzzy.date)


def _says(text: str, fuzzy: FuzzyDate) -> bool:
    try:
        said = fuzzy_dates.read(text)
    except UnreadableDate:
        return False
    return said is not None and (said.date, said.precision) == (fuzzy.date, fuzzy.precision)


_PLAIN = {
    Precision.MONTH: lambda day: f"{day:%Y-%m}",
    Precision.QUARTER: lambda day: f"{day:%Y}-Q{(day.month + 2) // 3}",
    Precision.YEAR: lambda day: f"{day:%Y}",
}
