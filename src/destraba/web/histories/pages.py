"""What the templates of the histories read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from destraba.ledger.describe import Change
from destraba.ledger.field_names import FIELDS
from destraba.ledger.labels import label
from destraba.ledger.wording import day, moment
from destraba.models import Mesa, Problem, Solution
from destraba.queries.access import Viewer
from destraba.queries.matrix.histories import (
    LIGHT,
    CellHistory,
    LightShown,
    Row,
    Value,
    cell_history,
    row_history,
)
from destraba.values.actors import Via
from destraba.values.days import day_in
from destraba.values.numbers import commitment_number, problem_number, solution_number
from destraba.web.frame import mesa_frame
from destraba.web.things.telling import told

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a row is, where its history is, and by which number people know it."""

    number: str
    thing: str
    history: str


@dataclass(frozen=True, slots=True)
class ValueLine:
    """What a cell became: when, by whom and through which door, why."""

    day: str
    time: str
    iso: str
    changes: tuple[Change, ...]
    by: str
    because: str


@dataclass(frozen=True, slots=True)
class LightLine:
    """A light and for how long."""

    light: str
    words: str


def context(viewer: Viewer, record: Row, cell: str) -> Context:
    """For `histories/page.html`, whole or as a piece. Raises NotFound for a cell that is none."""
    at, mesa = address_of(record), record.mesa
    shared = {**mesa_frame(viewer, mesa, "matrix"), "slug": mesa.slug, "record": record, "at": at}
    if cell:
        found = cell_history(viewer, record, cell, mesa.time_zone)
        return {**shared, **_cell_context(found, cell, mesa)}
    history = row_history(viewer, record, mesa.time_zone)
    return {
        **shared,
        "cell": "",
        "story": told(list(history.happenings), mesa.time_zone),
        "cells": [(str(FIELDS[name]), f"{at.history}?field={name}", times) for name, times in history.cells],
    }


def address_of(record: Row) -> Address:
    """The addresses of a row."""
    name, number, numbers = _known_by(record)
    slug = record.mesa.slug
    thing, history = (reverse(one, args=[slug, *numbers]) for one in (name, f"{name}_history"))
    return Address(number, thing, history)


def _known_by(record: Row) -> tuple[str, str, tuple[int, ...]]:
    """The kind of a row, its number, and what fills its address."""
    match record:
        case Problem():
            return "problem", problem_number(record.number), (record.number,)
        case Solution():
            above = record.problem.number
            return "solution", solution_number(above, record.number), (above, record.number)
    return "commitment", commitment_number(record.number), (record.number,)


def _cell_context(found: CellHistory, cell: str, mesa: Mesa) -> Context:
    several = len(found.columns) > 1
    return {
        "cell": _cell_words(cell, found.columns),
        "several": several,
        "standing": [one for one in found.now if one.now or not several],
        "values": [_value(one, mesa.time_zone) for one in found.values],
        "lights": [_light(one) for one in found.lights],
    }


def _cell_words(cell: str, columns: Sequence[str]) -> str:
    if cell == LIGHT:
        return _("Light")
    return _("Priority") if cell in ("priority", "quadrant") else str(FIELDS[columns[0]])


def _value(value: Value, zone: str) -> ValueLine:
    at, via = value.entry.occurred_at, Via(value.entry.via)
    return ValueLine(
        day=day(day_in(zone, at)),
        time=moment(at, zone).rpartition(", ")[2],
        iso=at.isoformat(),
        changes=value.changes,
        by=value.who if via is Via.WEB else f"{value.who} · {label(via)}",
        because=value.because,
    )


def _light(shown: LightShown) -> LightLine:
    since = day(shown.starts_on)
    if shown.ends_on is None:
        return LightLine(shown.light.value, _("since %(day)s") % {"day": since})
    words = _("from %(first)s to %(last)s") % {"first": since, "last": day(shown.ends_on)}
    return LightLine(shown.light.value, words)
