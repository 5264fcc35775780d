"""What a cell of the Matrix takes and says: text from a keyboard or a clipboard, read as its value."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum, StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from destraba.ledger.labels import label
from destraba.ledger.wording import fuzzy
from destraba.models import Commitment, Organization, Problem, Seat, Solution
from destraba.queries.matrix.hands.known import Known
from destraba.queries.matrix.hands.words import member_called, yes_or_no
from destraba.rules.lights import DECLARABLE, Light
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Funding,
    Instrument,
    PolicyQuadrant,
    PublicInput,
    Scope,
    policy_quadrant,
)
from destraba.rules.permissions import Role
from destraba.rules.priorities import Importance, Speed
from destraba.rules.problems import FilterReason, Origin, ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.errors import Invalid
from destraba.values.fuzzy_dates import FuzzyDate, Precision, UnreadableDate
from destraba.values.fuzzy_dates import read as read_date
from destraba.values.quantities import Quantity
from destraba.values.quantities import read as read_quantity
from destraba.values.reasons import Reason
from destraba.values.texts import TooLong, clean_line
from destraba.values.visibility import Visibility

Row = Problem | Solution | Commitment
Named = Organization | Seat | tuple[Organization, ...]
Value = str | bool | Enum | Named | FuzzyDate | date | Quantity | None

_LONGEST_QUANTITY = 200


class Kind(StrEnum):
    """The three levels of the Matrix."""

    PROBLEM = "problem"
    SOLUTION = "solution"
    COMMITMENT = "commitment"


# What a pasted block runs along where nobody says which columns are on screen.
COLUMNS = ("title", "stage", "declared", "owner", "due", "slips", "importance")
CHOICES: Mapping[Kind, Mapping[str, type[Enum]]] = {
    Kind.PROBLEM: {
        "importance": Importance,
        "speed": Speed,
        "stage": ProblemStage,
        "concern": Concern,
        "public_input": PublicInput,
        "policy": PolicyQuadrant,
        "coordination": CoordinationFailure,
        "origin": Origin,
        "visibility": Visibility,
    },
    Kind.SOLUTION: {"step": SolutionStage, "funding": Funding, "visibility": Visibility},
    Kind.COMMITMENT: {"declared": Light, "visibility": Visibility},
}
"""The columns whose cells take one of a closed list."""

_OTHERS: Mapping[Kind, frozenset[str]] = {
    Kind.PROBLEM: frozenset({"title", "axis", "contentious"}),
    Kind.SOLUTION: frozenset({"title", "before", "after"}),
    Kind.COMMITMENT: frozenset({"title", "owner", "due", "starts", "seat", "helpers", "situation"}),
}
EDITABLE: Mapping[Kind, frozenset[str]] = {kind: _OTHERS[kind] | CHOICES[kind].keys() for kind in Kind}
_TEXTS = frozenset({"title", "axis", "situation"})
_NEVER_BLANK = frozenset({"stage", "step", "visibility"})


def read_cell(kind: Kind, field: str, text: str, known: Known, owner_id: UUID | None = None) -> Value:
    """The value that the text stands for; blank is None. `owner_id`: whose seats a seat is looked for among.

    Raises Invalid, with a sentence of its own.
    """
    if field not in EDITABLE[kind]:
        raise Invalid(Reason.of("unknown_field"))
    if field in _TEXTS:
        return text
    if not text.strip():
        if field in _NEVER_BLANK:
            raise Invalid(Reason.of("required", field=field))
        return None
    if enum := CHOICES[kind].get(field):
        return _choice(enum, text)
    match field:
        case "owner":
            return known.organization(text)
        case "helpers":
            return known.organizations(text)
        case "seat":
            return known.seat(text, owner_id)
        case "contentious":
            return _yes_or_no(text)
    return _READERS[field](text)


def held(row: Row, field: str) -> Value:
    """What a cell holds now; a commitment must have been fetched with what its cells name."""
    match row:
        case Problem():
            return _held_by_problem(row, field)
        case Solution():
            return _held_by_solution(row, field)
        case Commitment():
            return _held_by_commitment(row, field)


def cell_text(row: Row, field: str) -> str:
    """The same in words."""
    return in_words(held(row, field))


def in_words(value: Value) -> str:
    """A value as its cell says it: what is read back as the same value."""
    match value:
        case None:
            return ""
        case bool():
            return _("Yes") if value else _("No")
        case Enum():
            return label(value)
        case tuple():
            return "; ".join(one.name for one in value)
        case Organization():
            return value.name
        case Seat():
            return value.title or label(Role(value.role))
        case FuzzyDate():
            return fuzzy(value)
        case date():
            return fuzzy(FuzzyDate(value))
        case Quantity():
            return value.text
    return str(value)


def is_same(one: Value, other: Value) -> bool:
    """Whether writing the one over the other changes nothing."""
    if isinstance(one, FuzzyDate) and isinstance(other, FuzzyDate):
        return (one.date, one.precision) == (other.date, other.precision)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.text == other.text
    return (one or None) == (other or None)


def _held_by_problem(row: Problem, field: str) -> Value:
    if field == "policy":
        scope = Scope(row.scope) if row.scope else None
        return policy_quadrant(scope, Instrument(row.instrument) if row.instrument else None)
    if field == "contentious":
        return row.is_contentious
    return _plain(row, Kind.PROBLEM, field)


def _held_by_solution(row: Solution, field: str) -> Value:
    if field == "step":
        return SolutionStage(row.stage)
    if field in ("before", "after"):
        figure: Quantity | None = getattr(row, field)
        return figure
    return _plain(row, Kind.SOLUTION, field)


def _held_by_commitment(row: Commitment, field: str) -> Value:
    match field:
        case "owner":
            return row.owner_organization
        case "seat":
            return row.owner_seat
        case "helpers":
            return tuple(one.organization for one in row.collaborations.all())
        case "due":
            due: FuzzyDate | None = row.due
            return due
        case "starts":
            return row.starts_on
    return _plain(row, Kind.COMMITMENT, field)


def _plain(row: Row, kind: Kind, field: str) -> Value:
    if field not in EDITABLE[kind]:
        return None
    value: str = getattr(row, field)
    enum = CHOICES[kind].get(field)
    return enum(value) if enum and value else value


def _choice(enum: type[Enum], text: str) -> Enum:
    # A problem is set aside by writing why: "Filtered out" alone says nothing.
    for one in (enum, FilterReason) if enum is ProblemStage else (enum,):
        value = member_called(one, text)
        if value is not None and not (one is Light and Light(value) not in DECLARABLE):
            return one(value)
    raise Invalid(Reason.of("unknown_choice", text=text.strip()))


def _yes_or_no(text: str) -> bool:
    found = yes_or_no(text)
    if found is None:
        raise Invalid(Reason.of("unknown_choice", text=text.strip()))
    return found


def _date(text: str) -> FuzzyDate | None:
    try:
        return read_date(text)
    except UnreadableDate as error:
        raise Invalid(Reason.of(error.code, text=text)) from error


def _day(text: str) -> date | None:
    found = _date(text)
    if found and found.precision is not Precision.DAY:
        raise Invalid(Reason.of("not_a_day", text=text.strip()))
    return found.date if found else None


def _quantity(text: str) -> Quantity:
    try:
        return read_quantity(clean_line(text, _LONGEST_QUANTITY))
    except TooLong as error:
        said = Reason.of("too_long", field="value", limit=error.limit, length=error.length)
        raise Invalid(said) from error


_READERS: Mapping[str, Callable[[str], Value]] = {
    "due": _date,
    "starts": _day,
    "before": _quantity,
    "after": _quantity,
}
