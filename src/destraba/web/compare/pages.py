"""What the template of a comparison reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from destraba.ledger.labels import label
from destraba.ledger.wording import day
from destraba.methods.schema import MeetingKind
from destraba.models import Meeting, Mesa
from destraba.queries import access
from destraba.queries.matrix.compare.moments import NOW, Stretch, usual_start
from destraba.queries.matrix.compare.rows import Branch, ComparedRow, Comparison, Difference
from destraba.queries.sentences import sentence
from destraba.rules.permissions import Deed, Subject
from destraba.values.days import day_in
from destraba.values.errors import Invalid
from destraba.values.numbers import meeting_number
from destraba.web.compare.asked import DAY, Asked
from destraba.web.compare.words import OF_KIND, difference_words, moment_words, tally_words
from destraba.web.frame import mesa_frame
from destraba.web.middleware import Request

Context = dict[str, Any]
BRANCHES = 50
_SIGNS = {
    Difference.ADDED: "new",
    Difference.REMOVED: "gone",
    Difference.MODIFIED: "changed",
    Difference.TURNED: "turned",
}


@dataclass(frozen=True, slots=True)
class End:
    """The choice of one moment: its name among the fields, what it is called, what can be chosen."""

    name: str
    words: str
    options: tuple[tuple[str, str], ...]
    chosen: str
    day: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A quick filter: what it shows, how many rows, and where it leads."""

    words: str
    count: int
    note: str
    sign: str
    href: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the comparison: `sign` and `words` say what became of it."""

    row: ComparedRow
    href: str
    sign: str
    words: str


def found_context(
    request: Request, mesa: Mesa, held: Sequence[Meeting], asked: Asked, found: Comparison
) -> Context:
    """For `compare/page.html`."""
    start, end = moment_words(found.stretch.start), moment_words(found.stretch.end)
    branches = Paginator(found.only(asked.show), BRANCHES).get_page(asked.page)
    may_take = access.may(request.viewer, Deed.DOWNLOAD_RECORD, Subject(mesa.pk))
    return {
        **_shared(request, mesa),
        "ends": _ends(mesa, held, found.stretch),
        "start": start,
        "end": end,
        "found": found,
        "chips": _chips(found, asked),
        "branches": [_lines(branch, mesa.slug) for branch in branches],
        "shown": branches,
        "url_of": lambda number: asked.query(page=str(number)),
        "csv": f"{reverse('matrix_compare_csv', args=[mesa.slug])}{asked.query()}" if may_take else "",
    }


def refused_context(
    request: Request, mesa: Mesa, held: Sequence[Meeting], asked: Asked, refusal: Invalid
) -> Context:
    """The same where there is nothing to compare: the choice again, and why."""
    since = asked.start or usual_start(mesa, held, request.now)
    ends = (
        _end("from", pgettext("moment", "From"), held, since),
        _end("to", pgettext("moment", "To"), held, asked.end or NOW),
    )
    return {**_shared(request, mesa), "ends": ends, "refusal": sentence(refusal.reason)}


def _shared(request: Request, mesa: Mesa) -> Context:
    return {
        **mesa_frame(request.viewer, mesa, "matrix"),
        "slug": mesa.slug,
        "today": day_in(mesa.time_zone, request.now).isoformat(),
    }


def _ends(mesa: Mesa, held: Sequence[Meeting], wanted: Stretch) -> tuple[End, End]:
    return (
        _end("from", pgettext("moment", "From"), held, wanted.start.text),
        _end("to", pgettext("moment", "To"), held, wanted.end.text),
    )


def _end(name: str, words: str, held: Sequence[Meeting], text: str) -> End:
    """The moment that is named; what is no meeting of the list is a day, or what somebody took for one."""
    meetings = tuple((meeting_number(one.number), _meeting_words(one)) for one in held)
    options = ((NOW, _("now")), *meetings) if name == "to" else meetings
    chosen = text if text in dict(options) else DAY
    return End(name, words, (*options, (DAY, _("a day…"))), chosen, text if chosen == DAY else "")


def _meeting_words(meeting: Meeting) -> str:
    kind = meeting.title or label(MeetingKind(meeting.kind))
    return f"{meeting_number(meeting.number)}, {day(meeting.held_on)} · {kind}"


def _chips(found: Comparison, asked: Asked) -> list[Chip]:
    """All, and each kind that there is."""
    every = Chip(_("All"), found.rows, "", "", asked.query(show=None), asked.show is None)
    kinds = [
        Chip(
            words=str(OF_KIND[tally.difference]),
            count=tally.rows,
            note=tally_words(tally),
            sign=_SIGNS[tally.difference],
            href=asked.query(show=tally.difference),
            is_on=asked.show is tally.difference,
        )
        for tally in found.tallies
        if tally.rows or asked.show is tally.difference
    ]
    return [every, *kinds]


def _lines(branch: Branch, slug: str) -> list[Line]:
    return [
        Line(
            row=row,
            href=reverse(row.object_type, args=[slug, *row.numbers]),
            sign=_SIGNS[row.difference] if row.difference else "",
            words=difference_words(row),
        )
        for row in branch.rows
    ]
