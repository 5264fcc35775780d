"""What the columns of a Matrix and the daily questions are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from destraba.queries.matrix.views.asked import Quick
from destraba.queries.matrix.views.columns import Column

QUICK_WORDS: Mapping[Quick, str | Promise] = {
    Quick.MINE: gettext_lazy("Mine"),
    Quick.STUCK: gettext_lazy("Stuck"),
    Quick.DUE: gettext_lazy("Due in 14 days"),
    Quick.CHANGED: gettext_lazy("Changed since I was last here"),
}

COLUMN_WORDS: Mapping[Column, str | Promise] = {
    Column.NUMBER: gettext_lazy("No."),
    Column.TITLE: gettext_lazy("Problem, solution or action"),
    Column.STEP: gettext_lazy("Got to"),
    Column.LIGHT: gettext_lazy("Light and reason"),
    Column.OWNER: gettext_lazy("Who answers"),
    Column.DUE: gettext_lazy("Due"),
    Column.SLIPS: gettext_lazy("Slips"),
    Column.IMPORTANCE: gettext_lazy("Priority"),
    Column.MOVED: gettext_lazy("Last movement"),
    Column.SPEED: gettext_lazy("Speed"),
    Column.QUADRANT: gettext_lazy("Important or quick"),
    Column.AXIS: gettext_lazy("Axis"),
    Column.STAGE: pgettext_lazy("problem", "Stage of the problem"),
    Column.CONCERN: gettext_lazy("Whose problem"),
    Column.PUBLIC_INPUT: gettext_lazy("Kind of public input"),
    Column.POLICY: gettext_lazy("Kind of policy"),
    Column.COORDINATION: gettext_lazy("Coordination failure"),
    Column.ORIGIN: gettext_lazy("Origin"),
    Column.CONTENTIOUS: gettext_lazy("Contentious"),
    Column.FUNDING: gettext_lazy("Funding"),
    Column.ENACTED: gettext_lazy("Norm enacted"),
    Column.APPLIED: gettext_lazy("Applied"),
    Column.EFFECTIVE: gettext_lazy("Effective"),
    Column.BEFORE: gettext_lazy("Before"),
    Column.AFTER: gettext_lazy("After"),
    Column.STATE: gettext_lazy("State"),
    Column.SEAT: gettext_lazy("Seat that answers"),
    Column.HELPERS: gettext_lazy("Who helps"),
    Column.STARTS: gettext_lazy("From"),
    Column.ORIGINAL_DUE: gettext_lazy("First date"),
    Column.SITUATION: gettext_lazy("Current situation"),
    Column.VISIBILITY: gettext_lazy("Who may see it"),
    Column.SHELF: gettext_lazy("Where it lies"),
    Column.MESA: gettext_lazy("Mesa"),
}
