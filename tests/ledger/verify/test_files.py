"""A stored file is part of the record: gone or changed by one byte, it is named."""

from pathlib import Path
from shutil import copyfile

import pytest
from django.conf import settings

from destraba.ledger.verify import verify
from destraba.models.files import place_of
from tests.ledger.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the file of the stage lies, in a home of its own."""
    kept = place_of(stage.file.sha256)
    monkeypatch.setattr(settings, "HOME", tmp_path)
    place = place_of(stage.file.sha256)
    place.parent.mkdir(parents=True)
    copyfile(kept, place)
    return place


def test_a_file_that_is_there_and_whole(place: Path) -> None:
    assert verify().ok


@pytest.mark.parametrize("code", ["file_missing", "file_altered"])
def test_a_file_that_is_not_what_its_card_says(stage: Stage, place: Path, code: str) -> None:
    if code == "file_missing":
        place.unlink()
    else:
        place.write_bytes(place.read_bytes()[:-1] + b"x")
    (failure,) = verify().failures
    assert (failure.code, failure.detail) == (code, stage.file.sha256)
    assert failure.place == f"file {stage.file.pk} of mesa forestal"
