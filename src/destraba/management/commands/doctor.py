"""`destraba doctor`: every setting in force, and whether this installation is sound."""

import sqlite3
import stat
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger import triggers
from destraba.ledger.search import keeping
from destraba.management.commanding import DestrabaCommand, cause_of
from destraba.queries import jobs
from destraba.queries.jobs import Trouble
from destraba.storage import wal_is_safe


class Command(DestrabaCommand):
    help = "List the settings in force and check this installation. Exits 1 where something is wrong."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for variable, value in _in_force():
            self.stdout.write(f"  {variable:24} {value}")
        complaints = [*_of_the_database(), *_of_the_home(), *_of_the_address()]
        if not complaints:
            now = timezone.now()
            self.stdout.write(f"  {_of_the_workers(now)}")
            complaints = [*_of_the_queue(now)]
        for complaint in complaints:
            self.stderr.write(f"✗ {complaint}")
        if complaints:
            sys.exit(1)
        self.stdout.write(_("Everything is in order."))


def _in_force() -> Iterator[tuple[str, object]]:
    """Every variable that was read, given or not, without what is secret."""
    for variable, value in sorted(settings.ENV.dump().items()):
        match variable:
            case "DESTRABA_DATABASE_URL":
                yield variable, _database()
            case "DESTRABA_SECRET_KEY":
                yield variable, _("given") if value else _("made by itself")
            case "DESTRABA_EMAIL_URL":
                yield variable, settings.EMAIL_HOST or _("written to files")
            case _:
                yield variable, value


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
        if keeping.is_behind():
            yield _("The search does not know every record: run destraba search-rebuild.")
        if _uses_wal() and not wal_is_safe():
            version = {"version": sqlite3.sqlite_version}
            yield _("SQLite %(version)s must not use WAL: restart to switch it off.") % version
    except DatabaseError as error:
        cause = {"cause": cause_of(error)}
        yield _("The database does not answer (%(cause)s): check DESTRABA_DATABASE_URL.") % cause


def _of_the_workers(now: datetime) -> str:
    heard = jobs.last_heard()
    if heard is None:
        return _("No worker was ever heard: run destraba work, or destraba tick by cron.")
    minutes = int((now - heard).total_seconds() // 60)
    words = ngettext(
        "A worker was heard %(count)s minute ago.", "A worker was heard %(count)s minutes ago.", minutes
    )
    return words % {"count": minutes}


def _of_the_queue(now: datetime) -> Iterator[str]:
    match jobs.trouble(now):
        case Trouble.UNSERVED:
            yield _("Work is due and nobody does it: run destraba work, or destraba tick by cron.")
        case Trouble.DEAD_LETTERS:
            yield _("Some work failed for good: the administrator finds it at %(path)s.") % {"path": "/jobs/"}


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
        return
    if stat.S_IMODE(settings.HOME.stat().st_mode) & 0o077:
        yield _("Others on this machine can read %(home)s: chmod 700 %(home)s") % {"home": settings.HOME}


def _of_the_address() -> Iterator[str]:
    if settings.IS_PRODUCTION and not settings.SITE_URL.startswith("https://"):
        yield _("DESTRABA_URL is not an https address: sign-in and the links in mail need one.")
    if settings.IS_PRODUCTION and not settings.ALLOWED_HOSTS:
        yield _("DESTRABA_HOSTS names no host, so every request is refused.")
