"""The versions of a solution, from the ledger alone: what each said, how far it came, why it was replaced."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from destraba.ledger import kinds
from destraba.ledger.columns import column, python_value
from destraba.ledger.replay import Entry, State, entries_together
from destraba.models import Enactment, Solution
from destraba.queries.access import Viewer
from destraba.queries.disclosure import teller
from destraba.rules.solutions import SolutionStage
from destraba.values.days import day_in
from destraba.values.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Version:
    """One of them as it was when the next replaced it, or as it is: `until` is None for the one that stands.

    `stage` is how far it came, `because` why it replaced the one before.
    """

    number: int
    title: str
    detail: str
    before: Quantity | None
    after: Quantity | None
    goal: Quantity | None
    norm: str
    stage: SolutionStage
    since: date
    until: date | None
    because: str


def versions_of(
    viewer: Viewer, solution: Solution, track: Enactment | None, zone: str
) -> tuple[Version, ...]:
    """The newest first, as far as this viewer may know them: what was replaced while the solution was the
    team's own stays the team's. None of them while there is only one. At most four statements."""
    if solution.revision == 1:
        return ()
    wanted = {"solution": [solution.pk]} | ({"enactment": [track.pk]} if track else {})
    above = [solution.problem_id, solution.pk]
    may_tell = teller(viewer, solution.mesa_id, lambda _record_id: above)
    told = [
        version
        for ended_by, version in _folded(entries_together(wanted), zone)
        if ended_by is None or may_tell(ended_by)
    ]
    return tuple(reversed(told))


def _folded(entries: list[Entry], zone: str) -> Iterator[tuple[Entry | None, Version]]:
    """Each version with the entry that ended it. What a revision does, to the norm too, is the next one's."""
    states = {"solution": State.unborn("solution"), "enactment": State.unborn("enactment")}
    began = entries[0]
    for _change_set, together in groupby(entries, key=attrgetter("change_set")):
        said = list(together)
        revised = next((one for one in said if one.kind == kinds.SOLUTION_REVISED.name), None)
        if revised:
            yield revised, _version(states, began, revised, zone)
            began = revised
        for entry in said:
            states[entry.object_type].apply(entry, entry.object_version)
    yield None, _version(states, began, None, zone)


def _version(states: dict[str, State], began: Entry, ended: Entry | None, zone: str) -> Version:
    values = {name: _value(name, plain) for name, plain in states["solution"].values.items()}
    is_first = began.object_version == 1
    return Version(
        number=values["revision"],
        title=values["title"],
        detail=values["detail"],
        before=values["before"],
        after=values["after"],
        goal=values["goal"],
        norm=str(states["enactment"].values["norm"] or ""),
        stage=SolutionStage(values["stage"]),
        since=day_in(zone, began.occurred_at),
        until=day_in(zone, ended.occurred_at) if ended else None,
        because="" if is_first else began.because,
    )


def _value(name: str, plain: Any) -> Any:
    return python_value(column(Solution, name), plain)
