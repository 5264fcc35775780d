"""Figures that somebody else counted: kept as declared, with their source, and never mixed with our own."""

from destraba.values.reasons import Reason

MOST = 999_999_999
"""What the integer column of every database holds."""


def whole(value: str) -> int | None:
    """The whole number that a figure is written as, or None: "77" is one, "más de 50" is none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= len(str(MOST)) else None


def check(value: str, out_of: int | None) -> Reason | None:
    """Why a figure can't be `value` out of `out_of`, or None.

    Codes: `total_out_of_bounds`, `figure_not_whole`, `figure_beyond_total`.
    """
    if out_of is None:
        return None
    if not 1 <= out_of <= MOST:
        return Reason.of("total_out_of_bounds", most=MOST)
    part = whole(value)
    if part is None:
        return Reason.of("figure_not_whole", text=value)
    return Reason.of("figure_beyond_total", text=value, total=out_of) if part > out_of else None
