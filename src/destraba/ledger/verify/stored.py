"""Stored values against what should be stored.

The comparison is between stored forms: a value that reads alike but is stored otherwise was altered too, and
whoever looks for what was altered must not stumble over it.
"""

import json
import uuid
from collections.abc import Callable
from decimal import Decimal, DecimalException
from functools import cache
from typing import Any

from django.db import connection, models

from destraba.ledger.canonical import NotCanonical, Plain, canonical
from destraba.ledger.columns import Column
from destraba.ledger.verify.rows import Raw
from destraba.models.fields import ValueField


def holds(field: Column, raw: Raw, plain: Plain) -> bool:
    """Whether the column stores exactly what it would store for this plain value."""
    if raw is None or plain is None:
        return raw is None and plain is None
    read, store = _forms(field)
    try:
        return bool(read(raw) == store(plain))
    except (TypeError, ValueError, AttributeError, DecimalException, NotCanonical, RecursionError):
        return False


@cache
def _forms(field: Column) -> tuple[Callable[[Raw], Any], Callable[[Any], Any]]:
    """How a raw value and a plain one are brought to where they can be compared.

    JSON and decimals are compared by what they say: PostgreSQL keeps no text of the first, SQLite none of the
    second.
    """
    match field:
        case ValueField():
            return _itself, lambda plain: canonical(plain).decode()
        case models.JSONField():
            return lambda raw: canonical(json.loads(raw)), canonical
        case models.DecimalField():
            return lambda raw: Decimal(str(raw)), Decimal
        case models.BinaryField():
            return blob, bytes.fromhex
        case models.UUIDField() | models.ForeignKey():
            return _itself, _hexadecimal if connection.vendor == "sqlite" else uuid.UUID
        case models.DateTimeField():
            return _itself, _moment
        case models.TimeField():
            return _itself, "{}:00".format
    return _itself, _itself


def _itself(value: Any) -> Any:
    return value


def _hexadecimal(plain: str) -> str:
    return plain.replace("-", "")


def _moment(plain: str) -> str:
    """`2017-06-15T14:00:00.500000Z` as databases write it: both drop a fraction of nothing."""
    text = plain.removesuffix("Z").replace("T", " ").removesuffix(".000000")
    return text.rstrip("0") if "." in text and connection.vendor == "postgresql" else text


def blob(raw: Raw) -> bytes:
    """Stored bytes; of what is no bytes, something that no hash will equal."""
    return bytes(raw) if isinstance(raw, bytes | memoryview) else b"not bytes"


def text_bytes(raw: Raw) -> bytes | None:
    """The bytes of stored text; None for what is not stored as text."""
    return raw.encode(errors="surrogateescape") if isinstance(raw, str) else None


def key(raw: Raw) -> str:
    """A stored key as people write it; of what is no key, what is there."""
    try:
        return str(raw if isinstance(raw, uuid.UUID) else uuid.UUID(hex=raw))
    except (ValueError, TypeError, AttributeError):
        return repr(raw)


def rank(raw: Raw) -> tuple[int, Raw]:
    """The order in which the database sorts stored keys: SQLite may hold bytes where it should be text."""
    match raw:
        case uuid.UUID():
            return 0, raw
        case str():
            return 0, raw.encode(errors="surrogateescape")
    return 1, blob(raw)
