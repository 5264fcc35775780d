"""The groups of a Matrix in words, with their rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from destraba.ledger.labels import label
from destraba.queries.matrix.views.columns import SPECS, Column
from destraba.queries.matrix.views.window import Span, Window
from destraba.rules.matrix.shelves import Shelf
from destraba.web.grid import Frame, GridRow, NewRow, below, problem_row


@dataclass(frozen=True, slots=True)
class Group:
    """Problems that stand alike, under one heading; without one where they stand in one list, or where the
    heading stands above in an earlier window."""

    code: str
    title: str
    note: str
    is_focus: bool
    counts: tuple[tuple[str, int], ...]
    rows: tuple[GridRow | NewRow, ...]


def groups(window: Window, column: Column | None, frames: Mapping[UUID, Frame]) -> list[Group]:
    """By the column that the view groups by; rows of each mesa in its own frame."""
    position = window.start
    made = []
    for span in window.spans:
        rows: list[GridRow | NewRow] = []
        for problem in span.problems:
            position += 1
            frame, is_open = frames[problem.mesa_id], problem.id in window.opened
            rows.append(problem_row(problem, frame, is_open=is_open, position=position, size=window.total))
            rows.extend(below(problem, frame) if is_open else ())
        made.append(_group(span, column, frames, tuple(rows)))
    return made


def _group(
    span: Span, column: Column | None, frames: Mapping[UUID, Frame], rows: tuple[GridRow | NewRow, ...]
) -> Group:
    is_focus = column is Column.SHELF and span.code == Shelf.FOCUS
    has_heading = column is not None and span.begins
    counts = tuple((light.value, count) for light, count in span.below.lights)
    return Group(
        code=span.code,
        title=group_title(column, span.code) if column and has_heading else "",
        note=_note(span, frames, is_focus=is_focus) if has_heading else "",
        is_focus=is_focus,
        counts=counts if has_heading else (),
        rows=rows,
    )


def group_title(column: Column, code: str) -> str:
    """What a group is called."""
    if not code:
        return _("Not said")
    options = SPECS[column].options
    return label(options(code)) if options else code


def _note(span: Span, frames: Mapping[UUID, Frame], *, is_focus: bool) -> str:
    if is_focus and len(frames) == 1:
        most = next(iter(frames.values())).focus_most
        return _("%(count)s of at most %(most)s") % {"count": span.size, "most": most}
    return str(span.size)
