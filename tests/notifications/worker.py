"""One of several processes that deliver at once: `python -m tests.notifications.worker PORT`.

Says "ready", waits for a line, delivers in small batches until nothing is left, and says how many it sent.
"""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["DESTRABA_EMAIL_URL"] = f"smtp://127.0.0.1:{sys.argv[1]}"
django.setup()

from destraba.notifications.delivery import deliver_due  # noqa: E402
from tests.factories import NOW  # noqa: E402


def main() -> None:
    tell("ready")
    sys.stdin.readline()
    sent = 0
    while share := deliver_a_few():
        sent += share
    tell(str(sent))


def deliver_a_few() -> int:
    done = deliver_due(now=NOW, worker=f"worker {os.getpid()}", limit=5)
    assert (done.failed, done.put_off, done.dropped) == (0, 0, 0), done
    return done.sent


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
