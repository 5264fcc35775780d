"""Which columns a file has: the team's own, under its own headings, and ours where it has none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from destraba.exchange.matrix.fields import Field


@dataclass(frozen=True, slots=True)
class Column:
    """A column in the team's order and words. `width` is in characters."""

    field: Field
    heading: str
    width: int = 0


# What a team that has no spreadsheet of its own finds above the columns, in the order of the Matrix.
_STANDARD: tuple[tuple[Field, str | Promise, int], ...] = (
    (Field.NUMBER, pgettext_lazy("column", "No."), 8),
    (Field.AXIS, pgettext_lazy("column", "Axis"), 18),
    (Field.PROBLEM, pgettext_lazy("column", "Problem"), 40),
    (Field.PROBLEM_NOTE, pgettext_lazy("column", "Problem note"), 30),
    (Field.PRIORITY, pgettext_lazy("column", "Priority"), 10),
    (Field.SPEED, pgettext_lazy("column", "Speed"), 10),
    (Field.STAGE, pgettext_lazy("column", "Problem stage"), 13),
    (Field.SOLUTION_NUMBER, pgettext_lazy("column", "Solution no."), 10),
    (Field.SOLUTION, pgettext_lazy("column", "Solution"), 40),
    (Field.SOLUTION_STAGE, pgettext_lazy("column", "Solution stage"), 13),
    (Field.BEFORE, pgettext_lazy("column", "Before"), 16),
    (Field.AFTER, pgettext_lazy("column", "After"), 16),
    (Field.GOAL, pgettext_lazy("column", "Goal"), 16),
    (Field.COMMITMENT_NUMBER, pgettext_lazy("column", "Commitment no."), 12),
    (Field.COMMITMENT, pgettext_lazy("column", "Commitment"), 40),
    (Field.OWNER, pgettext_lazy("column", "Responsible"), 24),
    (Field.COLLABORATORS, pgettext_lazy("column", "Supported by"), 24),
    (Field.START, pgettext_lazy("column", "Start"), 12),
    (Field.DUE, pgettext_lazy("column", "Due date"), 13),
    (Field.ORIGINAL_DUE, pgettext_lazy("column", "Original date"), 13),
    (Field.SLIPS, pgettext_lazy("column", "Times postponed"), 12),
    (Field.LIGHT, pgettext_lazy("column", "Light"), 12),
    (Field.STATE, pgettext_lazy("column", "Commitment state"), 14),
    (Field.NOTE, pgettext_lazy("column", "Situation"), 40),
    (Field.CONCERN, pgettext_lazy("column", "Whose problem"), 18),
    (Field.PUBLIC_INPUT, pgettext_lazy("column", "Kind of public input"), 22),
    (Field.SCOPE, pgettext_lazy("column", "Horizontal or vertical"), 13),
    (Field.INSTRUMENT, pgettext_lazy("column", "Public input or market intervention"), 18),
    (Field.COORDINATION, pgettext_lazy("column", "Coordination failure"), 24),
    (Field.ORIGIN, pgettext_lazy("column", "Origin of the problem"), 18),
    (Field.CONTENTIOUS, pgettext_lazy("column", "Contentious"), 13),
    (Field.FUNDING, pgettext_lazy("column", "Funding"), 18),
    (Field.VERSION, pgettext_lazy("column", "Version"), 14),
)
KEYS = frozenset({Field.NUMBER, Field.SOLUTION_NUMBER, Field.COMMITMENT_NUMBER, Field.PROBLEM, Field.VERSION})
"""Without these a file could not be read back row by row, so whoever hides them has them all the same."""
CLASSES = frozenset(
    {
        Field.CONCERN,
        Field.PUBLIC_INPUT,
        Field.SCOPE,
        Field.INSTRUMENT,
        Field.COORDINATION,
        Field.ORIGIN,
        Field.CONTENTIOUS,
        Field.FUNDING,
    }
)
"""What is looked up now and then: at the far end, and on no printed page."""
_TITLED = {
    Field.NUMBER: Field.PROBLEM,
    Field.SOLUTION_NUMBER: Field.SOLUTION,
    Field.COMMITMENT_NUMBER: Field.COMMITMENT,
}


def standard_columns() -> list[Column]:
    """Ours, in the reader's language."""
    return [Column(field, str(heading), width) for field, heading, width in _STANDARD]


def columns_of(headings: Iterable[tuple[str, str]], wanted: frozenset[str] | None = None) -> list[Column]:
    """The team's own headings in its own order; what it has none for stands behind its usual neighbour.

    `headings` pairs each with its field. `wanted` leaves out what the reader has hidden, but for the `KEYS`.
    """
    own = {field: heading for heading, field in headings}
    ours = standard_columns()
    if Field.VERSION in own:
        own = _said_anew(own, ours)
    standard = {column.field.value: column for column in ours}
    columns = [
        Column(column.field, heading, column.width)
        for field, heading in own.items()
        if (column := standard.get(field))
    ]
    for index, column in enumerate(ours):
        if column.field.value not in own:
            columns.insert(_place(column.field, columns, ours[:index]), column)
    if wanted is None:
        return columns
    return [column for column in columns if column.field in KEYS or column.field.value in wanted]


def _said_anew(own: Mapping[str, str], ours: Sequence[Column]) -> dict[str, str]:
    """Only a file of ours has the version: it came back, and what we wrote in it is no word of the team."""
    words = {column.field.value: column.heading for column in ours}
    return {
        field: words[field] if heading in _in_every_language().get(field, ()) else heading
        for field, heading in own.items()
    }


@cache
def _in_every_language() -> Mapping[str, frozenset[str]]:
    said: dict[str, set[str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for column in standard_columns():
                said.setdefault(column.field.value, set()).add(column.heading)
    return {field: frozenset(words) for field, words in said.items()}


def _place(field: Field, columns: Sequence[Column], neighbours: Sequence[Column]) -> int:
    """A number before its title; classes and the version last; all else behind what usually stands before."""
    placed = [column.field for column in columns]
    if field in CLASSES or field is Field.VERSION:
        return len(placed)
    if _TITLED.get(field) in placed:
        return placed.index(_TITLED[field])
    return next((placed.index(one.field) + 1 for one in reversed(neighbours) if one.field in placed), 0)
