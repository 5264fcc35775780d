"""The version that an export writes in each row: which state of which mesa it showed.

"v37.9f3a2c amber": the mesa's chain stood at its event 37; the mesa's key ends in 9f3a2c; and the light shown
was amber where that is not the one declared. It begins with a letter, so that no spreadsheet makes a number
of it.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from destraba.exchange.workbooks.cells import Sheet
from destraba.rules.lights import Light

_TAIL = 6
_STAMP = re.compile(rf"v([0-9]{{1,12}})\.([0-9a-f]{{{_TAIL}}})(?: ([a-z]+))?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """`shown` is None where the light shown was the one declared."""

    seq: int
    tail: str
    shown: Light | None = None

    def __str__(self) -> str:
        shown = f" {self.shown.value}" if self.shown else ""
        return f"v{self.seq}.{self.tail}{shown}"

    def is_of(self, mesa_id: UUID) -> bool:
        """Whether the row was exported from this mesa."""
        return self.tail == tail_of(mesa_id)


def tail_of(mesa_id: UUID) -> str:
    """The end of a key is random: two mesas hardly ever share it."""
    return mesa_id.hex[-_TAIL:]


def read_stamp(text: str) -> Stamp | None:
    """None where somebody cleared the cell, or wrote something else there."""
    match = _STAMP.fullmatch(text.strip())
    if match is None or (match[3] and match[3] not in set(Light)):
        return None
    return Stamp(int(match[1]), match[2], Light(match[3]) if match[3] else None)


def is_legend(sheet: Sheet) -> bool:
    """Whether it is the sheet that explains an export: nothing else has a version beside its title."""
    return read_stamp(sheet.text(1, 2)) is not None
