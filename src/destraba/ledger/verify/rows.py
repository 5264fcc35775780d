"""Tables read as they lie there, without the conversions that fail on, or hide, what no program wrote."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

from destraba.ledger.columns import Column

Raw = Any
Row = Mapping[str, Raw]
BATCH = 500


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see one moment, whatever is recorded meanwhile.

    On SQLite nothing can be recorded meanwhile: those who read go on, those who write wait.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                if outermost:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SET LOCAL datestyle TO ISO")
            yield
        else:
            with _any_bytes_as_text():
                yield


@contextmanager
def _any_bytes_as_text() -> Iterator[None]:
    """SQLite keeps as text whatever it was given; bytes that are no UTF-8 would end the reading."""
    database = connection.connection
    usual = database.text_factory
    database.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    try:
        yield
    finally:
        database.text_factory = usual


def rows(
    model: type[models.Model], names: Sequence[str], *, order: Sequence[str], where: Mapping[str, Raw] = {}
) -> Iterator[Row]:
    """Rows of a table as `{column name of the model: what is stored}`, a batch at a time."""
    fields = [model._meta.get_field(name) for name in names]
    sql = f"SELECT {', '.join(map(_selected, fields))} FROM {_quoted(model._meta.db_table)}"  # noqa: S608
    if where:
        sql += " WHERE " + " AND ".join(f"{_named(model, name)} = %s" for name in where)
    sql += " ORDER BY " + ", ".join(_named(model, name) for name in order)
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, list(where.values()))
        while batch := cursor.fetchmany(BATCH):
            for values in batch:
                yield dict(zip(names, values, strict=True))


def rows_of(
    model: type[models.Model], names: Sequence[str], *, column: str, among: Sequence[Raw]
) -> Iterator[Row]:
    """The rows whose `column` holds one of these stored values, in no order."""
    fields = [model._meta.get_field(name) for name in names]
    sql = (
        f"SELECT {', '.join(map(_selected, fields))} FROM {_quoted(model._meta.db_table)} "  # noqa: S608
        f"WHERE {_named(model, column)} IN ({', '.join(['%s'] * len(among))})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, list(among))
        for values in cursor.fetchall():
            yield dict(zip(names, values, strict=True))


def rows_without(model: type[models.Model], names: Sequence[str], *, relation: str) -> Iterator[Row]:
    """The rows whose `relation` leads nowhere. A foreign key forbids them, so somebody switched it off."""
    related: Any = model._meta.get_field(relation).related_model
    fields = [model._meta.get_field(name) for name in names]
    sql = (
        f"SELECT {', '.join(map(_selected, fields))} FROM {_quoted(model._meta.db_table)} "  # noqa: S608
        f"WHERE {_named(model, relation)} NOT IN "
        f"(SELECT {_named(related, related._meta.pk.name)} FROM {_quoted(related._meta.db_table)})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        while batch := cursor.fetchmany(BATCH):
            for values in batch:
                yield dict(zip(names, values, strict=True))


def batches(given: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(given, BATCH)):
        yield batch


@cache
def _selected(field: Column) -> str:
    """The column past the driver's conversions: a bare column would get them, an expression does not."""
    name = _quoted(field.column or "")
    if connection.vendor == "sqlite":
        return f"+{name}"
    if isinstance(field, models.DateTimeField):
        return f"({name} AT TIME ZONE 'UTC')::text"
    return f"{name}::text" if isinstance(field, models.DateField | models.TimeField) else name


def _named(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return _quoted(field.column)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
