"""How much of a workbook is read at most (trust.md, "Input from outside": spreadsheets)."""

import math
from dataclasses import dataclass

ROWS_PER_ALLOWANCE = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, counts, code points and seconds. What lies beyond one of them refuses the whole workbook."""

    unpacked_bytes: int = 50_000_000
    ratio: int = 100
    ratio_from_bytes: int = 1_000_000
    """An almost empty workbook packs 100:1 in all honesty, so the ratio counts from this size on."""
    members: int = 2_000
    sheets: int = 60
    rows: int = 20_000
    """Of all sheets together."""
    columns: int = 400
    cells: int = 500_000
    """Of all sheets together."""
    cell_length: int = 32_767
    """As much as a cell of the format itself may hold."""
    text_length: int = 20_000_000
    """Of all cells together: one long shared text may stand in every cell of a small file."""
    answer_bytes: int = 250_000_000
    memory_bytes: int = 512 * 1024 * 1024
    seconds: float = 20.0
    """For each ten thousand rows or part of them."""

    def seconds_for(self, rows: int) -> float:
        return self.seconds * max(1, math.ceil(rows / ROWS_PER_ALLOWANCE))
