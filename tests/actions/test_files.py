"""Files are kept once and whole, under the name of what is in them."""

import hashlib
import os
import stat
from pathlib import Path

import pytest
from django.conf import settings

from destraba.actions.files import enter_file
from destraba.ledger.record import recording
from destraba.models import File
from destraba.values.errors import Invalid, NoRoom
from tests.factories import NOW, Cast, command

CONTENT = b"lo que se entrego"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path / "files" / DIGEST[:2]


def store(cast: Cast, content: bytes = CONTENT, name: str = "acta.pdf") -> File:
    with recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as change:
        return enter_file(change, cast.forestal, content=content, name=name, media_type="application/pdf")


def test_the_bytes_lie_under_their_digest_and_nobody_writes_there_again(cast: Cast, folder: Path) -> None:
    card = store(cast)
    assert (card.sha256, card.size, card.name) == (DIGEST, len(CONTENT), "acta.pdf")
    kept = folder / DIGEST
    assert kept.read_bytes() == CONTENT
    assert stat.S_IMODE(kept.stat().st_mode) == 0o400
    assert list(folder.iterdir()) == [kept]


def test_the_same_bytes_are_kept_once_with_a_card_each(cast: Cast, folder: Path) -> None:
    store(cast)
    written_at = (folder / DIGEST).stat().st_mtime_ns
    store(cast, name="otra.pdf")
    assert File.objects.filter(sha256=DIGEST).count() == 2
    assert (folder / DIGEST).stat().st_mtime_ns == written_at


def test_a_full_disk_leaves_neither_half_a_file_nor_a_card(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom):
        store(cast)
    assert list(folder.iterdir()) == []
    assert File.objects.count() == 0


def test_the_bytes_reach_the_disk_before_their_name(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    flush, rename = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda descriptor: (steps.append("fsync"), flush(descriptor)))
    monkeypatch.setattr(os, "replace", lambda *names: (steps.append("rename"), rename(*names)))
    store(cast)
    assert steps == ["fsync", "rename", "fsync"]  # the file, its name, the folder that keeps the name


def test_a_name_that_is_too_long_is_refused_before_it_is_on_record(cast: Cast, folder: Path) -> None:
    with pytest.raises(Invalid):
        store(cast, name="a" * 201)
    assert File.objects.count() == 0
