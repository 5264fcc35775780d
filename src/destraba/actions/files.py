"""Files are kept once, under the name of what is in them, and never written again.

The bytes are on the disk before the card that speaks of them is committed: what is on record is there.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from destraba.actions.inputs import NAME, line
from destraba.ledger import kinds
from destraba.ledger.record import Recording
from destraba.models import File, Mesa
from destraba.models.files import place_of


def enter_file(change: Recording, mesa: Mesa, *, content: bytes, name: str, media_type: str) -> File:
    """Keep the bytes and enter their card, as part of a larger change of this mesa."""
    digest = hashlib.sha256(content).hexdigest()
    _keep(place_of(digest), content)
    card = File(
        programme_id=mesa.programme_id,
        mesa=mesa,
        sha256=digest,
        size=len(content),
        media_type=media_type,
        name=line("name", name, NAME),
    )
    return change.create(card, kinds.FILE_STORED)


def _keep(place: Path, content: bytes) -> None:
    """Whole or not at all, whatever stops the machine: a temporary name, to the disk, then the name."""
    if place.exists():
        return
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), 0o400)
            os.fsync(file.fileno())
        os.replace(temporary, place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _to_disk(place.parent)


def _to_disk(folder: Path) -> None:
    """A new name is kept by its folder, which has to reach the disk as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
