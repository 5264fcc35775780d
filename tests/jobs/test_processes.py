"""Workers as processes of their own: they share, they are killed, they come back, the database goes away."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from destraba.models import Job
from destraba.rules.operations.jobs import JobState
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
ALIAS = "workshop"


@dataclass
class Workshop:
    """A database that several processes share, and the processes."""

    url: str
    folder: Path
    crew: "list[subprocess.Popen[str]]" = field(default_factory=list)

    @property
    def trace(self) -> Path:
        return self.folder / "trace"

    @property
    def lines(self) -> list[str]:
        return self.trace.read_text().splitlines() if self.trace.exists() else []

    @property
    def jobs(self) -> Any:
        return Job.objects.using(ALIAS)

    def add(self, name: str, **arguments: object) -> Job:
        job: Job = self.jobs.create(name=name, arguments=arguments, created_at=NOW, run_after=NOW)
        return job

    @property
    def command(self) -> list[str]:
        """Without Django's checks, which import every page."""
        return [sys.executable, "-m", "tests.jobs.crew", str(self.trace), "work", "--skip-checks"]

    def start(self, *options: str) -> "subprocess.Popen[str]":
        worker = subprocess.Popen(
            [*self.command, *options],
            cwd=ROOT,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.crew.append(worker)
        return worker

    @property
    def environment(self) -> dict[str, str]:
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        own = {"PYTHONPATH": paths, "DESTRABA_DATABASE_URL": self.url, "DESTRABA_HOME": str(self.folder)}
        return {**os.environ, **own, "DESTRABA_ENV": "test", "DESTRABA_LANGUAGE": "en"}


@pytest.fixture
def workshop(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Workshop]:
    with django_db_blocker.unblock(), _shared_database(tmp_path) as url:
        workshop = Workshop(url, tmp_path)
        yield workshop
        for worker in workshop.crew:
            worker.kill()
            worker.communicate()


@contextmanager
def _shared_database(folder: Path) -> Iterator[str]:
    """The tests' own database on PostgreSQL; on SQLite, where that lives in memory, a copy in a file."""
    known = dict(connection.settings_dict)
    if connection.vendor == "sqlite":
        known["NAME"] = str(folder / "workshop.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM INTO '{known['NAME']}'")
        url = f"sqlite:///{known['NAME']}"
    else:
        who = f"{quote(known['USER'])}:{quote(known['PASSWORD'])}"
        port = f":{known['PORT']}" if known["PORT"] else ""
        url = f"postgres://{who}@{quote(known['HOST'], safe='')}{port}/{known['NAME']}"
    connections.settings[ALIAS] = known
    try:
        yield url
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]


def until(what: Callable[[], object], seconds: float = 20) -> None:
    """Wait for it, or fail."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def ended(worker: "subprocess.Popen[str]") -> tuple[int, str]:
    said, complained = worker.communicate(timeout=30)
    return worker.returncode, said + complained


def test_two_workers_share_fifty_jobs_and_do_each_once(workshop: Workshop) -> None:
    for number in range(50):
        workshop.add("mark", number=number)
    crew = [workshop.start("--until-empty", "--worker", name) for name in ("wanda", "otto")]
    for worker in crew:
        assert ended(worker)[0] == 0
    assert Counter(line.split()[0] for line in workshop.lines) == {str(n): 1 for n in range(50)}
    assert workshop.jobs.filter(state=JobState.SUCCEEDED, attempts=1).count() == 50


def test_what_a_killed_worker_held_is_done_by_the_next(workshop: Workshop) -> None:
    job = workshop.add("linger", seconds=1)
    victim = workshop.start("--worker", "victim")
    until(lambda: workshop.lines == ["began victim"])
    os.kill(victim.pid, signal.SIGKILL)
    time.sleep(1.1)
    assert ended(workshop.start("--until-empty", "--worker", "heir")) == (0, "1 job done.\n")
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result) == (JobState.SUCCEEDED, 2, {"by": "heir"})
    assert workshop.lines == ["began victim", "began heir", "ended heir"]


def test_a_worker_that_slept_through_its_lease_is_not_believed(workshop: Workshop) -> None:
    job = workshop.add("linger", seconds=1)
    sleeper = workshop.start("--once", "--worker", "sleeper")
    until(lambda: workshop.lines == ["began sleeper"])
    os.kill(sleeper.pid, signal.SIGSTOP)
    time.sleep(1.1)
    assert ended(workshop.start("--until-empty", "--worker", "heir"))[0] == 0
    os.kill(sleeper.pid, signal.SIGCONT)
    code, said = ended(sleeper)
    assert code == 0
    assert "was given to another worker" in said or "refused: not ours" in said
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.SUCCEEDED, {"by": "heir"})


def test_while_a_job_runs_it_is_heard_and_seen_how_far_it_is(workshop: Workshop) -> None:
    job = workshop.add("linger", seconds=2)
    workshop.start("--worker", "wanda")
    until(lambda: workshop.jobs.get().done >= 5)
    job.refresh_from_db()
    assert (job.total, job.words, job.state) == (10, "job_reading", JobState.RUNNING)
    assert job.heartbeat_at is not None
    assert job.started_at is not None
    assert job.heartbeat_at > job.started_at


def test_a_worker_that_is_asked_to_stop_finishes_its_job_first(workshop: Workshop) -> None:
    workshop.add("linger", seconds=1)
    workshop.add("mark", number=2)
    worker = workshop.start("--worker", "wanda")
    until(lambda: workshop.lines == ["began wanda"])
    worker.terminate()
    assert ended(worker) == (0, "1 job done.\nStopped.\n")
    assert workshop.lines == ["began wanda", "ended wanda"]
    assert Counter(workshop.jobs.values_list("state", flat=True)) == {"succeeded": 1, "waiting": 1}


def test_a_worker_ends_with_the_server_beside_which_it_was_started(workshop: Workshop) -> None:
    crew = " ".join(workshop.command)
    server = subprocess.Popen(
        ["sh", "-c", f"{crew} --beside $$ >{workshop.folder}/said 2>&1 & exec sleep 60"],
        cwd=ROOT, env=workshop.environment,
    )  # fmt: skip
    workshop.add("mark", number=1)
    until(lambda: workshop.lines)
    server.kill()
    server.wait()
    until(lambda: "1 job done." in (workshop.folder / "said").read_text())


def test_a_database_that_goes_away_for_a_while_does_not_end_a_worker(workshop: Workshop) -> None:
    workshop.add("mark", number=1)
    worker = workshop.start("--worker", "wanda")
    until(lambda: len(workshop.lines) == 1)
    with _away(workshop):
        time.sleep(2.5)
    assert worker.poll() is None
    workshop.add("mark", number=2)
    until(lambda: len(workshop.lines) == 2)
    worker.terminate()
    assert "2 jobs done." in ended(worker)[1]


@contextmanager
def _away(workshop: Workshop) -> Iterator[None]:
    """SQLite is locked by somebody else for longer than one waits; PostgreSQL drops its connections."""
    if connection.vendor == "sqlite":
        somebody = sqlite3.connect(connections[ALIAS].settings_dict["NAME"], isolation_level=None)
        somebody.execute("BEGIN EXCLUSIVE")
        yield
        somebody.execute("ROLLBACK")
        somebody.close()
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connections[ALIAS].close()
    yield
