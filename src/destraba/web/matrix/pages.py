"""What the page of a Matrix reads, of one mesa or of several."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from destraba.ledger.labels import choices
from destraba.models import Mesa
from destraba.queries import access
from destraba.queries.matrix.views.asked import Asker, Quick, View
from destraba.queries.matrix.views.columns import SPECS, USUAL, Asked, Column
from destraba.queries.matrix.views.saved import last_seen, named, saved_views
from destraba.queries.matrix.views.window import Window, window
from destraba.queries.methods import method_of
from destraba.queries.within import Within
from destraba.rules.lights import DECLARABLE, Light
from destraba.rules.permissions import Deed, Subject
from destraba.values.days import day_in
from destraba.web.grid import Frame
from destraba.web.matrix.asking import query_of
from destraba.web.matrix.cells import choices_of
from destraba.web.matrix.chips import condition_chips, quick_chips, sort_links
from destraba.web.matrix.groups import groups
from destraba.web.matrix.words import COLUMN_WORDS
from destraba.web.middleware import Request

_DOORS = ("cells", "many", "order", "rows", "paste", "undo")


@dataclass(frozen=True, slots=True)
class Scene:
    """One Matrix to be drawn: `mesa` None where it is across mesas."""

    request: Request
    within: Within
    mesa: Mesa | None
    view: View

    @property
    def frames(self) -> Mapping[UUID, Frame]:
        """How rows of each mesa are drawn."""
        return {
            mesa.pk: frame_of(self.request, mesa, self.view.columns, is_named=self.mesa is None)
            for mesa in self.within.mesas
        }

    def asker(self) -> Asker:
        viewer = self.request.viewer
        seen_at = None
        if self.mesa and Quick.CHANGED in self.view.filters.quick:
            seen_at = last_seen(viewer, self.mesa)
        zone = (self.mesa or self.within.mesas[0]).time_zone if self.within.mesas else "UTC"
        return Asker(day_in(zone, self.request.now), viewer.standing.seats, seen_at)

    def window(self, opened: frozenset[UUID]) -> Window:
        return window(self.within, self.view, self.asker(), opened)


def frame_of(
    request: Request, mesa: Mesa, columns: tuple[Column, ...] = USUAL, *, is_named: bool = False
) -> Frame:
    """Where, when, and whether the reader may edit."""
    return Frame(
        slug=mesa.slug,
        zone=mesa.time_zone,
        today=day_in(mesa.time_zone, request.now),
        can_edit=access.may(request.viewer, Deed.EDIT_MATRIX, Subject(mesa.pk)),
        focus_most=method_of(mesa).focus.most,
        columns=columns,
        mesa=mesa.name if is_named else "",
    )


def page_context(scene: Scene, opened: frozenset[UUID]) -> dict[str, Any]:
    """Rows, and what stands around them."""
    view, shown = scene.view, scene.window(opened)
    query = query_of(view)
    return {
        **rows_context(scene, shown),
        "view": view,
        "query": f"?{query}" if query else "",
        "quick": quick_chips(view),
        "chips": condition_chips(view, names_in(scene)),
        "heads": _heads(view),
        "is_wide": not set(view.columns) <= set(USUAL),
        "saved": saved_views(scene.request.viewer, scene.mesa),
        "choices": _choices(view.columns),
        "is_filtered": view.filters.is_set,
        "asks_changed": Quick.CHANGED in view.filters.quick,
        "urls": _urls(scene.mesa.slug if scene.mesa else ANY_MESA),
        "addresses": addresses_of(scene.mesa),
    }


def rows_context(scene: Scene, shown: Window) -> dict[str, Any]:
    """The rows of a window, and where the next begins."""
    view = scene.view
    return {
        "shown": shown,
        "groups": groups(shown, view.group, scene.frames),
        "span": len(view.columns),
        "more_query": f"?{query_of(view, start=shown.more)}" if shown.more else "",
        "slug": scene.mesa.slug if scene.mesa else "",
        "may_write": scene.mesa is not None and not view.filters.is_set,
        "is_last": shown.more is None,
    }


def names_in(scene: Scene) -> Mapping[str, str]:
    """What the keys that a view asks for are called."""
    owners = [code for code in scene.view.filters.chosen(Column.OWNER) if code]
    return {**named(owners), **{str(mesa.pk): mesa.name for mesa in scene.within.mesas}}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `href` sorts by it, `sorted` as ARIA says it."""

    column: str
    words: str
    href: str
    sorted: str


def _heads(view: View) -> list[Head]:
    links = sort_links(view)
    return [
        Head(column.value, str(COLUMN_WORDS[column]), links.get(column, ""), _sorted(view, column))
        for column in view.columns
    ]


def _sorted(view: View, column: Column) -> str:
    if view.sort is None or view.sort.column is not column:
        return ""
    return "descending" if view.sort.falling else "ascending"


def _choices(columns: tuple[Column, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The options of every column on the page that is edited by choosing."""
    declarable = [pair for pair in choices(Light) if Light(pair[0]) in DECLARABLE]
    made = [("declared", [("", "—"), *declarable])] if Column.LIGHT in columns else []
    chosen = [one for one in columns if SPECS[one].asked is Asked.CHOICE and one is not Column.LIGHT]
    return made + [(column.value, options) for column in chosen if (options := choices_of(column))]


ANY_MESA = "-mesa-"
"""Stands in an address of the script for the mesa of a row, where rows of several stand together."""


def _urls(slug: str) -> dict[str, str]:
    return {name: reverse(f"matrix_{name}", args=[slug]) for name in _DOORS}


_PLACES = ("page", "asking", "drop")


def addresses_of(mesa: Mesa | None) -> dict[str, str]:
    """Where this Matrix is, and where one asks for another view of it or lets go of one."""
    if mesa is None:
        names = ("programme_matrix", "programme_matrix_view", "programme_matrix_drop")
        return dict(zip(_PLACES, (reverse(name) for name in names), strict=True))
    names = ("matrix", "matrix_view", "matrix_view_drop")
    return dict(zip(_PLACES, (reverse(name, args=[mesa.slug]) for name in names), strict=True))
