"""`destraba work` in a process of its own, with jobs that leave a trace in a file and a short lease.

python -m tests.jobs.crew TRACE work --until-empty
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from destraba import settings

if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    options = settings.DATABASES["default"]["OPTIONS"]
    options["timeout"] = 2
    options["init_command"] += "; PRAGMA synchronous=OFF"  # workers are killed here, the machine is not
os.environ["DJANGO_SETTINGS_MODULE"] = "destraba.settings"

import django
from django.core.management import execute_from_command_line

django.setup()

from destraba.jobs import heart, timetable, worker  # noqa: E402
from destraba.jobs.catalogue import Run  # noqa: E402
from destraba.rules.operations import jobs as rules  # noqa: E402

TRACE = Path(sys.argv[1])


def leave_trace(words: str) -> None:
    """One write at the end of the file, which the system does not tear apart."""
    with TRACE.open("a") as file:
        file.write(f"{words}\n")


def mark(run: Run, *, number: int) -> object:
    leave_trace(f"{number} {run.worker}")
    return {"by": run.worker}


def linger(run: Run, *, seconds: float) -> object:
    """Takes its time, and says so."""
    leave_trace(f"began {run.worker}")
    for part in range(10):
        run.report(part, 10, "job_reading")
        time.sleep(seconds / 10)
    leave_trace(f"ended {run.worker}")
    return {"by": run.worker}


timetable.TIMETABLE = ()
timetable.ON_DEMAND = {"mark": mark, "linger": linger}
rules.LEASE = timedelta(seconds=1)
heart.BEAT, heart.LOOKS = timedelta(seconds=0.3), 0.1
worker.REST = 0.1

if __name__ == "__main__":
    execute_from_command_line(["destraba", *sys.argv[2:]])
