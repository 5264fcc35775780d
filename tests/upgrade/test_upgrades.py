"""Every database that an earlier version left behind comes up to today's version, and its ledger holds."""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
DUMPS = sorted(FOLDER.glob("*.sql.gz"))


def destraba(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DESTRABA_ENV": "demo",
        "DESTRABA_HOME": str(home),
        "DESTRABA_DATABASE_URL": f"sqlite:///{home / 'destraba.sqlite3'}",
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "destraba.settings",
    }
    return subprocess.run(
        [sys.executable, "-m", "destraba", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_there_is_something_to_upgrade() -> None:
    assert DUMPS


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name.removesuffix(".sql.gz"))
def test_an_old_database_is_migrated_and_verified(dump: Path, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "destraba.sqlite3") as database:
        database.executescript(gzip.decompress(dump.read_bytes()).decode())
    kept = FOLDER / f"{dump.name.removesuffix('.sql.gz')}.files.tar.gz"
    if kept.exists():
        with tarfile.open(kept) as files:
            files.extractall(tmp_path, filter="data")
    events = database.execute("SELECT count(*) FROM destraba_event").fetchone()[0]
    database.close()

    prepared = destraba(tmp_path, "prepare")
    assert prepared.returncode == 0, prepared.stderr
    verified = destraba(tmp_path, "verify", "--json")
    report = json.loads(verified.stdout)

    assert report == {"ok": True, "events": report["events"], "failures": []}
    assert report["events"] >= events > 100
