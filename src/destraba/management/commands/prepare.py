"""`destraba prepare`: everything between unpacking a version and serving it."""

from typing import Any

from django.core.management import call_command
from django.db.utils import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from destraba.exchange import uploads
from destraba.jobs import timetable
from destraba.ledger.search import keeping
from destraba.management.commanding import DestrabaCommand, cause_of


class Command(DestrabaCommand):
    help = "Bring tables, cache and static files up to this version. Safe to run at every start."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except DatabaseError as error:
            self.refuse(
                _(
                    "The database can't be written (%(cause)s). Check DESTRABA_DATABASE_URL, or that "
                    "DESTRABA_HOME belongs to this user."
                )
                % {"cause": cause_of(error)}
            )
        if keeping.is_behind():
            keeping.rebuild()
        call_command("createcachetable", verbosity=0)
        uploads.sweep(timezone.now())
        timetable.announce(now=timezone.now())
        call_command("collectstatic", verbosity=0, interactive=False)
