"""`destraba doctor`: every setting in force, and whether this installation is sound."""

import sqlite3
import sys
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger import triggers
from destraba.management.commanding import DestrabaCommand
from destraba.storage import wal_is_safe

SETTINGS = (
    ("DESTRABA_ENV", "ENVIRONMENT"),
    ("DESTRABA_HOME", "HOME"),
    ("DESTRABA_URL", "SITE_URL"),
    ("DESTRABA_HOSTS", "ALLOWED_HOSTS"),
    ("DESTRABA_LANGUAGE", "LANGUAGE_CODE"),
    ("DESTRABA_TIME_ZONE", "TIME_ZONE"),
    ("DESTRABA_UPLOAD_LIMIT", "UPLOAD_LIMIT"),
    ("DESTRABA_FROM_EMAIL", "DEFAULT_FROM_EMAIL"),
)


class Command(DestrabaCommand):
    help = "List the settings in force and check this installation. Exits 1 where something is wrong."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for variable, name in SETTINGS:
            self.stdout.write(f"  {variable:22} {getattr(settings, name)}")
        self.stdout.write(f"  {'DESTRABA_DATABASE_URL':22} {_database()}")
        complaints = [*_of_the_database(), *_of_the_home()]
        for complaint in complaints:
            self.stderr.write(f"✗ {complaint}")
        if complaints:
            sys.exit(1)
        self.stdout.write(_("Everything is in order."))


def _database() -> str:
    """Which database, without its password."""
    chosen = connection.settings_dict
    where = f" at {chosen['HOST']}" if chosen.get("HOST") else ""
    return f"{connection.vendor}: {chosen['NAME']}{where}"


def _of_the_database() -> Iterator[str]:
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if waiting:
            words = ngettext(
                "%(count)s migration is not applied: run destraba prepare.",
                "%(count)s migrations are not applied: run destraba prepare.",
                waiting,
            )
            yield words % {"count": waiting}
            return
        if gone := triggers.missing():
            names = ", ".join(sorted(gone))
            yield _("The ledger's triggers are missing (%(names)s): run destraba prepare.") % {"names": names}
        if _uses_wal() and not wal_is_safe():
            version = {"version": sqlite3.sqlite_version}
            yield _("SQLite %(version)s must not use WAL: restart to switch it off.") % version
    except DatabaseError as error:
        cause = {"cause": str(error).strip()}
        yield _("The database does not answer (%(cause)s): check DESTRABA_DATABASE_URL.") % cause


def _uses_wal() -> bool:
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        return bool(cursor.fetchone()[0] == "wal")


def _of_the_home() -> Iterator[str]:
    probe = settings.HOME / ".doctor"
    try:
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        cause = {"home": settings.HOME, "cause": error.strerror}
        yield _("%(home)s can't be written (%(cause)s): change its owner or DESTRABA_HOME.") % cause
