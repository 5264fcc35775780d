"""What a script gets after a change: the rows as they now stand, each with the one it comes after."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from uuid import UUID

from django.db.models import Subquery

from destraba.models import Commitment, Mesa, Problem, Record, Solution
from destraba.queries.access import Viewer
from destraba.queries.matrix.rows import ProblemRow
from destraba.queries.matrix.tree import open_rows
from destraba.queries.within import Within, within_one
from destraba.web.grid import Frame, GridRow, below, problem_row


def rows_after(
    viewer: Viewer, mesa: Mesa, records: Iterable[Record], frame: Frame, opened: frozenset[str]
) -> tuple[list[GridRow], list[str]]:
    """The changed rows with the problems that speak for them, and the ids of those that are gone."""
    changed = [one for one in records if isinstance(one, Problem | Solution | Commitment)]
    problems = _problems(viewer, mesa, changed)
    standing = {row.id: row for row in _lines(problems, frame, opened)}
    ids = [str(one.pk) for one in changed]
    wanted = dict.fromkeys([*ids, *(str(_problem_of(one)) for one in changed)])
    shown = [standing[row_id] for row_id in wanted if row_id in standing]
    return shown, [row_id for row_id in dict.fromkeys(ids) if row_id not in standing]


def _problems(
    viewer: Viewer, mesa: Mesa, changed: list[Problem | Solution | Commitment]
) -> list[tuple[str, ProblemRow]]:
    """The problems that were touched, each with the id of the one before it where that may be asked for."""
    within = within_one(viewer, mesa)
    rows = open_rows(within, only={_problem_of(one) for one in changed})
    asked = [row.id for row in rows.values() if any(one.pk == row.id for one in changed)]
    before = _before(within, asked) if asked else {}
    return [(before.get(row.id, ""), row) for row in rows.values()]


def _before(within: Within, problems: list[UUID]) -> dict[UUID, str]:
    """The ids of the problems that these come after; one statement for one, two for any more."""
    every = Problem.objects.filter(within.problems(), withdrawn_at=None)
    if len(problems) == 1:
        place = every.filter(pk=problems[0]).values("position")
        last = every.filter(position__lt=Subquery(place)).order_by("-position").values_list("pk", flat=True)
        return {problems[0]: str(last.first() or "")}
    order = ["", *map(str, every.order_by("position").values_list("pk", flat=True))]
    return {UUID(row): before for before, row in pairwise(order)}


def _lines(problems: list[tuple[str, ProblemRow]], frame: Frame, opened: frozenset[str]) -> Iterator[GridRow]:
    for after, problem in problems:
        yield replace(problem_row(problem, frame, is_open=str(problem.id) in opened), after=after)
        last = {1: str(problem.id)}
        for row in below(problem, frame):
            if isinstance(row, GridRow):
                anchor = last.get(row.level) or last[max(level for level in last if level < row.level)]
                yield replace(row, after=anchor)
                last = {level: at for level, at in last.items() if level < row.level} | {row.level: row.id}


def _problem_of(record: Problem | Solution | Commitment) -> UUID:
    return record.pk if isinstance(record, Problem) else record.problem_id
