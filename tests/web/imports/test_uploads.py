"""Files between being handed over and being written: whose they are, and that only one takes them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from destraba.exchange.uploads import Upload, find, keep, sweep

ACCOUNT = uuid4()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


@pytest.fixture
def upload() -> Upload:
    token = keep(ACCOUNT, SimpleUploadedFile("matriz 2017.csv", b"Traba"), timezone.now())
    found = find(ACCOUNT, token)
    assert found is not None
    return found


def test_what_was_handed_over_is_there(upload: Upload) -> None:
    assert (upload.name, upload.content()) == ("matriz 2017.csv", b"Traba")


def test_nobody_else_finds_it(upload: Upload) -> None:
    token = upload.folder.name
    assert find(uuid4(), token) is None  # type: ignore[arg-type]
    assert find(ACCOUNT, uuid4()) is None


def test_of_fifty_who_claim_it_one_gets_it(upload: Upload) -> None:
    with ThreadPoolExecutor(max_workers=8) as pool:
        claimed = list(pool.map(lambda _n: upload.claim(), range(50)))
    (winner,) = [each for each in claimed if each]
    assert winner.content() == b"Traba"
    winner.release()
    assert upload.claim() is not None


def test_a_name_that_no_file_could_hold_is_kept_as_far_as_it_goes() -> None:
    token = keep(ACCOUNT, SimpleUploadedFile("m\udc80.csv", b"x"), timezone.now())
    found = find(ACCOUNT, token)
    assert found is not None
    assert found.name == "m?.csv"


def test_after_a_day_it_is_swept_away_claimed_or_not(upload: Upload) -> None:
    claimed = upload.claim()
    assert claimed is not None
    sweep(timezone.now() + timedelta(hours=23))
    assert claimed.folder.exists()
    sweep(timezone.now() + timedelta(hours=25))
    assert not claimed.folder.exists()
