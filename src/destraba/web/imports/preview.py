"""The preview of a spreadsheet in words: what `imports/preview.html` shows, made from a plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from destraba.exchange.matrix.compare.plan import CellChange, Plan, PlannedRow, Status
from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.headings import Heading
from destraba.exchange.matrix.readings import Doubt, Located, Reading
from destraba.exchange.matrix.spreadsheets import Compared
from destraba.exchange.matrix.words import OwnWords
from destraba.ledger.labels import choices, label
from destraba.ledger.wording import fuzzy
from destraba.queries.matrix.cells import Kind
from destraba.queries.sentences import sentence
from destraba.rules.lights import DECLARABLE, Light
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Funding,
    Instrument,
    PublicInput,
    Scope,
)
from destraba.rules.priorities import Importance, Speed
from destraba.rules.problems import Origin
from destraba.values import fuzzy_dates
from destraba.web.imports.choices import LEFT_OUT, SIDE, letters_of

Words = str | Promise

KINDS: Mapping[Kind, Words] = {
    Kind.PROBLEM: _("Problem"),
    Kind.SOLUTION: _("Solution"),
    Kind.COMMITMENT: _("Commitment"),
}
LEVELS: Mapping[Kind, Words] = {
    Kind.PROBLEM: _("Problems"),
    Kind.SOLUTION: _("Solutions"),
    Kind.COMMITMENT: _("Commitments"),
}
CELLS: Mapping[str, Words] = {
    "title": _("Title"),
    "axis": _("Axis"),
    "detail": _("Detail"),
    "importance": _("Importance"),
    "speed": _("Speed"),
    "concern": _("Whose problem"),
    "public_input": _("Kind of public input"),
    "scope": _("Horizontal or vertical"),
    "instrument": _("Public input or market intervention"),
    "coordination": _("Coordination failure"),
    "origin": _("Origin"),
    "is_contentious": _("Contentious"),
    "funding": _("Funding"),
    "before": pgettext_lazy("figure", "Before"),
    "after": pgettext_lazy("figure", "After"),
    "goal": _("Goal"),
    "owners": _("Who answers"),
    "starts_on": _("Start"),
    "due": _("Due"),
    "declared": _("Declared light"),
    "situation": _("Current situation"),
}
_LEFT_OUT = {
    **dict.fromkeys(
        ("not_a_date", "impossible_date", "year_out_of_range", "unlikely_year"),
        _("The cell is left out: the date here stays as it is."),
    ),
    "unknown_choice": _("The cell is left out: what is here stays as it is."),
}
_CHOICES: Mapping[str, type[Enum]] = {
    "declared": Light,
    "importance": Importance,
    "speed": Speed,
    "concern": Concern,
    "public_input": PublicInput,
    "scope": Scope,
    "instrument": Instrument,
    "coordination": CoordinationFailure,
    "origin": Origin,
    "funding": Funding,
}
PAGE = 100
"""So many rows stand on a page, where there are more of them than fit on one as a `WHOLE`."""
WHOLE = 300
NOTES = 200
_OWN_COLUMN = frozenset({"title", "owners", "due", "declared"})
COLUMNS: Mapping[Field, Words] = {
    Field.NUMBER: _("Number of the problem"),
    Field.MESA: _("Mesa"),
    Field.AXIS: _("Axis"),
    Field.PROBLEM: _("Problem"),
    Field.PROBLEM_NOTE: _("Note on the problem"),
    Field.PRIORITY: _("Priority"),
    Field.SOLUTION_NUMBER: _("Number of the solution"),
    Field.SOLUTION: _("Solution"),
    Field.BEFORE: pgettext_lazy("figure", "Before"),
    Field.AFTER: pgettext_lazy("figure", "After"),
    Field.GOAL: _("Goal"),
    Field.COMMITMENT_NUMBER: _("Number of the commitment"),
    Field.COMMITMENT: _("Commitment or action"),
    Field.OWNER: _("Who answers"),
    Field.COLLABORATORS: _("Who helps"),
    Field.START: _("Start"),
    Field.DUE: _("Due"),
    Field.LIGHT: _("Light"),
    Field.NOTE: _("Current situation"),
    Field.PERCENT: _("Percentage"),
    Field.VERSION: _("Version of the export"),
    Field.CONCERN: _("Whose problem"),
    Field.PUBLIC_INPUT: _("Kind of public input"),
    Field.SCOPE: _("Horizontal or vertical"),
    Field.INSTRUMENT: _("Public input or market intervention"),
    Field.COORDINATION: _("Coordination failure"),
    Field.ORIGIN: _("Origin"),
    Field.SPEED: _("Speed"),
    Field.CONTENTIOUS: _("Contentious"),
    Field.FUNDING: _("Funding"),
    Field.STAGE: _("Stage of the problem"),
    Field.SOLUTION_STAGE: _("Stage of the solution"),
    Field.STATE: _("State of the commitment"),
    Field.SLIPS: _("Times postponed"),
    Field.ORIGINAL_DUE: _("First due date"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that differs. `side` is the name under which a choice between both values is sent."""

    column: str
    was: str
    now: str
    place: str
    side: str
    is_conflict: bool
    id: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that would be written. A new one brings along owners, due date, light, and other `facts`."""

    id: str
    kind: str
    level: int
    number: str
    title: str
    place: str
    status: str
    cells: tuple[Cell, ...]
    owners: str = ""
    due: str = ""
    light: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something to look at: a cell or a row, and a sentence."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Option:
    """A choice to be made: its name when sent, what it is about, and its value now."""

    name: str
    words: str
    value: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """All that the page says. `counts` are (words, new, changed, unchanged) for each level.

    Of `rows` to bring in, only those of one `page` are here: first those in conflict, then what changed, then
    what is new; `sizes` are how many there are of each in all. Of doubts and of rows left out, the first.
    """

    counts: tuple[tuple[str, int, int, int], ...]
    conflicts: tuple[Row, ...]
    changed: tuple[Row, ...]
    new: tuple[Row, ...]
    doubts: tuple[Note, ...]
    skipped: tuple[Note, ...]
    strangers: tuple[str, ...]
    unclaimed: int
    columns: tuple[Option, ...]
    colours: tuple[Option, ...]
    rows: int
    sizes: tuple[int, int, int]
    page: int
    pages: int
    more_doubts: int
    more_skipped: int

    @property
    def has_unknown_columns(self) -> bool:
        return any(option.value == LEFT_OUT for option in self.columns)


def preview(compared: Compared, words: OwnWords, *, has_letters: bool = True, page: int = 1) -> Preview:
    """`words` are those that it was read with; without letters a cell is found by row and heading."""
    plan, reading = compared.plan, compared.reading
    places = Places(() if has_letters else reading.headings, has_letters=has_letters)
    by_status = [plan.of(status) for status in (Status.CONFLICT, Status.CHANGED, Status.NEW)]
    listed = [row for rows in by_status for row in rows]
    pages = max(1, -(-len(listed) // PAGE)) if len(listed) > WHOLE else 1
    page = min(max(page, 1), pages)
    shown = listed if pages == 1 else listed[(page - 1) * PAGE : page * PAGE]
    doubts, skipped = plan.doubts[:NOTES], plan.skipped[:NOTES]
    return Preview(
        counts=tuple(_counts(plan)),
        conflicts=_rows(shown, Status.CONFLICT, places),
        changed=_rows(shown, Status.CHANGED, places),
        new=_rows(shown, Status.NEW, places),
        rows=len(listed),
        sizes=(len(by_status[0]), len(by_status[1]), len(by_status[2])),
        page=page,
        pages=pages,
        doubts=tuple(_doubt(doubt, places) for doubt in doubts),
        more_doubts=len(plan.doubts) - len(doubts),
        skipped=tuple(Note(places.row(one.sheet, one.row), sentence(one.reason)) for one in skipped),
        more_skipped=len(plan.skipped) - len(skipped),
        strangers=plan.strangers,
        unclaimed=plan.unclaimed,
        columns=tuple(_columns(reading)),
        colours=tuple(_colours(reading, words)),
    )


def column_choices() -> list[tuple[str, str]]:
    """What a column may say."""
    return [(field.value, str(words)) for field, words in COLUMNS.items()]


def colour_choices() -> list[tuple[str, str]]:
    """What a colour may say."""
    return [(value, words) for value, words in choices(Light) if Light(value) in DECLARABLE]


def cell_words(field: str, text: str) -> str:
    """What a cell says, as the reader's language writes it."""
    if not text:
        return ""
    if field in ("due", "starts_on"):
        date = fuzzy_dates.read(text)
        return fuzzy(date) if date else text
    if field == "is_contentious":
        return str(_("Yes"))
    choices = _CHOICES.get(field)
    return label(choices(text)) if choices else text


def _counts(plan: Plan) -> Iterable[tuple[str, int, int, int]]:
    for kind, words in LEVELS.items():
        changed = plan.count(kind, Status.CHANGED, Status.CONFLICT)
        yield str(words), plan.count(kind, Status.NEW), changed, plan.count(kind, Status.UNCHANGED)


class Places:
    """How a cell is found again: by sheet and letters, or, in a CSV, by row and heading."""

    def __init__(self, headings: Iterable[Heading], *, has_letters: bool) -> None:
        self._has_letters = has_letters
        self._columns = {letters_of(heading.cell): heading.text for heading in headings}

    def cell(self, sheet: str, cell: str) -> str:
        if self._has_letters:
            return f"{sheet}!{cell}"
        letters = letters_of(cell)
        row = _("row %(row)s") % {"row": cell.removeprefix(letters)}
        return f"{row}, {self._columns.get(letters) or letters}"

    def row(self, sheet: str, row: int) -> str:
        """Row 0 is the sheet as a whole."""
        if not row:
            return sheet
        return f"{sheet}!{row}" if self._has_letters else str(_("row %(row)s") % {"row": row})

    def of(self, where: Located | None) -> str:
        return self.cell(where.sheet, where.cell) if where else ""


def _rows(rows: Iterable[PlannedRow], status: Status, places: Places) -> tuple[Row, ...]:
    return tuple(_row(row, places) for row in rows if row.status is status)


def _row(row: PlannedRow, places: Places) -> Row:
    new = row.said if row.status is Status.NEW else {}
    return Row(
        id=row.id,
        kind=str(KINDS[row.kind]),
        level=list(Kind).index(row.kind) + 1,
        number=row.number,
        title=row.title,
        place=places.of(row.where),
        status=row.status.value,
        cells=tuple(_cell(row, cell, places) for cell in row.cells),
        owners=new.get("owners", ""),
        due=cell_words("due", new.get("due", "")),
        light=new.get("declared", ""),
        facts=tuple(
            (str(CELLS[field]), cell_words(field, text))
            for field, text in new.items()
            if text and field not in _OWN_COLUMN
        ),
    )


def _cell(row: PlannedRow, cell: CellChange, places: Places) -> Cell:
    return Cell(
        column=str(CELLS[cell.field]),
        was=cell_words(cell.field, cell.mine),
        now=cell_words(cell.field, cell.theirs),
        place=places.of(cell.where or row.where),
        side=f"{SIDE}{row.cell_id(cell.field)}",
        is_conflict=cell.is_conflict,
        id=row.cell_id(cell.field),
    )


def _doubt(doubt: Doubt, places: Places) -> Note:
    words = sentence(doubt.reason)
    if left_out := _LEFT_OUT.get(doubt.reason.code):
        words = f"{words} {left_out}"
    return Note(places.cell(doubt.sheet, doubt.cell), words)


def _columns(reading: Reading) -> Iterable[Option]:
    for heading in reading.headings:
        letters = letters_of(heading.cell)
        value = heading.field.value if heading.field else LEFT_OUT
        yield Option(f"column-{letters}", f"{letters} · {heading.text}", value)


def _colours(reading: Reading, words: OwnWords) -> Iterable[Option]:
    """Those that nobody knows, and those that somebody explained."""
    unknown = (
        str(doubt.reason.params["colour"])
        for doubt in reading.doubts
        if doubt.reason.code == "unknown_colour"
    )
    own = {colour: light.value if light else LEFT_OUT for colour, light in words.colours.items()}
    for colour in dict.fromkeys((*own, *unknown)):
        yield Option(f"colour-{colour}", f"#{colour}", own.get(colour, LEFT_OUT), colour)


def hidden_choices(preview: Preview, found: int | None, sent: Sequence[str]) -> list[tuple[str, str]]:
    """What has to be sent along so that the same is written that was shown: only what was chosen by hand."""
    chosen = {option.name: option.value for option in (*preview.columns, *preview.colours)}
    kept = [(name, chosen[name]) for name in sent if name in chosen]
    return [("found", str(found)), *kept] if found is not None else kept
