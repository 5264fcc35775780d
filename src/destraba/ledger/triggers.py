"""Append-only in the database too: triggers that refuse what the code never does.

They go against accidents and against a database user who is not its owner; whoever owns the database can
drop them, which is why `verify` exists.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

EVENT, PAYLOAD, HEAD = "destraba_event", "destraba_payload", "destraba_head"
REFUSAL = "the ledger is append-only"

# A payload may lose its salt and value together (redaction), and nothing else of it may change.
_REDACTION_ONLY = (
    "NEW.salt IS NULL AND NEW.value IS NULL AND NEW.id = OLD.id AND NEW.event_id = OLD.event_id "
    "AND NEW.part = OLD.part AND NEW.digest = OLD.digest"
)

_SQLITE = {
    "ledger_event_update": f"BEFORE UPDATE ON {EVENT} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    "ledger_event_delete": f"BEFORE DELETE ON {EVENT} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    "ledger_payload_update": (
        f"BEFORE UPDATE ON {PAYLOAD} WHEN NOT ({_REDACTION_ONLY}) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ),
    "ledger_payload_delete": f"BEFORE DELETE ON {PAYLOAD} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    "ledger_head_delete": f"BEFORE DELETE ON {HEAD} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
}

_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_POSTGRES = {
    "ledger_event_change": (EVENT, f"BEFORE UPDATE OR DELETE ON {EVENT} FOR EACH ROW"),
    "ledger_event_truncate": (EVENT, f"BEFORE TRUNCATE ON {EVENT} FOR EACH STATEMENT"),
    "ledger_payload_update": (
        PAYLOAD,
        f"BEFORE UPDATE ON {PAYLOAD} FOR EACH ROW WHEN (NOT ({_REDACTION_ONLY}))",
    ),
    "ledger_payload_delete": (PAYLOAD, f"BEFORE DELETE ON {PAYLOAD} FOR EACH ROW"),
    "ledger_payload_truncate": (PAYLOAD, f"BEFORE TRUNCATE ON {PAYLOAD} FOR EACH STATEMENT"),
    "ledger_head_delete": (HEAD, f"BEFORE DELETE ON {HEAD} FOR EACH ROW"),
    "ledger_head_truncate": (HEAD, f"BEFORE TRUNCATE ON {HEAD} FOR EACH STATEMENT"),
}


def reinstall(using: str = "default") -> None:
    """Put every trigger in place whose table exists. Idempotent; runs after every migration."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if not {EVENT, PAYLOAD, HEAD} <= tables:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, body in _SQLITE.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(f"CREATE TRIGGER {name} {body}")
        else:
            cursor.execute(_POSTGRES_FUNCTION)
            for name, (table, event) in _POSTGRES.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                cursor.execute(f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION ledger_refuse()")


def remove(using: str = "default") -> None:
    """Take the triggers away: only a test runner that empties its tables has reason to."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in _expected(connection):
            target = "" if connection.vendor == "sqlite" else f" ON {_POSTGRES[name][0]}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{target}")


@contextmanager
def removed(using: str = "default") -> Iterator[None]:
    """Without triggers inside the block, with them again after it."""
    remove(using)
    try:
        yield
    finally:
        reinstall(using)


def missing(using: str = "default") -> set[str]:
    """The names of the triggers that should stand in this database and do not."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return set(_expected(connection)) - {row[0] for row in cursor.fetchall()}


def _expected(connection: BaseDatabaseWrapper) -> list[str]:
    return list(_SQLITE if connection.vendor == "sqlite" else _POSTGRES)


def reinstall_after_migrate(sender: AppConfig, using: str, **_signal: object) -> None:
    """What Django calls after it has migrated."""
    reinstall(using)
