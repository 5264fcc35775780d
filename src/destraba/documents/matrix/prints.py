"""Long prints between being asked for, being set and being fetched.

Each lies in a folder of its account and mesa under a name that nobody can guess, so that the address alone
opens nothing to anyone else. What it shows is what its reader saw when asking for it. After a day it is swept
away.
"""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from destraba.documents.matrix.pdf import typeset_page
from destraba.storage import keep
from destraba.values.errors import NotFound, full_disk
from destraba.values.reasons import Reason

KEPT_FOR = timedelta(days=1)
_PAGE, _PDF = "page.json", "matrix.pdf"


def ask(account_id: UUID, mesa_id: UUID, page: bytes, now: datetime) -> UUID:
    """Keep what is to be set, and sweep away what nobody came back to. Raises NoRoom."""
    sweep(now)
    token = uuid4()
    _keep(_folder(account_id, mesa_id, token) / _PAGE, page)
    return token


def print_out(account_id: UUID, mesa_id: UUID, token: UUID) -> None:
    """Set it, once however often it is tried. Raises NotFound where it was swept away, Invalid, NoRoom."""
    folder = _folder(account_id, mesa_id, token)
    if (folder / _PDF).exists():
        return
    try:
        page = (folder / _PAGE).read_bytes()
    except FileNotFoundError as error:
        raise NotFound(Reason.of("print_gone")) from error
    _keep(folder / _PDF, typeset_page(page))


def find(account_id: UUID, mesa_id: UUID, token: UUID) -> bytes | None:
    """What this account asked for of this mesa, if it is set and still there."""
    try:
        return (_folder(account_id, mesa_id, token) / _PDF).read_bytes()
    except FileNotFoundError:
        return None


def sweep(now: datetime) -> None:
    """Away with what is older than a day."""
    before = (now - KEPT_FOR).timestamp()
    for folder in _all_folders():
        if folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)


def _keep(place: Path, content: bytes) -> None:
    try:
        keep(place, [content])
    except OSError as error:
        if full := full_disk(error):
            raise full from error
        raise


def _folder(account_id: UUID, mesa_id: UUID, token: UUID) -> Path:
    return _root() / str(account_id) / str(mesa_id) / str(token)


def _all_folders() -> Iterator[Path]:
    return _root().glob("*/*/*")


def _root() -> Path:
    return Path(settings.HOME) / "prints"
