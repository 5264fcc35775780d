"""What becomes of 500 mails while whoever delivers them is killed with -9 at random moments, 50 times.

    ./run bench kill_mail                                          SQLite in a folder of its own
    ./run bench kill_mail --database postgres://user@host/name     an empty database that may be filled
    ./run bench kill_mail --workers 3                              several that deliver side by side

A real SMTP server on this machine takes them, each in 10 ms. Prints how many were lost, how many came twice
and how often somebody was killed. Exits with 1 unless none was lost, at most one came twice for each kill,
and every one is noted as sent.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta

from tests.notifications.post_office import PostOffice

WORK = "--deliver"
LEASE = timedelta(seconds=1)
LONGEST_LIFE = 0.3  # seconds from being ready to being killed
SECONDS_PER_MAIL = 0.01


def main() -> int:
    options = _options()
    import django

    if options.deliver:
        django.setup()
        _deliver()
        return 0
    os.environ["DESTRABA_ENV"] = "demo"
    os.environ["DESTRABA_HOME"] = tempfile.mkdtemp(prefix="destraba-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "destraba.settings"
    if options.database:
        os.environ["DESTRABA_DATABASE_URL"] = options.database
    with PostOffice() as office:
        office.seconds_per_mail = SECONDS_PER_MAIL
        os.environ["DESTRABA_EMAIL_URL"] = f"smtp://{office.host}:{office.port}"
        django.setup()
        expected = _fill(options.mails)
        began = time.monotonic()
        kills = _deliver_and_kill(options.workers, options.kills, random.Random(options.seed))
        return _report(office, expected, kills, time.monotonic() - began)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--database", default="", help="a database URL; SQLite in a new folder where left out"
    )
    parser.add_argument("--mails", type=int, default=500)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=None, help="for the same moments again")
    parser.add_argument(WORK, action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _fill(count: int) -> set[str]:
    """So many mails that are due; their Message-IDs."""
    from django.core.management import call_command
    from django.utils import timezone

    from destraba.notifications.outbox import post

    call_command("prepare")
    now = timezone.now()
    mails = [
        post(
            key=f"bench:{now.timestamp()}:{number}",
            purpose="bench",
            mesa=None,
            person=None,
            to_name="",
            to_address=f"person{number}@example.com",
            from_name="Ana P., Mesa Forestal",
            reply_to=["ana@example.com"],
            subject=f"Mail {number}",
            text="Something is due.\n",
            now=now,
        )
        for number in range(count)
    ]
    return {mail.message_id for mail in mails if mail}


def _deliver() -> None:
    """What a worker does until nothing waits any more."""
    from django.utils import timezone

    from destraba.models import Outbox
    from destraba.notifications.delivery import deliver_due
    from destraba.rules.operations.mail import MailState

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while Outbox.objects.filter(state=MailState.WAITING).exists():
        done = deliver_due(now=timezone.now(), worker=f"worker {os.getpid()}", limit=20, lease=LEASE)
        if not done.sent:
            time.sleep(0.05)


def _deliver_and_kill(workers: int, kills: int, chance: random.Random) -> int:
    """Kill a worker and start another, so many times; then let them finish. How many were killed."""
    running = [_worker() for _ in range(workers)]
    killed = 0
    while killed < kills:
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        victim = running.pop(chance.randrange(len(running)))
        victim.kill()
        killed += victim.wait() != 0
        if killed and victim.returncode == 0:
            break
        running.append(_worker())
    for worker in running:
        worker.wait(timeout=300)
    return killed


def _worker() -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.kill_mail", WORK], stdout=subprocess.PIPE, text=True, env=os.environ
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _report(office: PostOffice, expected: set[str], kills: int, took: float) -> int:
    from django.db import connection

    from destraba.models import Outbox
    from destraba.rules.operations.mail import MailState

    came = Counter(message["Message-ID"].strip() for message in office.taken)
    lost = len(expected - set(came))
    twice = sum(count - 1 for count in came.values())
    noted = Outbox.objects.filter(message_id__in=expected, state=MailState.SENT).count()
    print(
        f"{connection.vendor}: {len(expected)} mails, {kills} kills, {lost} lost, {twice} came twice, "
        f"{noted} noted as sent, {took:.0f} s"
    )
    return int(lost > 0 or twice > kills or noted < len(expected))


if __name__ == "__main__":
    sys.exit(main())
