"""The form that asks for a view: every column, every condition, order and groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from destraba.ledger.labels import choices
from destraba.queries.matrix.cells import Kind
from destraba.queries.matrix.views.asked import Condition, Days, View
from destraba.queries.matrix.views.columns import FIXED, SPECS, Asked, Column
from destraba.queries.matrix.views.saved import axes_within, owners_within, saved_views
from destraba.web.matrix.asking import NONE_GIVEN, WITHOUT
from destraba.web.matrix.pages import Scene
from destraba.web.matrix.words import COLUMN_WORDS


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    words: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One condition: `asked` says how, `options` from what, `values` what is asked now, by name of input."""

    name: str
    words: str
    asked: str
    options: tuple[Option, ...]
    values: Mapping[str, str]
    is_set: bool


def asking_context(scene: Scene) -> dict[str, Any]:
    """What the form reads; three statements."""
    view = scene.view
    open_lists = {
        Column.OWNER: owners_within(scene.within),
        Column.AXIS: [(axis, axis) for axis in axes_within(scene.within)],
        Column.MESA: [(str(mesa.pk), mesa.name) for mesa in scene.within.mesas],
    }
    hidden = {Column.MESA} if scene.mesa else set()
    return {
        "columns": [
            Option(column.value, str(COLUMN_WORDS[column]), column in view.columns)
            for column in Column
            if column not in FIXED and column not in hidden
        ],
        "sections": [
            (words, [_field(column, view, open_lists) for column in _of(kinds) if column not in hidden])
            for words, kinds in _sections()
        ],
        "sorts": _sorts(view),
        "groupings": _groupings(view, hidden),
        "saved": saved_views(scene.request.viewer, scene.mesa),
        "view": view,
    }


def _sections() -> list[tuple[str, frozenset[Kind]]]:
    return [
        (_("Of the problem"), frozenset({Kind.PROBLEM})),
        (_("Of a solution"), frozenset({Kind.SOLUTION})),
        (_("Of a commitment"), frozenset({Kind.COMMITMENT})),
        (_("Of any row"), frozenset(Kind)),
    ]


def _of(kinds: frozenset[Kind]) -> list[Column]:
    return [
        column for column, spec in SPECS.items() if spec.kinds == kinds and spec.asked is not Asked.NOTHING
    ]


def _field(column: Column, view: View, open_lists: Mapping[Column, list[tuple[str, str]]]) -> Field:
    spec, asked = SPECS[column], view.filters.of(column)
    options = choices(spec.options) if spec.options else open_lists.get(column, [])
    chosen = asked if isinstance(asked, frozenset) else frozenset()
    listed = [Option(value, words, value in chosen) for value, words in options]
    if listed:
        listed.append(Option(NONE_GIVEN, _("not said"), "" in chosen))
    return Field(
        name=column.value,
        words=str(COLUMN_WORDS[column]),
        asked=Asked.CHOICE.value if spec.asked is Asked.OWNER else spec.asked.value,
        options=tuple(listed),
        values=_values(column, asked),
        is_set=asked is not None,
    )


def _values(column: Column, asked: Condition | None) -> Mapping[str, str]:
    if isinstance(asked, Days):
        ends = {"from": asked.first, "to": asked.last}
        days = {end: day.isoformat() for end, day in ends.items() if day}
        return {**days, "without": WITHOUT if asked.without else ""}
    return {"": str(asked)} if isinstance(asked, int | str) else {}


def _sorts(view: View) -> list[Option]:
    now = (("-" if view.sort.falling else "") + view.sort.column.value) if view.sort else ""
    made = [Option("", _("As the team put them"), not now)]
    for column, spec in SPECS.items():
        if spec.sorts and column is not Column.MESA:
            words = str(COLUMN_WORDS[column])
            for value, called in ((column.value, f"{words} ↑"), (f"-{column.value}", f"{words} ↓")):
                made.append(Option(value, called, value == now))
    return made


def _groupings(view: View, hidden: set[Column]) -> list[Option]:
    made = [Option(WITHOUT, _("One list"), view.group is None)]
    for column, spec in SPECS.items():
        if spec.groups and column not in hidden:
            made.append(Option(column.value, str(COLUMN_WORDS[column]), view.group is column))
    return made
