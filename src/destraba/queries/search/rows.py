"""The records themselves, read from their own tables and asked once more whether the viewer sees them.

The index says what may be found; what is shown is what the tables hold now.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from destraba.ledger.search.marks import Findable
from destraba.models import (
    Alias,
    Commitment,
    Entry,
    Meeting,
    Minutes,
    Organization,
    Problem,
    Record,
    Seat,
    Solution,
    Tenure,
)
from destraba.queries.meetings.seen import items_seen
from destraba.queries.tenures import held_on
from destraba.queries.within import Within, joined
from destraba.rules.meetings import MeetingState
from destraba.rules.permissions import Role
from destraba.rules.problems import ProblemStage
from destraba.values.visibility import Visibility


@dataclass(frozen=True, slots=True)
class Row:
    """A record that was found: of a person, how they sit. `texts` are what else of it may say why: the name
    of the column, the text."""

    kind: Findable
    key: UUID
    record: Any
    title: str
    texts: tuple[tuple[str, str], ...] = ()
    mesa_id: UUID | None = None


def rows_where(kind: Findable, seen: Within, having: Q) -> list[Row]:
    """The problems, solutions, commitments or meetings that are so and within reach; one statement."""
    found = _FOUND[kind](seen).filter(having)
    return [_ROW[kind](one) for one in found.order_by("mesa__slug", "pk")]


def rows_of(kind: Findable, seen: Within, ids: Mapping[UUID, str], today: date) -> list[Row]:
    """The rows of these keys, which come with the type of each; at most three statements."""
    match kind:
        case Findable.MINUTES:
            return _sheets(seen, ids)
        case Findable.ORGANIZATION:
            return _organizations(seen, list(ids))
        case Findable.PERSON:
            return _people(seen, list(ids), today)
        case _:
            return [_ROW[kind](one) for one in _FOUND[kind](seen).filter(pk__in=list(ids))]


def _problems(seen: Within) -> QuerySet[Any]:
    return Problem.objects.filter(seen.problems(), withdrawn_at=None).exclude(stage=ProblemStage.WITHDRAWN)


def _solutions(seen: Within) -> QuerySet[Any]:
    found = Solution.objects.filter(seen.solutions(), withdrawn_at=None, problem__withdrawn_at=None)
    return found.exclude(problem__stage=ProblemStage.WITHDRAWN).select_related("problem", "enactment")


def _commitments(seen: Within) -> QuerySet[Any]:
    found = Commitment.objects.filter(
        seen.commitments(),
        Q(solution=None) | Q(solution__withdrawn_at=None),
        withdrawn_at=None,
        problem__withdrawn_at=None,
    )
    names = Prefetch("owner_organization__aliases", Alias.objects.filter(withdrawn_at=None).order_by("pk"))
    found = found.exclude(problem__stage=ProblemStage.WITHDRAWN).prefetch_related(names)
    return found.select_related("owner_organization", "owner_seat")


def _meetings(seen: Within) -> QuerySet[Any]:
    return Meeting.objects.filter(_of_meetings(seen), seen.meetings_with_drafts(), withdrawn_at=None)


def _of_meetings(seen: Within, prefix: str = "") -> Q:
    """A draft is for those who see what is the team's."""
    not_a_draft = ~Q(**{f"{prefix}state": MeetingState.DRAFT})
    return not_a_draft | Q(mesa__in=seen.team_mesas())


_FOUND: Mapping[Findable, Callable[[Within], QuerySet[Any]]] = {
    Findable.PROBLEM: _problems,
    Findable.SOLUTION: _solutions,
    Findable.COMMITMENT: _commitments,
    Findable.MEETING: _meetings,
}


def _problem(one: Problem) -> Row:
    texts = (("detail", one.detail), ("concern_because", one.concern_because))
    return Row(Findable.PROBLEM, one.pk, one, one.title, texts, one.mesa_id)


def _solution(one: Solution) -> Row:
    enactment = getattr(one, "enactment", None)
    norm = enactment.norm if enactment and enactment.visibility != Visibility.TEAM else ""
    texts = (("detail", one.detail), ("norm", norm), ("observation", one.observation))
    return Row(Findable.SOLUTION, one.pk, one, one.title, texts, one.mesa_id)


def _commitment(one: Commitment) -> Row:
    owner = one.owner_organization
    names = [owner.name, *(alias.name for alias in owner.aliases.all())] if owner else []
    texts = (("situation", one.situation), ("owner_organization", " · ".join(names)))
    return Row(Findable.COMMITMENT, one.pk, one, one.title, texts, one.mesa_id)


def _meeting(one: Meeting) -> Row:
    return Row(Findable.MEETING, one.pk, one, one.title, (("venue", one.venue),), one.mesa_id)


_ROW: Mapping[Findable, Callable[[Any], Row]] = {
    Findable.PROBLEM: _problem,
    Findable.SOLUTION: _solution,
    Findable.COMMITMENT: _commitment,
    Findable.MEETING: _meeting,
}


def _sheets(seen: Within, ids: Mapping[UUID, str]) -> list[Row]:
    """Minutes, and the paragraphs that stand in them or will; two statements."""
    whole = Minutes.objects.filter(
        _visible(seen), _of_meetings(seen, "meeting__"), pk__in=_of_type(ids, Minutes), withdrawn_at=None
    ).select_related("meeting")
    parts = Entry.objects.filter(
        _visible(seen, above=True),
        _of_meetings(seen, "meeting__"),
        ~Q(visibility=Visibility.TEAM),
        pk__in=_of_type(ids, Entry),
        withdrawn_at=None,
    ).select_related("meeting__minutes")
    return [
        *(Row(Findable.MINUTES, one.pk, one, "", (), one.mesa_id) for one in whole),
        *(Row(Findable.MINUTES, one.pk, one, "", (("text", one.text),), one.mesa_id) for one in parts),
    ]


def _visible(seen: Within, *, above: bool = False) -> Q:
    """What is seen together with its meeting; `above`: and with the item it stands under, and with all that
    the item is about."""
    visible = joined(
        Q(mesa__in=ids, visibility__in=levels, meeting__visibility__in=levels)
        & (Q(item=None) | items_seen(levels, "item__") if above else Q())
        for reach, ids in seen.reaches.items()
        if reach.axes is None and (levels := reach.visibilities)
    )
    return visible & Q(meeting__withdrawn_at=None)


def _of_type(ids: Mapping[UUID, str], model: type[Record]) -> list[UUID]:
    return [key for key, object_type in ids.items() if object_type == model._meta.model_name]


def _organizations(seen: Within, ids: list[UUID]) -> list[Row]:
    """With the mesas of the viewer in which they have a seat; three statements."""
    names = Prefetch("aliases", Alias.objects.filter(withdrawn_at=None).order_by("pk"))
    seats = Prefetch(
        "seats",
        Seat.objects.filter(mesa__in=[mesa.pk for mesa in seen.mesas], withdrawn_at=None).order_by("pk"),
    )
    found = Organization.objects.filter(pk__in=ids, withdrawn_at=None).prefetch_related(names, seats)
    return [_organization(one) for one in found]


def _organization(one: Organization) -> Row:
    texts = tuple(("alias", alias.name) for alias in one.aliases.all())
    seats = one.seats.all()
    return Row(Findable.ORGANIZATION, one.pk, one, one.name, texts, seats[0].mesa_id if seats else None)


def _people(seen: Within, ids: list[UUID], today: date) -> list[Row]:
    """Who sits today where the viewer sees who sits; of several seats the first. One statement."""
    mesas = [mesa.pk for mesa in seen.mesas]
    answers_everywhere = Q(seat__mesa=None, seat__role=Role.LIAISON) & _has_a_part(seen, mesas)
    found = Tenure.objects.filter(
        held_on(today),
        Q(seat__mesa__in=mesas) | answers_everywhere,
        person__in=ids,
        person__withdrawn_at=None,
    )
    rows: dict[UUID, Row] = {}
    for one in found.select_related("person", "seat__organization").order_by("pk"):
        rows.setdefault(one.person_id, _person(one))
    return list(rows.values())


def _has_a_part(seen: Within, mesas: Sequence[UUID]) -> Q:
    """The organization sits in one of these mesas, or owes something there that the viewer sees."""
    organization = OuterRef("seat__organization")
    seated = Seat.objects.filter(mesa__in=mesas, organization=organization, withdrawn_at=None)
    bound = Commitment.objects.filter(seen.commitments(), owner_organization=organization, withdrawn_at=None)
    return Q(Exists(seated)) | Q(Exists(bound))


def _person(one: Tenure) -> Row:
    return Row(Findable.PERSON, one.person_id, one, one.person.full_name, (), one.seat.mesa_id)
