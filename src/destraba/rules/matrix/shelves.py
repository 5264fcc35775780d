"""Where a problem lies in the Matrix: what is worked on now, what waits, what is over."""

from enum import StrEnum

from destraba.rules.problems import ProblemStage


class Shelf(StrEnum):
    """In the order of the page."""

    FOCUS = "focus"
    RAISED = "raised"
    OPEN = "open"
    APPLIED = "applied"
    ASIDE = "aside"


PUT_ASIDE = frozenset(
    {ProblemStage.FILTERED_OUT, ProblemStage.PARKED, ProblemStage.TRANSFERRED, ProblemStage.WITHDRAWN}
)


def shelf(stage: ProblemStage, *, in_focus: bool, applied: bool) -> Shelf:
    """`applied`: it has live solutions, and all of them are applied on the ground."""
    if stage in PUT_ASIDE:
        return Shelf.ASIDE
    if in_focus:
        return Shelf.FOCUS
    if stage is ProblemStage.RAISED:
        return Shelf.RAISED
    return Shelf.APPLIED if applied else Shelf.OPEN
