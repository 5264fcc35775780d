"""The programme's tree of places, as a form offers it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from destraba.models import Place
from destraba.values.keys import sort_key


@dataclass(frozen=True, slots=True)
class Whole:
    """A place that others lie in, and how many of them."""

    id: UUID
    name: str
    places: int


def wholes() -> list[Whole]:
    """Those that can be listed with all that lies in them; one statement."""
    inside = Count("children", filter=Q(children__withdrawn_at=None))
    found = Place.objects.filter(withdrawn_at=None).annotate(inside=inside).filter(inside__gt=0)
    return [Whole(*values) for values in found.order_by("sort_key", "pk").values_list("pk", "name", "inside")]


def place_named(name: str) -> Place | None:
    """The place of that name, accents and case aside."""
    return Place.objects.filter(sort_key=sort_key(name), withdrawn_at=None).first()
