"""Stored values against what should be stored.

The comparison is between stored forms: a value that reads alike but is stored otherwise was altered too, and
whoever looks for what was altered must not stumble over it.
"""

import json
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal, DecimalException
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models

from destraba.ledger.canonical import NotCanonical, Plain, canonical
from destraba.ledger.columns import Column, python_value
from destraba.ledger.verify.rows import Raw


def holds(field: Column, raw: Raw, plain: Plain) -> bool:
    """Whether the column stores exactly what it would store for this plain value."""
    if raw is None or plain is None:
        return raw is None and plain is None
    try:
        if isinstance(field, models.BinaryField):
            return blob(raw) == bytes.fromhex(str(plain))
        if isinstance(field, models.JSONField):
            return canonical(json.loads(raw)) == canonical(plain)
        if isinstance(field, models.DecimalField):
            return Decimal(str(raw)) == Decimal(str(plain))
        return bool(raw == _stored(field, python_value(field, plain)))
    except (TypeError, ValueError, DecimalException, ValidationError, NotCanonical, KeyError, RecursionError):
        return False


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
    """The order in which the database sorts stored keys: SQLite may hold any type in any column."""
    match raw:
        case uuid.UUID():
            return 0, raw
        case int() | float():
            return 1, raw
        case str():
            return 2, raw.encode(errors="surrogateescape")
    return 3, blob(raw)


def _stored(field: Column, value: Any) -> Raw:
    if connection.vendor == "postgresql" and isinstance(value, date):
        return _as_text(value)
    return field.get_db_prep_save(value, connection)


def _as_text(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    text = str(value.astimezone(UTC).replace(tzinfo=None))
    return text.rstrip("0") if "." in text else text
