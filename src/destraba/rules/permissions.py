"""Who may do what: the table of product.md as data, and the few predicates that read it.

Nothing here asks the database. A query builds `Standing` from the tenures current on the day, and `Subject`
from the record; `refusal` says whether the deed is open, `may_read` whether the record may be seen at all.

Decisions where product.md leaves room:

- The political leader reads what is for the team only: whoever sees expected positions and sends the higher
  steps, which are drafts of the team, sees the rest of the team's papers.
- The technical leader approves minutes too: "Who uses it" says so of both leaders.
- The team answers for an owner or an addressee whom it heard by telephone; the ledger says on whose behalf.
- A seat in a working group is a seat of its mesa.
- A liaison's seat that belongs to no mesa reaches the rows of its own organization, in every mesa.
- Whoever owes a commitment answers for it, whatever the role of the seat.
- A link that names minutes lets whoever sits in their mesa object to them, and a leader approve them.
- An axis lead reads the page of the programme, which then holds the rows of the axis and no meetings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from destraba.values.reasons import Reason
from destraba.values.visibility import Visibility


class Role(StrEnum):
    """What a seat is for."""

    MEMBER = "member"
    LIAISON = "liaison"
    TEAM = "team"
    TECHNICAL_LEADER = "technical_leader"
    POLITICAL_LEADER = "political_leader"
    HIGH_LEVEL = "high_level"
    HEAD = "head"
    AXIS_LEAD = "axis_lead"


class Deed(StrEnum):
    """Every act that the table speaks of."""

    READ_PUBLIC = "read_public"
    READ_MESA = "read_mesa"
    READ_TEAM_ONLY = "read_team_only"
    READ_EXPECTED_POSITIONS = "read_expected_positions"
    READ_ESCALATION = "read_escalation"
    READ_PROGRAMME = "read_programme"
    DOWNLOAD_RECORD = "download_record"

    RAISE_PROBLEM = "raise_problem"
    COMMENT = "comment"
    ANSWER_COMMITMENT = "answer_commitment"
    CONFIRM_RESOLVED = "confirm_resolved"
    FIELD_CHECK = "field_check"
    PROPOSE_SOLUTION = "propose_solution"
    PROPOSE_COMMITMENT = "propose_commitment"
    ANSWER_ESCALATION = "answer_escalation"

    EDIT_MATRIX = "edit_matrix"
    RUN_MEETINGS = "run_meetings"
    FOLLOW_UP = "follow_up"
    MANAGE_SEATS = "manage_seats"
    MANAGE_ORGANIZATIONS = "manage_organizations"
    ACCEPT = "accept"
    OVERRIDE_LIGHT = "override_light"
    CIRCULATE = "circulate"
    PUBLISH = "publish"
    OBJECT_MINUTES = "object_minutes"
    APPROVE_MINUTES = "approve_minutes"
    SEND_HIGHER_STEP = "send_higher_step"
    REDACT = "redact"

    OPEN_MESA = "open_mesa"
    SUSPEND_MESA = "suspend_mesa"
    REINSTALL_MESA = "reinstall_mesa"
    CLOSE_MESA = "close_mesa"
    MANAGE_METHODS = "manage_methods"
    MANAGE_CAPACITY = "manage_capacity"
    NOTE_FIGURES = "note_figures"

    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_SETTINGS = "manage_settings"
    MANAGE_JOBS = "manage_jobs"
    MANAGE_BACKUPS = "manage_backups"


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """A seat that somebody holds today. `mesa_id` is None for a seat of the programme."""

    seat_id: UUID
    organization_id: UUID
    role: Role
    mesa_id: UUID | None
    axis: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What someone is today: signed in or not, administrator or not, the seats held.

    `linked` are the records that a mailed link names; it serves people without an account. Seats without an
    account open nothing but what a link may be used for by whoever holds them.
    """

    account: bool
    administrator: bool = False
    seats: tuple[SeatHeld, ...] = ()
    linked: frozenset[UUID] = frozenset()


ANONYMOUS = Standing(account=False)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the deed is done to. `mesa_id` is None for what belongs to the programme.

    The owner is who owes a commitment, or who raised a problem; for a seat, `owner_organization_id` is the
    organization of that seat. The addressee is that of an escalation, on itself and on what it cites.
    """

    mesa_id: UUID | None
    visibility: Visibility = Visibility.MESA
    axis: str = ""
    record_id: UUID | None = None
    owner_seat_id: UUID | None = None
    owner_organization_id: UUID | None = None
    addressee_seat_id: UUID | None = None


PROGRAMME = Subject(mesa_id=None)

RUNNERS = frozenset({Role.TEAM, Role.TECHNICAL_LEADER})
LEADERS = frozenset({Role.TECHNICAL_LEADER, Role.POLITICAL_LEADER})
INSIDERS = RUNNERS | LEADERS | {Role.HEAD}
SEAT_HOLDERS = RUNNERS | LEADERS | {Role.MEMBER, Role.LIAISON}
READERS = SEAT_HOLDERS | {Role.HIGH_LEVEL, Role.HEAD}
HEAD_ONLY = frozenset({Role.HEAD})

MAY: Mapping[Deed, frozenset[Role]] = MappingProxyType(
    {
        Deed.READ_MESA: READERS,
        Deed.READ_TEAM_ONLY: INSIDERS,
        Deed.READ_EXPECTED_POSITIONS: INSIDERS,
        Deed.READ_ESCALATION: INSIDERS,
        Deed.READ_PROGRAMME: frozenset({Role.HEAD, Role.AXIS_LEAD}),
        Deed.DOWNLOAD_RECORD: SEAT_HOLDERS | HEAD_ONLY,
        Deed.RAISE_PROBLEM: SEAT_HOLDERS,
        Deed.COMMENT: SEAT_HOLDERS,
        Deed.ANSWER_COMMITMENT: RUNNERS,
        Deed.CONFIRM_RESOLVED: RUNNERS,
        Deed.FIELD_CHECK: SEAT_HOLDERS,
        Deed.PROPOSE_SOLUTION: RUNNERS,
        Deed.PROPOSE_COMMITMENT: RUNNERS,
        Deed.ANSWER_ESCALATION: RUNNERS,
        Deed.EDIT_MATRIX: RUNNERS,
        Deed.RUN_MEETINGS: RUNNERS,
        Deed.FOLLOW_UP: RUNNERS,
        Deed.MANAGE_SEATS: RUNNERS,
        Deed.MANAGE_ORGANIZATIONS: RUNNERS | HEAD_ONLY,
        Deed.ACCEPT: RUNNERS,
        Deed.OVERRIDE_LIGHT: RUNNERS,
        Deed.CIRCULATE: RUNNERS,
        Deed.PUBLISH: RUNNERS | LEADERS,
        Deed.OBJECT_MINUTES: SEAT_HOLDERS,
        Deed.APPROVE_MINUTES: LEADERS,
        Deed.SEND_HIGHER_STEP: frozenset({Role.POLITICAL_LEADER}),
        Deed.REDACT: LEADERS | HEAD_ONLY,
        Deed.OPEN_MESA: HEAD_ONLY,
        Deed.SUSPEND_MESA: HEAD_ONLY,
        Deed.REINSTALL_MESA: HEAD_ONLY,
        Deed.CLOSE_MESA: HEAD_ONLY,
        Deed.MANAGE_METHODS: HEAD_ONLY,
        Deed.MANAGE_CAPACITY: HEAD_ONLY,
        Deed.NOTE_FIGURES: HEAD_ONLY,
    }
)
"""Deed -> the roles whose seat opens it, in the mesa of the seat (or in all, for a seat of the programme)."""

OWNER_MAY = frozenset({Deed.ANSWER_COMMITMENT, Deed.CONFIRM_RESOLVED})
ADDRESSEE_MAY = frozenset({Deed.READ_ESCALATION, Deed.ANSWER_ESCALATION})
AXIS_LEAD_MAY = frozenset({Deed.PROPOSE_SOLUTION, Deed.PROPOSE_COMMITMENT})
LINK_MAY = frozenset({Deed.READ_MESA, Deed.ANSWER_COMMITMENT})
LINK_AND_SEAT_MAY = frozenset({Deed.OBJECT_MINUTES, Deed.APPROVE_MINUTES})
ADMINISTRATOR_MAY = frozenset(
    {Deed.MANAGE_ACCOUNTS, Deed.MANAGE_SETTINGS, Deed.MANAGE_JOBS, Deed.MANAGE_BACKUPS}
)

OF_THE_PROGRAMME = frozenset({Role.HEAD, Role.HIGH_LEVEL, Role.AXIS_LEAD})
"""Roles whose seat, when it belongs to no mesa, reaches them all."""


def refusal(standing: Standing, deed: Deed, subject: Subject) -> Reason | None:
    """Why this deed is refused, or None when it is open.

    Codes: `not_signed_in` (sign in first); `hidden` (there is nothing to see here); `no_seat` (may see what
    is public, has no seat here); `not_your_row` (only whoever owes, raised or was asked); `not_your_role`.
    """
    if deed is Deed.READ_PUBLIC:
        return None if subject.visibility is Visibility.PUBLIC else Reason.of("hidden")
    if deed in LINK_MAY and _is_linked(standing, subject):
        return None
    if deed in LINK_AND_SEAT_MAY and _is_linked(standing, subject):
        return _refusal_by_seat(standing, deed, subject)
    if not standing.account:
        return Reason.of("not_signed_in")
    if deed in ADMINISTRATOR_MAY:
        return None if standing.administrator else Reason.of("not_your_role", deed=deed)
    if not may_read(standing, subject):
        return Reason.of("hidden")
    return _refusal_by_seat(standing, deed, subject)


def may_read(standing: Standing, subject: Subject) -> bool:
    """Whether the record may be seen: its visibility against the seats held today."""
    if subject.visibility is Visibility.PUBLIC or _is_linked(standing, subject):
        return True
    return standing.account and any(_reads(seat, subject) for seat in standing.seats)


def owes(seat: SeatHeld, subject: Subject) -> bool:
    """Whether the row is this seat's: its own; its organization's; for a liaison, any of its agency."""
    agency_liaison = seat.role is Role.LIAISON and seat.organization_id == subject.owner_organization_id
    if agency_liaison and seat.mesa_id is None:
        return True
    if not _reaches(seat, subject.mesa_id):
        return False
    if subject.owner_seat_id is None:
        return seat.organization_id == subject.owner_organization_id
    return agency_liaison or seat.seat_id == subject.owner_seat_id


def roles_in(standing: Standing, mesa_id: UUID | None) -> frozenset[Role]:
    """The roles someone has in a mesa, those of the programme included; with None, in the programme."""
    return frozenset(seat.role for seat in standing.seats if _reaches(seat, mesa_id))


def redaction_refusal(approvers: Mapping[UUID, Standing], subject: Subject) -> Reason | None:
    """Redaction takes two different people, each head or leader. `approvers` is keyed by person."""
    for standing in approvers.values():
        if refused := refusal(standing, Deed.REDACT, subject):
            return refused
    return None if len(approvers) >= 2 else Reason.of("two_approvers_needed")


def _refusal_by_seat(standing: Standing, deed: Deed, subject: Subject) -> Reason | None:
    seats = [seat for seat in standing.seats if _reads(seat, subject)]
    if not seats:
        return Reason.of("no_seat")
    if deed is Deed.READ_MESA or any(_opens(seat, deed, subject) for seat in seats):
        return None
    by_row = deed in OWNER_MAY or deed in ADDRESSEE_MAY
    return Reason.of("not_your_row" if by_row else "not_your_role", deed=deed)


def _opens(seat: SeatHeld, deed: Deed, subject: Subject) -> bool:
    # Organizations belong to the programme, and the team of any mesa keeps them.
    here = deed is Deed.MANAGE_ORGANIZATIONS or _reaches(seat, subject.mesa_id)
    return (
        (here and seat.role in MAY[deed])
        or (deed in OWNER_MAY and owes(seat, subject))
        or (deed in ADDRESSEE_MAY and _is_addressed(seat, subject))
        or (deed in AXIS_LEAD_MAY and _leads_axis(seat, subject))
    )


def _reads(seat: SeatHeld, subject: Subject) -> bool:
    here = _reaches(seat, subject.mesa_id)
    if _is_addressed(seat, subject):
        return True
    if subject.visibility is Visibility.TEAM:
        return here and seat.role in MAY[Deed.READ_TEAM_ONLY]
    return (
        (here and seat.role in MAY[Deed.READ_MESA])
        or subject.mesa_id is None  # the directory of the programme is for every seat
        or owes(seat, subject)
        or _leads_axis(seat, subject)
    )


def _reaches(seat: SeatHeld, mesa_id: UUID | None) -> bool:
    return seat.mesa_id == mesa_id or (seat.mesa_id is None and seat.role in OF_THE_PROGRAMME)


def _is_addressed(seat: SeatHeld, subject: Subject) -> bool:
    return seat.seat_id == subject.addressee_seat_id and _reaches(seat, subject.mesa_id)


def _leads_axis(seat: SeatHeld, subject: Subject) -> bool:
    on_axis = seat.role is Role.AXIS_LEAD and seat.axis != "" and seat.axis == subject.axis
    return on_axis and _reaches(seat, subject.mesa_id)


def _is_linked(standing: Standing, subject: Subject) -> bool:
    return subject.visibility is not Visibility.TEAM and subject.record_id in standing.linked
