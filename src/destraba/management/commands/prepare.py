"""`destraba prepare`: everything between unpacking a version and serving it."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db.utils import OperationalError


class Command(BaseCommand):
    help = "Bring tables, cache and static files up to this version. Safe to run at every start."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except OperationalError as error:
            raise CommandError(
                f"The database can't be written ({str(error).strip()}). "
                "Check DESTRABA_DATABASE_URL, or that DESTRABA_HOME belongs to this user."
            ) from error
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
