"""Where a row goes among its neighbours."""

from collections.abc import Mapping
from typing import Any, Protocol, Self, TypeVar

from django.db.models import Max, Model, QuerySet

from destraba.values.keys import position_between


class Placed(Protocol):
    position: str


RowT = TypeVar("RowT", bound=Model)

Group = tuple[Any, ...]
"""What siblings have in common: the keys of what they hang below."""


class Ends:
    """The end of each group of siblings: where one new row after the other goes."""

    def __init__(self, last: Mapping[Group, str] | None = None) -> None:
        self._last = dict(last or {})

    @classmethod
    def of(cls, rows: QuerySet[RowT], *group: str) -> Self:
        """Those of all groups among the rows, in one statement."""
        last = rows.order_by().values_list(*group).annotate(Max("position"))
        return cls({tuple(keys): position for *keys, position in last})

    def next(self, group: Group) -> str:
        """The position behind the last of the group, which is the last from now on."""
        position = position_between(self._last.get(group), None)
        self._last[group] = position
        return position


def position_after(siblings: QuerySet[RowT], after: Placed | None) -> str:
    """A position right after a sibling, or after the last of them where none is named."""
    if after is None:
        last = siblings.order_by("-position").values_list("position", flat=True).first()
        return position_between(last, None)
    following = siblings.filter(position__gt=after.position).order_by("position")
    return position_between(after.position, following.values_list("position", flat=True).first())


def position_before(siblings: QuerySet[RowT]) -> str:
    """A position before all of them."""
    return position_between(None, siblings.order_by("position").values_list("position", flat=True).first())
