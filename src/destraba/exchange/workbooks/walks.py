"""A worksheet's XML walked once, element by element, without building anything.

Two walks share the way: `Extent` measures before anything is believed, `looks` sees how cells look.
"""

from collections.abc import Mapping

from destraba.exchange.workbooks.cells import place_named

Attributes = Mapping[str, str]

_CONTENT = frozenset({"v", "is", "f"})


class SheetWalk:
    """Knows in which cell the walk is, also where a sheet leaves the references out, as it may."""

    def __init__(self) -> None:
        self.row = 0
        self.column = 0

    def on_element(self, tag: str, attributes: Attributes) -> None:
        """Handler for expat with namespaces parted by a blank."""
        name = tag.rpartition(" ")[2]
        if name == "c":
            self._move(attributes.get("r"))
            self.on_cell(attributes)
        elif name in _CONTENT:
            self.on_content(name)
        elif name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif name == "mergeCell":
            self.on_merge()

    def on_cell(self, attributes: Attributes) -> None:
        """A cell begins."""

    def on_content(self, name: str) -> None:
        """The cell holds a value, a text or a formula; one cell may hold a formula and its value."""

    def on_merge(self) -> None:
        """A merged rectangle is listed."""

    def _move(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
        else:
            self.row, self.column = place_named(reference)
