"""Which rows of the Matrix match what the reader asked to see."""

from dataclasses import replace
from functools import lru_cache

from destraba.queries.matrix.rows import CommitmentRow, Filters, ProblemRow, SolutionRow
from destraba.values.texts import fold


def filtered(row: ProblemRow, filters: Filters) -> ProblemRow | None:
    """The problem with only what matches below it; whole where it matches itself; None where nothing does."""
    if filters.text and not filters.owner and not filters.light and _says(filters.text, row.title, row.axis):
        return row
    direct = tuple(one for one in row.direct if _matches(one, filters))
    solutions = tuple(
        kept for solution in row.solutions if (kept := _filtered_solution(solution, filters)) is not None
    )
    return row.with_below(solutions, direct) if solutions or direct else None


def _filtered_solution(solution: SolutionRow, filters: Filters) -> SolutionRow | None:
    if filters.text and not filters.owner and not filters.light and _says(filters.text, solution.title):
        return solution
    kept = tuple(one for one in solution.commitments if _matches(one, filters))
    return replace(solution, commitments=kept) if kept else None


def _matches(one: CommitmentRow, filters: Filters) -> bool:
    if filters.owner and one.owner_id != filters.owner:
        return False
    if filters.light and one.light is not filters.light:
        return False
    return not filters.text or _says(
        filters.text, one.title, one.situation, one.owner, one.owner_note, f"C-{one.number}"
    )


def _says(text: str, *fields: str) -> bool:
    """Whether every word of the text stands somewhere in the fields, accents and case aside."""
    said = fold(" ".join(fields))
    return all(word in said for word in _words(text))


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[str, ...]:
    """Asked of every row anew."""
    return tuple(fold(text).split())
