"""Who looks at the programme, and at which of its mesas."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from destraba.models import Figure, Programme
from destraba.queries import access
from destraba.queries.programme.figures import figures
from destraba.queries.programme.overview import overview
from destraba.queries.programme.rows import Overview, Sort, Wanted
from destraba.rules.permissions import PROGRAMME, Deed
from destraba.values.days import day_in
from destraba.values.errors import Invalid
from destraba.values.reasons import Reason
from destraba.web.middleware import Request
from destraba.web.things.scenes import Look

_SHOWN_OF_A_CHOICE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeScene(Look):
    """The page of the programme. `withdrawn` are the figures that stand no longer."""

    programme: Programme
    wanted: Wanted
    overview: Overview
    figures: list[Figure]
    withdrawn: list[Figure]

    @property
    def zone(self) -> str:
        return self.programme.time_zone

    @property
    def today(self) -> date:
        return day_in(self.zone, self.now)


def programme_scene(request: Request) -> ProgrammeScene:
    """Raises Invalid where the address asks for an order or a method that there is not."""
    programme = access.programme(request.viewer, Deed.READ_PROGRAMME)
    wanted = wanted_in(request.GET)
    found = overview_of(request, wanted)
    standing, withdrawn = figures(programme)
    return ProgrammeScene(
        viewer=request.viewer,
        actor=request.actor,
        now=request.now,
        subject=PROGRAMME,
        programme=programme,
        wanted=wanted,
        overview=found,
        figures=standing,
        withdrawn=withdrawn,
    )


def overview_of(request: Request, wanted: Wanted) -> Overview:
    """The mesas that are asked for. Raises Invalid where none follows the method that is asked for."""
    found = overview(request.viewer, request.now, wanted)
    if wanted.method and wanted.method not in {row.mesa.method_id for row in found.every}:
        raise _unknown(wanted.method)
    return found


def wanted_in(given: QueryDict) -> Wanted:
    """What the address asks for; what it does not name is as usual. Raises Invalid."""
    sort = given.get("sort") or Sort.STALLED.value
    stalled = given.get("stalled") or ""
    if sort not in set(Sort):
        raise _unknown(sort)
    if stalled not in ("", "1"):
        raise _unknown(stalled)
    return Wanted(Sort(sort), given.get("method") or "", bool(stalled))


def _unknown(text: str) -> Invalid:
    return Invalid(Reason.of("unknown_choice", text=text[:_SHOWN_OF_A_CHOICE]))
