"""What somebody takes away of a mesa of the stories."""

from destraba.models import Mesa
from destraba.queries.access import Viewer
from destraba.queries.exports import INSTALLATION, Extract, Shown, extract
from destraba.queries.matrix.rows import Filters
from destraba.queries.matrix.tree import matrix
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
        problems = matrix(viewer, mesa, filters or Filters()).problems
        return Shown(problems=problems, words=words, columns=columns)

    return extract(viewer, mesa, look, LATER)
