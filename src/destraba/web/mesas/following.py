"""What starting to follow a mesa up would do, in words: the lights it would show, and who would get what."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import ngettext

from destraba.actions.lights import foreseen
from destraba.models import Mesa
from destraba.queries.access import Viewer
from destraba.queries.followup.reminders import Addressee, foreseen_reminders
from destraba.queries.mesas import commitments_of
from destraba.queries.people import HeldSeat, directory
from destraba.rules.followup.nudges import REMINDED, Cause
from destraba.rules.lights import WORST_FIRST, Light
from destraba.rules.permissions import Role
from destraba.values.days import day_in
from destraba.values.numbers import commitment_number

_NAMED = 6


@dataclass(frozen=True, slots=True)
class WouldGet:
    """Somebody who would get a mail: of which commitments, and why."""

    person: str
    organizations: str
    address: str
    whys: tuple[str, ...]
    numbers: str


def following_context(viewer: Viewer, mesa: Mesa, now: datetime) -> dict[str, Any]:
    """What the page shows before somebody presses."""
    today = day_in(mesa.time_zone, now)
    commitments = commitments_of(mesa)
    verdicts = foreseen(mesa, commitments, today)
    reasons = {one.pk: verdict.reason.code for one, verdict in zip(commitments, verdicts, strict=True)}
    return {
        "now_shown": _counted(Light(one.light) for one in commitments),
        "then_shown": _counted(verdict.light for verdict in verdicts),
        "would_get": [_would_get(one) for one in foreseen_reminders(mesa, reasons, now)],
        **_unreached(viewer, mesa, today),
    }


def _unreached(viewer: Viewer, mesa: Mesa, today: date) -> dict[str, Any]:
    """Who would be mailed nothing though something is owed: nobody sits there, or
    no liaison or member with an address does."""
    bodies = directory(viewer, mesa, today)
    silent = [
        body.organization.name
        for body in bodies.bodies
        if body.owed and not body.is_unanswered and not any(map(_is_written_to, body.seats))
    ]
    return {
        "unanswered": [body.organization.name for body in bodies.unanswered],
        "unwritten": silent,
        "ownerless": bodies.ownerless,
    }


def _is_written_to(held: HeldSeat) -> bool:
    return bool(held.tenure and held.tenure.person.email) and Role(held.seat.role) in REMINDED


def _would_get(one: Addressee) -> WouldGet:
    causes = Counter(each.step.cause for each in one.reminders)
    numbers = [commitment_number(each.commitment.number) for each in one.reminders]
    shown = ", ".join(numbers[:_NAMED])
    return WouldGet(
        person=one.person.full_name,
        organizations=", ".join(one.organizations),
        address=one.person.email,
        whys=tuple(_why(cause, causes[cause]) for cause in reversed(list(Cause)) if causes[cause]),
        numbers=shown if len(numbers) <= _NAMED else f"{shown}…",
    )


def _why(cause: Cause, count: int) -> str:
    match cause:
        case Cause.OVERDUE:
            words = ngettext("%(n)s overdue", "%(n)s overdue", count)
        case Cause.AHEAD | Cause.EVE:
            words = ngettext("%(n)s due within a week", "%(n)s due within a week", count)
        case Cause.ASKED | Cause.NOT_ACCEPTED:
            words = ngettext("%(n)s to accept", "%(n)s to accept", count)
        case Cause.NOTED:
            words = ngettext("%(n)s agreed to at a meeting", "%(n)s agreed to at a meeting", count)
        case Cause.SILENT:
            words = ngettext("%(n)s without news", "%(n)s without news", count)
    return words % {"n": count}


def _counted(lights: Iterable[Light]) -> Sequence[tuple[Light, int]]:
    count = Counter(lights)
    return [(light, count[light]) for light in WORST_FIRST if count[light]]
