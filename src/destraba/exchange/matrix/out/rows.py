"""What is written of a Matrix: flat rows, one a commitment."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from django.utils.translation import gettext as _

from destraba.exchange.matrix.stamps import Stamp, tail_of
from destraba.ledger.labels import label
from destraba.queries.exports import NO_CLASSES, NO_FIGURES, Extract, Extras
from destraba.queries.matrix.rows import CommitmentRow, ProblemRow, SolutionRow
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.numbers import commitment_number, problem_number, solution_number
from destraba.values.quantities import Quantity


@dataclass(frozen=True, slots=True)
class ShownLight:
    """A light and its word in the reader's language."""

    light: Light
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRow:
    """One row; what stands above a commitment is repeated, so that every row can be read and sorted alone.

    A problem or a solution that has nothing below it has a row of its own. Numbers are Destraba's ("P-12",
    "P-12.1", "C-45"): reading the file again matches by them. `percent` is from 0 to 100.
    """

    mesa: str = ""
    number: str = ""
    axis: str = ""
    problem: str = ""
    problem_note: str = ""
    priority: str = ""
    speed: str = ""
    stage: str = ""
    concern: str = ""
    public_input: str = ""
    scope: str = ""
    instrument: str = ""
    coordination: str = ""
    origin: str = ""
    contentious: str = ""
    solution_number: str = ""
    solution: str = ""
    solution_stage: str = ""
    before: Quantity | None = None
    after: Quantity | None = None
    goal: Quantity | None = None
    funding: str = ""
    commitment_number: str = ""
    commitment: str = ""
    owner: str = ""
    collaborators: tuple[str, ...] = ()
    start: FuzzyDate | None = None
    due: FuzzyDate | None = None
    due_text: str = ""
    original_due: FuzzyDate | None = None
    slips: int | None = None
    light: ShownLight | None = None
    state: str = ""
    percent: Decimal | None = None
    note: str = ""
    version: str = ""


def stamp_of(extract: Extract) -> Stamp:
    """Which state of which mesa the rows show."""
    return Stamp(extract.seq, tail_of(extract.mesa.pk))


def flat_rows(extract: Extract) -> Iterator[ExportRow]:
    """One a commitment; a problem or a solution that has nothing below it has one of its own.

    Title, axis and classes stand in every row, so that each can be read and sorted alone; a note or a figure
    stands in the first row alone, where correcting it leaves no other to contradict it.
    """
    stamp = stamp_of(extract)
    for problem in extract.shown.problems:
        for index, row in enumerate(_below(problem, stamp, extract.extras)):
            yield replace(row, problem_note=problem.detail) if index == 0 else row


def _below(problem: ProblemRow, stamp: Stamp, more: Extras) -> Iterator[ExportRow]:
    own = _with_classes(
        ExportRow(
            number=problem_number(problem.number),
            axis=problem.axis,
            problem=problem.title,
            priority=_word(problem.importance),
            speed=_word(problem.speed),
            stage=label(problem.stage),
            version=str(stamp),
        ),
        problem,
        more,
    )
    for commitment in problem.direct:
        yield _with_commitment(own, commitment, stamp, more)
    for solution in problem.solutions:
        yield from _with_solution(own, problem, solution, stamp, more)
    if not problem.has_children:
        yield own


def _with_classes(row: ExportRow, problem: ProblemRow, more: Extras) -> ExportRow:
    classes = more.classes.get(problem.id, NO_CLASSES)
    return replace(
        row,
        concern=_word(classes.concern),
        public_input=_word(classes.public_input),
        scope=_word(classes.scope),
        instrument=_word(classes.instrument),
        coordination=_word(classes.coordination),
        origin=_word(classes.origin),
        contentious=_("Yes") if classes.is_contentious else _("No"),
    )


def _with_solution(
    own: ExportRow, problem: ProblemRow, solution: SolutionRow, stamp: Stamp, more: Extras
) -> Iterator[ExportRow]:
    figures = more.figures.get(solution.id, NO_FIGURES)
    bare = replace(
        own,
        solution_number=solution_number(problem.number, solution.number),
        solution=solution.title,
        solution_stage=label(solution.stage),
        funding=_word(figures.funding),
    )
    first = replace(bare, before=figures.before, after=figures.after, goal=figures.goal)
    if not solution.commitments:
        yield first
    for index, commitment in enumerate(solution.commitments):
        yield _with_commitment(bare if index else first, commitment, stamp, more)


def _with_commitment(row: ExportRow, commitment: CommitmentRow, stamp: Stamp, more: Extras) -> ExportRow:
    start, light = more.starts.get(commitment.id), commitment.light
    is_declared = light is (commitment.declared or Light.NONE)
    return replace(
        row,
        commitment_number=commitment_number(commitment.number),
        commitment=commitment.title,
        owner=commitment.owner,
        collaborators=more.helpers.get(commitment.id, ()),
        start=FuzzyDate(start) if start else None,
        due=commitment.due,
        original_due=commitment.original_due,
        slips=commitment.slips,
        light=ShownLight(light, label(light)),
        state=label(CommitmentState(commitment.state)),
        note=commitment.situation,
        version=str(stamp if is_declared else replace(stamp, shown=light)),
    )


def _word(member: Enum | None) -> str:
    return label(member) if member else ""
