"""The project speaks of itself alone: no machine's paths, no registry, nothing left for later."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.architecture.conftest import Plant
from tests.architecture.tree import PROJECT


def any_of(*halves: str) -> re.Pattern[str]:
    """A pattern for words that are written here in two halves, so that this file does not find itself."""
    words = (re.escape(word.replace("|", "")) for word in halves)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


FORBIDDEN = {
    "the host of a package registry": any_of(
        "py|pi.org",
        "files.python|hosted.org",
        "registry.npm|js.org",
        "un|pkg.com",
        "cdn.js|delivr.net",
        "deb.|debian.org",
        "proxy.|golang.org",
    ),
    "a path of somebody's machine": re.compile(
        r"(?<![\w.<>{}/*-])/(?:work|root|home|Users|tmp|private|opt)/\w"
    ),
    "a tool of the workplace": any_of(
        "clau|de", "anthro|pic", "open|ai", "chat|gpt", "co|pilot", "sub|agent", "language |model"
    ),
    "work left for later": any_of("TO|DO:", "FIX|ME", "XX|X"),
}
FROM_ELSEWHERE = re.compile(r"://|\bfile:|--find-links|--(?:extra-)?index-url")


def tracked_files(root: Path) -> list[Path]:
    """What git keeps, or would keep; without git (an unpacked archive), everything but the hidden."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        return [path for name in listed.stdout.split("\0") if name and (path := root / name).is_file()]
    hidden = (".", "var", "__pycache__")
    paths = (path for path in root.rglob("*") if path.is_file())
    return [
        path for path in paths if not any(part.startswith(hidden) for part in path.relative_to(root).parts)
    ]


def unfit_words(root: Path, files: Iterable[Path]) -> list[str]:
    return [
        f"{path.relative_to(root)}:{number}: {what}: {found.group().strip()}"
        for path in files
        for number, line in enumerate(_lines(path), 1)
        for what, pattern in FORBIDDEN.items()
        for found in pattern.finditer(line)
    ]


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []  # a picture, a spreadsheet


def locks_with_hosts(requirements: Path) -> list[str]:
    """A lock names versions and hashes; where they are fetched from is each house's own affair."""
    locks = sorted(requirements.glob("*.txt"))
    return [
        f"{lock.name}:{number}: {line.strip()}"
        for lock in locks
        for number, line in enumerate(_lines(lock), 1)
        if FROM_ELSEWHERE.search(line)
    ]


def test_no_file_speaks_of_a_machine_or_a_registry() -> None:
    assert unfit_words(PROJECT, tracked_files(PROJECT)) == []


def test_locks_name_no_host() -> None:
    assert len(list((PROJECT / "requirements").glob("*.txt"))) == 3
    assert locks_with_hosts(PROJECT / "requirements") == []


def test_unfit_words_are_caught(plant: Plant) -> None:
    lines = [
        "https://pypi" + ".org/simple",
        "open('/" + "home/ana/x')",
        "TO" + "DO: later",
        "see https://example.org/" + "home/ana and todos los días",
    ]
    root = plant({"notes.md": "\n".join(lines)})
    assert [line.split(": ")[1] for line in unfit_words(root, tracked_files(root))] == [
        "the host of a package registry",
        "a path of somebody's machine",
        "work left for later",
    ]


def test_a_lock_that_names_a_host_is_caught(plant: Plant) -> None:
    root = plant(
        {"base.txt": "--extra-index-url x\ndjango==5.2\nuv @ https://example.org/uv.whl\n", "base.in": "://"}
    )
    assert [line.split(": ")[0] for line in locks_with_hosts(root)] == ["base.txt:1", "base.txt:3"]
