"""Which problems a view shows, in which order and groups: found from as little as that takes."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from destraba.models import Commitment, Problem, Solution
from destraba.queries.matrix.views.asked import View
from destraba.queries.matrix.views.by_column import focus_of, rungs_of
from destraba.queries.matrix.views.columns import SPECS, Column
from destraba.queries.matrix.views.conditions import Sieve
from destraba.queries.within import Within
from destraba.rules.commitments import OPEN
from destraba.rules.lights import WORST_FIRST, Light
from destraba.rules.matrix.classes import Instrument, Scope, YesNo, policy_quadrant
from destraba.rules.matrix.shelves import Shelf, shelf
from destraba.rules.priorities import Importance, Speed, quadrant
from destraba.rules.problems import ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.texts import fold

_OUTER = OuterRef("pk")


@dataclass(frozen=True, slots=True)
class Entry:
    """A problem in its place; `group` is the code or the text that it shares with its neighbours."""

    id: UUID
    group: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What hangs below some problems: how many solutions, and commitments by light."""

    solutions: int
    lights: tuple[tuple[Light, int], ...]

    @property
    def commitments(self) -> int:
        return sum(count for _light, count in self.lights)


def entries(within: Within, view: View, passed: Sieve) -> list[Entry]:
    """All problems of a view, in order; one statement."""
    wanted = {column for column in (view.group, view.sort and view.sort.column) if column}
    names = ["id", *(name for column in sorted(wanted) for name in _NEEDS[column][0])]
    rows = (
        Problem.objects.filter(within.problems(), passed.problems(within), withdrawn_at=None)
        .annotate(**{name: _COMPUTED[name](within, passed) for name in names if name in _COMPUTED})
        .order_by("mesa__slug", "position")
        .values_list(*names)
    )
    found = [dict(zip(names, values, strict=True)) for values in rows]
    if view.sort:
        key = _NEEDS[view.sort.column][1]
        keyed = [(key(row), row) for row in found]
        known = sorted((pair for pair in keyed if pair[0] is not None), key=_first, reverse=view.sort.falling)
        found = [row for _key, row in known] + [row for found_key, row in keyed if found_key is None]
    if view.group is None:
        return [Entry(row["id"], "") for row in found]
    return _grouped(found, view.group)


def tallies(within: Within, passed: Sieve) -> Mapping[UUID, Tally]:
    """What hangs below each problem and is shown; one statement."""
    commitments = (
        Commitment.objects.filter(within.commitments(), passed.commitments(), withdrawn_at=None)
        .order_by()
        .values_list("problem_id", "light")
        .annotate(count=Count("pk"))
    )
    solutions = (
        Solution.objects.filter(within.solutions(), passed.solutions(within), withdrawn_at=None)
        .order_by()
        .values_list("problem_id", Value(_SOLUTIONS))
        .annotate(count=Count("pk"))
    )
    counts: dict[UUID, Counter[str]] = {}
    for problem_id, what, count in commitments.union(solutions, all=True):
        counts.setdefault(problem_id, Counter())[what] += count
    return {problem_id: _tally(counted) for problem_id, counted in counts.items()}


def added(tallied: Sequence[Tally]) -> Tally:
    """Several together."""
    total: Counter[Light] = Counter()
    for one in tallied:
        total.update(dict(one.lights))
    lights = tuple((light, total[light]) for light in WORST_FIRST if total[light])
    return Tally(sum(one.solutions for one in tallied), lights)


_SOLUTIONS = "solutions"


def _tally(counted: Counter[str]) -> Tally:
    return Tally(
        counted[_SOLUTIONS], tuple((light, counted[light]) for light in WORST_FIRST if counted[light])
    )


def _first(pair: tuple[Any, Any]) -> Any:
    return pair[0]


def _grouped(rows: list[dict[str, Any]], column: Column) -> list[Entry]:
    """Groups in the order of their values; what has none comes last. Within them rows keep their order."""
    _names, key = _NEEDS[column]
    code = _CODES.get(column, _code_of)
    shelves: dict[str, tuple[Any, list[Entry]]] = {}
    for row in rows:
        group = code(row, column)
        shelves.setdefault(group, (key(row), []))[1].append(Entry(row["id"], group))
    known = sorted((pair for pair in shelves.values() if pair[0] is not None), key=_first)
    unknown = [pair for pair in shelves.values() if pair[0] is None]
    return [entry for _key, members in [*known, *unknown] for entry in members]


# ---------- what a column needs, and what it is ordered by ----------

Row = Mapping[str, Any]
Key = Callable[[Row], Any]


def _below(within: Within, passed: Sieve) -> QuerySet[Commitment]:
    """The commitments below a problem that are shown."""
    found = Commitment.objects.filter(within.commitments(), passed.commitments(), withdrawn_at=None)
    return found.filter(problem=_OUTER).order_by()


def _one(rows: QuerySet[Any], value: Any) -> Subquery:
    """One figure of the rows below a problem."""
    return Subquery(rows.values("problem").annotate(figure=value).values("figure")[:1])


def _ranked(column: str, codes: Sequence[str]) -> Case:
    """The place of a code among its own, for the database to compare."""
    whens = [When(**{column: code}, then=Value(place)) for place, code in enumerate(codes)]
    return Case(*whens, default=Value(len(codes)), output_field=IntegerField())


def _worst_first(within: Within, passed: Sieve) -> QuerySet[Commitment]:
    """As a problem's row chooses the one that explains its light."""
    last = F("due_on").asc(nulls_last=True)
    return _below(within, passed).order_by(_ranked("light", WORST_FIRST), last, "number")


def _last_moved(within: Within, passed: Sieve) -> Any:
    solutions = Solution.objects.filter(problem=_OUTER, withdrawn_at=None).order_by()
    below = _one(_below(within, passed), Max("moved_at")), _one(solutions, Max("moved_at"))
    # The greatest of something and nothing is nothing on one database, and something on the other.
    return Greatest(F("moved_at"), *(Coalesce(one, F("moved_at")) for one in below))


def _next_due(within: Within, passed: Sieve) -> Subquery:
    return _one(_below(within, passed).filter(state__in=OPEN), Min("due_on"))


def _owner(within: Within, passed: Sieve) -> Subquery:
    owned = _worst_first(within, passed).filter(owner_organization__isnull=False)
    return Subquery(owned.values("owner_organization__name")[:1])


def _light(within: Within, passed: Sieve) -> Subquery:
    return Subquery(_worst_first(within, passed).values("light")[:1])


def _behind(within: Within, passed: Sieve) -> Subquery:
    """The rung of the solution that is furthest behind."""
    shown = Solution.objects.filter(
        within.solutions(), passed.solutions(within), problem=_OUTER, withdrawn_at=None
    )
    ranked = shown.order_by(_ranked("stage", list(SolutionStage)), "number")
    return Subquery(ranked.values("stage")[:1])


_COMPUTED: Mapping[str, Callable[[Within, Sieve], Any]] = {
    "in_focus": lambda _within, _passed: Exists(focus_of(_OUTER)),
    "has_applied": lambda _within, _passed: Exists(rungs_of(_OUTER)[0]),
    "has_unapplied": lambda _within, _passed: Exists(rungs_of(_OUTER)[1]),
    "worst": _light,
    "owner": _owner,
    "next_due": _next_due,
    "all_slips": lambda within, passed: _one(_below(within, passed), Sum("slips")),
    "last_moved": _last_moved,
    "behind": _behind,
}


def _by(name: str, codes: Sequence[str]) -> Key:
    """By the order of the codes; None for what has none of them."""
    places = {str(code): place for place, code in enumerate(codes)}
    return lambda row: places.get(row[name])


def _words(name: str) -> Key:
    return lambda row: fold(row[name]) if row[name] else None


def _shelf_of(row: Row) -> Shelf:
    applied = row["has_applied"] and not row["has_unapplied"]
    return shelf(ProblemStage(row["stage"]), in_focus=row["in_focus"], applied=applied)


def _quadrant_of(row: Row) -> str:
    found = quadrant(
        Importance(row["importance"]) if row["importance"] else None,
        Speed(row["speed"]) if row["speed"] else None,
    )
    return found.value if found else ""


def _policy_of(row: Row) -> str:
    found = policy_quadrant(
        Scope(row["scope"]) if row["scope"] else None,
        Instrument(row["instrument"]) if row["instrument"] else None,
    )
    return found.value if found else ""


def _options(column: Column) -> list[str]:
    options = SPECS[column].options
    return [str(member.value) for member in options] if options else []


def _in_order(column: Column, code: Callable[[Row], str]) -> Key:
    places = {option: place for place, option in enumerate(_options(column))}
    return lambda row: places.get(code(row))


_PLAIN = (
    Column.IMPORTANCE,
    Column.SPEED,
    Column.STAGE,
    Column.CONCERN,
    Column.PUBLIC_INPUT,
    Column.COORDINATION,
    Column.ORIGIN,
)

_NEEDS: Mapping[Column, tuple[tuple[str, ...], Key]] = {
    **{column: ((column.value,), _by(column.value, _options(column))) for column in _PLAIN},
    Column.NUMBER: (("number",), lambda row: row["number"]),
    Column.TITLE: (("title",), _words("title")),
    Column.AXIS: (("axis",), _words("axis")),
    Column.MESA: (("mesa__name",), _words("mesa__name")),
    Column.SHELF: (
        ("stage", "in_focus", "has_applied", "has_unapplied"),
        lambda row: list(Shelf).index(_shelf_of(row)),
    ),
    Column.QUADRANT: (("importance", "speed"), _in_order(Column.QUADRANT, _quadrant_of)),
    Column.POLICY: (("scope", "instrument"), _in_order(Column.POLICY, _policy_of)),
    Column.CONTENTIOUS: (("is_contentious",), lambda row: not row["is_contentious"]),
    Column.STEP: (("behind",), _by("behind", list(SolutionStage))),
    Column.LIGHT: (("worst",), _by("worst", WORST_FIRST)),
    Column.OWNER: (("owner",), _words("owner")),
    Column.DUE: (("next_due",), lambda row: row["next_due"]),
    Column.SLIPS: (("all_slips",), lambda row: row["all_slips"] or None),
    Column.MOVED: (("last_moved",), lambda row: row["last_moved"]),
}


def _code_of(row: Row, column: Column) -> str:
    return row[_NEEDS[column][0][0]] or ""


_CODES: Mapping[Column, Callable[[Row, Column], str]] = {
    Column.SHELF: lambda row, _column: _shelf_of(row).value,
    Column.QUADRANT: lambda row, _column: _quadrant_of(row),
    Column.POLICY: lambda row, _column: _policy_of(row),
    Column.CONTENTIOUS: lambda row, _column: YesNo.YES.value if row["is_contentious"] else YesNo.NO.value,
}
