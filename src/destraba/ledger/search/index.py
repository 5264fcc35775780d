"""The index of words, which each database has in its own way: both are fed with the same words.

SQLite: a table of FTS5 over the entries, kept by triggers. PostgreSQL: a column that the database computes,
and a GIN index on it. Django knows of neither, so they are put in place after every migration.
"""

from django.apps import AppConfig
from django.db import connections, transaction

ENTRIES = "destraba_searchentry"
WORDS = "destraba_searchwords"

_TAKE_IN = f"INSERT INTO {WORDS}(rowid, words) VALUES (NEW.id, NEW.words);"  # noqa: S608
_TAKE_OUT = f"INSERT INTO {WORDS}({WORDS}, rowid, words) VALUES ('delete', OLD.id, OLD.words);"  # noqa: S608

# Words are ASCII, so the plainest tokenizer will do; "=" begins the marks. No phrases are asked for, so where
# in a text a word stands is not kept.
_SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {WORDS} USING fts5(words, content='{ENTRIES}', content_rowid='id', "
    "tokenize=\"ascii tokenchars '='\", prefix='2 3 4 5 6 7', detail=none, columnsize=0)",
    f"CREATE TRIGGER IF NOT EXISTS search_in AFTER INSERT ON {ENTRIES} BEGIN {_TAKE_IN} END",
    f"CREATE TRIGGER IF NOT EXISTS search_out AFTER DELETE ON {ENTRIES} BEGIN {_TAKE_OUT} END",
    f"CREATE TRIGGER IF NOT EXISTS search_changed AFTER UPDATE ON {ENTRIES} BEGIN {_TAKE_OUT} {_TAKE_IN} END",
)
# New words wait in a list that every search reads through, so it is kept short.
_POSTGRES = (
    f"ALTER TABLE {ENTRIES} ADD COLUMN IF NOT EXISTS vector tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
    f"CREATE INDEX IF NOT EXISTS search_words ON {ENTRIES} USING gin (vector) "
    "WITH (gin_pending_list_limit = 512)",
    f"CREATE INDEX IF NOT EXISTS search_newest ON {ENTRIES} (kind, (-id))",
)


def put_in_place(using: str = "default") -> None:
    """What is missing of the index, once its table exists."""
    connection = connections[using]
    if ENTRIES not in connection.introspection.table_names():
        return
    with transaction.atomic(using), connection.cursor() as cursor:
        for statement in _SQLITE if connection.vendor == "sqlite" else _POSTGRES:
            cursor.execute(statement)


def put_in_place_after_migrate(sender: AppConfig, using: str, **_signal: object) -> None:
    """What Django calls after it has migrated."""
    put_in_place(using)
