"""Where a stored file lies, and what is in it."""

import hashlib
from pathlib import Path

from django.conf import settings

from destraba.models import File
from destraba.values.errors import NotFound
from destraba.values.reasons import Reason


def place_of(digest: str) -> Path:
    """In one of 256 folders, so that none grows too long."""
    return Path(settings.HOME) / "files" / digest[:2] / digest


def content_of(card: File) -> bytes:
    """The bytes, which are what the card says. Raises NotFound where they are gone or are others."""
    try:
        content = place_of(card.sha256).read_bytes()
    except OSError as error:
        raise NotFound(Reason.of("file_lost")) from error
    if hashlib.sha256(content).hexdigest() != card.sha256:
        raise NotFound(Reason.of("file_lost"))
    return content
