"""What a backup says of itself: version, migrations, and the size and SHA-256 of each member."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from destraba.ledger.tables import MADE_BY_MIGRATIONS, SESSIONS
from destraba.values.texts import visible_line

FORMAT, FORMAT_VERSION = "destraba-backup", 1
MANIFEST, README = "manifest.json", "README.txt"
# In the manifest of a real backup a file takes about 150 bytes.
LARGEST_MANIFEST = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the file; `rows` is 0 for what is no table."""

    size: int
    sha256: str
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """`tables` and `files` by the name of their member; `columns` by that of the table's member."""

    version: str
    made_at: str
    migrations: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Member]
    files: Mapping[str, Member]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def written(self) -> bytes:
        data = {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(self)}
        return json.dumps(data, indent=1, ensure_ascii=False).encode()


def table_member(name: str) -> str:
    return f"tables/{name}.jsonl"


def file_member(digest: str) -> str:
    return f"files/{digest}"


def read_manifest(content: bytes) -> Manifest | None:
    """The manifest, or None where this is none. Values are checked against the members later."""
    try:
        data = json.loads(content)
        if (data["format"], data["format_version"]) != (FORMAT, FORMAT_VERSION):
            return None
        return Manifest(
            version=visible_line(str(data["version"])),
            made_at=visible_line(str(data["made_at"])),
            migrations=_lists(data["migrations"]),
            columns=_lists(data["columns"]),
            tables=_members(data["tables"]),
            files=_members(data["files"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _lists(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {str(name): tuple(map(str, values)) for name, values in data.items()}


def _members(data: Mapping[str, Any]) -> dict[str, Member]:
    return {
        str(name): Member(int(told["size"]), str(told["sha256"]), int(told["rows"]))
        for name, told in data.items()
    }


def applied_migrations() -> dict[str, tuple[str, ...]]:
    """The migrations of what a backup holds, by app."""
    names: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        if app not in MADE_BY_MIGRATIONS | SESSIONS:
            names.setdefault(app, []).append(name)
    return {app: tuple(listed) for app, listed in names.items()}


def own_version() -> str:
    """The version that is installed, or of the checkout, and its last migration."""
    last = applied_migrations().get("destraba", ("",))[-1]
    try:
        return f"{version('destraba')}, {last}"
    except PackageNotFoundError:
        return last
