"""What a comparison is told in."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from destraba.ledger.wording import day
from destraba.queries.matrix.compare.moments import Moment
from destraba.queries.matrix.compare.rows import ComparedRow, Difference, Tally
from destraba.values.days import day_in
from destraba.values.numbers import meeting_number

_Words = str | Promise

OF_ROW: Mapping[tuple[Difference, str], _Words] = {
    (Difference.ADDED, "problem"): pgettext_lazy("problem", "Added"),
    (Difference.ADDED, "solution"): pgettext_lazy("solution", "Added"),
    (Difference.ADDED, "commitment"): pgettext_lazy("commitment", "Added"),
    (Difference.REMOVED, "problem"): pgettext_lazy("problem", "Removed"),
    (Difference.REMOVED, "solution"): pgettext_lazy("solution", "Removed"),
    (Difference.REMOVED, "commitment"): pgettext_lazy("commitment", "Removed"),
    (Difference.MODIFIED, "problem"): pgettext_lazy("problem", "Modified"),
    (Difference.MODIFIED, "solution"): pgettext_lazy("solution", "Modified"),
    (Difference.MODIFIED, "commitment"): pgettext_lazy("commitment", "Modified"),
    (Difference.TURNED, "commitment"): gettext_lazy("Light turned"),
}
OF_KIND: Mapping[Difference, _Words] = {
    Difference.ADDED: pgettext_lazy("rows", "Added"),
    Difference.REMOVED: pgettext_lazy("rows", "Removed"),
    Difference.MODIFIED: pgettext_lazy("rows", "Modified"),
    Difference.TURNED: gettext_lazy("Light turned"),
}
LEVELS: Mapping[str, _Words] = {
    "problem": gettext_lazy("Problem"),
    "solution": gettext_lazy("Solution"),
    "commitment": gettext_lazy("Commitment"),
}


def difference_words(row: ComparedRow) -> str:
    """ "Added"; of a removed row, how it went, where the ledger says it."""
    if row.difference is None:
        return ""
    return row.ended or str(OF_ROW[row.difference, row.object_type])


def tally_words(tally: Tally) -> str:
    """ "1 problem, 2 commitments"."""
    parts = []
    if count := tally.problems:
        parts.append(ngettext("%(num)s problem", "%(num)s problems", count) % {"num": count})
    if count := tally.solutions:
        parts.append(ngettext("%(num)s solution", "%(num)s solutions", count) % {"num": count})
    if count := tally.commitments:
        parts.append(ngettext("%(num)s commitment", "%(num)s commitments", count) % {"num": count})
    return ", ".join(parts)


def moment_words(moment: Moment) -> str:
    """ "S-3 (9 nov 2026)", "9 nov 2026", "now"."""
    if moment.meeting and moment.meeting.closed_at:
        on = day_in(moment.meeting.time_zone, moment.meeting.closed_at)
        return f"{meeting_number(moment.meeting.number)} ({day(on)})"
    return day(moment.day) if moment.day else _("now")
