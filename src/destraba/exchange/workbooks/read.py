"""The one door for a foreign workbook: recognised here, taken apart in a child process."""

import dataclasses
import json
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import destraba
from destraba.exchange.refusals import Refused
from destraba.exchange.workbooks import wire
from destraba.exchange.workbooks.cells import Sheet, Workbook
from destraba.exchange.workbooks.delimited import read_delimited
from destraba.exchange.workbooks.formats import Format, recognise
from destraba.exchange.workbooks.limits import Limits

DEFAULT_LIMITS = Limits()

_SOURCE_ROOT = Path(destraba.__file__).parents[1]
# Nothing of the server's environment, where its secrets are.
_ENVIRONMENT = {"PYTHONPATH": str(_SOURCE_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
_GRACE = 5.0  # the child stops itself; this is for one that can't
_TOOK_TOO_LONG = (-signal.SIGALRM, -signal.SIGXCPU)
# SIGABRT is how a library without exceptions gives up on memory, SIGKILL how the kernel decides for it.
_TOOK_TOO_MUCH_MEMORY = (-signal.SIGABRT, -signal.SIGKILL)


def read_workbook(source: Path | bytes, filename: str, *, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """The workbook as plain values. Raises `Refused`; a missing file raises `OSError` as `open` does."""
    content = source if isinstance(source, bytes) else _content(source, limits)
    if len(content) > limits.unpacked_bytes:
        raise _too_large(limits)
    if recognise(content) is Format.DELIMITED:
        sheets: tuple[Sheet, ...] = (read_delimited(content, name=Path(filename).stem, limits=limits),)
    else:
        sheets = _read_apart(content, limits)
    if not any(sheet.rows for sheet in sheets):
        raise Refused.of("empty_workbook")
    return Workbook(filename, sheets)


def _content(path: Path, limits: Limits) -> bytes:
    with path.open("rb") as file:
        return file.read(limits.unpacked_bytes + 1)


def _too_large(limits: Limits) -> Refused:
    return Refused.of("too_large_unpacked", limit=limits.unpacked_bytes // 1_000_000)


def _read_apart(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
    command = [
        sys.executable,
        "-P",
        "-m",
        "destraba.exchange.workbooks.child",
        json.dumps(dataclasses.asdict(limits)),
    ]
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer:
        question.write(content)
        question.seek(0)
        status = _run(command, question.fileno(), answer.fileno(), limits)
        answer.seek(0)
        if status in _TOOK_TOO_LONG:
            raise _took_too_long(limits)
        if status in _TOOK_TOO_MUCH_MEMORY:
            raise Refused.of("too_much_memory", limit=limits.memory_bytes >> 20)
        try:
            return wire.sheets(answer)
        except EOFError:
            raise Refused.of("unreadable", cause=str(status)) from None


def _run(command: list[str], stdin: int, stdout: int, limits: Limits) -> int:
    """The exit status of the child; a negative one is the signal that ended it."""
    try:
        return subprocess.run(  # noqa: S603 - our own module, and no shell
            command,
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_ENVIRONMENT,
            start_new_session=True,
            timeout=limits.seconds_for(limits.rows) + _GRACE,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        raise _took_too_long(limits) from None


def _took_too_long(limits: Limits) -> Refused:
    return Refused.of("took_too_long", limit=round(limits.seconds))
