"""What a condition on one column, a word or a daily question means to the database."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from destraba.models import Alias, Collaboration, FocusInterval, Organization, Solution
from destraba.queries.matrix.cells import Kind
from destraba.queries.matrix.views.asked import Asker, Condition, Days, Quick
from destraba.queries.matrix.views.columns import Column
from destraba.queries.within import joined
from destraba.rules.commitments import OPEN
from destraba.rules.lights import Light
from destraba.rules.matrix.classes import PolicyQuadrant, YesNo, pair_of
from destraba.rules.matrix.shelves import PUT_ASIDE, Shelf
from destraba.rules.priorities import Importance, Quadrant, Speed
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import LADDER, SolutionStage
from destraba.values.names import name_key
from destraba.values.texts import fold

MOST_WORDS = 20
"""Of a text that is asked for; each is looked for in every row, and a sentence has no more."""

DUE_WITHIN = timedelta(days=14)
_SLIPPED_OFTEN = 2
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Build = Callable[[str], Q]
"""A condition on a row, for the path that leads to it from where it is asked."""


def everywhere(build: Build) -> Mapping[Kind, Build]:
    """The same of every kind of row."""
    return dict.fromkeys(Kind, build)


def changed_since(asker: Asker) -> Mapping[Kind, Build]:
    """What moved since somebody last looked; everything, for whoever never did."""
    return everywhere(lambda path: Q(**{f"{path}moved_at__gt": asker.seen_at or _LONG_AGO}))


def says(word: str) -> Mapping[Kind, Build]:
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

    return everywhere(build)


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
        words = asked.split()[:MOST_WORDS] if isinstance(asked, str) else []

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
    words = fold(asked).split()[:MOST_WORDS] if isinstance(asked, str) else []

    def build(path: str) -> Q:
        said = Q()
        for word in words:
            helps = Collaboration.objects.filter(
                commitment=OuterRef(f"{path}pk"), withdrawn_at=None, organization__in=called(word)
            )
            said &= Q(Exists(helps))
        return said

    return build


CONDITIONS: Mapping[Column, tuple[Kind, Make]] = {
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

ANYWHERE: Mapping[Column, Callable[[Condition], Mapping[Kind, Build]]] = {
    Column.MOVED: _moved,
    Column.VISIBILITY: lambda asked: everywhere(_among("visibility")(asked)),
    Column.TITLE: lambda asked: everywhere(_words_in("title")(asked)),
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


QUICK: Mapping[Quick, Callable[[Asker], Build]] = {
    Quick.MINE: _mine,
    Quick.STUCK: _stuck,
    Quick.DUE: _due_soon,
}
