"""Checks a backup from end to end before anything is touched: whatever is in it may have been altered."""

import hashlib
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from destraba.exchange.backups import refusals
from destraba.exchange.backups.manifest import (
    LARGEST_MANIFEST,
    MANIFEST,
    README,
    Manifest,
    Member,
    applied_migrations,
    file_member,
    own_version,
    read_manifest,
    table_member,
)
from destraba.ledger.tables import columns_of, kept_tables

_FILE = re.compile(r"files/[0-9a-f]{64}")
_CHUNK = 2**20
# Rows and files of people shrink to a tenth, at most to a fortieth; what shrinks further was made to explode.
_MOST_SHRINKING = 200
_FREE_OF_SHRINKING = 16 * 2**20
_LONGEST_ROW = 64 * 2**20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The backup, once every byte of it was found to be what it should. Raises BackupRefused."""
    try:
        with path.open("rb") as stream:
            if stream.read(4) not in {b"PK\x03\x04", b"PK\x05\x06"}:
                raise refusals.no_backup(path)
            stream.seek(0)
            try:
                packed = zipfile.ZipFile(stream)
            except _BROKEN as error:
                raise refusals.cut_off(path) from error
            with packed:
                yield packed, _checked(packed, path)
    except OSError as error:
        raise refusals.unreadable(path, error.strerror or str(error)) from error


def _checked(packed: zipfile.ZipFile, path: Path) -> Manifest:
    manifest = _manifest_of(packed, path)
    _check_version(manifest)
    _check_names(packed, manifest)
    for name, member in manifest.tables.items():
        _check_rows(packed, name, member, len(manifest.columns[name]))
    for name, member in manifest.files.items():
        _check_bytes(packed, name, member)
    return manifest


def _manifest_of(packed: zipfile.ZipFile, path: Path) -> Manifest:
    names = packed.namelist()
    if MANIFEST not in names:
        raise refusals.no_backup(path)
    if packed.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise refusals.altered(MANIFEST)
    try:
        with packed.open(MANIFEST) as member:
            manifest = read_manifest(member.read(LARGEST_MANIFEST + 1))
    except _BROKEN as error:
        raise refusals.altered(MANIFEST) from error
    if manifest is None:
        raise refusals.no_backup(path)
    return manifest


def _check_version(manifest: Manifest) -> None:
    columns = {table_member(table._meta.db_table): tuple(columns_of(table)) for table in kept_tables()}
    if manifest.migrations != applied_migrations() or manifest.columns != columns:
        raise refusals.other_version(manifest.version, own_version())


def _check_names(packed: zipfile.ZipFile, manifest: Manifest) -> None:
    """Exactly the members that a backup has, each once: no other name is ever opened."""
    told = {**manifest.tables, **manifest.files}
    wanted = {MANIFEST, README, *manifest.columns, *manifest.files}
    names = Counter(packed.namelist())
    for name, times in names.items():
        if name not in wanted or times > 1:
            raise refusals.unexpected(name)
    for name in sorted({*manifest.columns, *told}):
        if name not in names or name not in told:
            raise refusals.altered(name)
    for name, member in manifest.files.items():
        if not _FILE.fullmatch(name) or name != file_member(member.sha256):
            raise refusals.altered(name)


def _check_rows(packed: zipfile.ZipFile, name: str, told: Member, width: int) -> None:
    count, size, digest = 0, 0, hashlib.sha256()
    for line in lines_of(packed, name, told):
        count, size = count + 1, size + len(line)
        digest.update(line)
        row = _row(line)
        if row is None or len(row) != width or not line.endswith(b"\n"):
            raise refusals.altered(name)
    if (count, size, digest.hexdigest()) != (told.rows, told.size, told.sha256):
        raise refusals.altered(name)


def _row(line: bytes) -> list[object] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, list) else None


def _check_bytes(packed: zipfile.ZipFile, name: str, told: Member) -> None:
    size, digest = 0, hashlib.sha256()
    for chunk in chunks_of(packed, name, told):
        size += len(chunk)
        digest.update(chunk)
    if (size, digest.hexdigest()) != (told.size, told.sha256):
        raise refusals.altered(name)


def lines_of(packed: zipfile.ZipFile, name: str, told: Member) -> Iterator[bytes]:
    """The lines of a member, and never more of it than the manifest says there is."""
    return _bounded(packed, name, told, by_line=True)


def chunks_of(packed: zipfile.ZipFile, name: str, told: Member) -> Iterator[bytes]:
    """The bytes of a member, and never more of it than the manifest says there is."""
    return _bounded(packed, name, told, by_line=False)


def _bounded(packed: zipfile.ZipFile, name: str, told: Member, *, by_line: bool) -> Iterator[bytes]:
    if told.size > packed.getinfo(name).compress_size * _MOST_SHRINKING + _FREE_OF_SHRINKING:
        raise refusals.altered(name)
    seen = 0
    try:
        with packed.open(name) as member:
            while part := member.readline(_LONGEST_ROW) if by_line else member.read(_CHUNK):
                seen += len(part)
                if seen > told.size:
                    raise refusals.altered(name)
                yield part
    except _BROKEN as error:
        raise refusals.altered(name) from error
