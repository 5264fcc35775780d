"""The sheet that explains a workbook to whoever finds it: what it is, what its colours and words mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.out.columns import Column
from destraba.exchange.matrix.out.rows import ShownLight, stamp_of
from destraba.ledger.labels import label
from destraba.ledger.wording import moment, number
from destraba.queries.exports import Extract
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Funding,
    Instrument,
    PublicInput,
    Scope,
)
from destraba.rules.priorities import Importance, Speed
from destraba.rules.problems import Origin, ProblemStage
from destraba.rules.solutions import SolutionStage

Words = str | Promise
Row = tuple[str | ShownLight, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A few rows under a title."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """`stamp` is the version of the rows, by which the sheet is known for what it is: see `stamps`."""

    name: str
    title: str
    stamp: str
    sections: tuple[Section, ...]


_LIGHTS: Mapping[Light, Words] = {
    Light.DONE: gettext_lazy("Done, and the team agrees."),
    Light.GREEN: gettext_lazy("On track."),
    Light.AMBER: gettext_lazy(
        "No news, no date, moved twice, due soon without progress, or not accepted yet."
    ),
    Light.RED: gettext_lazy("Past its date, or amber for too long."),
    Light.GREY: gettext_lazy("Just asked, or not due to start yet."),
    Light.WAITING: gettext_lazy("Waits for somebody else, whose row carries the red."),
}
_PROBLEMS: Mapping[ProblemStage, Words] = {
    ProblemStage.RAISED: gettext_lazy("Somebody raised it; the mesa has not taken it up yet."),
    ProblemStage.ACCEPTED: gettext_lazy("The mesa works on it."),
    ProblemStage.FILTERED_OUT: gettext_lazy("Set aside for a reason that the record keeps."),
    ProblemStage.PARKED: gettext_lazy("For later."),
    ProblemStage.TRANSFERRED: gettext_lazy("Handed to another mesa."),
    ProblemStage.WITHDRAWN: gettext_lazy("Taken back; its history stays."),
}
_SOLUTIONS: Mapping[SolutionStage, Words] = {
    SolutionStage.PROPOSED: gettext_lazy("An idea on the table."),
    SolutionStage.AGREED: gettext_lazy("The mesa wants it."),
    SolutionStage.IN_PROGRESS: gettext_lazy("Somebody works on it."),
    SolutionStage.ENACTED: gettext_lazy("The norm is out, or none was needed. On paper: not resolved yet."),
    SolutionStage.PILOTED: gettext_lazy("Tried out somewhere."),
    SolutionStage.APPLIED: gettext_lazy("Seen applied on the ground."),
    SolutionStage.EFFECTIVE: gettext_lazy("It has the effect that was wanted."),
    SolutionStage.DROPPED: gettext_lazy("Given up, for a reason that the record keeps."),
}
_COMMITMENTS: Mapping[CommitmentState, Words] = {
    CommitmentState.ASKED: gettext_lazy("Asked of its owner, who has not accepted it yet."),
    CommitmentState.AGREED: gettext_lazy("Its owner has accepted it."),
    CommitmentState.DECLINED: gettext_lazy("Its owner has said no, and why."),
    CommitmentState.REPORTED_DONE: gettext_lazy(
        "Its owner says that it is done; the team has to confirm it."
    ),
    CommitmentState.DONE: gettext_lazy("Done, and the team agrees."),
    CommitmentState.CANCELLED: gettext_lazy("Called off, for a reason that the record keeps."),
    CommitmentState.REPLACED: gettext_lazy("Another commitment stands in its place."),
}
_COLUMNS: Mapping[Field, Words] = {
    Field.NUMBER: gettext_lazy("By this number the row is known again. Leave it blank in a new row."),
    Field.AXIS: gettext_lazy("The line of work to which the problem belongs."),
    Field.PROBLEM: gettext_lazy("What holds the sector back."),
    Field.PROBLEM_NOTE: gettext_lazy("More about the problem. Stands in its first row alone."),
    Field.PRIORITY: gettext_lazy("How important the problem is."),
    Field.SPEED: gettext_lazy("How quickly it could be solved."),
    Field.STAGE: gettext_lazy("How far the problem has come. Not changed from a spreadsheet."),
    Field.SOLUTION_NUMBER: gettext_lazy("By this number the solution is known again."),
    Field.SOLUTION: gettext_lazy("What would remove the problem."),
    Field.SOLUTION_STAGE: gettext_lazy("How far the solution has come. Not changed from a spreadsheet."),
    Field.BEFORE: gettext_lazy("The figure before: days, cost, steps."),
    Field.AFTER: gettext_lazy("The figure after."),
    Field.GOAL: gettext_lazy("The figure that is aimed at."),
    Field.COMMITMENT_NUMBER: gettext_lazy("By this number the commitment is known again."),
    Field.COMMITMENT: gettext_lazy("What somebody has to do."),
    Field.OWNER: gettext_lazy("The one organization that answers for it."),
    Field.COLLABORATORS: gettext_lazy("Those that help, one after the other, with a semicolon between them."),
    Field.START: gettext_lazy("When work on it begins."),
    Field.DUE: gettext_lazy("By when: a day, or the month, quarter or year that was promised."),
    Field.ORIGINAL_DUE: gettext_lazy("The date that was promised first. Not changed from a spreadsheet."),
    Field.SLIPS: gettext_lazy("How often the date was put off. Not changed from a spreadsheet."),
    Field.LIGHT: gettext_lazy("How it stands, as a colour and a word. Write over it to declare another."),
    Field.STATE: gettext_lazy("How far the commitment has come. Not changed from a spreadsheet."),
    Field.NOTE: gettext_lazy("How things stand, in words."),
    Field.CONCERN: gettext_lazy("Whether it is for the state to solve, or for the firms themselves."),
    Field.PUBLIC_INPUT: gettext_lazy("What the state would have to provide."),
    Field.SCOPE: gettext_lazy("Whether it concerns many sectors or one."),
    Field.INSTRUMENT: gettext_lazy("Whether it is a public input, or protection, a subsidy or an exemption."),
    Field.COORDINATION: gettext_lazy("Between whom coordination fails."),
    Field.ORIGIN: gettext_lazy("Whether it was on the first list, or came up later."),
    Field.CONTENTIOUS: gettext_lazy("Whether members disagree about it."),
    Field.FUNDING: gettext_lazy("What the solution is paid from."),
    Field.VERSION: gettext_lazy("Which state of the record the row shows. Leave it as it is."),
}
_CLASSES: Mapping[Field, type[Enum]] = {
    Field.PRIORITY: Importance,
    Field.SPEED: Speed,
    Field.CONCERN: Concern,
    Field.PUBLIC_INPUT: PublicInput,
    Field.SCOPE: Scope,
    Field.INSTRUMENT: Instrument,
    Field.COORDINATION: CoordinationFailure,
    Field.ORIGIN: Origin,
    Field.FUNDING: Funding,
}


def legend_of(extract: Extract, columns: Sequence[Column], rows: int) -> Legend:
    """For a workbook of so many rows, in the reader's language."""
    return Legend(
        name=_("Legend"),
        title=_("Legend"),
        stamp=str(stamp_of(extract)),
        sections=(
            Section(_("This file"), tuple(_about(extract, rows))),
            Section(_("Lights"), tuple((_shown(light), str(said)) for light, said in _LIGHTS.items())),
            Section(_("Stages and states"), tuple(_stages())),
            Section(_("Columns"), tuple(_meanings(columns))),
            Section(_("Words that may stand in a column"), tuple(_words(columns))),
        ),
    )


def _about(extract: Extract, rows: int) -> Iterable[Row]:
    problems = extract.shown.problems
    yield _("Mesa"), extract.mesa.name
    yield _("Taken on"), moment(extract.taken_at, extract.mesa.time_zone)
    yield _("Taken by"), extract.taken_by
    yield _("What was asked for"), "; ".join(extract.shown.words) or _("All that this reader may see")
    yield _("Rows"), number(rows)
    yield _("Problems"), number(len(problems))
    yield _("Solutions"), number(sum(len(problem.solutions) for problem in problems))
    yield _("Commitments"), number(sum(len(problem.commitments) for problem in problems))
    yield _("State of the record"), str(stamp_of(extract))


def _shown(light: Light) -> ShownLight:
    return ShownLight(light, label(light))


def _stages() -> Iterable[Row]:
    for name, meanings in (
        (_("Problem"), _PROBLEMS),
        (_("Solution"), _SOLUTIONS),
        (_("Commitment"), _COMMITMENTS),
    ):
        for member, said in meanings.items():
            yield name, label(member), str(said)


def _meanings(columns: Sequence[Column]) -> Iterable[Row]:
    for column in columns:
        yield column.heading, str(_COLUMNS[column.field])


def _words(columns: Sequence[Column]) -> Iterable[Row]:
    for column in columns:
        for member in _CLASSES.get(column.field, ()):
            yield column.heading, label(member)
