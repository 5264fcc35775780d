"""Who may see a record, as its own word says; parents may narrow it (product.md, "Who may do what")."""

from enum import StrEnum


class Visibility(StrEnum):
    """From the narrowest to the widest circle; `MESA` is the default of a record."""

    TEAM = "team"
    MESA = "mesa"
    PUBLIC = "public"


_NARROWEST_FIRST = tuple(Visibility)


def strictest(first: Visibility, *others: Visibility) -> Visibility:
    """What counts for a record: the narrowest of itself and its parents."""
    return min((first, *others), key=_NARROWEST_FIRST.index)
