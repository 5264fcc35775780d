"""Puts a checked backup into an empty installation: its files first, then all tables in one transaction."""

import json
import shutil
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.utils import DatabaseError

from destraba.exchange.backups import refusals
from destraba.exchange.backups.check import chunks_of, lines_of, opened
from destraba.exchange.backups.manifest import Manifest, Member, table_member
from destraba.ledger.tables import (
    empty_everything,
    fill,
    finish_filling,
    forget_sessions,
    holds_anything,
    kept_tables,
)
from destraba.models import Programme
from destraba.models.files import place_of
from destraba.storage import keep

NAMELESS = "destraba"


def restore(path: Path, *, wipe: str | None = None) -> Manifest:
    """Restore this backup. Where there is data already, `wipe` has to name the installation.

    Raises BackupRefused; then nothing was changed.
    """
    with opened(path) as (packed, manifest):
        _require_room(manifest)
        _require_leave(wipe)
        with _files_in_place(packed, manifest):
            _fill_tables(packed, manifest, wipe)
    if wipe is not None:
        _sweep({told.sha256 for told in manifest.files.values()})
    return manifest


def installation_name() -> str:
    """What this installation is called: by its programme, or by the product where it has none."""
    programme = Programme.objects.order_by("pk").first()
    return programme.name if programme else NAMELESS


def _sweep(digests: Collection[str]) -> None:
    """Delete every stored file that is none of these."""
    for place in (Path(settings.HOME) / "files").glob("??/*"):
        if place.name not in digests:
            place.unlink()


def _require_room(manifest: Manifest) -> None:
    needed = sum(told.size for told in manifest.files.values())
    free = shutil.disk_usage(settings.HOME).free
    if needed > free:
        raise refusals.no_room(needed, free)


def _require_leave(wipe: str | None) -> None:
    if holds_anything() and wipe != installation_name():
        raise refusals.not_empty(installation_name())


@contextmanager
def _files_in_place(packed: zipfile.ZipFile, manifest: Manifest) -> Iterator[None]:
    """Every file under its name; those that were not there before go again if what follows fails."""
    brought: list[Path] = []
    try:
        for name, told in manifest.files.items():
            place = place_of(told.sha256)
            if not place.exists():
                keep(place, chunks_of(packed, name, told))
                brought.append(place)
        yield
    except BaseException as error:
        for place in brought:
            place.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise refusals.unwritable(settings.HOME, error.strerror or str(error)) from error
        raise


def _fill_tables(packed: zipfile.ZipFile, manifest: Manifest, wipe: str | None) -> None:
    try:
        with transaction.atomic():
            _require_leave(wipe)  # under the lock: somebody may have come in since
            if wipe is not None:
                empty_everything()
            forget_sessions()
            for table in kept_tables():
                name = table_member(table._meta.db_table)
                fill(table, _rows(packed, name, manifest.tables[name]))
            finish_filling()
    except (DatabaseError, ValidationError, ValueError, TypeError, OverflowError) as error:
        raise refusals.does_not_fit(" ".join(str(error).split())[:300]) from error


def _rows(packed: zipfile.ZipFile, name: str, told: Member) -> Iterator[list[object]]:
    for line in lines_of(packed, name, told):
        yield json.loads(line)
