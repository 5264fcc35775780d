"""A plain value of a column as people write it."""

from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from destraba.ledger import wording
from destraba.ledger.canonical import Plain, canonical
from destraba.ledger.columns import Column, column, python_value
from destraba.ledger.labels import LABELS, label
from destraba.ledger.names import Names
from destraba.ledger.registry import ledgered_models
from destraba.values.fuzzy_dates import FuzzyDate


def value_words(object_type: str, name: str, plain: Plain, names: Names) -> str:
    """Blank for no value."""
    if plain is None or plain == "":
        return ""
    field = column(ledgered_models()[object_type], name)
    if isinstance(field, models.ForeignKey):
        return names.of(str(plain))
    if isinstance(field, models.JSONField):
        return canonical(plain).decode()
    if enum := _enumeration(field):
        return label(enum(plain))
    return _of_type(python_value(field, plain), names.zone)


def _of_type(value: Any, zone: str) -> str:
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case int():
            return wording.number(value)
        case datetime():
            return wording.moment(value, zone)
        case date():
            return wording.day(value)
        case time():
            return value.isoformat("minutes")
        case FuzzyDate():
            return wording.fuzzy(value)
    return str(getattr(value, "text", value))


@cache
def _enumeration(field: Column) -> type[Enum] | None:
    """The enumeration of labels whose members are the choices of the column."""
    chosen = {value for value, _name in field.flatchoices}
    return next((enum for enum in LABELS if chosen and chosen == {member.value for member in enum}), None)
