"""A mesa among the others, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.labels import label
from destraba.ledger.wording import day, day_short, days_apart, fuzzy, number
from destraba.models import Figure
from destraba.queries.programme.rows import FocusLine, Meetings, ProgrammeRow
from destraba.queries.sentences import sentence
from destraba.rules.lights import Light
from destraba.rules.mesas import MesaState
from destraba.rules.programme.cadence import AT_REST, SHOWN_INTERVALS, Kept, Pulse
from destraba.rules.programme.figures import whole
from destraba.values.numbers import commitment_number, problem_number
from destraba.values.reasons import Reason
from destraba.web.forms.mesas import in_language
from destraba.web.programme.strips import Strip, strip_of

_TITLE = 64

# A pulse is no light, but it is read like one: the same shapes, with words of their own.
MARKS: Mapping[Pulse, Light] = {
    Pulse.STALLED: Light.RED,
    Pulse.LATE: Light.AMBER,
    Pulse.NOT_MEETING_YET: Light.GREY,
    Pulse.ON_TIME: Light.GREEN,
    Pulse.QUIET: Light.NONE,
    Pulse.SUSPENDED: Light.NONE,
    Pulse.CLOSED: Light.NONE,
}
_TELLS_SINCE = frozenset({Pulse.STALLED, Pulse.LATE})
_SPEAKS_FOR_ITSELF = AT_REST | {Pulse.ON_TIME}


@dataclass(frozen=True, slots=True)
class Linked:
    """Words that lead on, and what stands after them."""

    words: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cadence:
    """`title` and `told` are the picture for those who hear it; `strip` is None where there is none to draw.

    `lacks_next` is a warning.
    """

    mark: str
    pulse: str
    why: str
    since: str
    strip: Strip | None
    title: str
    told: str
    kept: str
    last: str
    next: Linked | None
    lacks_next: bool


@dataclass(frozen=True, slots=True)
class MesaLine:
    """One row of the table. `state` is blank where it is the usual one, or the rhythm says as much."""

    slug: str
    name: str
    href: str
    state: str
    of: str
    cadence: Cadence | None
    focus: tuple[Linked, ...]
    focus_beyond: str
    light_counts: tuple[tuple[str, int], ...]
    oldest_red: Linked | None
    progress: str
    on_paper: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A declared figure: what it counts, how much, when, and who says so."""

    figure: Figure
    value: str
    as_of: str
    declared: str


def line_of(row: ProgrammeRow) -> MesaLine:
    mesa = row.mesa
    return MesaLine(
        slug=mesa.slug,
        name=mesa.name,
        href=reverse("mesa", args=[mesa.slug]),
        state=_unusual_state(row),
        of=" · ".join(one for one in (mesa.host.name if mesa.host else "", method_words(row)) if one),
        cadence=_cadence(row, row.meetings) if row.meetings else None,
        focus=tuple(_in_focus(row, one) for one in row.focus),
        focus_beyond=_focus_beyond(row),
        light_counts=tuple((light.value, count) for light, count in row.light_counts),
        oldest_red=_oldest_red(row),
        progress=progress_words(row.progress.on_ground, row.progress.identified),
        on_paper=paper_words(row.progress.on_paper),
    )


def method_words(row: ProgrammeRow) -> str:
    return in_language(row.method.title)


def kept_words(kept: Kept) -> str:
    """Blank where no meeting was due."""
    if not kept.due:
        return ""
    return _("%(count)s of %(total)s in time") % {"count": kept.in_time, "total": kept.due}


def progress_words(on_ground: int, identified: int) -> str:
    """Blank where no problem was identified."""
    if not identified:
        return ""
    return _("%(done)s of %(total)s") % {"done": number(on_ground), "total": number(identified)}


def paper_words(count: int) -> str:
    """Never a part of what is resolved."""
    return _("%(count)s only on paper") % {"count": number(count)} if count else ""


def figure_line(figure: Figure) -> FigureLine:
    return FigureLine(
        figure=figure,
        value=figure_words(figure),
        as_of=fuzzy(figure.as_of) if figure.as_of else "",
        declared=_("declared (%(source)s)") % {"source": figure.source},
    )


def figure_words(figure: Figure) -> str:
    """ "52 mesas", "77 of 204", "más de 50"."""
    counted = whole(figure.value)
    said = figure.value if counted is None else number(counted)
    if figure.out_of is not None:
        said = _("%(done)s of %(total)s") % {"done": said, "total": number(figure.out_of)}
    return f"{said} {figure.unit}".strip()


def pulse_words(row: ProgrammeRow, meetings: Meetings) -> str:
    """Why it stands as it does; blank where the word, or the last meeting, says as much."""
    return "" if row.pulse in _SPEAKS_FOR_ITSELF else sentence(meetings.rhythm.reason)


def _unusual_state(row: ProgrammeRow) -> str:
    """Candidate, being assessed; to whoever reads no rhythm, also that it is quiet, suspended or closed."""
    state = MesaState(row.mesa.state)
    if row.meetings and row.is_at_rest:
        return ""
    if state is not MesaState.LAUNCHED:
        return label(state)
    return label(Pulse.QUIET) if row.mesa.is_quiet and not row.meetings else ""


def _cadence(row: ProgrammeRow, meetings: Meetings) -> Cadence:
    rhythm, interval = meetings.rhythm, row.method.cadence.interval_days
    tells_since = rhythm.since and rhythm.pulse in _TELLS_SINCE
    return Cadence(
        mark=MARKS[rhythm.pulse].value,
        pulse=label(rhythm.pulse),
        why=pulse_words(row, meetings),
        since=_("since %(day)s") % {"day": day_short(rhythm.since, row.today)}
        if tells_since and rhythm.since
        else "",
        strip=strip_of(meetings, row.today, interval) if meetings.last or meetings.next else None,
        title=_picture_title(row),
        told=_picture_told(meetings.met_on, sum(gap.missed for gap in meetings.gaps)),
        kept=kept_words(meetings.kept),
        last=_last(meetings, row.today),
        next=_next(row, meetings),
        lacks_next=row.lacks_next,
    )


def _picture_title(row: ProgrammeRow) -> str:
    days = row.method.cadence.interval_days
    said = ngettext(
        "Cadence of %(mesa)s: the last %(count)s intervals of %(days)s day",
        "Cadence of %(mesa)s: the last %(count)s intervals of %(days)s days",
        days,
    )
    return said % {"mesa": row.mesa.name, "count": SHOWN_INTERVALS, "days": days}


def _picture_told(met_on: Sequence[date], missed: int) -> str:
    """Every day that the picture shows."""
    if not met_on:
        return _("No meeting in this time.")
    said = _("Met on %(days)s.") % {"days": ", ".join(day(one) for one in met_on)}
    if not missed:
        return said
    more = ngettext("%(count)s meeting is missing.", "%(count)s meetings are missing.", missed)
    return f"{said} {more % {'count': missed}}"


def _last(meetings: Meetings, today: date) -> str:
    if meetings.last is None:
        return ""
    days = (today - meetings.last).days
    ago = ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": number(days)}
    return f"{day_short(meetings.last, today)}, {ago if days else days_apart(0)}"


def _next(row: ProgrammeRow, meetings: Meetings) -> Linked | None:
    if meetings.next is None:
        return None
    return Linked(
        day_short(meetings.next.held_on, row.today),
        reverse("meeting", args=[row.mesa.slug, meetings.next.number]),
        "" if meetings.next.is_called else _("not called yet"),
    )


def _in_focus(row: ProgrammeRow, line: FocusLine) -> Linked:
    return Linked(
        problem_number(line.number),
        reverse("problem", args=[row.mesa.slug, line.number]),
        Truncator(line.title).chars(_TITLE),
    )


def _focus_beyond(row: ProgrammeRow) -> str:
    if not row.focus_beyond:
        return ""
    return sentence(Reason.of("focus_too_wide", in_focus=len(row.focus), most=row.method.focus.most))


def _oldest_red(row: ProgrammeRow) -> Linked | None:
    if row.oldest_red is None:
        return None
    days = (row.today - row.oldest_red.since).days
    said = ngettext("red for %(days)s day", "red for %(days)s days", days) % {"days": number(days)}
    return Linked(
        commitment_number(row.oldest_red.number),
        reverse("commitment", args=[row.mesa.slug, row.oldest_red.number]),
        said if days > 0 else _("red since today"),
    )
