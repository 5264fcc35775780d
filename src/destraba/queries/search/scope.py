"""How far somebody's search reaches, in the marks that the index keeps."""

from collections.abc import Iterable
from uuid import UUID

from destraba.ledger.search import marks
from destraba.ledger.search.marks import Findable
from destraba.queries.access import Reach
from destraba.queries.within import Within
from destraba.rules.permissions import OF_THE_PROGRAMME
from destraba.values.search.wanted import AllOf, Wanted, all_of, any_of
from destraba.values.visibility import Visibility

EVERYTHING = AllOf(())
OF_THE_MATRIX = frozenset({Findable.PROBLEM, Findable.SOLUTION, Findable.COMMITMENT})


def scope_of(kind: Findable, seen: Within, only: UUID | None = None) -> Wanted | None:
    """What an entry of this kind must be marked with for the viewer to see it; None where nothing of the kind
    is for them. `only`: in this one of their mesas."""
    if not seen.mesas and not seen.viewer.standing.seats:
        return None
    if kind is Findable.ORGANIZATION:
        return None if only else EVERYTHING
    if kind is Findable.PERSON:
        who = [marks.of_mesa(key) for key in _those(only, (mesa.pk for mesa in seen.mesas))]
        reached = who if only else [*who, marks.FOR_ALL_MESAS]
        return any_of(reached) if reached else None
    parts = [
        _reached(reach, ids, names_mesas=only is not None or not _reads_alike_everywhere(seen))
        for reach, every in seen.reaches.items()
        if (reach.axes is None or kind in OF_THE_MATRIX) and (ids := _those(only, every))
    ]
    return any_of(parts) if parts else None


def _those(only: UUID | None, ids: Iterable[UUID]) -> list[UUID]:
    return [key for key in ids if only is None or key == only]


def _reads_alike_everywhere(seen: Within) -> bool:
    """Whether all mesas are open in the same way: then it need not be said which."""
    seats = seen.viewer.standing.seats
    return len(seen.reaches) == 1 and any(
        seat.mesa_id is None and seat.role in OF_THE_PROGRAMME for seat in seats
    )


def _reached(reach: Reach, ids: Iterable[UUID], *, names_mesas: bool) -> Wanted:
    parts: list[Wanted] = []
    if names_mesas:
        parts.append(any_of(marks.of_mesa(key) for key in ids))
    if len(reach.visibilities) < len(Visibility):
        parts.append(any_of(marks.seen_by(one) for one in reach.visibilities))
    if reach.axes is not None:
        parts.append(any_of(marks.on_axis(axis) for axis in reach.axes))
    return all_of(parts)
