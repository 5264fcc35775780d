"""A workbook that eats memory or time ends its reader, and nothing else."""

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from destraba.exchange.refusals import Refused
from destraba.exchange.workbooks import child, wire
from destraba.exchange.workbooks import read as reading
from destraba.exchange.workbooks.limits import Limits
from destraba.exchange.workbooks.read import read_workbook
from tests.exchange.books import archive, book, parts

MEGABYTE = 1024 * 1024


def refusal(content: bytes, limits: Limits) -> str:
    with pytest.raises(Refused) as caught:
        read_workbook(content, "matriz.xlsx", limits=limits)
    return caught.value.reason.code


def test_a_workbook_that_eats_memory_is_stopped() -> None:
    """The format lets a few kilobytes stand for a table of eight million cells."""
    content = archive(
        parts('<row r="1"><c r="A1"><v>1</v></c></row><row r="20000"><c r="OJ20000"><v>1</v></c></row>')
    )

    assert read_workbook(content, "x.xlsx").sheets[0].rows == 20_000
    assert refusal(content, Limits(memory_bytes=160 * MEGABYTE)) == "too_much_memory"


def test_memory_that_runs_out_in_python_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(*_: object) -> Iterator[wire.Line]:
        raise MemoryError
        yield []

    monkeypatch.setattr(child, "_lines", hungry)

    assert list(child.answer(io.BytesIO(), Limits())) == [["refused", "too_much_memory", {"limit": 512}]]


def test_a_workbook_that_takes_too_long_is_stopped() -> None:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"constant_memory": True})
    sheet = workbook.add_worksheet()
    for row in range(9_000):
        for column in range(20):
            sheet.write_string(row, column, f"{row} {column}")
    workbook.close()

    started = time.monotonic()
    code = refusal(stream.getvalue(), Limits(seconds=0.4))

    assert code == "took_too_long"
    assert time.monotonic() - started < 4


def test_more_rows_are_given_more_time() -> None:
    limits = Limits(seconds=20)

    assert [limits.seconds_for(rows) for rows in (0, 1, 10_000, 10_001, 20_000)] == [20, 20, 20, 40, 40]


def test_a_child_that_does_not_stop_by_itself_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_GRACE", 0.1)
    asleep = [sys.executable, "-c", "import time; time.sleep(60)"]

    with (
        open(os.devnull, "rb") as nothing,
        open(os.devnull, "wb") as nowhere,
        pytest.raises(Refused) as caught,
    ):
        reading._run(asleep, nothing.fileno(), nowhere.fileno(), Limits(seconds=0.1))

    assert caught.value.reason.code == "took_too_long"


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("os.abort()", "too_much_memory"),
        ("os.kill(os.getpid(), 9)", "too_much_memory"),
        ("os.kill(os.getpid(), 14)", "took_too_long"),
        ("os.kill(os.getpid(), 11)", "unreadable"),
        ("sys.exit(3)", "unreadable"),
        ('print(\'["sheet", "Hoja", 1, 1, [], false]\')', "unreadable"),
        ("print('[\"row\"', end='')", "unreadable"),
    ],
)
def test_however_the_child_ends_there_is_an_answer(
    monkeypatch: pytest.MonkeyPatch, ending: str, code: str
) -> None:
    run = subprocess.run

    def dying(command: list[str], **options: object) -> "subprocess.CompletedProcess[bytes]":
        return run([sys.executable, "-c", f"import os, sys; {ending}"], **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(subprocess, "run", dying)

    assert refusal(book({"Matriz": [["x"]]}), Limits()) == code


def test_the_child_sees_nothing_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "do not tell")
    run, seen = subprocess.run, dict[str, Any]()

    def peeking(command: list[str], **options: object) -> "subprocess.CompletedProcess[bytes]":
        seen.update(options)
        return run(command, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(subprocess, "run", peeking)
    read_workbook(book({"Matriz": [["x"]]}), "x.xlsx")

    assert "do not tell" not in json.dumps(seen["env"])
    assert sorted(seen["env"]) == ["LC_ALL", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH"]
    assert seen["cwd"] == "/"


def test_the_server_keeps_its_own_limits() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    read_workbook(book({"Matriz": [["x"]]}), "x.xlsx")

    assert resource.getrlimit(resource.RLIMIT_AS) == before
