"""Spreadsheets between being handed over and being written.

Each lies in a folder of its account under a name that nobody can guess, so that the address alone opens
nothing to anyone else. Beside it lies what its reader has chosen so far. After a day it is swept away.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from destraba.values.errors import full_disk

KEPT_FOR = timedelta(days=1)
_CONTENT, _NAME, _NOTES = "content", "name", "notes"


@dataclass(frozen=True, slots=True)
class Upload:
    """A spreadsheet that waits; `folder` is its own."""

    folder: Path

    @property
    def name(self) -> str:
        return (self.folder / _NAME).read_text(encoding="utf-8")

    def content(self) -> bytes:
        return (self.folder / _CONTENT).read_bytes()

    def notes(self, about: str) -> dict[str, Any]:
        """What was noted of it under that name; {} where nothing was."""
        try:
            noted: dict[str, Any] = json.loads(self._noted(about).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return noted

    def note(self, about: str, values: Mapping[str, Any]) -> None:
        """Note it whole or not at all."""
        fresh = self._noted(about).with_suffix(".new")
        fresh.write_text(json.dumps(values), encoding="utf-8")
        fresh.replace(self._noted(about))

    def _noted(self, about: str) -> Path:
        return self.folder / f"{_NOTES}-{about}"

    def claim(self) -> "Upload | None":
        """This upload for whoever comes first; None for all others, who pressed the button twice."""
        taken = self.folder.with_suffix(".taken")
        try:
            return Upload(self.folder.rename(taken))
        except OSError:
            return None

    def release(self) -> None:
        """Put it back, so that it can be tried again."""
        self.folder.rename(self.folder.with_suffix(""))

    def forget(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def keep(account_id: UUID, file: "UploadedFile[bytes]", now: datetime) -> UUID:
    """Keep a file that was handed over, and sweep away those that nobody came back to. Raises NoRoom."""
    sweep(now)
    token = uuid4()
    folder = _folder(account_id) / str(token)
    try:
        _write(folder, file)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        if full := full_disk(error):
            raise full from error
        raise
    return token


def find(account_id: UUID, token: UUID) -> Upload | None:
    """What this account handed over, if it is still there. Into which mesa it may come is asked elsewhere."""
    folder = _folder(account_id) / str(token)
    return Upload(folder) if (folder / _NAME).exists() else None


def sweep(now: datetime) -> None:
    """Away with what has waited for a day."""
    before = (now - KEPT_FOR).timestamp()
    for folder in _all_folders():
        if folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)


def _write(folder: Path, file: "UploadedFile[bytes]") -> None:
    """The name last: without one there is no upload."""
    folder.mkdir(mode=0o700, parents=True)
    with (folder / _CONTENT).open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    (folder / _NAME).write_text(file.name or "", encoding="utf-8", errors="replace")


def _folder(account_id: UUID) -> Path:
    return _root() / str(account_id)


def _all_folders() -> Iterator[Path]:
    return _root().glob("*/*")


def _root() -> Path:
    return Path(settings.HOME) / "uploads"
