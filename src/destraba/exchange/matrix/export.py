"""A mesa's Matrix as files under the team's own headings, which read back as what they were."""

from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from destraba.exchange.matrix.out.columns import columns_of
from destraba.exchange.matrix.out.csvs import write_csv
from destraba.exchange.matrix.out.jsons import write_json
from destraba.exchange.matrix.out.legend import legend_of
from destraba.exchange.matrix.out.rows import flat_rows
from destraba.exchange.matrix.out.xlsx import write_xlsx
from destraba.models import Mesa
from destraba.queries.exports import Extract, own_columns
from destraba.values.days import day_in


class Delimiter(StrEnum):
    """What parts the values of a CSV: a comma for programs, a semicolon for Excel in Spanish."""

    COMMA = "comma"
    SEMICOLON = "semicolon"


def export_xlsx(extract: Extract) -> bytes:
    """What somebody took of a Matrix, as a workbook with a legend."""
    columns = columns_of(extract.headings, extract.shown.columns)
    rows = list(flat_rows(extract))
    return write_xlsx(
        rows,
        columns,
        title=extract.mesa.name,
        sheet_name=_("Matrix"),
        updated=(_("Updated on"), day_in(extract.mesa.time_zone, extract.taken_at)),
        now=extract.taken_at,
        page=_page(),
        legend=legend_of(extract, columns, len(rows)),
    )


def export_csv(extract: Extract, delimiter: Delimiter = Delimiter.COMMA) -> bytes:
    """The same as CSV. Excel needs the byte order mark to see that it is UTF-8; programs stumble over it."""
    columns = columns_of(extract.headings, extract.shown.columns)
    if delimiter is Delimiter.SEMICOLON:
        return write_csv(flat_rows(extract), columns, delimiter=";", bom=True)
    return write_csv(flat_rows(extract), columns)


def export_json(extract: Extract, language: str) -> bytes:
    """The same for programs; `language` is the reader's, in which its words are."""
    return write_json(extract, language)


def template_xlsx(mesa: Mesa, now: datetime) -> bytes:
    """The headings alone, to be filled in."""
    return write_xlsx(
        (),
        columns_of(own_columns(mesa)),
        title=mesa.name,
        sheet_name=_("Matrix"),
        updated=(_("Updated on"), day_in(mesa.time_zone, now)),
        now=now,
        page=_page(),
    )


def _page() -> str:
    """ "Page 2 of 5", in the codes of the format."""
    words = pgettext("foot of a page", "Page %(page)s of %(pages)s")
    return words.replace("&", "&&") % {"page": "&P", "pages": "&N"}
