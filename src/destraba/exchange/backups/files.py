"""The files of an installation as a backup brings them: whole or not at all, each under its name."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


def keep(place: Path, chunks: Iterable[bytes]) -> None:
    """A temporary name, to the disk, then the name; read-only from then on."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fchmod(file.fileno(), 0o400)
            os.fsync(file.fileno())
        Path(temporary).replace(place)
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


def sweep(digests: set[str]) -> None:
    """Delete every file that is none of these."""
    for place in (Path(settings.HOME) / "files").glob("??/*"):
        if place.name not in digests:
            place.unlink()
