"""Several processes write into one mesa at once: the chain never forks, and no number is given twice."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from destraba.ledger.verify import verify
from destraba.models import Event, Mesa, Problem
from tests.factories import Cast

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, ROUNDS = 3, 8


@contextmanager
def shared_database(folder: Path) -> Iterator[str]:
    """The URL of the test's database for other processes.

    SQLite's lies in the memory of this process, so the others get a file of the same content, and what they
    wrote there is read back.
    """
    if connection.vendor == "postgresql":
        given = connection.settings_dict
        host = f"{given['HOST'] or ''}:{given['PORT']}" if given["PORT"] else given["HOST"] or ""
        yield f"postgres://{given['USER']}:{given['PASSWORD']}@{host}/{given['NAME']}"
        return
    connection.ensure_connection()
    with sqlite3.connect(folder / "shared.sqlite3") as file:
        connection.connection.backup(file)
        yield f"sqlite:///{folder / 'shared.sqlite3'}"
        file.backup(connection.connection)


class Writer:
    """Another process, which raises a problem each time it is told to."""

    def __init__(self, url: str, mesa: Mesa) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ledger.stories.writer", str(mesa.pk)],
            env=os.environ | {"DESTRABA_DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def hear(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def tell(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def dismiss(self) -> int:
        self._process.communicate(timeout=30)
        return self._process.returncode


def test_those_who_write_into_one_mesa_at_once_take_turns(cast: Cast, tmp_path: Path) -> None:
    numbers = []
    with shared_database(tmp_path) as url:
        writers = [Writer(url, cast.forestal) for _ in range(WRITERS)]
        assert [writer.hear() for writer in writers] == ["ready"] * WRITERS
        for _ in range(ROUNDS):
            for writer in writers:
                writer.tell()
            numbers += [int(writer.hear()) for writer in writers]
        assert [writer.dismiss() for writer in writers] == [0] * WRITERS

    assert sorted(numbers) == list(range(1, WRITERS * ROUNDS + 1))
    assert Problem.objects.count() == Mesa.objects.get(slug="forestal").last_problem == WRITERS * ROUNDS
    assert verify().ok
    seqs = list(Event.objects.filter(stream=cast.forestal.pk).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))
