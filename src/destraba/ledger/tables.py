"""All tables at once, as they lie there: out of a database, and into one that is empty.

A row is a list of plain values in the order of its columns: texts, numbers, booleans, null and JSON; moments
in UTC, keys and decimals as text, bytes in base64. They mean the same to SQLite and PostgreSQL, so what came
out of one can go into the other.
"""

import base64
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, connections, models

from destraba.ledger import triggers
from destraba.ledger.columns import Column
from destraba.ledger.search.keeping import rebuild
from destraba.ledger.verify.rows import snapshot
from destraba.models import SearchEntry, Turn, WorkerHeard
from destraba.models.fields import ValueField

BATCH = 500
# Made by every migration for itself, and who is signed in: neither is carried to another database.
MADE_BY_MIGRATIONS = frozenset({"auth", "contenttypes"})
SESSIONS = frozenset({"sessions", "usersessions"})
# Which jobs this machine runs when, and its workers that were heard: another one has its own.
OF_THIS_MACHINE = frozenset({Turn, WorkerHeard})
# Made of the records, and made anew wherever they arrive.
MADE_OF_RECORDS = frozenset({SearchEntry})

Table = type[models.Model]
Plain = Any


def kept_tables() -> list[Table]:
    """Every table whose rows belong to the installation, by name."""
    return [table for table in _tables_outside(MADE_BY_MIGRATIONS | SESSIONS) if table not in MADE_OF_RECORDS]


def columns_of(table: Table) -> list[str]:
    """The names of a table's columns, in the order in which its rows are told."""
    return [field.column or "" for field in _fields(table)]


@contextmanager
def one_moment(folder: Path) -> Iterator[str]:
    """The alias of a database in which everything stands as of one moment, while others go on writing.

    PostgreSQL shows a snapshot of itself. SQLite would make writers wait for as long as one reads, so it is
    copied, through its own means of copying while it is in use, to a file in this folder. Within a
    transaction there is one moment already, and no copying.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with _copy(folder / "copy.sqlite3") as alias:
            yield alias
    else:
        with snapshot():
            yield connection.alias


def rows_of_table(table: Table, using: str) -> Iterator[list[Plain]]:
    """The rows by key; constant memory, whatever their number."""
    fields = _fields(table)
    found = table._base_manager.using(using).order_by("pk").values_list(*(field.attname for field in fields))
    for values in found.iterator(chunk_size=BATCH):
        yield [_plain(field, value) for field, value in zip(fields, values, strict=True)]


def fill(table: Table, rows: Iterable[Sequence[Plain]]) -> None:
    """Put rows into an empty table, within a transaction. Raises what a row that does not fit raises."""
    fields = _fields(table)
    names = ", ".join(map(_quoted, columns_of(table)))
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {_quoted(table._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    told = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(told, BATCH)):
            cursor.executemany(
                statement,
                [[_stored(field, value) for field, value in zip(fields, row, strict=True)] for row in batch],
            )


def finish_filling() -> None:
    """Once all tables are full: every relation leads somewhere, new keys go on after the old ones, and what
    is made of the records is made."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_tables()):
            cursor.execute(statement)
    rebuild()


def holds_anything() -> bool:
    """Whether any table that is kept has a row."""
    return any(table._base_manager.exists() for table in kept_tables())


def forget_sessions() -> None:
    """Nobody is signed in any more."""
    _empty(table for table in _tables_outside(MADE_BY_MIGRATIONS) if table._meta.app_label in SESSIONS)


def empty_everything() -> None:
    """Delete every row of the installation, its history too, within a transaction."""
    with triggers.removed():
        _empty(_tables_outside(MADE_BY_MIGRATIONS))


def _empty(tables: Iterable[Table]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {_quoted(table._meta.db_table)}")  # noqa: S608


def _tables_outside(labels: frozenset[str]) -> list[Table]:
    tables = [
        table
        for table in apps.get_models(include_auto_created=True)
        if table._meta.managed and not table._meta.proxy
        if table._meta.app_label not in labels and table not in OF_THIS_MACHINE
    ]
    return sorted(tables, key=lambda table: table._meta.db_table)


@contextmanager
def _copy(path: Path) -> Iterator[str]:
    alias = "copy"
    connection.ensure_connection()
    target = sqlite3.connect(path)
    try:
        connection.connection.backup(target)
    finally:
        target.close()
    connections.databases[alias] = {**connection.settings_dict, "NAME": str(path), "CONN_MAX_AGE": 0}
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias], connections.databases[alias]


def _fields(table: Table) -> list[Column]:
    return [field for field in table._meta.concrete_fields if field.column]


def _plain(field: Column, value: Any) -> Plain:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, ValueField):
        return field.get_prep_value(value)
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case uuid.UUID() | Decimal():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
        case _:
            return value


def _stored(field: Column, plain: Plain) -> Any:
    if isinstance(field, models.JSONField) and not field.null:
        return field.get_db_prep_value(plain, connection, prepared=False)  # its null is JSON's own
    if plain is not None and isinstance(field, models.BinaryField):
        return field.get_db_prep_save(base64.b64decode(plain, validate=True), connection)
    return field.get_db_prep_save(
        plain if isinstance(field, models.JSONField) else field.to_python(plain), connection
    )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
