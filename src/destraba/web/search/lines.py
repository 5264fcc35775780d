"""What was found, in words: where it is, how it stands, why it was found, and the address of its page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from destraba.ledger.field_names import FIELDS
from destraba.ledger.labels import label
from destraba.ledger.search.marks import Findable
from destraba.ledger.wording import day, fuzzy
from destraba.methods.schema import MeetingKind
from destraba.models import Commitment, Entry, Meeting, Minutes, OrganizationKind, Tenure
from destraba.queries.search.finding import Hit
from destraba.rules.meetings import MeetingState
from destraba.rules.minutes import MinutesState
from destraba.rules.permissions import Role
from destraba.rules.problems import ProblemStage
from destraba.values.numbers import commitment_number, meeting_number, problem_number, solution_number
from destraba.values.search.passages import Passage, Piece
from destraba.web.meetings.renditions import sheet_number
from destraba.web.people.directories import anchor_of


@dataclass(frozen=True, slots=True)
class Line:
    """One thing found. `light` and `stage` draw its mark; `facts` are what else there is to know of it."""

    kind: str
    href: str
    number: str
    title: Passage
    why: tuple[tuple[str, Passage], ...]
    mesa: str
    facts: tuple[str, ...]
    light: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """What differs from kind to kind."""

    href: str
    facts: tuple[str, ...] = ()
    number: str = ""
    title: str = ""
    light: str = ""
    stage: str = ""


def line_of(hit: Hit) -> Line:
    """A hit as a page shows it."""
    said = _SAID[hit.row.kind](hit, hit.row.record)
    return Line(
        kind=hit.row.kind.value,
        href=said.href,
        number=said.number,
        title=hit.title or (Piece(said.title),),
        why=tuple((str(FIELDS.get(name, "")), piece) for name, piece in hit.why),
        mesa=hit.mesa.name if hit.mesa else "",
        facts=tuple(fact for fact in said.facts if fact),
        light=said.light,
        stage=said.stage,
    )


def _page(name: str, hit: Hit, *numbers: int) -> str:
    """The address of a page of the mesa in which the thing is."""
    return reverse(name, args=[hit.mesa.slug if hit.mesa else "", *numbers])


def _problem(hit: Hit, one: Any) -> _Said:
    return _Said(
        href=_page("problem", hit, one.number),
        number=problem_number(one.number),
        facts=(label(ProblemStage(one.stage)),),
    )


def _solution(hit: Hit, one: Any) -> _Said:
    return _Said(
        href=_page("solution", hit, one.problem.number, one.number),
        number=solution_number(one.problem.number, one.number),
        stage=one.stage,
    )


def _commitment(hit: Hit, one: Commitment) -> _Said:
    owner = one.owner_organization
    return _Said(
        href=_page("commitment", hit, one.number),
        number=commitment_number(one.number),
        facts=(owner.name if owner else "", fuzzy(one.due) if one.due else ""),
        light=one.light,
    )


def _meeting(hit: Hit, one: Meeting) -> _Said:
    return _Said(
        href=_page("meeting", hit, one.number),
        number=meeting_number(one.number),
        title=label(MeetingKind(one.kind)),
        facts=(day(one.held_on), label(MeetingState(one.state))),
    )


def _minutes(hit: Hit, one: Minutes | Entry) -> _Said:
    """The minutes, or a paragraph that stands in them, or will once the meeting is over."""
    meeting = one.meeting
    sheet: Minutes | None = one if isinstance(one, Minutes) else getattr(meeting, "minutes", None)
    return _Said(
        href=_page("meeting", hit, meeting.number),
        number=meeting_number(meeting.number),
        title=sheet_number(sheet) if sheet else _("Written down in the meeting"),
        facts=(day(meeting.held_on), label(MinutesState(sheet.state)) if sheet else ""),
    )


def _organization(hit: Hit, one: Any) -> _Said:
    return _Said(href=_of_organization(hit, one), facts=(label(OrganizationKind(one.kind)),))


def _person(hit: Hit, one: Tenure) -> _Said:
    seat = one.seat
    post = seat.title or label(Role(seat.role))
    return _Said(href=_of_organization(hit, seat.organization), facts=(post, seat.organization.name))


def _of_organization(hit: Hit, one: Any) -> str:
    """Where it sits, among the people of a mesa; without a seat there, what it owes."""
    if hit.mesa:
        return f"{_page('people', hit)}#{anchor_of(one.pk)}"
    return f"{reverse('search')}?{urlencode({'q': one.name, 'kind': Findable.COMMITMENT.value})}"


_SAID: Mapping[Findable, Callable[[Hit, Any], _Said]] = {
    Findable.PROBLEM: _problem,
    Findable.SOLUTION: _solution,
    Findable.COMMITMENT: _commitment,
    Findable.MEETING: _meeting,
    Findable.MINUTES: _minutes,
    Findable.ORGANIZATION: _organization,
    Findable.PERSON: _person,
}
