"""What a comparison shows: rows that differ, each under what it hangs from, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self
from uuid import UUID

from destraba.ledger.describe import Change
from destraba.queries.matrix.compare.lights import LightCount, Turn
from destraba.queries.matrix.compare.moments import Stretch


class Difference(StrEnum):
    """What became of a row. `TURNED`: nobody changed it, and its light is another."""

    ADDED = "added"
    REMOVED = "removed"
    MODIFIED = "modified"
    TURNED = "turned"


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One row. Without a `difference` it only shows what others hang from. `numbers` lead to its page;
    `ended` says how a removed row went; `because` is the last reason that was given; `owner` answers for a
    commitment."""

    object_type: str
    key: UUID
    level: int
    number: str
    numbers: tuple[int, ...]
    title: str
    difference: Difference | None = None
    changes: tuple[Change, ...] = ()
    ended: str = ""
    because: str = ""
    owner: str = ""
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """A problem with what differs in it and below it, in the order of the Matrix."""

    rows: tuple[ComparedRow, ...]

    def keeping(self, *wanted: Difference) -> Self | None:
        """With the rows of these kinds of difference, and what those hang from; None where there are none."""
        kept: list[ComparedRow] = []
        level = 0
        for row in reversed(self.rows):
            if row.difference in wanted:
                kept.append(row)
                level = row.level
            elif row.level < level:
                kept.append(replace(row, difference=None, changes=()))
                level = row.level
        return type(self)(tuple(reversed(kept))) if kept else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of each level were added, removed, or are otherwise different."""

    difference: Difference
    problems: int
    solutions: int
    commitments: int

    @property
    def rows(self) -> int:
        return self.problems + self.solutions + self.commitments


@dataclass(frozen=True, slots=True)
class Comparison:
    """A mesa's Matrix at two moments, for one reader. `done`: the commitments done in between; `slips`: how
    often a date was moved."""

    stretch: Stretch
    branches: tuple[Branch, ...]
    tallies: tuple[Tally, ...]
    done: int
    slips: int
    lights: tuple[LightCount, ...]

    @property
    def rows(self) -> int:
        """How many rows differ."""
        return sum(tally.rows for tally in self.tallies)

    def only(self, wanted: Difference | None) -> tuple[Branch, ...]:
        """The branches, or what they hold of one kind of difference."""
        if wanted is None:
            return self.branches
        return tuple(kept for branch in self.branches if (kept := branch.keeping(wanted)))


def tallies_of(branches: Iterable[Branch]) -> tuple[Tally, ...]:
    """One for each kind of difference, whether there are such rows or not."""
    rows = [row for branch in branches for row in branch.rows]
    return tuple(_tally(one, rows) for one in Difference)


def _tally(difference: Difference, rows: Iterable[ComparedRow]) -> Tally:
    levels = [row.object_type for row in rows if row.difference is difference]
    return Tally(difference, levels.count("problem"), levels.count("solution"), levels.count("commitment"))
