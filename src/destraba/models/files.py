"""Write-once files, named by what is in them."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models

from destraba.models.declared import Declared
from destraba.models.people import SeatRecord


def place_of(digest: str) -> Path:
    """Where the bytes of this SHA-256 lie: in one of 256 folders, so that none grows too long."""
    return Path(settings.HOME) / "files" / digest[:2] / digest


class File(SeatRecord):
    """The card of a stored file; its bytes lie under the home folder, named by their SHA-256."""

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)

    ledger: ClassVar[Declared] = SeatRecord.ledger + Declared(
        ledgered=("sha256", "size", "media_type"), texts=("name",)
    )

    def __str__(self) -> str:
        return self.name
