"""Conditions of a view as the database asks them.

A row is shown where it matches and where it hangs from, or holds, what matches. Conditions on a column hold
on the rows that have it: of a problem, of some solution of it, of some commitment. Words, the last movement
and who may see it are asked of every row: what hangs from a row that matches comes with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from destraba.models import Alias, Collaboration, Commitment, FocusInterval, Organization, Solution
from destraba.queries.matrix.cells import Kind
from destraba.queries.matrix.views.asked import Asker, Condition, Days, Filters, Quick
from destraba.queries.matrix.views.columns import Column
from destraba.queries.within import Within, joined
from destraba.rules.commitments import OPEN
from destraba.rules.lights import Light
from destraba.rules.matrix.classes import PolicyQuadrant, YesNo, pair_of
from destraba.rules.matrix.shelves import PUT_ASIDE, Shelf
from destraba.rules.priorities import Importance, Quadrant, Speed
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import LADDER, SolutionStage
from destraba.values.names import name_key
from destraba.values.texts import fold

DUE_WITHIN = timedelta(days=14)
_SLIPPED_OFTEN = 2
_EVERYTHING = Q()

Build = Callable[[str], Q]
"""A condition on a row, for the path that leads to it from where it is asked."""


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
        for one in self.anywhere:
            itself = one[Kind.SOLUTION]("") | one[Kind.PROBLEM]("problem__")
            shown &= itself | self._some_commitment(within, solution=OuterRef("pk"))
        return shown

    def problems(self, within: Within) -> Q:
        """The problems that pass."""
        passed = _all(self.problem, "")
        if self.commitment:
            return passed & self._some_commitment(within, problem=OuterRef("pk"))
        if self.solution:
            return passed & self._some_solution(within)
        for one in self.anywhere:
            below = self._some_solution(within) | self._some_commitment(within, problem=OuterRef("pk"))
            passed &= one[Kind.PROBLEM]("") | below
        return passed

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
    anywhere = [_says(word) for word in fold(filters.text).split()]
    for column, asked in filters.where:
        if column in _ANYWHERE:
            anywhere.append(_ANYWHERE[column](asked))
        else:
            kind, make = _CONDITIONS[column]
            by_kind[kind].append(make(asked))
    for quick in sorted(filters.quick):
        if quick is Quick.CHANGED:
            anywhere.append(_same(lambda path: Q(**{f"{path}moved_at__gt": asker.seen_at or _LONG_AGO})))
        else:
            by_kind[Kind.COMMITMENT].append(_QUICK[quick](asker))
    problem, solution, commitment = (tuple(by_kind[kind]) for kind in Kind)
    return Sieve(problem, solution, commitment, tuple(anywhere))


def _all(builds: tuple[Build, ...], path: str) -> Q:
    every = _EVERYTHING
    for build in builds:
        every &= build(path)
    return every


_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def _same(build: Build) -> Mapping[Kind, Build]:
    return dict.fromkeys(Kind, build)


def _says(word: str) -> Mapping[Kind, Build]:
    """A word of what a row says; a commitment is known by who answers for it too."""

    def own(path: str) -> Q:
        return Q(**{f"{path}folded__contains": word})

    def commitment(path: str) -> Q:
        owner = Q(**{f"{path}owner_organization__in": called(word)})
        return own(path) | owner | Q(**{f"{path}owner_seat__title__icontains": word})

    return {Kind.PROBLEM: own, Kind.SOLUTION: own, Kind.COMMITMENT: commitment}


def called(word: str) -> QuerySet[Organization]:
    """The organizations in whose name, or in one of whose other names, a word stands."""
    key = name_key(word)
    other = Alias.objects.filter(name_key__contains=key, withdrawn_at=None)
    named = Q(sort_key__contains=word) | Q(pk__in=other.values("organization"))
    return Organization.objects.filter(named).order_by().only("pk")


# ---------- one column ----------

Make = Callable[[Condition], Build]


def _codes(asked: Condition) -> list[str]:
    return sorted(asked) if isinstance(asked, frozenset) else []


def _among(column: str) -> Make:
    return lambda asked: lambda path: Q(**{f"{path}{column}__in": _codes(asked)})


def _days_of(column: str) -> Make:
    def make(asked: Condition) -> Build:
        days = asked if isinstance(asked, Days) else Days()

        def build(path: str) -> Q:
            if days.without:
                return Q(**{f"{path}{column}": None})
            within = Q()
            if days.first:
                within &= Q(**{f"{path}{column}__gte": days.first})
            if days.last:
                within &= Q(**{f"{path}{column}__lte": days.last})
            return within

        return build

    return make


def _moved(asked: Condition) -> Mapping[Kind, Build]:
    """By moments: from the first day's beginning to the last day's end, as the clock of UTC has them."""
    days = asked if isinstance(asked, Days) else Days()

    def build(path: str) -> Q:
        within = Q()
        if days.first:
            within &= Q(**{f"{path}moved_at__gte": datetime.combine(days.first, time.min, UTC)})
        if days.last:
            within &= Q(**{f"{path}moved_at__lte": datetime.combine(days.last, time.max, UTC)})
        return within

    return _same(build)


def _whether(of: Callable[[str], Q]) -> Make:
    """A column that says yes or no."""

    def make(asked: Condition) -> Build:
        codes = _codes(asked)

        def build(path: str) -> Q:
            wanted = [of(path)] if YesNo.YES in codes else []
            wanted += [~of(path)] if YesNo.NO in codes else []
            return joined(wanted)

        return build

    return make


def _reached(stage: SolutionStage) -> Make:
    rungs = LADDER[LADDER.index(stage) :]
    return _whether(lambda path: Q(**{f"{path}stage__in": rungs}))


def _present(column: str) -> Make:
    return _whether(lambda path: Q(**{f"{path}{column}__isnull": False}))


def _combined(of: Callable[[str, str], Q]) -> Make:
    """A column made of two others."""
    return lambda asked: lambda path: joined(of(path, code) for code in _codes(asked))


def _policy(path: str, code: str) -> Q:
    if not code:
        return Q(**{f"{path}scope": ""}) | Q(**{f"{path}instrument": ""})
    pair = pair_of(PolicyQuadrant(code))
    return Q(**{f"{path}scope": pair.scope, f"{path}instrument": pair.instrument})


def _quadrant(path: str, code: str) -> Q:
    important, quick = Q(**{f"{path}importance": Importance.HIGH}), Q(**{f"{path}speed": Speed.QUICK})
    unknown = Q(**{f"{path}importance": ""}) | Q(**{f"{path}speed": ""})
    if not code:
        return ~important & ~quick & unknown
    return {
        Quadrant.IMPORTANT_AND_QUICK: important & quick,
        Quadrant.IMPORTANT: important & ~quick,
        Quadrant.QUICK: quick & ~important,
        Quadrant.NEITHER: ~important & ~quick & ~unknown,
    }[Quadrant(code)]


def _shelf(path: str, code: str) -> Q:
    outer = OuterRef(f"{path}pk")
    aside = Q(**{f"{path}stage__in": PUT_ASIDE})
    in_focus = Q(Exists(focus_of(outer)))
    raised = Q(**{f"{path}stage": ProblemStage.RAISED})
    ahead, behind = (Q(Exists(found)) for found in rungs_of(outer))
    return {
        Shelf.ASIDE: aside,
        Shelf.FOCUS: ~aside & in_focus,
        Shelf.RAISED: ~aside & ~in_focus & raised,
        Shelf.APPLIED: ~aside & ~in_focus & ~raised & ahead & ~behind,
        Shelf.OPEN: ~aside & ~in_focus & ~raised & ~(ahead & ~behind),
    }[Shelf(code)]


def focus_of(problem: OuterRef) -> QuerySet[FocusInterval]:
    """A problem's time in focus, if it is there now."""
    return FocusInterval.objects.filter(problem=problem, ends_on=None, withdrawn_at=None)


def rungs_of(problem: OuterRef) -> tuple[QuerySet[Solution], QuerySet[Solution]]:
    """A problem's live solutions that are applied on the ground, and those that are not yet."""
    live = Solution.objects.filter(problem=problem, withdrawn_at=None).order_by()
    applied = LADDER[LADDER.index(SolutionStage.APPLIED) :]
    return live.filter(stage__in=applied), live.filter(
        stage__in=[stage for stage in LADDER if stage not in applied]
    )


def _at_least(column: str) -> Make:
    return lambda asked: lambda path: Q(**{f"{path}{column}__gte": asked if isinstance(asked, int) else 0})


def _words_in(*columns: str) -> Make:
    def make(asked: Condition) -> Build:
        words = str(asked).split() if isinstance(asked, str) else []

        def build(path: str) -> Q:
            said = Q()
            for word in words:
                either = Q()
                for column in columns:
                    either |= Q(**{f"{path}{column}__icontains": word})
                said &= either
            return said

        return build

    return make


def _owner(asked: Condition) -> Build:
    codes = _codes(asked)

    def build(path: str) -> Q:
        owned = Q(**{f"{path}owner_organization__in": [code for code in codes if code]})
        return owned | Q(**{f"{path}owner_organization": None}) if "" in codes else owned

    return build


def _helper(asked: Condition) -> Build:
    words = fold(str(asked)).split() if isinstance(asked, str) else []

    def build(path: str) -> Q:
        said = Q()
        for word in words:
            helps = Collaboration.objects.filter(
                commitment=OuterRef(f"{path}pk"), withdrawn_at=None, organization__in=called(word)
            )
            said &= Q(Exists(helps))
        return said

    return build


_CONDITIONS: Mapping[Column, tuple[Kind, Make]] = {
    **{
        Column(name): (Kind.PROBLEM, _among(name))
        for name in (
            "importance",
            "speed",
            "axis",
            "stage",
            "concern",
            "public_input",
            "coordination",
            "origin",
            "mesa",
        )
    },
    Column.QUADRANT: (Kind.PROBLEM, _combined(_quadrant)),
    Column.POLICY: (Kind.PROBLEM, _combined(_policy)),
    Column.SHELF: (Kind.PROBLEM, _combined(_shelf)),
    Column.CONTENTIOUS: (Kind.PROBLEM, _whether(lambda path: Q(**{f"{path}is_contentious": True}))),
    Column.STEP: (Kind.SOLUTION, _among("stage")),
    Column.FUNDING: (Kind.SOLUTION, _among("funding")),
    Column.ENACTED: (Kind.SOLUTION, _reached(SolutionStage.ENACTED)),
    Column.APPLIED: (Kind.SOLUTION, _reached(SolutionStage.APPLIED)),
    Column.EFFECTIVE: (Kind.SOLUTION, _reached(SolutionStage.EFFECTIVE)),
    Column.BEFORE: (Kind.SOLUTION, _present("before")),
    Column.AFTER: (Kind.SOLUTION, _present("after")),
    Column.LIGHT: (Kind.COMMITMENT, _among("light")),
    Column.STATE: (Kind.COMMITMENT, _among("state")),
    Column.OWNER: (Kind.COMMITMENT, _owner),
    Column.HELPERS: (Kind.COMMITMENT, _helper),
    Column.DUE: (Kind.COMMITMENT, _days_of("due_on")),
    Column.STARTS: (Kind.COMMITMENT, _days_of("starts_on")),
    Column.SLIPS: (Kind.COMMITMENT, _at_least("slips")),
    Column.ORIGINAL_DUE: (Kind.COMMITMENT, _present("original_due")),
    Column.SEAT: (Kind.COMMITMENT, _words_in("owner_seat__title")),
    Column.SITUATION: (Kind.COMMITMENT, _words_in("situation")),
}

_ANYWHERE: Mapping[Column, Callable[[Condition], Mapping[Kind, Build]]] = {
    Column.MOVED: _moved,
    Column.VISIBILITY: lambda asked: _same(_among("visibility")(asked)),
    Column.TITLE: lambda asked: _same(_words_in("title")(asked)),
}


# ---------- what people ask for every day ----------


def _mine(asker: Asker) -> Build:
    """What my seats owe, or an organization of mine where no seat was named."""

    def build(path: str) -> Q:
        seats = Q(**{f"{path}owner_seat__in": [seat.seat_id for seat in asker.seats]})
        own = Q(**{f"{path}owner_seat": None, f"{path}owner_organization__in": asker.organizations})
        return seats | own

    return build


def _stuck(_asker: Asker) -> Build:
    """Red, waiting for somebody, or put off again and again."""

    def build(path: str) -> Q:
        still_open = Q(**{f"{path}state__in": OPEN})
        bad = Q(**{f"{path}light__in": (Light.RED, Light.WAITING)})
        return still_open & (bad | Q(**{f"{path}slips__gte": _SLIPPED_OFTEN}))

    return build


def _due_soon(asker: Asker) -> Build:
    """Open and due within a fortnight; what is past due too."""
    until = asker.today + DUE_WITHIN
    return lambda path: Q(**{f"{path}state__in": OPEN, f"{path}due_on__lte": until})


_QUICK: Mapping[Quick, Callable[[Asker], Build]] = {
    Quick.MINE: _mine,
    Quick.STUCK: _stuck,
    Quick.DUE: _due_soon,
}
