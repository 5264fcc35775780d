"""The public pages: what was promised, by which agency, what happened, who sat at the table."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from destraba.ledger.labels import label
from destraba.ledger.wording import day, fuzzy
from destraba.methods.schema import MinutesWeight
from destraba.queries.files import content_of
from destraba.queries.public import (
    PublicCommitment,
    PublicMesa,
    PublicSheet,
    public_file,
    public_mesa,
    public_mesas,
)
from destraba.rules.lights import WORST_FIRST
from destraba.values.numbers import commitment_number, meeting_number

_MINUTES = 5 * 60


@require_safe
@cache_control(public=True, max_age=_MINUTES)
def index(request: HttpRequest) -> HttpResponse:
    """The mesas of which something is published."""
    return render(request, "public/index.html", {"mesas": public_mesas()})


@require_safe
@cache_control(public=True, max_age=_MINUTES)
def mesa(request: HttpRequest, slug: str) -> HttpResponse:
    """One mesa: its published minutes, what agencies agreed to, who came."""
    found = public_mesa(slug)
    return render(request, "public/mesa.html", _context(found))


@require_safe
@cache_control(public=True, max_age=_MINUTES)
def minutes(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Published minutes, byte for byte as they were circulated and approved."""
    card = public_file(slug, year, number)
    response = HttpResponse(content_of(card), content_type=card.media_type)
    response["Content-Disposition"] = f'attachment; filename="{card.name}"'
    return response


def _context(found: PublicMesa) -> dict[str, Any]:
    counts = dict(found.light_counts)
    return {
        "title": found.mesa.name,
        "slug": found.mesa.slug,
        "host": found.mesa.host.name if found.mesa.host else "",
        "as_of": day(found.as_of) if found.as_of else "",
        "counts": [(light.value, counts[light]) for light in WORST_FIRST if light in counts],
        "sheets": [_sheet(one) for one in found.sheets],
        "agencies": [
            {"name": agency.name, "rows": [_row(one) for one in agency.commitments]}
            for agency in found.agencies
        ],
        "presences": found.presences,
    }


def _sheet(one: PublicSheet) -> dict[str, Any]:
    return {
        "name": f"{label(MinutesWeight(one.weight))} {one.number}-{one.year}",
        "year": one.year,
        "number": one.number,
        "meeting": _("of %(meeting)s, %(day)s")
        % {"meeting": meeting_number(one.meeting_number), "day": day(one.held_on)},
        "published": day(one.published_on),
        "digest": one.digest,
    }


def _row(one: PublicCommitment) -> dict[str, Any]:
    return {
        "folio": commitment_number(one.number),
        "title": one.title,
        "due": fuzzy(one.due) if one.due else "",
        "light": one.light.value,
    }
