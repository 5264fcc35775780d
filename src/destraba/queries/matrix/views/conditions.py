"""Conditions of a view as the database asks them.

A row is shown where it matches and where it hangs from, or holds, what matches. Conditions on a column hold
on the rows that have it: of a problem, of some solution of it, of some commitment. Words, the last movement
and who may see it are asked of every row: what hangs from a row that matches comes with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from destraba.models import Commitment, Solution
from destraba.queries.matrix.cells import Kind
from destraba.queries.matrix.views.asked import Asker, Filters, Quick
from destraba.queries.matrix.views.by_column import (
    ANYWHERE,
    CONDITIONS,
    MOST_WORDS,
    QUICK,
    Build,
    changed_since,
    says,
)
from destraba.queries.within import Within
from destraba.values.texts import fold

_EVERYTHING = Q()


@dataclass(frozen=True, slots=True)
class Sieve:
    """The conditions of a view, by the rows that they are asked of; `anywhere` of every row alike."""

    problem: tuple[Build, ...] = ()
    solution: tuple[Build, ...] = ()
    commitment: tuple[Build, ...] = ()
    anywhere: tuple[Mapping[Kind, Build], ...] = ()

    @property
    def reaches_below(self) -> bool:
        """Whether it may leave out rows below a problem that it keeps."""
        return bool(self.solution or self.commitment or self.anywhere)

    def commitments(self) -> Q:
        """The commitments that are shown, of problems that pass."""
        shown = _all(self.commitment, "") & _all(self.solution, "solution__")
        for one in self.anywhere:
            shown &= (
                one[Kind.COMMITMENT]("") | one[Kind.SOLUTION]("solution__") | one[Kind.PROBLEM]("problem__")
            )
        return shown

    def solutions(self, within: Within) -> Q:
        """The solutions that are shown, of problems that pass."""
        shown = _all(self.solution, "")
        if self.commitment:
            return shown & self._some_commitment(within, solution=OuterRef("pk"))
        if not self.anywhere:
            return shown
        itself = _EVERYTHING
        for one in self.anywhere:
            itself &= one[Kind.SOLUTION]("") | one[Kind.PROBLEM]("problem__")
        return shown & (itself | self._some_commitment(within, solution=OuterRef("pk")))

    def problems(self, within: Within) -> Q:
        """The problems that pass."""
        passed = _all(self.problem, "")
        if self.commitment:
            return passed & self._some_commitment(within, problem=OuterRef("pk"))
        if self.solution:
            return passed & self._some_solution(within)
        if not self.anywhere:
            return passed
        itself = _EVERYTHING
        for one in self.anywhere:
            itself &= one[Kind.PROBLEM]("")
        below = self._some_solution(within) | self._some_commitment(within, problem=OuterRef("pk"))
        return passed & (itself | below)

    def _some_commitment(self, within: Within, **hangs_from: OuterRef) -> Q:
        found = Commitment.objects.filter(
            within.commitments(), self.commitments(), withdrawn_at=None, **hangs_from
        )
        return Q(Exists(found.order_by()))

    def _some_solution(self, within: Within) -> Q:
        shown = self.solutions(within)
        found = Solution.objects.filter(within.solutions(), shown, withdrawn_at=None, problem=OuterRef("pk"))
        return Q(Exists(found.order_by()))


ALL = Sieve()
"""Asks for nothing."""


def sieve(filters: Filters, asker: Asker) -> Sieve:
    """The conditions of these filters."""
    by_kind: dict[Kind, list[Build]] = {kind: [] for kind in Kind}
    words = dict.fromkeys(fold(filters.text).split()[:MOST_WORDS])
    anywhere = [says(word) for word in words]
    for column, asked in filters.where:
        if column in ANYWHERE:
            anywhere.append(ANYWHERE[column](asked))
        else:
            kind, make = CONDITIONS[column]
            by_kind[kind].append(make(asked))
    for quick in sorted(filters.quick):
        if quick is Quick.CHANGED:
            anywhere.append(changed_since(asker))
        else:
            by_kind[Kind.COMMITMENT].append(QUICK[quick](asker))
    problem, solution, commitment = (tuple(by_kind[kind]) for kind in Kind)
    return Sieve(problem, solution, commitment, tuple(anywhere))


def _all(builds: tuple[Build, ...], path: str) -> Q:
    every = _EVERYTHING
    for build in builds:
        every &= build(path)
    return every
