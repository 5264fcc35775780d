"""The names by which people know what events only know by key, fetched for many events at once."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import cast
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from destraba.ledger import replay
from destraba.ledger.canonical import Plain
from destraba.ledger.columns import column
from destraba.ledger.labels import label
from destraba.ledger.registry import ledgered_models
from destraba.models import (
    AgendaItem,
    Alias,
    Answer,
    Attendance,
    Collaboration,
    Commitment,
    Confirmation,
    Enactment,
    Entry,
    Figure,
    File,
    FocusInterval,
    Meeting,
    Mesa,
    Minutes,
    Objection,
    Opinion,
    Organization,
    Person,
    Place,
    Problem,
    Programme,
    Record,
    Seat,
    Solution,
    SolutionPlace,
    Tenure,
)
from destraba.rules.permissions import Role
from destraba.values.numbers import commitment_number, meeting_number, problem_number, solution_number

Told = tuple[replay.Entry, Mapping[str, Plain]]
"""An entry with the values that it replaced, as `replay.with_previous` gives them."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names by key, in the reader's language, and the zone in which moments are told."""

    by_key: Mapping[UUID, str]
    zone: str = "UTC"

    def of(self, key: UUID | str | None) -> str:
        """The name, or blank where there is none."""
        if key is None:
            return ""
        return self.by_key.get(key if isinstance(key, UUID) else UUID(key), "")


def names_for(told: Iterable[Told], zone: str = "UTC") -> Names:
    """All names that these entries need: at most one statement a kind of record, however many there are."""
    those = list(told)
    keys = (pair for entry, previous in those for pair in _keys_in(entry, previous))
    return names_of(keys, {entry.stream for entry, _previous in those}, zone)


def names_of(
    keys: Iterable[tuple[type[Record], UUID]], streams: Collection[UUID], zone: str = "UTC"
) -> Names:
    """The same for records that are known by their keys, as these chains speak of them."""
    by_model: dict[type[Record], set[UUID]] = {}
    for model, key in keys:
        by_model.setdefault(model, set()).add(key)
    names: dict[UUID, str] = {}
    for model, wanted in by_model.items():
        columns, name = _NAMES[model]
        found = model._default_manager.filter(pk__in=wanted).values_list("pk", *columns)
        called = partial(_problem, streams) if model is Problem else name
        names |= {pk: called(*values) for pk, *values in found}
    return Names(names, zone)


def _keys_in(entry: replay.Entry, previous: Mapping[str, Plain]) -> Iterator[tuple[type[Record], UUID]]:
    model = ledgered_models()[entry.object_type]
    yield model, entry.object_id
    if entry.actor:
        yield Person, entry.actor
    if entry.on_behalf_of:
        yield Seat, entry.on_behalf_of
    for values in (entry.values, previous):
        yield from keys_in(model, values)


def keys_in(model: type[Record], values: Mapping[str, Plain]) -> Iterator[tuple[type[Record], UUID]]:
    """The records that some columns of a record point to."""
    for name, plain in values.items():
        field = column(model, name)
        if isinstance(field, models.ForeignKey) and isinstance(plain, str):
            yield cast("type[Record]", field.related_model), UUID(plain)


def _itself(name: str) -> str:
    return name


def _problem(streams: Collection[UUID], number: int, mesa_id: UUID) -> str:
    """A number alone would be taken for one of the mesa whose story is told."""
    if mesa_id in streams:
        return problem_number(number)
    return _("%(number)s of another mesa") % {"number": problem_number(number)}


def _seat(title: str, role: str, organization: str) -> str:
    return f"{title or label(Role(role))}, {organization}"


def _tenure(person: str, title: str, role: str, organization: str) -> str:
    return _("%(person)s as %(seat)s") % {"person": person, "seat": _seat(title, role, organization)}


def _solution_at(problem: int, number: int, place: str) -> str:
    return _("%(solution)s in %(place)s") % {"solution": solution_number(problem, number), "place": place}


def _on_solution(organization: str, problem: int, number: int) -> str:
    return _on(organization, solution_number(problem, number))


def _on_commitment(organization: str, number: int) -> str:
    return _on(organization, commitment_number(number))


def _on(organization: str, thing: str) -> str:
    return _("%(organization)s on %(thing)s") % {"organization": organization, "thing": thing}


_NAMES: Mapping[type[Record], tuple[tuple[str, ...], Callable[..., str]]] = {
    **dict.fromkeys((Alias, File, Mesa, Organization, Place, Programme), (("name",), _itself)),
    Person: (("full_name",), _itself),
    Figure: (("label",), _itself),
    Seat: (("title", "role", "organization__name"), _seat),
    Tenure: (("person__full_name", "seat__title", "seat__role", "seat__organization__name"), _tenure),
    Problem: (("number", "mesa_id"), _problem),
    FocusInterval: (("problem__number",), problem_number),
    Solution: (("problem__number", "number"), solution_number),
    SolutionPlace: (("solution__problem__number", "solution__number", "place__name"), _solution_at),
    Confirmation: (("solution__problem__number", "solution__number"), solution_number),
    Enactment: (("solution__problem__number", "solution__number"), solution_number),
    Opinion: (
        ("organization__name", "enactment__solution__problem__number", "enactment__solution__number"),
        _on_solution,
    ),
    Commitment: (("number",), commitment_number),
    Collaboration: (("organization__name", "commitment__number"), _on_commitment),
    Answer: (("commitment__number",), commitment_number),
    Meeting: (("number",), meeting_number),
    AgendaItem: (("title",), _itself),
    Attendance: (("seat__title", "seat__role", "seat__organization__name"), _seat),
    Entry: (("meeting__number",), meeting_number),
    Minutes: (("meeting__number",), meeting_number),
    Objection: (("minutes__meeting__number",), meeting_number),
}
