"""Organizations, persons, seats and who sits in them."""

from collections.abc import Iterable
from datetime import date, datetime

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
from destraba.rules.permissions import PROGRAMME, Deed, Role, Subject
from destraba.values.actors import Actor
from destraba.values.errors import Conflict, Invalid
from destraba.values.places import PlaceKind
from destraba.values.reasons import Reason


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
    """An organization with its other names. `mesa` is where the need arose: its team may add one too."""
    access.permit(actor=actor, deed=Deed.MANAGE_ORGANIZATIONS, subject=_in(mesa), now=now)
    programme = Programme.objects.get()
    with recording(actor=actor, now=now, streams=[programme.pk]) as change:
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


def add_alias(*, actor: Actor, organization: Organization, name: str, now: datetime) -> Alias:
    """Another name by which documents call an organization."""
    access.permit(actor=actor, deed=Deed.MANAGE_ORGANIZATIONS, subject=PROGRAMME, now=now)
    with recording(actor=actor, now=now, streams=[organization.stream_id]) as change:
        return _enter_alias(change, organization, name)


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
    access.permit(actor=actor, deed=Deed.MANAGE_SEATS, subject=_in(mesa), now=now)
    programme = Programme.objects.get()
    with recording(actor=actor, now=now, streams=[programme.pk]) as change:
        person = Person(
            programme=programme,
            full_name=required_line("full_name", full_name, NAME),
            email=line("email", email, 254).lower(),
            phone=line("phone", phone, 40),
            is_invented=is_invented,
        )
        return change.create(person, kinds.PERSON_ADDED)


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
    access.permit(actor=actor, deed=_seat_deed(mesa), subject=_in(mesa), now=now)
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
    """The same as part of a larger change."""
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
    """Put a person in a seat."""
    access.permit(actor=actor, deed=_seat_deed(seat.mesa), subject=_in(seat.mesa), now=now)
    if ends_on and ends_on < starts_on:
        raise Invalid(Reason.of("ends_before_start"))
    with recording(actor=actor, now=now, streams=[seat.stream_id]) as change:
        tenure = Tenure(
            programme_id=seat.programme_id,
            mesa_id=seat.mesa_id,
            seat=seat,
            person=person,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        return change.create(tenure, kinds.TENURE_STARTED)


def end_tenure(*, actor: Actor, tenure: Tenure, ends_on: date, now: datetime) -> Tenure:
    """From the day after `ends_on`, the seat gives this person nothing any more."""
    access.permit(actor=actor, deed=_seat_deed(tenure.mesa), subject=_in(tenure.mesa), now=now)
    if ends_on < tenure.starts_on:
        raise Invalid(Reason.of("ends_before_start"))
    if tenure.ends_on is not None:
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


def _in(mesa: Mesa | None) -> Subject:
    return Subject(mesa.pk) if mesa else PROGRAMME


def _seat_deed(mesa: Mesa | None) -> Deed:
    """Seats of the programme open every mesa: only the head gives them."""
    return Deed.MANAGE_SEATS if mesa else Deed.MANAGE_CAPACITY
