"""Several processes deliver at once: each mail goes out once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from destraba.models import Outbox
from tests.factories import Cast
from tests.ledger.stories.test_concurrency import shared_database
from tests.notifications.post_office import PostOffice
from tests.notifications.writing import write

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS, MAILS = 3, 45


def hire(url: str, port: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.notifications.worker", str(port)],
        env=os.environ | {"DESTRABA_DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def hear(worker: "subprocess.Popen[str]") -> str:
    assert worker.stdout is not None
    return worker.stdout.readline().strip()


def test_those_who_deliver_at_once_send_each_mail_once(
    cast: Cast, post_office: PostOffice, tmp_path: Path
) -> None:
    expected = sorted(write(cast, mesa=None).message_id for _ in range(MAILS))
    with shared_database(tmp_path) as url:
        workers = [hire(url, post_office.port) for _ in range(WORKERS)]
        assert [hear(worker) for worker in workers] == ["ready"] * WORKERS
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.write("go\n")
            worker.stdin.flush()
        shares = [int(hear(worker)) for worker in workers]
        for worker in workers:
            worker.communicate(timeout=30)
    assert sum(shares) == MAILS
    assert min(shares) > 0
    assert sorted(message["Message-ID"].strip() for message in post_office.taken) == expected
    assert set(Outbox.objects.values_list("state", "attempts")) == {("sent", 1)}
