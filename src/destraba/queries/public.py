"""What anybody may know: of a mesa that is followed up, what approved minutes say, and never a draft.

Agencies are named, never officials. Lights and due dates are those at the close of the last meeting whose
minutes are approved, so nothing here changes between two of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db.models import QuerySet

from destraba.models import Attendance, Commitment, File, Meeting, Mesa, Minutes
from destraba.queries.meetings.seen import FOR_ALL, commitments_seen
from destraba.rules.commitments import OPEN, CommitmentState
from destraba.rules.lights import Light
from destraba.rules.meetings import IN_THE_ROOM
from destraba.rules.mesas import MesaState
from destraba.rules.minutes import FROZEN, MinutesState
from destraba.values.days import day_in
from destraba.values.errors import NotFound
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.reasons import Reason


@dataclass(frozen=True, slots=True)
class PublicSheet:
    """Published minutes. `digest` is the SHA-256 of the PDF, by which anybody can tell that it is the one."""

    weight: str
    number: int
    year: int
    meeting_number: int
    held_on: date
    published_on: date
    digest: str


@dataclass(frozen=True, slots=True)
class PublicCommitment:
    number: int
    title: str
    due: FuzzyDate | None
    light: Light


@dataclass(frozen=True, slots=True)
class PublicAgency:
    """An organization with what it agreed to."""

    name: str
    commitments: tuple[PublicCommitment, ...]


@dataclass(frozen=True, slots=True)
class PublicPresence:
    """At how many of the meetings with published minutes somebody of the organization was."""

    name: str
    there: int
    meetings: int


@dataclass(frozen=True, slots=True)
class PublicMesa:
    """`as_of` is the day of the meeting whose lights these are; None where none is approved yet."""

    mesa: Mesa
    as_of: date | None
    sheets: tuple[PublicSheet, ...]
    agencies: tuple[PublicAgency, ...]
    presences: tuple[PublicPresence, ...]

    @property
    def light_counts(self) -> tuple[tuple[Light, int], ...]:
        counted = Counter(one.light for agency in self.agencies for one in agency.commitments)
        return tuple(counted.items())


_AtClose: TypeAlias = Mapping[str, Mapping[str, Any]]


def public_mesas() -> list[Mesa]:
    """The mesas of which something is published, by name."""
    published = Minutes.objects.filter(state=MinutesState.PUBLISHED, withdrawn_at=None)
    return list(_followed().filter(pk__in=published.values("mesa")).order_by("name"))


def public_mesa(slug: str) -> PublicMesa:
    """Five statements. Raises NotFound, whether the mesa is quiet, unpublished or unheard of."""
    mesa = _followed().select_related("host").filter(slug=slug).first()
    sheets = _sheets(mesa) if mesa else []
    if mesa is None or not sheets:
        raise NotFound(Reason.of("hidden"))
    last = _last_approved(mesa)
    return PublicMesa(
        mesa=mesa,
        as_of=last.held_on if last else None,
        sheets=tuple(_sheet(one) for one in sheets),
        agencies=tuple(_agencies(mesa, last)) if last else (),
        presences=tuple(_presences([one.meeting for one in sheets])),
    )


def public_file(slug: str, year: int, number: int) -> File:
    """The PDF of published minutes. Raises NotFound."""
    found = (
        Minutes.objects.select_related("pdf")
        .filter(
            mesa__in=_followed().filter(slug=slug),
            state=MinutesState.PUBLISHED,
            year=year,
            number=number,
            withdrawn_at=None,
        )
        .order_by("weight")
        .first()
    )
    if found is None or found.pdf is None:
        raise NotFound(Reason.of("hidden"))
    return found.pdf


def _followed() -> QuerySet[Mesa]:
    """Nothing of a quiet mesa is public."""
    return (
        Mesa.objects.filter(withdrawn_at=None)
        .exclude(following_since=None)
        .exclude(state__in=[MesaState.CANDIDATE, MesaState.ASSESSING])
    )


def _sheets(mesa: Mesa) -> list[Minutes]:
    found = Minutes.objects.filter(mesa=mesa, state=MinutesState.PUBLISHED, withdrawn_at=None)
    return list(found.select_related("meeting", "pdf").order_by("-meeting__held_on", "-number"))


def _sheet(one: Minutes) -> PublicSheet:
    if one.pdf is None or one.published_at is None:
        raise ValueError("published without what was circulated")
    return PublicSheet(
        weight=one.weight,
        number=one.number,
        year=one.year,
        meeting_number=one.meeting.number,
        held_on=one.meeting.held_on,
        published_on=day_in(one.meeting.time_zone, one.published_at),
        digest=one.pdf.sha256,
    )


def _last_approved(mesa: Mesa) -> Meeting | None:
    approved = Meeting.objects.filter(
        mesa=mesa, minutes__state__in=FROZEN, minutes__withdrawn_at=None, withdrawn_at=None
    )
    return approved.order_by("-closed_at").first()


def _agencies(mesa: Mesa, last: Meeting) -> Iterable[PublicAgency]:
    """What was agreed by that meeting, by agency; what was asked and not agreed binds nobody."""
    at_close: _AtClose = last.lights_at_close
    found = (
        Commitment.objects.select_related("owner_organization")
        .filter(
            commitments_seen(FOR_ALL),
            mesa=mesa,
            problem__withdrawn_at=None,
            agreed_on__lte=last.held_on,
            state__in=[*OPEN - {CommitmentState.ASKED}, CommitmentState.DONE],
        )
        .exclude(owner_organization=None)
        .order_by("owner_organization__sort_key", "number")
    )
    by_agency: dict[str, list[PublicCommitment]] = defaultdict(list)
    for one in found:
        if one.owner_organization and (shown := _shown(one, at_close.get(str(one.number)))):
            by_agency[one.owner_organization.name].append(shown)
    return (PublicAgency(name, tuple(those)) for name, those in by_agency.items())


def _shown(one: Commitment, then: Mapping[str, Any] | None) -> PublicCommitment | None:
    """Its light and its date as that meeting left them: a date that was moved since comes with the next
    approved meeting. What was settled before it has none there, and is done or nothing."""
    if then:
        due = FuzzyDate.from_plain(then["due"]) if then["due"] else None
        return PublicCommitment(one.number, one.title, due, Light(then["light"]))
    return PublicCommitment(one.number, one.title, one.due, Light.DONE) if one.done_on else None


def _presences(meetings: list[Meeting]) -> Iterable[PublicPresence]:
    there: dict[str, set[int]] = defaultdict(set)
    invited: dict[str, set[int]] = defaultdict(set)
    rows = Attendance.objects.filter(meeting__in=meetings, withdrawn_at=None)
    for name, number, presence in rows.order_by("seat__organization__sort_key").values_list(
        "seat__organization__name", "meeting__number", "presence"
    ):
        invited[name].add(number)
        if presence in IN_THE_ROOM:
            there[name].add(number)
    return (PublicPresence(name, len(there[name]), len(those)) for name, those in invited.items())
