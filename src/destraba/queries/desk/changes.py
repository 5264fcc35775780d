"""What others changed since somebody was last here, in the words of the ledger, as far as they may know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from destraba.ledger import kinds
from destraba.ledger.describe import describe
from destraba.ledger.names import names_for
from destraba.ledger.replay import Entry, Stroke, entries_together, latest_strokes, with_previous
from destraba.models import (
    Answer,
    Commitment,
    Confirmation,
    Enactment,
    FocusInterval,
    Meeting,
    Mesa,
    Minutes,
    Objection,
    Problem,
    Solution,
    SolutionPlace,
)
from destraba.queries.disclosure import teller_across
from destraba.queries.history import Happening
from destraba.queries.within import Within
from destraba.rules.meetings import MeetingState
from destraba.values.visibility import Visibility

MOST = 12
# What was said while a record was the team's own is left out only after it was fetched.
_FETCHED = 3 * MOST
_ROWS = ("problem", "solution", "commitment")
_LEFT_OUT = frozenset(
    kind.name
    for kind in (
        # Where a row lies is nobody's news.
        kinds.PROBLEM_MOVED,
        kinds.SOLUTION_MOVED,
        kinds.COMMITMENT_MOVED,
        # A draft is for those who prepare it, and the close of the meeting says the rest.
        kinds.MEETING_PREPARED,
        kinds.MEETING_EDITED,
        kinds.MEETING_OPENED,
        kinds.MINUTES_DRAFTED,
        kinds.MESA_EXPORTED,
    )
)


@dataclass(frozen=True, slots=True)
class Target:
    """The page that tells more: its name among the addresses, and the numbers in it."""

    name: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """What somebody did at one go, told by its first event; `more` rows of the Matrix changed with it."""

    mesa: Mesa
    happening: Happening
    target: Target
    more: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """The latest first. `is_cut`: there were more than these."""

    lines: tuple[Changed, ...]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class _Kind:
    """A type of record that is told of: which page shows it, by which columns it gets there, and the columns
    of all that it hangs from, whose visibility counts too."""

    model: type[Model]
    page: str
    numbers: tuple[str, ...]
    above: tuple[str, ...]


_COMMITMENT = ("problem_id", "solution_id", "pk")
_OF_SOLUTION = ("solution__problem__number", "solution__number")
_UNDER_SOLUTION = ("solution__problem_id", "solution_id")
_KINDS: Mapping[str, _Kind] = {
    "problem": _Kind(Problem, "problem", ("number",), ("pk",)),
    "solution": _Kind(Solution, "solution", ("problem__number", "number"), ("problem_id", "pk")),
    "commitment": _Kind(Commitment, "commitment", ("number",), _COMMITMENT),
    "focusinterval": _Kind(FocusInterval, "problem", ("problem__number",), ("problem_id",)),
    "solutionplace": _Kind(SolutionPlace, "solution", _OF_SOLUTION, _UNDER_SOLUTION),
    "enactment": _Kind(Enactment, "solution", _OF_SOLUTION, _UNDER_SOLUTION),
    "confirmation": _Kind(Confirmation, "solution", _OF_SOLUTION, _UNDER_SOLUTION),
    "answer": _Kind(
        Answer, "commitment", ("commitment__number",), tuple(f"commitment__{name}" for name in _COMMITMENT)
    ),
    "meeting": _Kind(Meeting, "meeting", ("number",), ("pk",)),
    "minutes": _Kind(Minutes, "meeting", ("meeting__number",), ("meeting_id", "pk")),
    "objection": _Kind(Objection, "meeting", ("minutes__meeting__number",), ("minutes__meeting_id", "pk")),
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record stands: what it hangs from, itself included, and the page that shows it."""

    above: tuple[UUID, ...]
    target: Target


def changes(seen: Within, since: datetime) -> Changes:
    """Six statements or seven, and two for each type of record that changed, whatever the rows and mesas."""
    strokes = latest_strokes(
        _told_of(seen, since),
        since=since,
        not_by=seen.viewer.person_id,
        leaving_out=_LEFT_OUT,
        most=_FETCHED,
    )
    places = _places(strokes)
    may_tell = teller_across(
        seen.viewer, [mesa.pk for mesa in seen.mesas], lambda record_id: places[record_id].above
    )
    told = [one for one in strokes if may_tell(one.first)]
    return Changes(tuple(_in_words(seen, told[:MOST], places)), is_cut=len(told) > MOST)


def _told_of(seen: Within, since: datetime) -> Mapping[str, QuerySet[Any]]:
    """The keys of all that the viewer may see and that moved since, by type."""
    problems = Problem.objects.filter(seen.problems())
    solutions = Solution.objects.filter(seen.solutions())
    commitments = Commitment.objects.filter(seen.commitments())
    meetings = Meeting.objects.filter(seen.meetings()).exclude(state=MeetingState.CANCELLED, called_at=None)
    found: dict[str, QuerySet[Any]] = {
        "problem": problems,
        "solution": solutions,
        "commitment": commitments,
        "focusinterval": FocusInterval.objects.filter(problem__in=problems.values("pk")),
        "solutionplace": SolutionPlace.objects.filter(solution__in=solutions.values("pk")),
        "enactment": Enactment.objects.filter(solution__in=solutions.values("pk")),
        "confirmation": Confirmation.objects.filter(solution__in=solutions.values("pk")),
        "answer": Answer.objects.filter(commitment__in=commitments.values("pk")),
        "meeting": meetings,
        "minutes": Minutes.objects.filter(meeting__in=meetings.values("pk")),
        "objection": Objection.objects.filter(minutes__meeting__in=meetings.values("pk")),
    }
    own = ~Q(visibility=Visibility.TEAM) | Q(mesa__in=seen.team_mesas())
    moved = {
        name: rows.filter(own, moved_at__gt=since).order_by().values("pk") for name, rows in found.items()
    }
    return {"mesa": Mesa.objects.filter(pk__in=seen.whole_mesas()).order_by().values("pk"), **moved}


def _places(strokes: Sequence[Stroke]) -> Mapping[UUID, _Place]:
    """One statement for each type of record that is told of."""
    ids: dict[str, set[UUID]] = {}
    for one in strokes:
        ids.setdefault(one.first.object_type, set()).add(one.first.object_id)
    places = {mesa_id: _Place((mesa_id,), Target("mesa")) for mesa_id in ids.pop("mesa", ())}
    for name, wanted in ids.items():
        kind = _KINDS[name]
        count = len(kind.numbers)
        rows = kind.model._default_manager.filter(pk__in=wanted)
        for pk, *values in rows.values_list("pk", *kind.numbers, *kind.above):
            above = tuple(one for one in values[count:] if one)
            places[pk] = _Place(above, Target(kind.page, tuple(values[:count])))
    return places


def _in_words(seen: Within, told: Sequence[Stroke], places: Mapping[UUID, _Place]) -> list[Changed]:
    """Names are fetched for those that are shown; all their records' entries, for what they replaced."""
    ids: dict[str, set[UUID]] = {}
    for one in told:
        ids.setdefault(one.first.object_type, set()).add(one.first.object_id)
    wanted = {one.first.id for one in told}
    pairs: list[tuple[Entry, Mapping[str, Any]]] = [
        pair for pair in with_previous(entries_together(ids)) if pair[0].id in wanted
    ]
    names, mesas = names_for(pairs), seen.by_key
    previous = {entry.id: replaced for entry, replaced in pairs}
    lines = []
    for one in told:
        entry, mesa = one.first, mesas[one.first.stream]
        sentence = describe(entry, previous[entry.id], replace(names, zone=mesa.time_zone))
        target = places[entry.object_id].target
        lines.append(Changed(mesa, Happening(entry, sentence), target, _more(one)))
    return lines


def _more(one: Stroke) -> int:
    """How many rows changed beside the one that is told of."""
    rows = sum(one.touched[name] for name in _ROWS)
    tells_a_row = _KINDS[one.first.object_type].page in _ROWS if one.first.object_type in _KINDS else False
    return max(rows - tells_a_row, 0)
