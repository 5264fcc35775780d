"""What the columns beyond the usual nine say of a row, and how each is edited."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext as _

from destraba.ledger.labels import choices, label
from destraba.ledger.wording import day, fuzzy
from destraba.queries.matrix.cells import EDITABLE, Kind
from destraba.queries.matrix.rows import CommitmentRow, ProblemRow, SolutionRow
from destraba.queries.matrix.views.columns import SPECS, USUAL, Column
from destraba.rules.commitments import CommitmentState
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Funding,
    Instrument,
    PolicyQuadrant,
    PrivateMatter,
    PublicInput,
    Scope,
    YesNo,
    policy_quadrant,
)
from destraba.rules.matrix.shelves import shelf
from destraba.rules.priorities import Quadrant, quadrant
from destraba.rules.problems import FilterReason, Origin, ProblemProgress
from destraba.rules.solutions import SolutionStage, has_reached
from destraba.values.visibility import Visibility
from destraba.web.matrix.words import COLUMN_WORDS

AnyRow: TypeAlias = ProblemRow | SolutionRow | CommitmentRow


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, the column being called `words`.

    `raw` is what an editor starts from, `editor` is blank where nobody edits it.
    """

    column: str
    words: str
    text: str
    note: str = ""
    editor: str = ""
    raw: str = ""


def more_cells(kind: Kind, row: AnyRow, columns: tuple[Column, ...], *, can_edit: bool) -> tuple[Cell, ...]:
    """The cells of a row in the columns that are not among the usual ones, in their order."""
    return tuple(_cell(kind, row, column, can_edit) for column in columns if column not in USUAL)


def _cell(kind: Kind, row: AnyRow, column: Column, can_edit: bool) -> Cell:
    say = _SAYS[kind].get(column)
    if say is None:
        return Cell(column.value, "", "")
    text, raw, *note = say(row)
    editor = _EDITORS.get(column, "choice") if can_edit and column.value in EDITABLE[kind] else ""
    words = str(COLUMN_WORDS[column])
    return Cell(column.value, words, text, note[0] if note else "", editor, raw if editor else "")


Said = tuple[str, ...]
"""The words, what an editor starts from, and perhaps a word more."""


def _class(enum: type[Concern | PublicInput | CoordinationFailure | Origin | Funding], code: str) -> Said:
    return (label(enum(code)), code) if code else ("", "")


def _visibility(row: AnyRow) -> Said:
    return label(Visibility(row.visibility)), row.visibility


def _public_input(row: ProblemRow) -> Said:
    classes = row.classes
    if classes.public_input or not classes.private_matter:
        return _class(PublicInput, classes.public_input)
    return label(PrivateMatter(classes.private_matter)), ""


def _policy(row: ProblemRow) -> Said:
    scope, instrument = row.classes.scope, row.classes.instrument
    found: PolicyQuadrant | None = policy_quadrant(
        Scope(scope) if scope else None, Instrument(instrument) if instrument else None
    )
    if found:
        return label(found), found.value
    half = label(Scope(scope)) if scope else label(Instrument(instrument)) if instrument else ""
    return half, ""


def _quadrant(row: ProblemRow) -> Said:
    found: Quadrant | None = quadrant(row.importance, row.speed)
    return (label(found), "") if found else ("", "")


def _contentious(row: ProblemRow) -> Said:
    code = YesNo.YES if row.classes.is_contentious else YesNo.NO
    return (label(code) if row.classes.is_contentious else ""), code.value


def _shelf(row: ProblemRow) -> Said:
    applied = row.progress in (ProblemProgress.APPLIED, ProblemProgress.RESOLVED)
    return label(shelf(row.stage, in_focus=row.in_focus, applied=applied)), ""


def _stage(row: ProblemRow) -> Said:
    return label(row.stage), row.stage.value


def _reached(stage: SolutionStage) -> Callable[[SolutionRow], Said]:
    def say(row: SolutionRow) -> Said:
        if stage is SolutionStage.APPLIED and row.places[1]:
            reached = _("%(count)s of %(all)s") % {"count": row.places[0], "all": row.places[1]}
            return reached, ""
        if row.stage is SolutionStage.DROPPED:
            return "", ""
        return label(YesNo.YES if has_reached(row.stage, stage) else YesNo.NO), ""

    return say


_SAYS: Mapping[Kind, Mapping[Column, Callable[..., Said]]] = {
    Kind.PROBLEM: {
        Column.SPEED: lambda row: (label(row.speed), row.speed.value) if row.speed else ("", ""),
        Column.QUADRANT: _quadrant,
        Column.AXIS: lambda row: (row.axis, row.axis),
        Column.STAGE: _stage,
        Column.CONCERN: lambda row: _class(Concern, row.classes.concern),
        Column.PUBLIC_INPUT: _public_input,
        Column.POLICY: _policy,
        Column.COORDINATION: lambda row: _class(CoordinationFailure, row.classes.coordination),
        Column.ORIGIN: lambda row: _class(Origin, row.classes.origin),
        Column.CONTENTIOUS: _contentious,
        Column.SHELF: _shelf,
        Column.VISIBILITY: _visibility,
    },
    Kind.SOLUTION: {
        Column.FUNDING: lambda row: _class(Funding, row.funding),
        Column.ENACTED: _reached(SolutionStage.ENACTED),
        Column.APPLIED: _reached(SolutionStage.APPLIED),
        Column.EFFECTIVE: _reached(SolutionStage.EFFECTIVE),
        Column.BEFORE: lambda row: (row.before, row.before),
        Column.AFTER: lambda row: (row.after, row.after),
        Column.VISIBILITY: _visibility,
    },
    Kind.COMMITMENT: {
        Column.STATE: lambda row: (label(CommitmentState(row.state)), row.state),
        Column.SEAT: lambda row: (row.seat, row.seat),
        Column.HELPERS: lambda row: (", ".join(row.helpers), "; ".join(row.helpers)),
        Column.STARTS: lambda row: (
            (day(row.starts_on), row.starts_on.isoformat()) if row.starts_on else ("", "")
        ),
        Column.ORIGINAL_DUE: lambda row: (fuzzy(row.original_due), "") if row.original_due else ("", ""),
        Column.SITUATION: lambda row: (row.situation, row.situation),
        Column.VISIBILITY: _visibility,
    },
}

_EDITORS = {
    Column.AXIS: "text",
    Column.BEFORE: "text",
    Column.AFTER: "text",
    Column.SEAT: "text",
    Column.HELPERS: "text",
    Column.SITUATION: "long",
    Column.STARTS: "date",
}


_NEVER_BLANK = frozenset({Column.STAGE, Column.STEP, Column.CONTENTIOUS, Column.VISIBILITY})


def choices_of(column: Column) -> list[tuple[str, str]]:
    """What a choice offers: (code, words)."""
    options = SPECS[column].options
    if options is None:
        return []
    if column is Column.STAGE:
        # A problem is set aside by saying why. What it repeats is named on its page.
        whys = [pair for pair in choices(FilterReason) if pair[0] != FilterReason.DUPLICATE]
        return [*choices(options), *whys]
    return [*([] if column in _NEVER_BLANK else [("", "—")]), *choices(options)]
