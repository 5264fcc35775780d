"""An installation that is set up wrongly says so in one sentence, whatever starts it."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from destraba.ledger import triggers
from destraba.startup import one_sentence

ROOT = Path(__file__).resolve().parents[2]


def _ended(code: list[str], **environment: str) -> "subprocess.CompletedProcess[str]":
    """A process of its own that has come to its end."""
    kept = {
        name: value for name, value in os.environ.items() if "DESTRABA" not in name and "DJANGO" not in name
    }
    return subprocess.run(
        [sys.executable, *code],
        env={**kept, "PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _started(code: list[str], **environment: str) -> tuple[int, str]:
    """How it ended, and what it complained of."""
    ended = _ended(code, **environment)
    return ended.returncode, ended.stderr


def test_it_names_its_version(tmp_path: Path) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    ended = _ended(["-m", "destraba", "version"], DESTRABA_ENV="demo", DESTRABA_HOME=str(tmp_path))
    assert ended.stdout.startswith(f"Destraba {declared}, Python 3.")


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DESTRABA_ENV": "production"}, "DESTRABA_SECRET_KEY is missing"),
        ({"DESTRABA_ENV": "production", "DESTRABA_SECRET_KEY": "x"}, "32 characters or more"),
        ({"DESTRABA_ENV": "staging"}, "use production, demo, development or test"),
        ({"DESTRABA_ENV": "test", "DESTRABA_UPLOAD_LIMIT": "mucho"}, "DESTRABA_UPLOAD_LIMIT"),
        ({"DESTRABA_ENV": "test", "DESTRABA_DATABASE_URL": "foo://x"}, "use postgres://"),
        ({"DESTRABA_ENV": "test", "DESTRABA_HOME": "/dev/null/x"}, "give another one in DESTRABA_HOME"),
    ],
)
def test_the_command_line_says_one_sentence(tmp_path: Path, environment: dict[str, str], said: str) -> None:
    code, complaint = _started(
        ["-m", "destraba", "doctor"], **{"DESTRABA_HOME": str(tmp_path), **environment}
    )
    assert (code, len(complaint.splitlines())) == (1, 1), complaint
    assert said in complaint


def test_the_server_says_one_sentence(tmp_path: Path) -> None:
    code, complaint = _started(
        ["-c", "import destraba.wsgi"], DESTRABA_ENV="production", DESTRABA_HOME=str(tmp_path)
    )
    assert (code, len(complaint.splitlines())) == (1, 1), complaint
    assert "DESTRABA_SECRET_KEY is missing" in complaint


def test_a_database_that_does_not_answer_is_said_at_once(tmp_path: Path) -> None:
    nobody = "postgres://nobody@127.0.0.1:1/nothing"
    code, complaint = _started(
        ["-m", "destraba", "prepare"],
        DESTRABA_ENV="demo",
        DESTRABA_HOME=str(tmp_path),
        DESTRABA_DATABASE_URL=nobody,
    )
    assert (code, len(complaint.splitlines())) == (1, 1), complaint
    assert "DESTRABA_DATABASE_URL" in complaint


@pytest.mark.django_db
def test_the_server_does_not_start_without_the_ledgers_triggers() -> None:
    from destraba.wsgi import refuse_without_triggers  # circular: makes the application

    refuse_without_triggers()
    with triggers.removed(), pytest.raises(SystemExit, match="run destraba prepare"):
        refuse_without_triggers()


def test_what_is_no_matter_of_settings_keeps_its_trace() -> None:
    with pytest.raises(ZeroDivisionError), one_sentence():
        1 / 0  # noqa: B018
