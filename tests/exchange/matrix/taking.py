"""What somebody takes away of a mesa of the stories."""

from destraba.models import Mesa
from destraba.queries.access import Viewer
from destraba.queries.exports import INSTALLATION, Extract, Shown, extract
from destraba.queries.matrix.tree import viewed
from destraba.queries.matrix.views.asked import Asker, Filters, View
from destraba.queries.within import within_one
from tests.exchange.matrix.tables import LATER


def taken(
    mesa: Mesa,
    viewer: Viewer = INSTALLATION,
    *,
    filters: Filters | None = None,
    words: tuple[str, ...] = (),
    columns: frozenset[str] | None = None,
) -> Extract:
    """All that this viewer may see of it, or what matches."""

    def look() -> Shown:
        view = View(filters=filters or Filters(), group=None)
        problems = viewed(within_one(viewer, mesa), view, Asker(LATER.date()))
        return Shown(problems=problems, words=words, columns=columns)

    return extract(viewer, mesa, look, LATER)
