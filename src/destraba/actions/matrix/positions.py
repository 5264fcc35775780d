"""Where a new row goes among its neighbours."""

from typing import Protocol, TypeVar

from django.db.models import Model, QuerySet

from destraba.values.keys import position_between


class Placed(Protocol):
    position: str


RowT = TypeVar("RowT", bound=Model)


def position_after(siblings: QuerySet[RowT], after: Placed | None) -> str:
    """A position right after a sibling, or after the last of them where none is named."""
    if after is None:
        last = siblings.order_by("-position").values_list("position", flat=True).first()
        return position_between(last, None)
    following = siblings.filter(position__gt=after.position).order_by("position")
    return position_between(after.position, following.values_list("position", flat=True).first())
