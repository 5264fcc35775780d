"""Every column of every table says whether the ledger carries it."""

from collections import Counter
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from destraba.models.declared import Declared
from destraba.models.records import Record


def undeclared_columns(model: type[models.Model]) -> list[str]:
    """What is wrong with the declaration of a model: columns left out, named twice, or not there."""
    name = model.__name__
    declared: Any = getattr(model, "ledger", None)
    if not isinstance(declared, Declared):
        return [f"{name}: has no declaration of its columns"]
    said = Counter(declared.ledgered + declared.texts + declared.derived + declared.operational)
    columns = {field.name for field in model._meta.concrete_fields}
    return [
        *(f"{name}.{column}: not declared" for column in sorted(columns - set(said))),
        *(
            f"{name}.{column}: declared, but there is no such column"
            for column in sorted(set(said) - columns)
        ),
        *(f"{name}.{column}: declared {times} times" for column, times in said.items() if times > 1),
        # Its rows would come and go without a word in the ledger.
        *(f"{name}.{field.name}: many-to-many" for field in model._meta.local_many_to_many),
    ]


def unrecorded_records(model: type[models.Model]) -> list[str]:
    """A record is in the ledger; a table that is no record has nothing there."""
    declared: Any = model.__dict__.get("ledger", getattr(model, "ledger", Declared()))
    if bool(declared.recorded) != issubclass(model, Record):
        return [
            f"{model.__name__}: {'is no Record but has' if declared.recorded else 'has no'} ledgered columns"
        ]
    return []


def test_every_column_is_declared_once() -> None:
    tables = list(apps.get_app_config("destraba").get_models())
    assert tables
    assert [line for table in tables for line in undeclared_columns(table)] == []
    assert [line for table in tables for line in unrecorded_records(table)] == []


@isolate_apps("destraba")
def test_a_column_that_nobody_declared_is_caught() -> None:
    class Chair(models.Model):
        legs = models.IntegerField()
        colour = models.TextField()
        ledger: ClassVar[Declared] = Declared(operational=("id", "colour", "weight"), derived=("colour",))

        class Meta:
            app_label = "destraba"

    assert undeclared_columns(Chair) == [
        "Chair.legs: not declared",
        "Chair.weight: declared, but there is no such column",
        "Chair.colour: declared 2 times",
    ]


@isolate_apps("destraba")
def test_a_table_without_a_declaration_and_rows_without_a_word_are_caught() -> None:
    class Table(models.Model):
        class Meta:
            app_label = "destraba"

    class Room(models.Model):
        tables = models.ManyToManyField(Table)
        ledger: ClassVar[Declared] = Declared(ledgered=("id",))

        class Meta:
            app_label = "destraba"

    assert undeclared_columns(Table) == ["Table: has no declaration of its columns"]
    assert undeclared_columns(Room) == ["Room.tables: many-to-many"]
    assert unrecorded_records(Room) == ["Room: is no Record but has ledgered columns"]
