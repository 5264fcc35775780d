"""The mesas of the page as CSV: the same rows in the same order, one figure a cell."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from destraba.exchange.workbooks.delimited import guard
from destraba.ledger.labels import label
from destraba.queries.programme.rows import Meetings, ProgrammeRow
from destraba.queries.sentences import sentence
from destraba.rules.lights import WORST_FIRST
from destraba.rules.mesas import MesaState
from destraba.values.numbers import commitment_number, problem_number
from destraba.web.programme.words import method_words

_Cell = str | int | date | None
_DELIMITER = ";"  # what a spreadsheet expects where the comma parts decimals, as in the export of a Matrix


def mesas_csv(rows: Iterable[ProgrammeRow]) -> bytes:
    """UTF-8 with its mark; days as ISO dates, and an apostrophe before what a spreadsheet would run."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=_DELIMITER)
    writer.writerow([guard(heading) for heading in _headings()])
    for row in rows:
        writer.writerow([_text(cell) for cell in (*_mesa(row), *_rhythm(row.meetings), *_matrix(row))])
    return stream.getvalue().encode("utf-8-sig")


def _headings() -> Sequence[str]:
    return (
        *(_("Mesa"), _("Address"), _("Host"), _("Method"), _("Days between meetings"), _("State")),
        *(_("Rhythm"), _("Since"), _("Reason"), _("Last meeting"), _("Next meeting")),
        *(_("Meetings in time"), _("Meetings due")),
        *(_("In focus"), _("At most in focus")),
        *(label(light) for light in WORST_FIRST),
        *(_("Oldest red"), _("Red since")),
        *(_("Problems identified"), _("Applied on the ground"), _("Only on paper")),
    )


def _mesa(row: ProgrammeRow) -> Sequence[_Cell]:
    host = row.mesa.host.name if row.mesa.host else ""
    interval = row.method.cadence.interval_days
    state = label(MesaState(row.mesa.state))
    return row.mesa.name, row.mesa.slug, host, method_words(row), interval, state


def _rhythm(meetings: Meetings | None) -> Sequence[_Cell]:
    """Blank for whoever reads no meetings."""
    if meetings is None:
        return (None,) * 7
    rhythm, kept = meetings.rhythm, meetings.kept
    coming = meetings.next.held_on if meetings.next else None
    why = sentence(rhythm.reason)
    return label(rhythm.pulse), rhythm.since, why, meetings.last, coming, kept.in_time, kept.due


def _matrix(row: ProgrammeRow) -> Sequence[_Cell]:
    red = row.oldest_red
    return (
        ", ".join(problem_number(one.number) for one in row.focus),
        row.method.focus.most,
        *(row.count(light) for light in WORST_FIRST),
        commitment_number(red.number) if red else None,
        red.since if red else None,
        row.progress.identified,
        row.progress.on_ground,
        row.progress.on_paper,
    )


def _text(cell: _Cell) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else guard(str(cell))
