"""What can be done on the page of a mesa's people."""

from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from destraba.actions.people import Appointment, appoint, correct_person, end_tenure, open_seat
from destraba.actions.seats import close_seat, reopen_seat
from destraba.models import Mesa, Organization, Person, Seat, Tenure
from destraba.queries.accounts import may_reach
from destraba.queries.people import HeldSeat, person_meant
from destraba.rules.accounts import Holder
from destraba.rules.permissions import Deed, Role
from destraba.web.forms.people import AnswerForm, CloseSeatForm, LeaveForm, PersonForm, SeatForm, SitForm
from destraba.web.people.keys import CLOSING_IN_A_MESA, LINKS_OF_A_MESA
from destraba.web.people.organizations import ADD_ORGANIZATION, NAMES_OF_ORGANIZATIONS
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


def _reachable(scene: PeopleScene, person: Person) -> bool:
    return may_reach(scene.viewer, scene.holders.get(person.pk, Holder(())))


def _close_seat(call: Call[PeopleScene, Seat]) -> None:
    close_seat(actor=call.scene.actor, seat=call.target, reason=call.data["reason"], now=call.scene.now)


def _reopen_seat(call: Call[PeopleScene, Seat]) -> None:
    reopen_seat(actor=call.scene.actor, seat=call.target, now=call.scene.now)


def _open_seats(scene: PeopleScene) -> list[Seat]:
    return [one.seat for one in scene.directory.seats if one.seat.mesa_id]


def _closed_seats(scene: PeopleScene) -> list[Seat]:
    return [one.seat for one in scene.directory.closed]


def _held(scene: PeopleScene, seat: Seat) -> HeldSeat:
    return next(one for one in scene.directory.seats if one.seat == seat)


def _what_closing_leaves(scene: PeopleScene, seat: Seat) -> str:
    """Who leaves with it, and what stays with the organization: all that it owes, where nobody is left."""
    held = _held(scene, seat)
    body = next(one for one in scene.directory.bodies if one.organization == seat.organization)
    is_last = len(body.seats) == 1
    said = []
    if held.tenure:
        said.append(gettext("%(name)s leaves it today.") % {"name": held.tenure.person.full_name})
    if owed := body.owed if is_last else held.owed:
        staying = ngettext(
            "%(count)s open commitment stays with %(organization)s.",
            "%(count)s open commitments stay with %(organization)s.",
            owed,
        )
        said.append(staying % {"count": owed, "organization": seat.organization})
        if is_last:
            said.append(gettext("Nobody will sit here for it any more."))
    return " ".join(said)


# In the order in which they stand in a row: what is done often first, what ends something last.
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
    *LINKS_OF_A_MESA,
    Act(
        code="person",
        words=_("Correct"),
        group=Group.KEEP,
        deed=Deed.MANAGE_SEATS,
        form=PersonForm,
        targets=_sitting,
        about=lambda person: person.full_name,
        when=_reachable,
        first=_card,
        do=_correct,
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
        code="seat",
        words=_("Open a seat"),
        group=Group.BELOW,
        deed=Deed.MANAGE_SEATS,
        form=SeatForm,
        targets=_mesa,
        first=_from_today,
        do=_open_seat,
    ),
    ADD_ORGANIZATION,
    *CLOSING_IN_A_MESA,
    Act(
        code="close_seat",
        words=_("Close the seat"),
        group=Group.KEEP,
        deed=Deed.MANAGE_SEATS,
        form=CloseSeatForm,
        targets=_open_seats,
        about=lambda seat: seat.organization.name,
        warning=_what_closing_leaves,
        do=_close_seat,
    ),
    Act(
        code="reopen_seat",
        words=_("Open it again"),
        group=Group.NEXT,
        deed=Deed.MANAGE_SEATS,
        targets=_closed_seats,
        about=lambda seat: seat.organization.name,
        do=_reopen_seat,
    ),
    *NAMES_OF_ORGANIZATIONS,
)
