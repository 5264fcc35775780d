"""What a cell of the Matrix takes: text from a keyboard or a clipboard, read as the value it stands for."""

from collections.abc import Mapping
from enum import StrEnum

from destraba.ledger.labels import choices, label
from destraba.ledger.wording import fuzzy
from destraba.models import Commitment, Organization, Problem, Solution
from destraba.queries.people import organization_named
from destraba.rules.lights import DECLARABLE, Light
from destraba.rules.priorities import Importance
from destraba.values.errors import Invalid
from destraba.values.fuzzy_dates import FuzzyDate, UnreadableDate
from destraba.values.fuzzy_dates import read as read_date
from destraba.values.reasons import Reason
from destraba.values.texts import fold

Value = str | Importance | Light | Organization | FuzzyDate | None


class Kind(StrEnum):
    """The three levels of the Matrix."""

    PROBLEM = "problem"
    SOLUTION = "solution"
    COMMITMENT = "commitment"


# In the order of the columns on screen: what a pasted block runs along.
COLUMNS = ("title", "stage", "declared", "owner", "due", "slips", "importance")
EDITABLE: Mapping[Kind, frozenset[str]] = {
    Kind.PROBLEM: frozenset({"title", "importance"}),
    Kind.SOLUTION: frozenset({"title"}),
    Kind.COMMITMENT: frozenset({"title", "declared", "owner", "due"}),
}


def read_cell(kind: Kind, field: str, text: str) -> Value:
    """The value that the text stands for; blank is None. Raises Invalid, with a sentence of its own."""
    if field not in EDITABLE[kind]:
        raise Invalid(Reason.of("unknown_field"))
    if field == "title":
        return text
    if not text.strip():
        return None
    if field == "owner":
        return _owner(text)
    if field == "due":
        return _date(text)
    return _importance(text) if field == "importance" else _light(text)


def cell_text(row: Problem | Solution | Commitment, field: str) -> str:
    """What a cell says now, in words; a commitment's owner must have been fetched with it."""
    if field == "title":
        return row.title
    if isinstance(row, Problem) and field == "importance":
        return label(Importance(row.importance)) if row.importance else ""
    if isinstance(row, Commitment) and field == "owner":
        return row.owner_organization.name if row.owner_organization else ""
    if isinstance(row, Commitment) and field == "due":
        return fuzzy(row.due) if row.due else ""
    if isinstance(row, Commitment) and field == "declared":
        return label(Light(row.declared)) if row.declared else ""
    return ""


def _owner(text: str) -> Organization:
    found = organization_named(text)
    if found is None:
        raise Invalid(Reason.of("unknown_owner", text=text))
    return found


def _date(text: str) -> FuzzyDate | None:
    try:
        return read_date(text)
    except UnreadableDate as error:
        raise Invalid(Reason.of(error.code, text=text)) from error


def _importance(text: str) -> Importance:
    return Importance(_choice(text, choices(Importance)))


def _light(text: str) -> Light:
    light = Light(_choice(text, choices(Light)))
    if light not in DECLARABLE:
        raise Invalid(Reason.of("unknown_choice", text=text))
    return light


def _choice(text: str, options: list[tuple[str, str]]) -> str:
    """By code or by word, accents and case aside."""
    said = fold(text)
    for value, words in options:
        if said in (value, fold(words)):
            return value
    raise Invalid(Reason.of("unknown_choice", text=text))
