"""Append-only in the database too: triggers that refuse what the code never does.

They go against accidents and against a database user who is not its owner; whoever owns the database can
drop them, which is why `verify` exists.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import AppConfig
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

EVENT, PAYLOAD, HEAD = "destraba_event", "destraba_payload", "destraba_head"
REFUSAL = "the ledger is append-only"

# A payload may lose its salt and value together (redaction), and nothing else of it may change.
_REDACTS = (
    "NEW.salt IS NULL AND NEW.value IS NULL AND NEW.id = OLD.id AND NEW.event_id = OLD.event_id "
    "AND NEW.part = OLD.part AND NEW.digest = OLD.digest"
)
# A head only ever moves on.
_MOVES_ON = "NEW.stream = OLD.stream AND NEW.seq > OLD.seq"

# INSERT OR REPLACE deletes what is in its way without asking the triggers of deletion, unless the connection
# has switched recursive_triggers on. Ours do; for those that do not, nothing may be in its way.
_SQLITE_RULES = {
    "ledger_event_replace": "INSERT ON destraba_event WHEN EXISTS (SELECT 1 FROM destraba_event "
    "WHERE id = NEW.id OR (stream = NEW.stream AND seq = NEW.seq))",
    "ledger_event_update": "UPDATE ON destraba_event",
    "ledger_event_delete": "DELETE ON destraba_event",
    "ledger_payload_replace": "INSERT ON destraba_payload WHEN EXISTS (SELECT 1 FROM destraba_payload "
    "WHERE id = NEW.id OR (event_id = NEW.event_id AND part = NEW.part))",
    "ledger_payload_update": f"UPDATE ON destraba_payload WHEN NOT ({_REDACTS})",
    "ledger_payload_delete": "DELETE ON destraba_payload",
    "ledger_head_replace": "INSERT ON destraba_head WHEN EXISTS (SELECT 1 FROM destraba_head "
    "WHERE stream = NEW.stream)",
    "ledger_head_update": f"UPDATE ON destraba_head WHEN NOT ({_MOVES_ON})",
    "ledger_head_delete": "DELETE ON destraba_head",
}
_SQLITE = {
    name: f"CREATE TRIGGER {name} BEFORE {rule} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for name, rule in _SQLITE_RULES.items()
}

_FUNCTION_BODY = f"BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END"
_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $${_FUNCTION_BODY}$$"
)
_POSTGRES = {
    "ledger_event_change": (EVENT, "UPDATE OR DELETE", "FOR EACH ROW"),
    "ledger_event_truncate": (EVENT, "TRUNCATE", "FOR EACH STATEMENT"),
    "ledger_payload_update": (PAYLOAD, "UPDATE", f"FOR EACH ROW WHEN (NOT ({_REDACTS}))"),
    "ledger_payload_delete": (PAYLOAD, "DELETE", "FOR EACH ROW"),
    "ledger_payload_truncate": (PAYLOAD, "TRUNCATE", "FOR EACH STATEMENT"),
    "ledger_head_update": (HEAD, "UPDATE", f"FOR EACH ROW WHEN (NOT ({_MOVES_ON}))"),
    "ledger_head_delete": (HEAD, "DELETE", "FOR EACH ROW"),
    "ledger_head_truncate": (HEAD, "TRUNCATE", "FOR EACH STATEMENT"),
}
_POSTGRES_STANDING = """
SELECT tgname FROM pg_trigger
JOIN pg_class ON pg_class.oid = tgrelid
JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND prosrc = %s
AND pg_table_is_visible(pg_class.oid) AND relname IN (%s, %s, %s)
"""


def reinstall(using: str = "default") -> None:
    """Put in place what is missing, once the tables exist. Runs after every migration."""
    connection = connections[using]
    if not {EVENT, PAYLOAD, HEAD} <= set(connection.introspection.table_names()) or not missing(using):
        return
    with transaction.atomic(using), connection.cursor() as cursor:
        _drop(connection)
        if connection.vendor == "sqlite":
            for statement in _SQLITE.values():
                cursor.execute(statement)
        else:
            cursor.execute(_FUNCTION)
            for name, (table, event, rest) in _POSTGRES.items():
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} {rest} EXECUTE FUNCTION ledger_refuse()"
                )


def remove(using: str = "default") -> None:
    """Take the triggers away: only a test runner that empties its tables has reason to."""
    with transaction.atomic(using):
        _drop(connections[using])


@contextmanager
def removed(using: str = "default") -> Iterator[None]:
    """Without triggers inside the block, with them again after it."""
    remove(using)
    try:
        yield
    finally:
        reinstall(using)


def missing(using: str = "default") -> set[str]:
    """The names of the triggers that should stand in this database and do not, or do something else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            standing = dict(cursor.fetchall())
            return {name for name, statement in _SQLITE.items() if standing.get(name) != statement}
        cursor.execute(_POSTGRES_STANDING, [_FUNCTION_BODY, EVENT, PAYLOAD, HEAD])
        return set(_POSTGRES) - {name for (name,) in cursor.fetchall()}


def _drop(connection: BaseDatabaseWrapper) -> None:
    # PostgreSQL drops no trigger of a table whose foreign keys are still to be checked.
    connection.check_constraints()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for name, (table, _event, _rest) in _POSTGRES.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def reinstall_after_migrate(sender: AppConfig, using: str, **_signal: object) -> None:
    """What Django calls after it has migrated."""
    reinstall(using)
