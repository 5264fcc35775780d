"""A Matrix as CSV. Whatever is text stays text: nothing in it is ever a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from destraba.exchange.matrix.out.cells import Entry, Share, collaborators_apart, entry
from destraba.exchange.matrix.out.columns import Column
from destraba.exchange.matrix.out.rows import ExportRow, ShownLight
from destraba.exchange.workbooks.delimited import guard


def write_csv(
    rows: Iterable[ExportRow], columns: Sequence[Column], *, delimiter: str = ",", bom: bool = False
) -> bytes:
    """Headings and rows; days as ISO dates. An apostrophe stands before what a spreadsheet would run."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    apart = collaborators_apart(columns)
    writer.writerow([guard(column.heading) for column in columns])
    for row in rows:
        writer.writerow([_text(entry(row, column.field, apart=apart)) for column in columns])
    return stream.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _text(value: Entry) -> str:
    match value:
        case ShownLight():
            return guard(value.word)
        case Share():
            return f"{(value.value * 100).normalize():f}%"
        case date():
            return value.isoformat()
        case int():
            return str(value)
        case _:
            return guard(value)
