"""How far a worksheet really reaches: the size that it declares proves nothing."""

from collections.abc import Mapping

from destraba.exchange.refusals import Refused
from destraba.exchange.workbooks.cells import cell_name
from destraba.exchange.workbooks.limits import Limits
from destraba.exchange.workbooks.walks import Attributes, SheetWalk


class Extent(SheetWalk):
    """Last row and column that hold something, which cells stand there, and how much there is to read.

    A cell without content counts for nothing: people colour whole columns.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows = self.columns = 0
        self.lowest = self.rightmost = ""
        self.cells = self.merges = 0
        self._counted = False

    def on_cell(self, attributes: Attributes) -> None:
        self._counted = False

    def on_content(self, name: str) -> None:
        if self._counted or not self.column:
            return
        self._counted = True
        self.cells += 1
        if self.row > self.rows:
            self.rows, self.lowest = self.row, cell_name(self.row, self.column)
        if self.column > self.columns:
            self.columns, self.rightmost = self.column, cell_name(self.row, self.column)

    def on_merge(self) -> None:
        self.merges += 1


def check_extents(extents: Mapping[str, Extent], limits: Limits) -> None:
    """`extents` by the name of the sheet, in order. Raises `Refused` with the sheet and the cell at fault."""
    if len(extents) > limits.sheets:
        raise Refused.of("too_many_sheets", limit=limits.sheets, count=len(extents))
    rows = cells = 0
    for sheet, extent in extents.items():
        if extent.columns > limits.columns:
            raise Refused.of("too_many_columns", limit=limits.columns, sheet=sheet, cell=extent.rightmost)
        rows += extent.rows
        if rows > limits.rows:
            raise Refused.of("too_many_rows", limit=limits.rows, sheet=sheet, cell=extent.lowest)
        cells += extent.cells + extent.merges
        if cells > limits.cells:
            raise Refused.of("too_many_cells", limit=limits.cells, sheet=sheet)
    if not cells:
        raise Refused.of("empty_workbook")
