"""Between a record's columns and the plain values that the ledger carries."""

import json
import uuid
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias, cast

from django.db import models

from destraba.ledger.canonical import Plain, canonical, timestamp
from destraba.models.fields import ValueField
from destraba.models.records import Record
from destraba.values import decimals

Column: TypeAlias = "models.Field[Any, Any]"

_TEXTS = (models.CharField, models.TextField)


def plain_value(field: Column, value: Any) -> Plain:
    """What the ledger writes for a column's value: one form, whatever the value was given as.

    Raises TypeError for a type that the ledger does not know, `NotCanonical` for a value without a form, and
    Django's ValidationError for one that the column can't hold.
    """
    if value is None:
        return None
    if isinstance(field, ValueField):
        return _of_value(field, value)
    if isinstance(field, models.JSONField):
        return cast("Plain", json.loads(canonical(value)))
    if isinstance(value, datetime) and not isinstance(field, models.DateTimeField):
        raise TypeError(f"{field.name}: a day depends on the zone, so a moment is none")
    return _bare(field, field.to_python(value))


def _of_value(field: ValueField, value: Any) -> Plain:
    if not isinstance(value, field.value_class):
        raise TypeError(f"{field.name} takes a {field.value_class.__name__}, not {value!r}")
    return {name: str.__str__(text) for name, text in value.to_plain().items()}


def _bare(field: Column, value: Any) -> Plain:
    match value:
        case bool() | int():
            return value
        case str():
            return str.__str__(value)  # an enumeration's member is written as its bare value
        case uuid.UUID():
            return str(value)
        case Decimal() if isinstance(field, models.DecimalField):
            # Both databases round to the column's decimals, so the ledger does too.
            return decimals.to_plain(round(value, field.decimal_places))
        case datetime():
            return timestamp(value)
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
    raise TypeError(f"{field.name}: the ledger has no form for {type(value).__name__}")


def python_value(field: Column, plain: Plain) -> Any:
    """The column's value that `plain_value` wrote; for a relation, the key."""
    if plain is None or isinstance(field, models.JSONField):
        return plain
    return field.to_python(plain)


def column(model: type[Record], name: str) -> Column:
    """The model's own column of that name."""
    return cast("Column", model._meta.get_field(name))


def plain_of(record: Record, name: str) -> Plain:
    """One recorded column as the ledger writes it."""
    field = column(type(record), name)
    return plain_value(field, getattr(record, field.attname))


def current_plain(record: Record) -> dict[str, Plain]:
    """All recorded columns of a record, as the ledger writes them."""
    plain: dict[str, Plain] = {}
    for name, field in _recorded(type(record)):
        value = getattr(record, field.attname)
        # Most columns of most records: many thousands of them are written at once.
        plain[name] = value if value is None or _is_bare_text(field, value) else plain_value(field, value)
    return plain


def settle(record: Record, names: tuple[str, ...]) -> None:
    """Give these columns the form in which they will be read back, so that memory, table and event agree."""
    for name in names:
        field = column(type(record), name)
        given = getattr(record, field.attname)
        if given is None or _is_bare_text(field, given):
            continue
        settled = python_value(field, plain_value(field, given))
        if settled != given or type(settled) is not type(given):
            setattr(record, field.attname, settled)


def _is_bare_text(field: Column, value: object) -> bool:
    """Whether memory, table and event hold the value in one and the same form already."""
    return type(value) is str and isinstance(field, _TEXTS) and not isinstance(field, ValueField)


@cache
def _recorded(model: type[Record]) -> tuple[tuple[str, Column], ...]:
    return tuple((name, column(model, name)) for name in model.ledger.recorded)


@cache
def default_plain(model: type[Record]) -> Mapping[str, Plain]:
    """What a recorded column holds where no event ever said anything of it."""
    return {
        name: plain_value(field, field.get_default())
        for name in model.ledger.recorded
        for field in [column(model, name)]
    }
