"""The first page: what I owe, and the mesas that I sit in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from destraba.queries import access
from destraba.queries.access import SignInNeeded
from destraba.queries.mesas import MesaLine, Owed, lines, owed
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import Light
from destraba.rules.permissions import PROGRAMME, Deed
from destraba.values.days import day_in
from destraba.values.numbers import commitment_number
from destraba.values.reasons import Reason
from destraba.web.grid import Frame, commitment_row
from destraba.web.middleware import Request
from destraba.web.things.needs import Need, linked

OWED = 12


@require_safe
def home(request: Request) -> HttpResponse:
    """Whoever has no seat yet is told whom to ask."""
    if not request.viewer.standing.account:
        raise SignInNeeded(Reason.of("not_signed_in"))
    mesas = lines(request.viewer)
    mine = owed(request.viewer, [line.mesa for line in mesas])
    context = {
        "lines": mesas,
        "has_waiting": any(line.to_accept or line.to_confirm for line in mesas),
        "need": _need(mesas, mine),
        "owed": [(one.mesa, _row(request, one)) for one in mine[:OWED]],
        "owed_beyond": max(len(mine) - OWED, 0),
        "may_open": access.may(request.viewer, Deed.OPEN_MESA, PROGRAMME),
    }
    return render(request, "home.html", context)


def _row(request: Request, one: Owed) -> object:
    zone = one.mesa.time_zone
    today = day_in(zone, request.now)
    frame = Frame(slug=one.mesa.slug, zone=zone, today=today, can_edit=False, focus_most=0)
    return commitment_row(one.row, frame, level=1)


def _need(mesas: list[MesaLine], mine: list[Owed]) -> Need | None:
    """What to look at first; nothing where nothing presses."""
    asked = [one for one in mine if one.row.state == CommitmentState.ASKED]
    if asked:
        said = ngettext(
            "%(count)s commitment waits for your answer: %(link)s.",
            "%(count)s commitments wait for your answer; the first is %(link)s.",
            len(asked),
        )
        return _to_commitment(said, asked)
    pressing = [one for one in mine if one.row.light in (Light.RED, Light.AMBER)]
    if pressing:
        said = ngettext(
            "%(count)s commitment of yours is red or amber: %(link)s.",
            "%(count)s commitments of yours are red or amber; the first is %(link)s.",
            len(pressing),
        )
        return _to_commitment(said, pressing)
    waiting = [line for line in mesas if line.to_accept or line.to_confirm]
    if waiting:
        count = sum(line.to_accept + line.to_confirm for line in waiting)
        said = ngettext(
            "%(count)s thing waits for your word: %(link)s.",
            "%(count)s things wait for your word; begin with %(link)s.",
            count,
        )
        return linked(said, waiting[0].mesa.name, reverse("mesa", args=[waiting[0].mesa.slug]), count=count)
    quiet = [line for line in mesas if line.mesa.is_quiet]
    if quiet:
        said = _("%(link)s is quiet: nobody is chased yet.")
        return linked(said, quiet[0].mesa.name, reverse("mesa", args=[quiet[0].mesa.slug]))
    return None


def _to_commitment(said: str, rows: list[Owed]) -> Need:
    """How many there are, with the first to go to."""
    first = rows[0]
    address = reverse("commitment", args=[first.mesa.slug, first.row.number])
    return linked(said, commitment_number(first.row.number), address, count=len(rows))
