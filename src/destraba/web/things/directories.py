"""What the page of a mesa's people reads."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.labels import label
from destraba.ledger.wording import day
from destraba.models import OrganizationKind, Record
from destraba.queries.people import Body, HeldSeat, organization_names, person_names
from destraba.rules.permissions import Deed, Role
from destraba.web.frame import mesa_frame
from destraba.web.things.acts import Group, Offer
from destraba.web.things.needs import Need
from destraba.web.things.scenes import PeopleScene


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat in words. `reach` is how to reach who sits there, for those who call."""

    role: str
    title: str
    is_occasional: bool
    is_for_all_mesas: bool
    holder: str
    is_invented: bool
    since: str
    reach: tuple[str, ...]
    former: tuple[str, ...]
    offers: list[Offer]


@dataclass(frozen=True, slots=True)
class BodyLines:
    """An organization with its seats, and what it owes."""

    name: str
    aliases: str
    kind: str
    owed: int
    lights: list[tuple[str, int]]
    lacks_liaison: bool
    seats: list[SeatLine]
    offers: list[Offer]


def people_context(scene: PeopleScene, offered: list[Offer]) -> dict[str, Any]:
    """For `people/page.html`. How to reach somebody is for those who keep the seats."""
    directory = scene.directory
    can_seat = scene.may(Deed.MANAGE_SEATS)
    return {
        **mesa_frame(scene.viewer, scene.mesa, "people"),
        "slug": scene.mesa.slug,
        "need": _need(scene),
        "unanswered": [_body(body, offered, shows_reach=can_seat) for body in directory.unanswered],
        "bodies": [_body(body, offered, shows_reach=can_seat) for body in directory.seated],
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


def _body(body: Body, offered: list[Offer], *, shows_reach: bool) -> BodyLines:
    return BodyLines(
        name=body.organization.name,
        aliases=", ".join(body.aliases),
        kind=label(OrganizationKind(body.organization.kind)),
        owed=body.owed,
        lights=[(light.value, count) for light, count in body.owes],
        lacks_liaison=body.lacks_liaison,
        seats=[_seat(seat, offered, shows_reach=shows_reach) for seat in body.seats],
        offers=_offers_on(offered, body.organization),
    )


def _seat(held: HeldSeat, offered: list[Offer], *, shows_reach: bool) -> SeatLine:
    seat, tenure = held.seat, held.tenure
    targets: list[Record] = [seat, tenure, tenure.person] if tenure else [seat]
    reach = (tenure.person.email, tenure.person.phone) if tenure and shows_reach else ()
    return SeatLine(
        role=label(Role(seat.role)),
        title=seat.title,
        is_occasional=seat.is_occasional,
        is_for_all_mesas=seat.mesa_id is None,
        holder=tenure.person.full_name if tenure else "",
        is_invented=bool(tenure and tenure.person.is_invented),
        since=day(tenure.starts_on) if tenure else "",
        reach=tuple(one for one in reach if one),
        former=tuple(
            _("%(name)s, until %(day)s") % {"name": one.person.full_name, "day": day(one.ends_on)}
            for one in held.former
            if one.ends_on
        ),
        offers=[offer for target in targets for offer in _offers_on(offered, target)],
    )


def _offers_on(offered: list[Offer], target: Record) -> list[Offer]:
    return [one for one in offered if one.target == target]
