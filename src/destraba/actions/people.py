"""Organizations, persons, seats and who sits in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from destraba.actions.inputs import NAME, line, required_line
from destraba.ledger import kinds
from destraba.ledger.record import Recording, recording
from destraba.models import (
    Alias,
    Mesa,
    Organization,
    OrganizationKind,
    Person,
    Place,
    Programme,
    Seat,
    Tenure,
)
from destraba.queries import access
from destraba.queries.accounts import holders
from destraba.queries.people import organizations_called
from destraba.rules.permissions import PROGRAMME, Deed, Role, Subject
from destraba.values.actors import Actor
from destraba.values.errors import Conflict, Invalid, NotAllowed, NotFound
from destraba.values.places import PlaceKind
from destraba.values.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Who is to answer, and from which seat: the one given, or a new one of `organization`; likewise who."""

    organization: Organization
    role: Role = Role.LIAISON
    title: str = ""
    is_occasional: bool = False
    seat: Seat | None = None
    person: Person | None = None
    full_name: str = ""
    email: str = ""
    phone: str = ""


def add_place(
    *, actor: Actor, name: str, kind: PlaceKind, code: str = "", parent: Place | None = None, now: datetime
) -> Place:
    """A place of the programme's tree."""
    access.permit(actor=actor, deed=Deed.MANAGE_ORGANIZATIONS, subject=PROGRAMME, now=now)
    programme = Programme.objects.get()
    with recording(actor=actor, now=now, streams=[programme.pk]) as change:
        place = Place(
            programme=programme,
            name=required_line("name", name, NAME),
            kind=kind.value,
            code=code,
            parent=parent,
        )
        return change.create(place, kinds.PLACE_ADDED)


def add_organization(
    *,
    actor: Actor,
    name: str,
    kind: OrganizationKind = OrganizationKind.OTHER,
    aliases: Iterable[str] = (),
    parent: Organization | None = None,
    mesa: Mesa | None = None,
    now: datetime,
) -> Organization:
    """An organization with its other names. `mesa` is where the need arose: its team may add one too.

    A name by which another one is known already is refused: two cards for one body tell half a story each.
    """
    access.permit(actor=actor, deed=Deed.MANAGE_ORGANIZATIONS, subject=_in(mesa), now=now)
    programme = Programme.objects.get()
    called = [name for name in (name, *aliases) if name.strip()]
    with recording(actor=actor, now=now, streams=[programme.pk]) as change:
        _refuse_taken(*called)
        aliases = called[1:]
        return enter_organization(change, programme, name=name, kind=kind, aliases=aliases, parent=parent)


def enter_organization(
    change: Recording,
    programme: Programme,
    *,
    name: str,
    kind: OrganizationKind = OrganizationKind.OTHER,
    aliases: Iterable[str] = (),
    parent: Organization | None = None,
) -> Organization:
    """The same as part of a larger change, whose chains include the programme's."""
    organization = Organization(
        programme=programme, name=required_line("name", name, NAME), kind=kind.value, parent=parent
    )
    change.create(organization, kinds.ORGANIZATION_ADDED)
    for alias in aliases:
        _enter_alias(change, organization, alias)
    return organization


def rename_organization(
    *,
    actor: Actor,
    organization: Organization,
    name: str,
    kind: OrganizationKind,
    keeps_former: bool = False,
    now: datetime,
) -> Organization:
    """Put right what an organization is called and what it is; documents may go on using the former name."""
    access.permit(actor=actor, deed=Deed.MANAGE_ORGANIZATIONS, subject=PROGRAMME, now=now)
    former = organization.name
    with recording(actor=actor, now=now, streams=[organization.stream_id]) as change:
        _refuse_taken(name, but=organization)
        change.update(
            organization,
            kinds.ORGANIZATION_EDITED,
            name=required_line("name", name, NAME),
            kind=kind.value,
        )
        if keeps_former and organization not in organizations_called([former]):
            _enter_alias(change, organization, former)
        return organization


def add_alias(*, actor: Actor, organization: Organization, name: str, now: datetime) -> Alias:
    """Another name, or an acronym, by which documents call an organization."""
    access.permit(actor=actor, deed=Deed.MANAGE_ORGANIZATIONS, subject=PROGRAMME, now=now)
    with recording(actor=actor, now=now, streams=[organization.stream_id]) as change:
        _refuse_taken(name)
        return _enter_alias(change, organization, name)


def withdraw_alias(*, actor: Actor, alias: Alias, now: datetime) -> Alias:
    """From now on this name is nobody's, or somebody else's."""
    access.permit(actor=actor, deed=Deed.MANAGE_ORGANIZATIONS, subject=PROGRAMME, now=now)
    if alias.withdrawn_at:
        raise Conflict(Reason.of("name_withdrawn", name=alias.name))
    with recording(actor=actor, now=now, streams=[alias.stream_id]) as change:
        return change.update(alias, kinds.ALIAS_WITHDRAWN, withdrawn_at=now)


def add_person(
    *,
    actor: Actor,
    full_name: str,
    email: str = "",
    phone: str = "",
    is_invented: bool = False,
    mesa: Mesa | None = None,
    now: datetime,
) -> Person:
    """A person; what they may do comes from the seats they are put in."""
    permit_seating(actor=actor, mesa=mesa, now=now)
    programme = Programme.objects.get()
    with recording(actor=actor, now=now, streams=[programme.pk]) as change:
        return enter_person(
            change, programme.pk, full_name=full_name, email=email, phone=phone, is_invented=is_invented
        )


def enter_person(
    change: Recording,
    programme_id: UUID,
    *,
    full_name: str,
    email: str = "",
    phone: str = "",
    is_invented: bool = False,
) -> Person:
    """The same as part of a larger change, whose chains include the programme's."""
    person = Person(
        programme_id=programme_id,
        full_name=required_line("full_name", full_name, NAME),
        email=_address(email),
        phone=line("phone", phone, 40),
        is_invented=is_invented,
    )
    return change.create(person, kinds.PERSON_ADDED)


def correct_person(
    *, actor: Actor, person: Person, mesa: Mesa, full_name: str, email: str, phone: str, now: datetime
) -> Person:
    """Put right the card of somebody who sits, or sat, in this mesa, and nowhere out of the actor's reach."""
    permit_seating(actor=actor, mesa=mesa, now=now)
    holder = holders([person.pk], actor.person_id, access.today(now))[person.pk]
    access.permit_card(actor=actor, holder=holder, now=now)
    if not Tenure.objects.filter(person=person, mesa=mesa, withdrawn_at=None).exists():
        raise NotFound(Reason.of("hidden"))
    with recording(actor=actor, now=now, streams=[person.programme_id]) as change:
        return change.update(
            person,
            kinds.PERSON_EDITED,
            full_name=required_line("full_name", full_name, NAME),
            email=_address(email, but=person),
            phone=line("phone", phone, 40),
        )


def open_seat(
    *,
    actor: Actor,
    organization: Organization,
    role: Role,
    mesa: Mesa | None,
    title: str = "",
    axis: str = "",
    is_occasional: bool = False,
    now: datetime,
) -> Seat:
    """A seat of an organization in a mesa, or in the programme where `mesa` is None."""
    permit_seating(actor=actor, mesa=mesa, now=now)
    stream = mesa.pk if mesa else organization.programme_id
    with recording(actor=actor, now=now, streams=[stream]) as change:
        return enter_seat(change, organization, role, mesa, title, axis, is_occasional)


def enter_seat(
    change: Recording,
    organization: Organization,
    role: Role,
    mesa: Mesa | None,
    title: str = "",
    axis: str = "",
    is_occasional: bool = False,
) -> Seat:
    """The same as part of a larger change. The head's seat is the programme's: no mesa can give it."""
    if mesa is not None and role is Role.HEAD:
        raise Invalid(Reason.of("role_of_the_programme"))
    seat = Seat(
        programme_id=organization.programme_id,
        mesa=mesa,
        organization=organization,
        role=role.value,
        title=line("title", title, NAME),
        axis=line("axis", axis, 80),
        is_occasional=is_occasional,
    )
    return change.create(seat, kinds.SEAT_OPENED)


def start_tenure(
    *, actor: Actor, seat: Seat, person: Person, starts_on: date, ends_on: date | None = None, now: datetime
) -> Tenure:
    """Put a person in a seat, which one person holds at a time."""
    permit_seating(actor=actor, mesa=seat.mesa, now=now)
    with recording(actor=actor, now=now, streams=[seat.stream_id]) as change:
        return enter_tenure(change, seat, person, starts_on, ends_on)


def enter_tenure(
    change: Recording, seat: Seat, person: Person, starts_on: date, ends_on: date | None = None
) -> Tenure:
    """The same as part of a larger change."""
    if ends_on and ends_on < starts_on:
        raise Invalid(Reason.of("ends_before_start"))
    if seat.withdrawn_at:
        raise Conflict(Reason.of("seat_closed"))
    holding = seat.tenures.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on), withdrawn_at=None)
    if ends_on:
        holding = holding.filter(starts_on__lte=ends_on)
    for other in holding.select_related("person"):
        raise Conflict(Reason.of("seat_taken", person=other.person.full_name))
    tenure = Tenure(
        programme_id=seat.programme_id,
        mesa_id=seat.mesa_id,
        seat=seat,
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return change.create(tenure, kinds.TENURE_STARTED)


def appoint(
    *,
    actor: Actor,
    mesa: Mesa,
    appointment: Appointment,
    starts_on: date,
    now: datetime,
) -> Tenure:
    """Say in one go who answers: the seat is opened if need be, and the person added if not yet known."""
    permit_seating(actor=actor, mesa=mesa, now=now)
    seat, person = appointment.seat, appointment.person
    if seat is not None and seat.mesa_id != mesa.pk:
        raise NotFound(Reason.of("hidden"))
    with recording(actor=actor, now=now, streams=[mesa.pk, mesa.programme_id]) as change:
        if seat is None:
            seat = enter_seat(
                change,
                appointment.organization,
                appointment.role,
                mesa,
                appointment.title,
                is_occasional=appointment.is_occasional,
            )
        if person is None:
            person = enter_person(
                change,
                mesa.programme_id,
                full_name=appointment.full_name,
                email=appointment.email,
                phone=appointment.phone,
            )
        return enter_tenure(change, seat, person, starts_on)


def end_tenure(*, actor: Actor, tenure: Tenure, ends_on: date, now: datetime) -> Tenure:
    """From the day after `ends_on`, the seat gives this person nothing any more."""
    permit_seating(actor=actor, mesa=tenure.mesa, now=now)
    if ends_on < tenure.starts_on:
        raise Invalid(Reason.of("ends_before_start"))
    if tenure.ends_on is not None and tenure.ends_on <= ends_on:
        raise Conflict(Reason.of("tenure_ended"))
    with recording(actor=actor, now=now, streams=[tenure.stream_id]) as change:
        return change.update(tenure, kinds.TENURE_ENDED, ends_on=ends_on)


def _enter_alias(change: Recording, organization: Organization, name: str) -> Alias:
    alias = Alias(
        programme_id=organization.programme_id,
        organization=organization,
        name=required_line("name", name, NAME),
    )
    return change.create(alias, kinds.ALIAS_ADDED)


def _refuse_taken(*names: str, but: Organization | None = None) -> None:
    """A name that is somebody's already would be read as nobody's. Raises Conflict."""
    for known in organizations_called(names):
        if known != but:
            raise Conflict(Reason.of("organization_exists", name=known.name))


def _in(mesa: Mesa | None) -> Subject:
    return Subject(mesa.pk) if mesa else PROGRAMME


def _address(email: str, but: Person | None = None) -> str:
    """One address, one person: mail for two would reach the wrong one. Raises Conflict, Invalid."""
    address = line("email", email, 254).lower()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(Reason.of("not_an_address", text=address)) from error
    others = Person.objects.filter(email=address, withdrawn_at=None)
    for other in others.exclude(pk=but.pk) if but else others:
        raise Conflict(Reason.of("person_exists", person=other.full_name))
    return address


def permit_seating(*, actor: Actor, mesa: Mesa | None, now: datetime) -> None:
    """A mesa's seats are given by its team, and by the head, who says what teams there are.

    Seats of the programme open every mesa: only the head gives them.
    """
    if mesa is not None:
        try:
            access.permit(actor=actor, deed=Deed.MANAGE_SEATS, subject=Subject(mesa.pk), now=now)
        except NotAllowed:
            access.permit(actor=actor, deed=Deed.MANAGE_CAPACITY, subject=PROGRAMME, now=now)
        return
    access.permit(actor=actor, deed=Deed.MANAGE_CAPACITY, subject=PROGRAMME, now=now)
