"""Columns for the value types, the same on SQLite and PostgreSQL."""

import json
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.money import Money
from destraba.values.quantities import Quantity

# Django's fields take type parameters for the checker only.
if TYPE_CHECKING:
    _Text = models.Field[Any, Any]
    _Line = models.CharField[str, str]
else:
    _Text, _Line = models.TextField, models.CharField


class Plain(Protocol):
    """A value type that can be written as plain text fields and read back."""

    def to_plain(self) -> dict[str, str]: ...

    @classmethod
    def from_plain(cls, plain: Mapping[str, str]) -> Self: ...


@lru_cache(maxsize=8192)
def _read(value_class: type[Plain], text: str) -> Plain:
    """Values are frozen, and a table holds the same few over and over."""
    return value_class.from_plain(json.loads(text))


class ValueField(_Text):
    """A value type in one text column, as canonical JSON, so that both databases hold the same bytes."""

    value_class: ClassVar[type[Plain]]

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> Plain | None:
        return None if value is None else _read(self.value_class, value)

    def to_python(self, value: Any) -> Plain | None:
        if value is None or isinstance(value, self.value_class):
            return value
        return self.value_class.from_plain(json.loads(value) if isinstance(value, str) else value)

    def get_prep_value(self, value: Any) -> str | None:
        if value is None:
            return None
        if not isinstance(value, self.value_class):
            raise TypeError(f"{self.name} takes a {self.value_class.__name__}, not {value!r}")
        return json.dumps(value.to_plain(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""


def choices_of(enum: type[Enum]) -> list[tuple[str, str]]:
    """The members of an enumeration of the rules, as a column's choices; their words are made above."""
    return [(member.value, member.name) for member in enum]


class FuzzyDateField(ValueField):
    value_class = FuzzyDate


class QuantityField(ValueField):
    value_class = Quantity


class MoneyField(ValueField):
    value_class = Money


class SortKeyField(_Line):
    """Text that is ordered byte by byte, so that both databases sort alike."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, str | None]:
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else "BINARY"
        return parameters
