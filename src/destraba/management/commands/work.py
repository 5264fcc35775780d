"""`destraba work`: a worker, which does what was handed over and what time brings."""

import os
import signal
import socket
from types import FrameType
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.jobs.worker import Worker
from destraba.management.commanding import DestrabaCommand


class Command(DestrabaCommand):
    help = "Do what waits in the queue and what the timetable brings, until stopped. Run as many as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do one job at most, and end")
        parser.add_argument("--until-empty", action="store_true", help="end when nothing is due any more")
        parser.add_argument("--worker", default="", help="the name of this worker: the machine and process")
        parser.add_argument(
            "--beside",
            type=int,
            default=0,
            metavar="PID",
            help="end when this process, which started it, has",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        name = options["worker"] or f"{socket.gethostname()}-{os.getpid()}"
        worker = Worker(name[:80])
        _stop_on_signal(worker)
        parent = options["beside"]
        did = worker.serve(
            once=options["once"],
            until_empty=options["until_empty"],
            wanted=lambda: not parent or os.getppid() == parent,
        )
        self.stdout.write(ngettext("%(count)s job done.", "%(count)s jobs done.", did) % {"count": did})
        if worker.stopping.is_set():
            self.stdout.write(_("Stopped."))


def _stop_on_signal(worker: Worker) -> None:
    """The first signal lets the job in hand be finished; the second does what it always does."""

    def stop(number: int, _frame: FrameType | None) -> None:
        worker.stopping.set()
        signal.signal(number, signal.SIG_DFL)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
