"""`destraba backup` and `restore` in processes of their own: the demo's installation, moved elsewhere."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from destraba.models import Account
from tests.management.running import run

ROOT = Path(__file__).parents[2]


def destraba(home: Path, *arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """A real installation of its own, on SQLite; with `code`, some Python in it."""
    environment = {
        **os.environ,
        "DESTRABA_ENV": "demo",
        "DESTRABA_HOME": str(home),
        "DESTRABA_DATABASE_URL": f"sqlite:///{home / 'destraba.sqlite3'}",
        "DESTRABA_LANGUAGE": "en",
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "destraba.settings",
    }
    command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "destraba", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


MEANWHILE = """
import sys, django
django.setup()
from django.core.management import call_command
from destraba.exchange.backups import write
from destraba.models import Account
usual = write.rows_of_table
def meanwhile(table, using):
    Account.objects.all().delete()
    return usual(table, using)
write.rows_of_table = meanwhile
call_command("backup", {path!r})
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with nothing in it yet, to be copied."""
    home = tmp_path_factory.mktemp("prepared")
    assert destraba(home, "prepare").returncode == 0
    return home


@pytest.fixture(scope="module")
def demo(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's own home, and its backup beside it; while it was made, accounts were deleted."""
    home = shutil.copytree(prepared, tmp_path_factory.mktemp("demo"), dirs_exist_ok=True)
    assert destraba(home, "demo").returncode == 0
    path = home.parent / f"{home.name}.zip"
    made = destraba(home, code=MEANWHILE.format(path=str(path)))
    assert made.returncode == 0, made.stderr
    return path


def test_what_is_written_meanwhile_waits_for_nothing_and_is_not_in_it(
    prepared: Path, demo: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(demo) as packed:
        accounts = packed.read("tables/destraba_account.jsonl").splitlines()
    assert len(accounts) > 3
    home = shutil.copytree(prepared, tmp_path / "new")
    restored = destraba(home, "restore", str(demo))
    assert restored.returncode == 0, restored.stderr
    assert "0 failures." in restored.stdout
    again = tmp_path / "again.zip"
    assert destraba(home, "backup", str(again)).returncode == 0
    with zipfile.ZipFile(demo) as first, zipfile.ZipFile(again) as second:
        told = [json.loads(packed.read("manifest.json")) for packed in (first, second)]
    assert told[0]["tables"] == told[1]["tables"]
    assert told[0]["files"] == told[1]["files"]


@pytest.mark.django_db
def test_from_sqlite_into_the_database_of_these_tests(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    ran = run("restore", str(demo))
    assert (ran.code, ran.complained) == (0, "")
    assert Account.objects.count() > 3
