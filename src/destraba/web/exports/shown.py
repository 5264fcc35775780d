"""What the address of a file asks for: the rows of the Matrix that the page under the same query shows."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from destraba.ledger.labels import label
from destraba.models import Mesa
from destraba.queries.access import Viewer
from destraba.queries.exports import Shown
from destraba.queries.matrix.rows import Filters, Matrix
from destraba.queries.matrix.tree import matrix


def shown(viewer: Viewer, mesa: Mesa, filters: Filters) -> Shown:
    """The rows that match, and in words what was asked for."""
    found = matrix(viewer, mesa, filters)
    return Shown(problems=found.problems, words=tuple(_words(found)))


def _words(found: Matrix) -> Iterator[str]:
    filters = found.filters
    if filters.text:
        yield _("Text: “%(text)s”") % {"text": filters.text}
    if filters.owner:
        yield _("Who answers: %(name)s") % {"name": dict(found.owners).get(filters.owner, "—")}
    if filters.light:
        yield _("Light: %(light)s") % {"light": label(filters.light)}
    if filters.is_set:
        yield _("%(count)s of %(all)s problems") % {
            "count": len(found.problems),
            "all": found.total_problems,
        }
