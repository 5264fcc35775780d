"""What the address of a file asks for: the rows of the Matrix that the page under the same query shows."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from destraba.models import Mesa
from destraba.queries.exports import Shown
from destraba.queries.matrix.tree import viewed
from destraba.queries.matrix.views.columns import USUAL, Column
from destraba.queries.within import within_one
from destraba.web.matrix.asking import view_of
from destraba.web.matrix.chips import condition_chips
from destraba.web.matrix.pages import Scene, names_in
from destraba.web.matrix.words import QUICK_WORDS
from destraba.web.middleware import Request

# The columns of a file that stand for one on the page, where they are not called the same.
_FIELDS: Mapping[Column, tuple[str, ...]] = {
    Column.NUMBER: ("number", "solution_number", "commitment_number", "version"),
    Column.TITLE: ("problem", "problem_note", "solution", "commitment"),
    Column.STEP: ("solution_stage",),
    Column.LIGHT: ("light", "note"),
    Column.OWNER: ("owner", "collaborators"),
    Column.IMPORTANCE: ("priority",),
    Column.MOVED: (),
    Column.PUBLIC_INPUT: ("public_input", "private_matter"),
    Column.POLICY: ("scope", "instrument"),
    Column.FUNDING: ("funding", "budget_window"),
    Column.ENACTED: ("solution_stage",),
    Column.APPLIED: ("solution_stage",),
    Column.EFFECTIVE: ("solution_stage",),
    Column.AFTER: ("after", "goal"),
    Column.SEAT: ("owner",),
    Column.HELPERS: ("collaborators",),
    Column.STARTS: ("start",),
    Column.SITUATION: ("note",),
}


def shown(request: Request, mesa: Mesa) -> Shown:
    """The rows that match, in their order, and in words what was asked for."""
    view = view_of(request.GET)
    scene = Scene(request, within_one(request.viewer, mesa), mesa, view)
    rows = viewed(scene.within, view, scene.asker())
    columns = None if view.columns == USUAL else frozenset(_fields(view.columns))
    return Shown(problems=rows, words=tuple(_words(scene, len(rows))), columns=columns)


def _fields(columns: tuple[Column, ...]) -> Iterator[str]:
    for column in columns:
        yield from _FIELDS.get(column, (column.value,))


def _words(scene: Scene, count: int) -> Iterator[str]:
    filters = scene.view.filters
    if filters.text:
        yield _("Text: “%(text)s”") % {"text": filters.text}
    yield from (str(words) for quick, words in QUICK_WORDS.items() if quick in filters.quick)
    yield from (chip.words for chip in condition_chips(scene.view, names_in(scene)))
    if filters.is_set:
        yield _("Problems that match: %(count)s") % {"count": count}
