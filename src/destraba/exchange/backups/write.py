"""Writes a backup: the database as of one moment first, then the files that it names."""

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from destraba.exchange.backups import refusals
from destraba.exchange.backups.manifest import (
    MANIFEST,
    README,
    Manifest,
    Member,
    applied_migrations,
    file_member,
    own_version,
    table_member,
)
from destraba.ledger.tables import columns_of, kept_tables, one_moment, rows_of_table
from destraba.models import File
from destraba.models.files import place_of
from destraba.storage import to_disk

_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What is in the file. `missing` are the digests of files that are not on the disk, or not whole."""

    manifest: Manifest
    size: int
    missing: tuple[str, ...]


def back_up(path: Path, *, now: datetime) -> BackedUp:
    """Write a backup of everything to this path, whole or not at all. Raises BackupRefused."""
    if path.exists():
        raise refusals.exists(path)
    try:
        with _whole_or_nothing(path) as (stream, working):
            manifest, missing = _write(stream, working, now)
        return BackedUp(manifest, path.stat().st_size, tuple(missing))
    except FileExistsError as error:
        raise refusals.exists(path) from error
    except OSError as error:
        raise refusals.unwritable(path, error.strerror or str(error)) from error
    except sqlite3.Error as error:
        raise refusals.unwritable(path, str(error)) from error


@contextmanager
def _whole_or_nothing(path: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """A file that only its owner may read, and a folder to work in; the name comes last."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as folder:
        working = Path(folder)
        partial = working / "partial.zip"
        with os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as stream:
            yield stream, working
            stream.flush()
            os.fsync(stream.fileno())
        _give_name(partial, path)
    to_disk(path.parent)


def _give_name(partial: Path, path: Path) -> None:
    """Never over another file: a link fails where the name is taken. Some disks know no links."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path) from None
        partial.rename(path)


def _write(stream: IO[bytes], working: Path, now: datetime) -> tuple[Manifest, list[str]]:
    tables: dict[str, Member] = {}
    files: dict[str, Member] = {}
    missing: list[str] = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        with one_moment(working) as using:
            migrations = applied_migrations()
            for table in kept_tables():
                name = table_member(table._meta.db_table)
                tables[name] = _write_table(packed, name, rows_of_table(table, using))
            digests = sorted(set(File._base_manager.using(using).values_list("sha256", flat=True)))
        for digest in digests:
            written = _write_file(packed, digest, place_of(digest))
            if written:
                files[file_member(digest)] = written
            else:
                missing.append(digest)
        columns = {table_member(table._meta.db_table): tuple(columns_of(table)) for table in kept_tables()}
        manifest = Manifest(
            own_version(), now.astimezone(UTC).isoformat(), migrations, columns, tables, files
        )
        packed.writestr(MANIFEST, manifest.written())
        packed.writestr(README, read_me(manifest))
    return manifest, missing


def _write_table(packed: zipfile.ZipFile, name: str, rows: Iterable[list[object]]) -> Member:
    digest, size, count = hashlib.sha256(), 0, 0
    with packed.open(name, "w", force_zip64=True) as member:
        for row in rows:
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            digest.update(line)
            size, count = size + len(line), count + 1
            member.write(line)
    return Member(size, digest.hexdigest(), count)


def _write_file(packed: zipfile.ZipFile, digest: str, place: Path) -> Member | None:
    """None where the file is not there, or is not what its name says; then it is not in the backup."""
    if not _is_whole(place, digest):
        return None
    info = zipfile.ZipInfo(file_member(digest), (1980, 1, 1, 0, 0, 0))
    with place.open("rb") as file, packed.open(info, "w", force_zip64=True) as member:
        size = 0
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            member.write(chunk)
    return Member(size, digest)


def _is_whole(place: Path, digest: str) -> bool:
    try:
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except FileNotFoundError:
        return False


def read_me(manifest: Manifest) -> str:
    """For whoever finds the file in ten years."""
    words = _(
        "A backup of Destraba, made %(when)s by version %(version)s.\n\n"
        "To restore it: install that version, run destraba prepare, then destraba restore FILE.\n\n"
        "tables/ holds every table, one row a line, as JSON; files/ every file, under the SHA-256 of what "
        "is in it; manifest.json says what each should be.\n\n"
        "Not in it: the settings and keys of the environment (DESTRABA_SECRET_KEY, the key that signs "
        "checkpoints, passwords of database and mail), who was signed in, and mail written to files. "
        "Keep those elsewhere.\n"
    )
    return words % {"when": manifest.made_at, "version": manifest.version}
