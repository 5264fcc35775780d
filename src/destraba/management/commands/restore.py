"""`destraba restore`: a backup into an empty installation, and whether its ledger holds."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from destraba.exchange.backups.refusals import BackupRefused
from destraba.exchange.backups.restore import restore
from destraba.ledger.verify import verify
from destraba.management.commanding import DestrabaCommand


class Command(DestrabaCommand):
    help = "Put a backup into an installation that is empty and not served, then verify it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what `destraba backup` wrote")
        parser.add_argument(
            "--wipe",
            metavar="NAME",
            help="delete all that is here first; NAME is what this installation is called",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["file"], wipe=options["wipe"])
        except BackupRefused as refused:
            self.refuse(refused.words)
        told = {"made": manifest.made_at, "rows": manifest.rows, "files": len(manifest.files)}
        self.stdout.write(
            _("Restored as of %(made)s: %(rows)s rows, %(files)s files. Nobody is signed in.") % told
        )
        report = verify(lambda done: self.progress(_("%(count)s events") % {"count": done}))
        self.progress("")
        for failure in report.failures:
            self.stderr.write(f"{failure.place}: {failure.code} {failure.detail}".rstrip())
        verdict = _("The ledger holds") if report.ok else _("THE LEDGER DOES NOT HOLD")
        found = {"events": report.events, "failures": len(report.failures) + report.unlisted}
        counted = _("%(events)s events, %(failures)s failures.") % found
        self.stdout.write(f"{verdict}: {counted}")
        if not report.ok:
            sys.exit(1)
