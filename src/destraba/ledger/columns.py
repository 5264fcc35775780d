"""Between a record's columns and the plain values that the ledger carries."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from django.db import models

from destraba.ledger.canonical import Plain, timestamp
from destraba.models.fields import ValueField
from destraba.models.records import Record


def plain_value(field: models.Field[Any, Any], value: Any) -> Plain:
    """What the ledger writes for a column's value. Raises TypeError for a type that it does not know."""
    if value is None or isinstance(value, bool | int | str):
        return _bare(value)
    if isinstance(field, ValueField):
        return cast(Plain, value.to_plain())
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return timestamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(field, models.JSONField):
        return cast(Plain, value)
    raise TypeError(f"{field.name}: the ledger has no form for {type(value).__name__}")


def _bare(value: Any) -> Plain:
    """An enumeration's member is written as its bare value."""
    if isinstance(value, str):
        return str.__str__(value)
    return cast(Plain, value)


def python_value(field: models.Field[Any, Any], plain: Plain) -> Any:
    """The column's value that `plain_value` wrote."""
    if plain is None:
        return None
    if isinstance(field, models.ForeignKey):
        return uuid.UUID(cast(str, plain))
    if isinstance(field, models.JSONField):
        return plain
    return field.to_python(plain)


def column(model: type[Record], name: str) -> models.Field[Any, Any]:
    """The model's own column of that name."""
    return cast("models.Field[Any, Any]", model._meta.get_field(name))


def current_plain(record: Record) -> dict[str, Plain]:
    """All recorded columns of a record, as the ledger would write them."""
    model = type(record)
    return {
        name: plain_value(field, getattr(record, field.attname))
        for name in model.ledger.recorded
        for field in [column(model, name)]
    }


def default_plain(model: type[Record]) -> Mapping[str, Plain]:
    """What a recorded column holds where no event ever said anything of it."""
    return {
        name: plain_value(field, field.get_default()) for name in model.ledger.recorded for field in [column(model, name)]
    }
