"""What is kept of each kind of record to find it by, read from the tables; one statement a kind.

Nothing that is withdrawn, or hangs from something withdrawn, is kept; no private note; no expected position.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation

from destraba.ledger.labels import label
from destraba.ledger.search import marks
from destraba.ledger.search.marks import Findable
from destraba.ledger.wording import day_in_full
from destraba.methods.schema import MeetingKind, MinutesWeight
from destraba.models import (
    Commitment,
    Entry,
    Meeting,
    Minutes,
    Organization,
    Person,
    Problem,
    Solution,
)
from destraba.models.operations.search import SearchEntry, of_kind
from destraba.rules.meetings import MeetingState
from destraba.rules.permissions import Role
from destraba.rules.problems import ProblemStage
from destraba.values.search.wanted import Term
from destraba.values.search.words import folded_names, kept
from destraba.values.visibility import Visibility, strictest

EDITION = 1
"""Raised when the same records would be kept by other words: all entries are then made anew."""
MOST_WORDS = 4000
_HEADING = 500


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of record: which are kept, and what is read of each, with what hangs from it."""

    kind: Findable
    every: Callable[[], QuerySet[Any]]
    entry: Callable[[Any], SearchEntry | None]
    near: tuple[str, ...] = ()

    def read(self, ids: list[UUID] | None = None) -> Iterator[SearchEntry]:
        """Those of these keys, or all of them, the one that moved last at the end."""
        found = self.every()
        if self.near:
            found = found.prefetch_related(*self.near)
        found = found.order_by("moved_at", "pk") if ids is None else found.filter(pk__in=ids)
        made = map(self.entry, found.iterator(chunk_size=500) if ids is None else found)
        return (one for one in made if one is not None)


def _entry(
    record: Any, kind: Findable, scope: list[Term], heading: str, *texts: str, page: UUID | None = None
) -> SearchEntry:
    names = (heading, *texts) if kind is Findable.ORGANIZATION else (heading,)
    said = [of_kind(kind), *scope]
    words = [*(term.key for term in said), *kept(heading, *texts)]
    return SearchEntry(
        kind=kind.value,
        object_type=record._meta.model_name,
        object_id=record.pk,
        page_id=page or record.pk,
        heading=folded_names(*names)[:_HEADING],
        words=" ".join(words[:MOST_WORDS]),
        edition=EDITION,
    )


def _scope(record: Any, *above: Any, axis: str = "") -> list[Term]:
    """In which mesa it is, and the strictest of its own visibility and of those it hangs from."""
    counted = strictest(*(Visibility(one.visibility) for one in (record, *above) if one))
    scope = [marks.of_mesa(record.mesa_id), marks.seen_by(counted)]
    return [*scope, marks.on_axis(axis)] if axis else scope


def _problem(one: Problem) -> SearchEntry:
    return _entry(
        one, Findable.PROBLEM, _scope(one, axis=one.axis), one.title, one.detail, one.concern_because
    )


def _solution(one: Solution) -> SearchEntry:
    enactment = getattr(one, "enactment", None)
    norm = enactment.norm if enactment and _is_as_open(enactment, one) else ""
    scope = _scope(one, one.problem, axis=one.problem.axis)
    return _entry(one, Findable.SOLUTION, scope, one.title, one.detail, one.observation, norm)


def _is_as_open(part: Any, whole: Any) -> bool:
    """Whether whoever sees the whole sees this part of it."""
    if part.withdrawn_at:
        return False
    seen = Visibility(whole.visibility)
    return strictest(Visibility(part.visibility), seen) is seen


def _commitment(one: Commitment) -> SearchEntry:
    scope = _scope(one, one.problem, one.solution, axis=one.problem.axis)
    owner = [marks.owned_by(one.owner_organization_id)] if one.owner_organization_id else []
    return _entry(one, Findable.COMMITMENT, [*scope, *owner], one.title, one.situation)


def _meeting(one: Meeting) -> SearchEntry:
    when_and_what = in_every_language(lambda: f"{label(MeetingKind(one.kind))} {day_in_full(one.held_on)}")
    return _entry(one, Findable.MEETING, _scope(_seen(one)), one.title, one.venue, *when_and_what)


def _seen(meeting: Meeting) -> Meeting:
    """A draft is for those who see what is the team's."""
    if meeting.state == MeetingState.DRAFT:
        meeting.visibility = Visibility.TEAM.value
    return meeting


def _minutes(one: Minutes) -> SearchEntry:
    number = f"{one.number}-{one.year}"
    names = in_every_language(lambda: f"{label(MinutesWeight(one.weight))} {number}")
    scope = _scope(one, _seen(one.meeting))
    return _entry(one, Findable.MINUTES, scope, names[0], *names[1:], page=one.meeting_id)


def _paragraph(one: Entry) -> SearchEntry | None:
    scope = _scope(one, _seen(one.meeting), *rows_above(one))
    if marks.seen_by(Visibility.TEAM) in scope:
        return None  # a private note
    return _entry(one, Findable.MINUTES, scope, "", one.text, page=one.meeting_id)


def rows_above(one: Entry) -> tuple[Any, ...]:
    """The item under which a paragraph stands, and all that the item hangs from."""
    item = one.item
    if item is None:
        return ()
    row = item.commitment
    return (item, row, row and row.problem, row and row.solution, item.problem)


def _organization(one: Organization) -> SearchEntry:
    names = [alias.name for alias in one.aliases.all() if alias.withdrawn_at is None]
    return _entry(one, Findable.ORGANIZATION, [], one.name, *names)


def _person(one: Person) -> SearchEntry:
    sits = [tenure.seat for tenure in one.tenures.all() if tenure.withdrawn_at is None]
    scope = {marks.of_mesa(seat.mesa_id): None for seat in sits if seat.mesa_id}
    if any(seat.mesa_id is None and seat.role == Role.LIAISON for seat in sits):
        scope[marks.FOR_ALL_MESAS] = None
    return _entry(one, Findable.PERSON, list(scope), one.full_name)


def in_every_language(said: Callable[[], str]) -> list[str]:
    """The same words in each language that people may read in, and so search in."""
    words = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words.append(said())
    return words


def _problems() -> QuerySet[Problem]:
    return Problem.objects.filter(withdrawn_at=None).exclude(stage=ProblemStage.WITHDRAWN)


def _solutions() -> QuerySet[Solution]:
    found = Solution.objects.filter(withdrawn_at=None, problem__withdrawn_at=None)
    return found.exclude(problem__stage=ProblemStage.WITHDRAWN).select_related("problem", "enactment")


def _commitments() -> QuerySet[Commitment]:
    found = Commitment.objects.filter(
        Q(solution=None) | Q(solution__withdrawn_at=None), withdrawn_at=None, problem__withdrawn_at=None
    )
    return found.exclude(problem__stage=ProblemStage.WITHDRAWN).select_related("problem", "solution")


def _paragraphs() -> QuerySet[Entry]:
    near = ("item__commitment__problem", "item__commitment__solution", "item__problem")
    found = Entry.objects.filter(
        Q(item=None) | Q(item__withdrawn_at=None), withdrawn_at=None, meeting__withdrawn_at=None
    )
    return found.select_related("meeting", *near)


def _sheets() -> QuerySet[Minutes]:
    found = Minutes.objects.filter(withdrawn_at=None, meeting__withdrawn_at=None)
    return found.select_related("meeting")


SOURCES: Mapping[type[Any], Source] = {
    Problem: Source(Findable.PROBLEM, _problems, _problem),
    Solution: Source(Findable.SOLUTION, _solutions, _solution),
    Commitment: Source(Findable.COMMITMENT, _commitments, _commitment),
    Meeting: Source(Findable.MEETING, lambda: Meeting.objects.filter(withdrawn_at=None), _meeting),
    Minutes: Source(Findable.MINUTES, _sheets, _minutes),
    Entry: Source(Findable.MINUTES, _paragraphs, _paragraph),
    Organization: Source(
        Findable.ORGANIZATION,
        lambda: Organization.objects.filter(withdrawn_at=None),
        _organization,
        near=("aliases",),
    ),
    Person: Source(
        Findable.PERSON,
        lambda: Person.objects.filter(withdrawn_at=None),
        _person,
        near=("tenures__seat",),
    ),
}
"""In the order in which they are made anew."""
