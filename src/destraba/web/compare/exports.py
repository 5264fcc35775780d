"""A comparison as CSV: a line for each cell that differs, and one for each row that came, went or turned."""

import csv
import io
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from destraba.exchange.workbooks.delimited import guard
from destraba.ledger.labels import label
from destraba.queries.matrix.compare.rows import ComparedRow, Comparison, Difference
from destraba.rules.lights import Light
from destraba.web.compare.words import LEVELS, OF_ROW, moment_words

_DELIMITER = ";"  # what a spreadsheet expects where the comma parts decimals, as in the export of a Matrix


def comparison_csv(found: Comparison, show: Difference | None) -> bytes:
    """UTF-8 with its mark, and an apostrophe before what a spreadsheet would run."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=_DELIMITER)
    start, end = moment_words(found.stretch.start), moment_words(found.stretch.end)
    writer.writerow([guard(heading) for heading in _headings(start, end)])
    for branch in found.only(show):
        for row in branch.rows:
            writer.writerows([guard(cell) for cell in line] for line in _lines(row))
    return stream.getvalue().encode("utf-8-sig")


def _headings(start: str, end: str) -> Sequence[str]:
    return (
        *(_("Difference"), _("Level"), _("No."), _("What"), _("Who answers"), _("Column")),
        *(_("Was (%(moment)s)") % {"moment": start}, _("Now (%(moment)s)") % {"moment": end}, _("Reason")),
    )


def _lines(row: ComparedRow) -> Iterator[Sequence[str]]:
    """None for a row that only shows what others hang from."""
    if row.difference is None:
        return
    what = str(OF_ROW[row.difference, row.object_type])
    head = (what, str(LEVELS[row.object_type]), row.number, row.title, row.owner)
    if row.difference is Difference.ADDED:
        yield (*head, "", "", row.title, row.because)
    if row.difference is Difference.REMOVED:
        yield (*head, "", row.title, row.ended, row.because)
    for change in row.changes:
        yield (*head, change.label, change.was, change.now, row.because)
    if row.turn and row.turn.was is not row.turn.now:
        yield (*head, _("Light"), _light(row.turn.was), _light(row.turn.now), row.because)


def _light(light: Light | None) -> str:
    return label(light) if light else ""
