"""`destraba doctor`: every setting in force, and whether this installation is sound."""

import sqlite3
import sys
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from destraba.ledger import triggers
from destraba.storage import wal_is_safe

SETTINGS = (
    ("DESTRABA_ENV", "ENVIRONMENT"),
    ("DESTRABA_HOME", "HOME"),
    ("DESTRABA_URL", "SITE_URL"),
    ("DESTRABA_HOSTS", "ALLOWED_HOSTS"),
    ("DESTRABA_LANGUAGE", "LANGUAGE_CODE"),
    ("DESTRABA_TIME_ZONE", "TIME_ZONE"),
    ("DESTRABA_UPLOAD_LIMIT", "UPLOAD_LIMIT"),
    ("DESTRABA_EMAIL_URL", "EMAIL_HOST"),
    ("DESTRABA_FROM_EMAIL", "DEFAULT_FROM_EMAIL"),
    ("DESTRABA_HTTPS_REDIRECT", "SECURE_SSL_REDIRECT"),
    ("DESTRABA_HSTS_SECONDS", "SECURE_HSTS_SECONDS"),
    ("DESTRABA_LOG_LEVEL", "LOG_LEVEL"),
)


class Command(BaseCommand):
    help = "List the settings in force and check this installation. Exits 1 where something is wrong."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for variable, name in SETTINGS:
            self.stdout.write(f"  {variable:24} {getattr(settings, name) or "—"}")
        self.stdout.write(f"  {'DESTRABA_DATABASE_URL':24} {_database()}")
        complaints = list(_complaints())
        for complaint in complaints:
            self.stderr.write(f"✗ {complaint}")
        if complaints:
            sys.exit(1)
        self.stdout.write("Everything is in order.")


def _database() -> str:
    """Which database, without its password."""
    chosen = connection.settings_dict
    where = f" at {chosen['HOST']}" if chosen.get("HOST") else ""
    return f"{connection.vendor}: {chosen['NAME']}{where}"


def _complaints() -> Iterator[str]:
    try:
        plan = MigrationExecutor(connection).migration_plan(
            MigrationExecutor(connection).loader.graph.leaf_nodes()
        )
    except DatabaseError as error:
        yield f"The database does not answer: {error}"
        return
    if plan:
        yield f"{len(plan)} migrations are not applied: run `destraba prepare`."
        return
    if gone := triggers.missing():
        yield f"The ledger's triggers are missing ({', '.join(sorted(gone))}): run `destraba prepare`."
    if connection.vendor == "sqlite" and not wal_is_safe():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            if cursor.fetchone()[0] == "wal":
                yield f"SQLite {sqlite3.sqlite_version} must not use WAL: restart to switch it off."
    probe = settings.HOME / ".doctor"
    try:
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        yield f"{settings.HOME} can't be written ({error.strerror}): change its owner or DESTRABA_HOME."
