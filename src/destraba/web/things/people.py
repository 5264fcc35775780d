"""What can be done on the page of a mesa's people."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from destraba.actions.people import (
    Appointment,
    add_organization,
    appoint,
    correct_person,
    end_tenure,
    open_seat,
)
from destraba.models import Mesa, Organization, OrganizationKind, Person, Seat, Tenure
from destraba.queries.people import person_meant
from destraba.rules.permissions import Deed, Role
from destraba.web.forms.people import AnswerForm, LeaveForm, OrganizationForm, PersonForm, SeatForm, SitForm
from destraba.web.things.acts import Act, Call, Group
from destraba.web.things.scenes import PeopleScene

PeopleAct = Act[PeopleScene, Any]


def _mesa(scene: PeopleScene) -> list[Mesa]:
    return [scene.mesa]


def _from_today(scene: PeopleScene, _target: object) -> dict[str, Any]:
    return {"starts_on": scene.today}


def _empty_seats(scene: PeopleScene) -> list[Seat]:
    return [one.seat for one in scene.directory.seats if one.tenure is None and one.seat.mesa_id]


def _without_seat(scene: PeopleScene) -> list[Organization]:
    return [body.organization for body in scene.directory.unanswered if not body.seats]


def _running(scene: PeopleScene) -> list[Tenure]:
    return [tenure for tenure in scene.directory.tenures if tenure.mesa_id]


def _sitting(scene: PeopleScene) -> list[Person]:
    return list({tenure.person_id: tenure.person for tenure in _running(scene)}.values())


def _appoint(
    scene: PeopleScene,
    data: dict[str, Any],
    organization: Organization,
    seat: Seat | None = None,
    role: Role = Role.LIAISON,
) -> None:
    """The person of that name, if the programme knows one; else a new face."""
    name, email = data["full_name"], data["email"]
    appointment = Appointment(
        organization=organization,
        role=role,
        title=data.get("title", ""),
        is_occasional=data.get("is_occasional", False),
        seat=seat,
        person=person_meant(name, email),
        full_name=name,
        email=email,
        phone=data["phone"],
    )
    starts_on: date = data["starts_on"]
    appoint(actor=scene.actor, mesa=scene.mesa, appointment=appointment, starts_on=starts_on, now=scene.now)


def _sit(call: Call[PeopleScene, Seat]) -> None:
    _appoint(call.scene, dict(call.data), call.target.organization, call.target)


def _answer(call: Call[PeopleScene, Organization]) -> None:
    _appoint(call.scene, dict(call.data), call.target, role=Role(call.data["role"]))


def _open_seat(call: Call[PeopleScene, Mesa]) -> None:
    data = dict(call.data)
    if data["full_name"]:
        _appoint(call.scene, data, data["organization"], role=Role(data["role"]))
        return
    open_seat(
        actor=call.scene.actor,
        organization=data["organization"],
        role=Role(data["role"]),
        mesa=call.target,
        title=data["title"],
        is_occasional=data["is_occasional"],
        now=call.scene.now,
    )


def _leave(call: Call[PeopleScene, Tenure]) -> None:
    end_tenure(actor=call.scene.actor, tenure=call.target, ends_on=call.data["ends_on"], now=call.scene.now)


def _correct(call: Call[PeopleScene, Person]) -> None:
    correct_person(
        actor=call.scene.actor,
        person=call.target,
        mesa=call.scene.mesa,
        full_name=call.data["full_name"],
        email=call.data["email"],
        phone=call.data["phone"],
        now=call.scene.now,
    )


def _card(_scene: PeopleScene, person: Person) -> dict[str, Any]:
    return {"full_name": person.full_name, "email": person.email, "phone": person.phone}


def _add_organization(call: Call[PeopleScene, Mesa]) -> None:
    add_organization(
        actor=call.scene.actor,
        mesa=call.target,
        name=call.data["name"],
        aliases=[call.data["acronym"]],
        kind=OrganizationKind(call.data["kind"]),
        now=call.scene.now,
    )


ACTS: tuple[PeopleAct, ...] = (
    Act(
        code="answer",
        words=_("Name who answers"),
        group=Group.NEXT,
        deed=Deed.MANAGE_SEATS,
        form=AnswerForm,
        targets=_without_seat,
        about=lambda organization: organization.name,
        first=_from_today,
        do=_answer,
    ),
    Act(
        code="sit",
        words=_("Say who sits here"),
        group=Group.NEXT,
        deed=Deed.MANAGE_SEATS,
        form=SitForm,
        targets=_empty_seats,
        about=lambda seat: seat.organization.name,
        first=_from_today,
        do=_sit,
    ),
    Act(
        code="leave",
        words=_("Leaves the seat"),
        group=Group.KEEP,
        deed=Deed.MANAGE_SEATS,
        form=LeaveForm,
        targets=_running,
        about=lambda tenure: tenure.person.full_name,
        first=lambda scene, _tenure: {"ends_on": scene.today},
        do=_leave,
    ),
    Act(
        code="person",
        words=_("Correct"),
        group=Group.KEEP,
        deed=Deed.MANAGE_SEATS,
        form=PersonForm,
        targets=_sitting,
        about=lambda person: person.full_name,
        first=_card,
        do=_correct,
    ),
    Act(
        code="seat",
        words=_("Open a seat"),
        group=Group.BELOW,
        deed=Deed.MANAGE_SEATS,
        form=SeatForm,
        targets=_mesa,
        first=_from_today,
        do=_open_seat,
    ),
    Act(
        code="organization",
        words=_("Add an organization"),
        group=Group.BELOW,
        deed=Deed.MANAGE_ORGANIZATIONS,
        form=OrganizationForm,
        targets=_mesa,
        do=_add_organization,
    ),
)
