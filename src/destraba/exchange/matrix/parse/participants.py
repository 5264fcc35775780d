"""The list of those who sit at the table."""

from collections.abc import Iterator

from destraba.exchange.matrix.fields import Field
from destraba.exchange.matrix.headings import HeadingRow
from destraba.exchange.matrix.parse.entries import Entries
from destraba.exchange.matrix.parse.keys import Ordinals, text_key
from destraba.exchange.matrix.parse.rows import filled_rows, located
from destraba.exchange.matrix.readings import Notebook, ReadParticipant
from destraba.exchange.workbooks.cells import Sheet

_FIELDS = (
    *(Field.ORGANIZATION, Field.SECTOR, Field.KIND, Field.PARTICIPATION),
    *(Field.PERSON, Field.POST, Field.EMAIL),
)


def read_participants(sheet: Sheet, heading: HeadingRow, notebook: Notebook) -> Iterator[ReadParticipant]:
    """One a row; rows without an organization are left out and named."""
    entries = Entries(notebook)
    keys = Ordinals()
    for row in filled_rows(sheet, heading, notebook):
        texts = {field.value: entries.line(row, field) for field in _FIELDS}
        if not texts[Field.ORGANIZATION]:
            notebook.skip(row.number, "no_organization")
            continue
        key = text_key(" ".join(filter(None, (texts[Field.ORGANIZATION], texts[Field.PERSON]))))
        yield ReadParticipant(keys.unique(key), row.number, where=located(sheet.name, row, *_FIELDS), **texts)
