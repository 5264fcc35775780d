"""`destraba verify`: whether the ledger holds, and whether the tables are what replaying it gives."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from destraba.ledger.verify import verify
from destraba.management.commanding import DestrabaCommand


class Command(DestrabaCommand):
    help = "Check every chain and opening, and the tables against the events. Exits 1 where something fails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help='print {"ok", "events", "failures"}')

    def handle(self, *_args: Any, **options: Any) -> None:
        report = verify(lambda done: self.progress(_("%(count)s events") % {"count": done}))
        self.progress("")
        failures = [
            {"place": failure.place, "code": failure.code, "detail": failure.detail}
            for failure in report.failures
        ]
        if options["json"]:
            self.stdout.write(json.dumps({"ok": report.ok, "events": report.events, "failures": failures}))
        else:
            for failure in report.failures:
                self.stderr.write(f"{failure.place}: {failure.code} {failure.detail}".rstrip())
            verdict = _("The ledger holds") if report.ok else _("THE LEDGER DOES NOT HOLD")
            found = {"events": report.events, "failures": len(failures) + report.unlisted}
            counted = _("%(events)s events, %(failures)s failures.") % found
            self.stdout.write(f"{verdict}: {counted}")
        if not report.ok:
            sys.exit(1)
