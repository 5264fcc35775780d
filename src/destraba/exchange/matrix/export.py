"""A mesa's Matrix as a spreadsheet under the team's own headings, which reads back as what it was."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from destraba.exchange.matrix.exports import Column, ExportRow, ShownLight
from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.stamps import Stamp, tail_of
from destraba.exchange.matrix.write import write_csv, write_xlsx
from destraba.ledger.heads import seq_of
from destraba.ledger.labels import label
from destraba.models import Mesa
from destraba.queries.access import Viewer
from destraba.queries.exports import NO_FIGURES, Extras, extras, own_columns
from destraba.queries.matrix.rows import CommitmentRow, Filters, ProblemRow, SolutionRow
from destraba.queries.matrix.tree import matrix
from destraba.rules.lights import Light
from destraba.values.days import day_in
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.numbers import commitment_number, problem_number, solution_number

# What a team that has no spreadsheet of its own finds above the columns, in the order of the Matrix.
HEADINGS = (
    Column(Field.NUMBER, "N°", 8),
    Column(Field.AXIS, "Eje"),
    Column(Field.PROBLEM, "Traba"),
    Column(Field.PROBLEM_NOTE, "Nota de la traba"),
    Column(Field.PRIORITY, "Prioridad", 10),
    Column(Field.SOLUTION_NUMBER, "N° de solución", 10),
    Column(Field.SOLUTION, "Solución"),
    Column(Field.BEFORE, "Antes"),
    Column(Field.AFTER, "Después"),
    Column(Field.GOAL, "Meta"),
    Column(Field.COMMITMENT_NUMBER, "N° de compromiso", 12),
    Column(Field.COMMITMENT, "Compromiso"),
    Column(Field.OWNER, "Responsable", 24),
    Column(Field.COLLABORATORS, "Colaboran", 24),
    Column(Field.START, "Inicio", 12),
    Column(Field.DUE, "Plazo", 14),
    Column(Field.LIGHT, "Semáforo", 12),
    Column(Field.NOTE, "Situación"),
    Column(Field.VERSION, "Versión", 14),
)
_TITLED = {
    Field.NUMBER: Field.PROBLEM,
    Field.SOLUTION_NUMBER: Field.SOLUTION,
    Field.COMMITMENT_NUMBER: Field.COMMITMENT,
}
_NO_FILTERS = Filters()


def export_xlsx(viewer: Viewer, mesa: Mesa, now: datetime, filters: Filters = _NO_FILTERS) -> bytes:
    """What this viewer may see, as a workbook."""
    return write_xlsx(
        export_rows(viewer, mesa, filters),
        export_columns(mesa),
        title=mesa.name,
        sheet_name=_("Matrix"),
        updated=(_("Updated on"), day_in(mesa.time_zone, now)),
        now=now,
    )


def export_csv(viewer: Viewer, mesa: Mesa, filters: Filters = _NO_FILTERS) -> bytes:
    """The same as CSV."""
    return write_csv(export_rows(viewer, mesa, filters), export_columns(mesa))


def template_xlsx(mesa: Mesa, now: datetime) -> bytes:
    """The headings alone, to be filled in."""
    return write_xlsx(
        (),
        export_columns(mesa),
        title=mesa.name,
        sheet_name=_("Matrix"),
        updated=(_("Updated on"), day_in(mesa.time_zone, now)),
        now=now,
    )


def export_columns(mesa: Mesa) -> list[Column]:
    """The team's own headings in its own order; what it has none for stands behind its usual neighbour."""
    own = {field: heading for heading, field in own_columns(mesa)}
    standard = {column.field.value: column for column in HEADINGS}
    columns = [
        Column(column.field, heading, column.width)
        for field, heading in own.items()
        if (column := standard.get(field))
    ]
    for index, column in enumerate(HEADINGS):
        if column.field.value not in own:
            columns.insert(_place(column.field, columns, HEADINGS[:index]), column)
    return columns


def _place(field: Field, columns: Sequence[Column], neighbours: Sequence[Column]) -> int:
    """A number before its title, the version last, all else behind what usually stands before it."""
    placed = [column.field for column in columns]
    if field is Field.VERSION:
        return len(placed)
    if _TITLED.get(field) in placed:
        return placed.index(_TITLED[field])
    return next((placed.index(one.field) + 1 for one in reversed(neighbours) if one.field in placed), 0)


def export_rows(viewer: Viewer, mesa: Mesa, filters: Filters = _NO_FILTERS) -> Iterator[ExportRow]:
    """One a commitment; a problem or a solution that has nothing below it has one of its own.

    Title, axis and priority stand in every row, so that each can be read and sorted alone; a note or a
    figure stands in the first row alone, where correcting it leaves no other to contradict it.
    """
    stamp = Stamp(seq_of(mesa.pk), tail_of(mesa.pk))
    shown = matrix(viewer, mesa, filters)
    more = extras(mesa)
    for problem in shown.problems:
        for index, row in enumerate(_below(problem, stamp, more)):
            yield replace(row, problem_note=problem.detail) if index == 0 else row


def _below(problem: ProblemRow, stamp: Stamp, more: Extras) -> Iterator[ExportRow]:
    own = ExportRow(
        number=problem_number(problem.number),
        axis=problem.axis,
        problem=problem.title,
        priority=label(problem.importance) if problem.importance else "",
        version=str(stamp),
    )
    for commitment in problem.direct:
        yield _with_commitment(own, commitment, stamp, more)
    for solution in problem.solutions:
        yield from _with_solution(own, problem, solution, stamp, more)
    if not problem.has_children:
        yield own


def _with_solution(
    own: ExportRow, problem: ProblemRow, solution: SolutionRow, stamp: Stamp, more: Extras
) -> Iterator[ExportRow]:
    bare = replace(
        own,
        solution_number=solution_number(problem.number, solution.number),
        solution=solution.title,
    )
    figures = more.figures.get(solution.id, NO_FIGURES)
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
        light=ShownLight(light, label(light)),
        note=commitment.situation,
        version=str(stamp if is_declared else replace(stamp, shown=light)),
    )
