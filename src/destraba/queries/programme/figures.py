"""The figures of the programme that somebody else counted."""

from destraba.models import Figure, Programme


def figures(programme: Programme) -> tuple[list[Figure], list[Figure]]:
    """Those that stand, and those that were withdrawn, in the order of noting. One statement."""
    noted = list(Figure.objects.filter(programme=programme))
    return [one for one in noted if not one.withdrawn_at], [one for one in noted if one.withdrawn_at]
