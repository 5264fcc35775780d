"""Which errors of the system and of databases mean that there is no room."""

import errno
import sqlite3

import pytest

from destraba.values.errors import Conflict, NoRoom, full_disk
from destraba.values.reasons import Reason


class _OfPostgresql(Exception):
    sqlstate = "53100"


def of_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        of_sqlite(sqlite3.SQLITE_FULL),
        _OfPostgresql(),
        NoRoom(Reason.of("disk_full")),
    ],
)
def test_a_full_disk_is_known_however_deep_it_lies(error: Exception) -> None:
    outer = ValueError("wrapped")
    outer.__cause__ = RuntimeError("wrapped")
    outer.__cause__.__cause__ = error
    for one in (error, outer):
        found = full_disk(one)
        assert found is not None
        assert found.reason.code == "disk_full"


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EACCES, "Permission denied"),
        of_sqlite(sqlite3.SQLITE_BUSY),
        ValueError("disk is full"),
        Conflict(Reason.of("moved_on")),
    ],
)
def test_nothing_else_is_taken_for_one(error: Exception) -> None:
    assert full_disk(error) is None
