"""What somebody sees of the rows that a meeting is about: the strictest of all that one hangs from counts."""

from collections.abc import Collection

from django.db.models import Q

from destraba.values.visibility import Visibility

FOR_ALL = (Visibility.MESA.value, Visibility.PUBLIC.value)
"""What the whole mesa sees."""

_OF_ITEM = ("problem", "commitment", "commitment__problem", "commitment__solution")
_OF_COMMITMENT = ("problem", "solution")


def items_seen(visible: Collection[str], prefix: str = "") -> Q:
    """The items of an agenda that one sees, from where `prefix` leads to them."""
    return _seen(visible, prefix, _OF_ITEM)


def commitments_seen(visible: Collection[str], prefix: str = "") -> Q:
    """The same of commitments."""
    return _seen(visible, prefix, _OF_COMMITMENT)


def _seen(visible: Collection[str], prefix: str, above: Collection[str]) -> Q:
    seen = Q(**{f"{prefix}withdrawn_at": None, f"{prefix}visibility__in": visible})
    for row in above:
        seen &= Q(**{f"{prefix}{row}": None}) | Q(**{f"{prefix}{row}__visibility__in": visible})
    return seen
