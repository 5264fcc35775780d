"""What can be found, by its words. Made of the records, and made again from them at any time."""

from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from destraba.models.declared import Declared
from destraba.values.search.wanted import Term, Wanted, all_of, for_postgres, for_sqlite


class SearchEntry(models.Model):
    """One record as search knows it. Whoever comes later has the higher key: the newest are found first.

    `kind` is as what it is shown. `words` are stems and marks, parted by blanks, and nothing that one could
    read: marks say of which kind the record is, in which mesa, and who sees it. `heading` is its title, to
    compare by. `page_id` is the record on whose page it is read: itself, but for what is said in a meeting.
    `edition` is by which rules it was made.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=16)
    object_type = models.CharField(max_length=40)
    object_id = models.UUIDField(unique=True)
    page_id = models.UUIDField()
    heading = models.CharField(max_length=500, blank=True)
    words = models.TextField()
    edition = models.PositiveSmallIntegerField()

    ledger: ClassVar[Declared] = Declared(
        operational=("id", "kind", "object_type", "object_id", "page_id", "heading", "words", "edition")
    )

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"


class Newest(Expression):
    """The keys of the newest entries of a kind whose words are as wanted, and no more of them than `most`.

    Asked of the index alone, from its newest end: a word that every record has costs no more than a rare one.
    SQLite walks its index in that order. PostgreSQL's knows of no order, so a common word is looked for among
    the last `_LATELY` of its kind; only where that yields too few is the index asked for all.
    """

    output_field = models.BigIntegerField()

    def __init__(self, kind: str, wanted: Wanted, most: int) -> None:
        super().__init__()
        self.kind = kind
        self.wanted = all_of([of_kind(kind), wanted])
        self.most = most

    def as_sqlite(
        self, _compiler: SQLCompiler, _connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, list[str | int]]:
        return _IN_SQLITE, [for_sqlite(self.wanted), self.most]

    def as_postgresql(
        self, _compiler: SQLCompiler, _connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, list[str | int]]:
        query = for_postgres(self.wanted)
        return _IN_POSTGRES, [self.kind, _LATELY, query, self.most, query, self.most, self.most]


class AnyNewest(Expression):
    """The keys that one of these gives. Joined by the index and not by OR, for which PostgreSQL would read
    every entry."""

    output_field = models.BigIntegerField()

    def __init__(self, *newest: Newest) -> None:
        super().__init__()
        self.newest = newest

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, list[str | int]]:
        return _united([one.as_sqlite(compiler, connection) for one in self.newest])

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, list[str | int]]:
        return _united([one.as_postgresql(compiler, connection) for one in self.newest])


def _united(parts: list[tuple[str, list[str | int]]]) -> tuple[str, list[str | int]]:
    selects = (f"SELECT * FROM {sql} AS part{number}" for number, (sql, _values) in enumerate(parts))  # noqa: S608
    return f"({' UNION '.join(selects)})", [value for _sql, values in parts for value in values]


_LATELY = 2000
_IN_SQLITE = """(
SELECT rowid FROM destraba_searchwords WHERE destraba_searchwords MATCH %s ORDER BY rowid DESC LIMIT %s)"""
# OFFSET 0 keeps the planner from walking all rows in their order, in the hope of a match for a rare word; and
# no other index than that of a kind has the order of -id.
_IN_POSTGRES = """(
WITH lately AS MATERIALIZED (
  SELECT id FROM (
    SELECT id, vector FROM destraba_searchentry WHERE kind = %s ORDER BY -id LIMIT %s
  ) newest WHERE vector @@ %s::tsquery ORDER BY id DESC LIMIT %s
), ever AS (
  SELECT id FROM (
    SELECT id FROM destraba_searchentry
    WHERE vector @@ %s::tsquery AND (SELECT count(*) FROM lately) < %s OFFSET 0
  ) matching ORDER BY id DESC LIMIT %s
)
SELECT id FROM lately UNION SELECT id FROM ever)"""


def of_kind(kind: str) -> Term:
    """The mark of a kind among the words of an entry."""
    return Term(f"=k{kind}")
