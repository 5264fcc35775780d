"""What the template of the programme's page reads."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.wording import number
from destraba.queries.history import latest_of
from destraba.queries.programme.rows import OF_MEETINGS, Overview, ProgrammeRow, Sort, Totals, Wanted
from destraba.queries.sentences import sentence
from destraba.rules.lights import Light
from destraba.rules.permissions import Deed, Role
from destraba.rules.programme.cadence import Pulse
from destraba.web.programme.scenes import ProgrammeScene
from destraba.web.programme.words import (
    figure_line,
    kept_words,
    line_of,
    method_words,
    paper_words,
    progress_words,
)
from destraba.web.things.acts import Group, Offer
from destraba.web.things.needs import Need, linked
from destraba.web.things.telling import Line, told

MOVEMENTS = 12
Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """A column that sorts: its words, where it leads, and how it is sorted now, if it is."""

    words: str
    href: str
    direction: str


def programme_context(scene: ProgrammeScene, offered: list[Offer]) -> Context:
    """For `programme/page.html`."""
    found = scene.overview
    totals = found.totals
    return {
        "programme": scene.programme,
        "needs": _needs(found),
        "lines": [line_of(row) for row in found.rows if not row.is_at_rest],
        "at_rest": [line_of(row) for row in found.rows if row.is_at_rest],
        "has_mesas": bool(found.every),
        "reads_meetings": found.reads_meetings,
        "totals": _totals(totals),
        "heads": _heads(scene.wanted, found.sort),
        "wanted": scene.wanted,
        "sort": found.sort,
        "axes": _axes(scene),
        "sorts": _sorts(found),
        "methods": _methods(found),
        "csv": _csv(scene),
        "figures": [
            (figure_line(one), [offer for offer in offered if offer.target == one]) for one in scene.figures
        ],
        "offers": [one for one in offered if one.act.group is Group.BELOW],
        "can_note": scene.may(Deed.NOTE_FIGURES),
        "can_open": scene.may(Deed.OPEN_MESA),
        "story": _story(scene),
    }


def address(wanted: Wanted, name: str = "programme") -> str:
    """Where these mesas are shown in this order; what is as usual is left out."""
    asked = QueryDict(mutable=True)
    if wanted.sort is not Sort.STALLED:
        asked["sort"] = wanted.sort.value
    if wanted.method:
        asked["method"] = wanted.method
    if wanted.stalled_only:
        asked["stalled"] = "1"
    return f"{reverse(name)}?{asked.urlencode()}" if asked else reverse(name)


def _needs(found: Overview) -> list[Need]:
    """What the head has to know first, whatever part of the mesas is shown."""
    if not found.every:
        return []
    if not found.reads_meetings:
        return [_reddest(found)]
    lacking = [row for row in found.every if row.lacks_next]
    return [_stalled(found), _lacking(lacking)] if lacking else [_stalled(found)]


def _lacking(rows: list[ProgrammeRow]) -> Need:
    """Those that should meet and have no day: one by its name, with the page where a day is set."""
    said = ngettext("%(link)s has no next meeting.", "%(link)s have no next meeting.", len(rows))
    if len(rows) == 1:
        return linked(said, rows[0].mesa.name, reverse("meetings", args=[rows[0].mesa.slug]))
    words = ngettext("%(count)s mesa", "%(count)s mesas", len(rows)) % {"count": number(len(rows))}
    return linked(said, words, address(Wanted(Sort.CADENCE)))


def _stalled(found: Overview) -> Need:
    """The mesas that stand still, the one that has stood for longest by name, and why."""
    stalled = [row for row in found.every if row.pulse is Pulse.STALLED]
    if not stalled:
        return _late(found)
    longest = min(stalled, key=_since)
    said = ngettext(
        "%(count)s mesa stands still: %(link)s. %(why)s.",
        "%(count)s mesas stand still; for longest, %(link)s. %(why)s.",
        len(stalled),
    )
    return linked(said, longest.mesa.name, _at(longest), count=number(len(stalled)), why=_why(longest))


def _late(found: Overview) -> Need:
    late = [row for row in found.every if row.pulse is Pulse.LATE]
    if not late:
        return Need(_("No mesa stands still, and none is late."))
    first = min(late, key=_since)
    said = ngettext(
        "No mesa stands still; %(count)s is late: %(link)s. %(why)s.",
        "No mesa stands still; %(count)s are late, %(link)s the most. %(why)s.",
        len(late),
    )
    return linked(said, first.mesa.name, _at(first), count=number(len(late)), why=_why(first))


def _reddest(found: Overview) -> Need:
    """For whoever reads an axis: where most of it is red."""
    red = sum(row.count(Light.RED) for row in found.every)
    if not red:
        return Need(_("Nothing of your axis is red."))
    worst = max(found.every, key=lambda row: row.count(Light.RED))
    said = ngettext(
        "%(count)s commitment of your axis is red, in %(link)s.",
        "%(count)s commitments of your axis are red, most of them in %(link)s.",
        red,
    )
    return linked(said, worst.mesa.name, _at(worst), count=number(red))


def _since(row: ProgrammeRow) -> tuple[date, str]:
    since = row.meetings.rhythm.since if row.meetings else None
    return since or date.max, row.mesa.slug


def _why(row: ProgrammeRow) -> str:
    return sentence(row.meetings.rhythm.reason) if row.meetings else ""


def _at(row: ProgrammeRow) -> str:
    return reverse("mesa", args=[row.mesa.slug])


def _totals(totals: Totals) -> Context:
    mesas = ngettext("%(count)s mesa", "%(count)s mesas", totals.mesas)
    still = ngettext("%(count)s stands still", "%(count)s stand still", totals.stalled)
    return {
        "mesas": mesas % {"count": number(totals.mesas)},
        "stalled": still % {"count": number(totals.stalled)},
        "kept": kept_words(totals.kept),
        "focus": ngettext("%(num)s problem", "%(num)s problems", totals.focus)
        % {"num": number(totals.focus)},
        "light_counts": [(light.value, count) for light, count in totals.light_counts],
        "progress": progress_words(totals.progress.on_ground, totals.progress.identified),
        "on_paper": paper_words(totals.progress.on_paper),
    }


def _heads(wanted: Wanted, shown: Sort) -> dict[str, Head]:
    words = _sort_words()
    return {
        sort.value: Head(
            words[sort],
            address(Wanted(sort, wanted.method, wanted.stalled_only)),
            _direction(sort) if sort is shown else "",
        )
        for sort in Sort
    }


def _direction(sort: Sort) -> str:
    return "ascending" if sort is Sort.NAME else "descending"


def _sort_words() -> dict[Sort, str]:
    return {
        Sort.STALLED: _("Rhythm"),
        Sort.NAME: _("Mesa"),
        Sort.CADENCE: _("Cadence"),
        Sort.RED: _("Lights"),
    }


def _sorts(found: Overview) -> list[tuple[str, str]]:
    """The orders on offer, in words; who reads no meetings has no rhythm to sort by."""
    words = {
        Sort.STALLED: _("Stalled first"),
        Sort.CADENCE: _("Longest without meeting"),
        Sort.RED: _("Most red first"),
        Sort.NAME: _("By name"),
    }
    return [
        (sort.value, said) for sort, said in words.items() if found.reads_meetings or sort not in OF_MEETINGS
    ]


def _methods(found: Overview) -> list[tuple[str, str]]:
    """The methods that the mesas follow; a choice only where there are two."""
    methods = {row.mesa.method_id: method_words(row) for row in found.every}
    return sorted(methods.items(), key=lambda pair: pair[1]) if len(methods) > 1 else []


def _axes(scene: ProgrammeScene) -> str:
    """The axes that the viewer leads, where that is all they read here."""
    if scene.overview.reads_meetings:
        return ""
    led = {seat.axis for seat in scene.viewer.standing.seats if seat.role is Role.AXIS_LEAD}
    return ", ".join(sorted(led - {""}))


def _csv(scene: ProgrammeScene) -> str:
    may = scene.may(Deed.DOWNLOAD_RECORD) and scene.overview.every
    return address(scene.wanted, "programme_csv") if may else ""


def _story(scene: ProgrammeScene) -> list[Line]:
    """What became of the declared figures, withdrawals with their reasons: for those who keep them."""
    noted = [*scene.figures, *scene.withdrawn]
    if not noted or not scene.may(Deed.NOTE_FIGURES):
        return []
    return told(latest_of(noted, MOVEMENTS, scene.zone), scene.zone)
