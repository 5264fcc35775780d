"""Where an installation keeps what it has, how a file of it gets there, and how SQLite is told to keep it."""

import os
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

# SQLite's WAL mode could corrupt a database with two or more connections until this release;
# the two older ones carry the repair (trust.md, "Durability").
WAL_SAFE_FROM = (3, 51, 3)
WAL_SAFE_PATCHES = {(3, 44, 6), (3, 50, 7)}


def home_folder(path: str) -> Path:
    """The one folder of an installation, made if need be, readable by its owner alone."""
    home = Path(path).expanduser().resolve()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {home} can't be made ({error.strerror}): give another one in DESTRABA_HOME."
        ) from error
    return home


def keep(place: Path, chunks: Iterable[bytes]) -> None:
    """Write a file that is never written again: whole or not at all, whatever stops the machine.

    A temporary name, to the disk, then the name; read-only from then on. Raises OSError.
    """
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fchmod(file.fileno(), 0o400)
            os.fsync(file.fileno())
        os.replace(temporary, place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    to_disk(place.parent)


def to_disk(folder: Path) -> None:
    """A new name is kept by its folder, which has to reach the disk as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def wal_is_safe(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether the linked SQLite may use WAL with several connections."""
    return version >= WAL_SAFE_FROM or version in WAL_SAFE_PATCHES


def sqlite_options() -> dict[str, Any]:
    """Acknowledged means durable: FULL under WAL, EXTRA with a rollback journal."""
    journal = "WAL; PRAGMA synchronous=FULL" if wal_is_safe() else "DELETE; PRAGMA synchronous=EXTRA"
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA recursive_triggers=ON",
    }
