"""What all commands share: a refusal is one sentence on stderr that says what to do, and exit code 1."""

import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db.utils import DatabaseError
from django.utils.translation import gettext as _

from destraba.queries.sentences import sentence
from destraba.values.errors import DomainError


class DestrabaCommand(BaseCommand):
    """Exit codes: 0 done, 1 refused, 2 called in a way that it does not understand."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand.replace("_", "-"), **kwargs)

    def execute(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute(*args, **options)
        except DomainError as error:
            self.refuse(sentence(error.reason))
        except DatabaseError as error:
            words = _("The database can't be used (%(cause)s). Run: destraba doctor")
            self.refuse(words % {"cause": cause_of(error)})

    def refuse(self, words: str) -> NoReturn:
        """Say it, and end with 1."""
        self.stderr.write(words)
        sys.exit(1)

    def progress(self, line: str) -> None:
        """How far long work has come, where somebody watches the terminal; a blank line clears it."""
        if self.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{line}", ending="")


def cause_of(error: DatabaseError) -> str:
    """What the database complains of, on one line."""
    return " ".join(str(error).split())
