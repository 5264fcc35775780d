"""`destraba tick`: what falls due as time passes, done here and now, for those who run no worker."""

from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.actions import lights
from destraba.jobs.worker import Worker
from destraba.management.commanding import DestrabaCommand


class Command(DestrabaCommand):
    help = "Turn the lights whose day has come, and do all that is due. Safe to run as often as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--now", type=_moment, default=None, help="a moment with its zone: 2017-06-30T08:00-05:00"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        given = options["now"]
        count = lights.turn(now=given or timezone.now())
        self.stdout.write(
            ngettext("%(count)s light looked at.", "%(count)s lights looked at.", count) % {"count": count}
        )
        worker = Worker("tick", now=(lambda: given) if given else timezone.now)
        worker.serve(until_empty=True)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(
            _("%(text)s is no moment such as 2017-06-30T08:00-05:00") % {"text": text}
        ) from error
    if moment.tzinfo is None:
        raise ArgumentTypeError(_("%(text)s lacks its zone: 2017-06-30T08:00-05:00") % {"text": text})
    return moment
