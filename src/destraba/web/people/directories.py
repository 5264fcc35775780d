"""What the page of a mesa's people reads."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.labels import label
from destraba.ledger.wording import day
from destraba.models import OrganizationKind, Person, Record, Seat
from destraba.queries.accounts import may_reach
from destraba.queries.history import latest_of
from destraba.queries.people import Body, HeldSeat, names_ever, organization_names, person_names
from destraba.rules.accounts import Holder
from destraba.rules.permissions import Deed, Role
from destraba.values.days import day_in
from destraba.values.keys import sort_key
from destraba.web.frame import mesa_frame
from destraba.web.things.acts import Group, Offer
from destraba.web.things.needs import Need
from destraba.web.things.scenes import PeopleScene
from destraba.web.things.telling import Line, told

TOLD = 12


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat in words. `reach` is how to reach who sits there, for those who call."""

    role: str
    title: str
    is_occasional: bool
    is_for_all_mesas: bool
    holder: str
    since: str
    reach: tuple[str, ...]
    former: tuple[str, ...]
    offers: list[Offer]


@dataclass(frozen=True, slots=True)
class ClosedLine:
    """A seat that was closed: whose it was, as what, and when."""

    organization: str
    role: str
    title: str
    former: tuple[str, ...]
    closed: str
    offers: list[Offer]


@dataclass(frozen=True, slots=True)
class BodyLines:
    """An organization with its seats, and what it owes. `anchor`: where on the page it stands."""

    anchor: str
    name: str
    aliases: str
    kind: str
    owed: int
    lights: list[tuple[str, int]]
    lacks_liaison: bool
    seats: list[SeatLine]
    offers: list[Offer]


def anchor_of(organization_id: UUID) -> str:
    """The part of an address that leads to an organization on the page of a mesa's people."""
    return f"o-{organization_id.hex}"


def people_context(scene: PeopleScene, offered: list[Offer]) -> dict[str, Any]:
    """For `people/page.html`. How to reach somebody is for those who keep the seats."""
    directory = scene.directory
    can_seat = scene.may(Deed.MANAGE_SEATS)
    return {
        **mesa_frame(scene.viewer, scene.mesa, "people"),
        "slug": scene.mesa.slug,
        "need": _need(scene),
        "unanswered": [_body(scene, body, offered) for body in directory.unanswered],
        "bodies": [_body(scene, body, offered) for body in directory.seated],
        "closed": [_closed(scene, seat, offered) for seat in directory.closed],
        "invented": _invented(scene),
        "story": _story(scene),
        "ownerless": directory.ownerless,
        "can_seat": can_seat,
        "offers": [one for one in offered if one.act.group is Group.BELOW],
        "organization_names": organization_names() if can_seat else (),
        "person_names": person_names() if can_seat else (),
    }


def _need(scene: PeopleScene) -> Need:
    waiting = scene.directory.unanswered
    if waiting:
        names = ", ".join(body.organization.name for body in waiting[:3])
        said = ngettext(
            "%(count)s organization owes something here and nobody answers for it: %(names)s.",
            "%(count)s organizations owe something here and nobody answers for them: %(names)s.",
            len(waiting),
        )
        if len(waiting) > 3:
            names = _("%(names)s and others") % {"names": names}
        return Need(said % {"count": len(waiting), "names": names})
    if not scene.directory.seated:
        return Need(_("Nobody sits in this mesa yet: begin with the dedicated team."))
    return Need(_("For everything that is owed here, somebody answers."))


def _invented(scene: PeopleScene) -> str:
    """One note for the whole page, where people of a demonstration sit here."""
    people = {one.person_id: one.person for one in scene.directory.tenures}.values()
    invented = [person.full_name for person in people if person.is_invented]
    if not invented:
        return ""
    if len(invented) == len(people):
        return _("These people are invented; their posts are real.")
    return _("Invented people: %(names)s.") % {"names": ", ".join(invented)}


def _story(scene: PeopleScene) -> list[Line]:
    """What happened with the seats; for those who keep them, with the cards and the names too."""
    directory = scene.directory
    seats = [*directory.seats, *directory.closed]
    records: list[Record] = [one.seat for one in seats if one.seat.mesa_id]
    records += [one for seat in seats if seat.seat.mesa_id for one in (seat.tenure, *seat.former) if one]
    if scene.may(Deed.MANAGE_SEATS):
        records += [one.person for one in directory.tenures]
        records += [body.organization for body in directory.seated]
        records += names_ever([body.organization.pk for body in directory.seated])
    return told(latest_of(records, TOLD, scene.zone), scene.zone)


def _body(scene: PeopleScene, body: Body, offered: list[Offer]) -> BodyLines:
    return BodyLines(
        anchor=anchor_of(body.organization.pk),
        name=body.organization.name,
        aliases=", ".join(body.aliases),
        kind=label(OrganizationKind(body.organization.kind)),
        owed=body.owed,
        lights=[(light.value, count) for light, count in body.owes],
        lacks_liaison=body.lacks_liaison,
        seats=[_seat(scene, seat, offered) for seat in body.seats],
        offers=_offers_on(offered, body.organization),
    )


def _seat(scene: PeopleScene, held: HeldSeat, offered: list[Offer]) -> SeatLine:
    seat, tenure = held.seat, held.tenure
    targets: list[Record] = [seat, tenure, tenure.person] if tenure else [seat]
    return SeatLine(
        role=label(Role(seat.role)),
        title=_title(seat),
        is_occasional=seat.is_occasional,
        is_for_all_mesas=seat.mesa_id is None,
        holder=tenure.person.full_name if tenure else "",
        since=day(tenure.starts_on) if tenure else "",
        reach=_reach(scene, tenure.person) if tenure else (),
        former=_former(held),
        offers=[offer for offer in offered if offer.target in targets],
    )


def _closed(scene: PeopleScene, held: HeldSeat, offered: list[Offer]) -> ClosedLine:
    seat = held.seat
    closed_on = day_in(scene.zone, seat.withdrawn_at) if seat.withdrawn_at else None
    return ClosedLine(
        organization=seat.organization.name,
        role=label(Role(seat.role)),
        title=_title(seat),
        former=_former(held, until=scene.today),
        closed=day(closed_on) if closed_on else "",
        offers=_offers_on(offered, seat),
    )


def _title(seat: Seat) -> str:
    """The post, unless it says no more than the role."""
    return "" if sort_key(seat.title) == sort_key(label(Role(seat.role))) else seat.title


def _reach(scene: PeopleScene, person: Person) -> tuple[str, ...]:
    """How to reach somebody, and whether they can sign in: for those who call."""
    if not scene.may(Deed.MANAGE_SEATS):
        return ()
    holder = scene.holders.get(person.pk, Holder(()))
    if not may_reach(scene.viewer, holder):
        return ()
    return tuple(one for one in (person.email, person.phone, label(holder.key)) if one)


def _former(held: HeldSeat, until: date | None = None) -> tuple[str, ...]:
    """Who sat there before; of a closed seat, whoever leaves today too."""
    last = held.tenure if until and held.tenure and held.tenure.ends_on == until else None
    return tuple(
        _("%(name)s, until %(day)s") % {"name": one.person.full_name, "day": day(one.ends_on)}
        for one in (last, *held.former)
        if one and one.ends_on
    )


def _offers_on(offered: list[Offer], target: Record) -> list[Offer]:
    return [one for one in offered if one.target == target]
