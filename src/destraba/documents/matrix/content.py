"""What the Matrix on paper says, in words already: whoever fills it in has decided who may read it.

Nothing in any text is ever markup. What is empty is left out of the page.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Paper(StrEnum):
    """Both lie on their side."""

    A3 = "a3"
    A4 = "a4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A light: its code, by which its shape and colour are drawn; its word; how many, where it is counted."""

    light: str
    word: str
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentLine:
    """`first_due` is the date that was promised first, where it has moved since. One that is settled needs no
    date any more, and whoever dropped it need not be named."""

    number: str
    title: str
    owner: str = ""
    helpers: str = ""
    due: str = ""
    first_due: str = ""
    light: Shown
    why: str = ""
    situation: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionBand:
    """`marks` are its stage, its places, its figures: short, and joined by a dot."""

    number: str
    title: str
    marks: tuple[str, ...] = ()
    commitments: tuple[CommitmentLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemBand:
    """`marks` are its axis, its priority, how far it came. `direct` are the commitments of no solution."""

    number: str
    title: str
    is_in_focus: bool = False
    marks: tuple[str, ...] = ()
    lights: tuple[Shown, ...] = ()
    direct: tuple[CommitmentLine, ...] = ()
    solutions: tuple[SolutionBand, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixContent:
    """All that is printed.

    `as_of` is a moment in words; `made_at` goes into the file as the time of its making: the same content
    gives the same bytes. `totals` are how many rows of each level, in words; `asked_for` the filters, empty
    for all that the reader may see. `stamp` says which state of the record it shows.
    """

    mesa: str
    as_of: str
    taken_by: str
    language: str
    made_at: datetime
    stamp: str = ""
    totals: tuple[str, ...] = ()
    asked_for: tuple[str, ...] = ()
    lights: tuple[Shown, ...] = ()
    problems: tuple[ProblemBand, ...] = ()

    @property
    def rows(self) -> int:
        """How many lines the table has, the bands included."""
        return sum(
            1 + len(problem.direct) + sum(1 + len(solution.commitments) for solution in problem.solutions)
            for problem in self.problems
        )
