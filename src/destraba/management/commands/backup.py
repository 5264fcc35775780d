"""`destraba backup`: everything in one file, while the installation goes on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from destraba.exchange.backups.refusals import BackupRefused
from destraba.exchange.backups.write import back_up
from destraba.management.commanding import DestrabaCommand


class Command(DestrabaCommand):
    help = "Write the database, as of one moment, and its files into one file that only you can read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to; it must not be there yet")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            made = back_up(path, now=timezone.now())
        except BackupRefused as refused:
            self.refuse(refused.words)
        for digest in made.missing:
            words = _("The file %(digest)s is not on the disk, or not whole: left out.")
            self.stderr.write(words % {"digest": digest})
        told = {
            "path": path,
            "rows": made.manifest.rows,
            "files": len(made.manifest.files),
            "size": f"{made.size / 2**20:.1f}",
        }
        self.stdout.write(_("Written: %(path)s (%(rows)s rows, %(files)s files, %(size)s MB).") % told)
        self.stdout.write(
            _(
                "Not in it: the settings and keys of the environment, who was signed in, mail written to "
                "files. Keep the keys elsewhere, and this file where only you can read it."
            )
        )
