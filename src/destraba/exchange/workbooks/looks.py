"""What a reader of values leaves out: how cells look, and which of them hold formulas or errors."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import IO
from xml.parsers import expat

from destraba.exchange.workbooks.styles import PLAIN, Style
from destraba.exchange.workbooks.walks import Attributes, SheetWalk


@dataclass(frozen=True, slots=True)
class Look:
    """The style of a cell; `error` is for "#REF!" and its like."""

    style: Style = PLAIN
    formula: bool = False
    error: bool = False


_NOTHING = Look()


def read_looks(
    part: IO[bytes], styles: Sequence[Style], rows: int, columns: int
) -> Mapping[int, dict[int, Look]]:
    """By row and column, only where there is something to say, and only within the rows and columns given."""
    walk = _LookWalk(styles, rows, columns)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = walk.on_element
    parser.ParseFile(part)
    return walk.found


class _LookWalk(SheetWalk):
    def __init__(self, styles: Sequence[Style], rows: int, columns: int) -> None:
        super().__init__()
        # One look for all cells of a style: there may be hundreds of thousands of them.
        self._by_style = [Look(style) for style in styles]
        self._rows, self._columns = rows, columns
        self.found: dict[int, dict[int, Look]] = defaultdict(dict)

    def on_cell(self, attributes: Attributes) -> None:
        style = int(attributes.get("s", 0))
        look = self._by_style[style] if style < len(self._by_style) else _NOTHING
        self._keep(replace(look, error=True) if attributes.get("t") == "e" else look)

    def on_content(self, name: str) -> None:
        if name == "f":
            self._keep(replace(self.found.get(self.row, {}).get(self.column, _NOTHING), formula=True))

    def _keep(self, look: Look) -> None:
        if look != _NOTHING and self.row <= self._rows and self.column <= self._columns:
            self.found[self.row][self.column] = look
