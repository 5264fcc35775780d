"""What the documents point to is there."""

import re
from pathlib import Path

from tests.architecture.conftest import Plant
from tests.architecture.tree import PROJECT

LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
VARIABLE = re.compile(r"\b(?:DESTRABA_[A-Z_]+|PORT|HOST|CHROMIUM)\b")
DECISION_LINES = 50


def dead_links(root: Path) -> list[str]:
    documents = [path for pattern in ("*.md", "docs/**/*.md") for path in sorted(root.glob(pattern))]
    return [
        f"{path.relative_to(root)}: {link}"
        for path in documents
        for link in LINK.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / link).exists()
    ]


def shapeless_decisions(root: Path) -> list[str]:
    """A decision is one page: what was the case, what was decided, what follows."""
    return [
        path.name
        for path in sorted(root.glob("docs/decisions/*.md"))
        for text in [path.read_text(encoding="utf-8")]
        if re.findall(r"^## (.+)$", text, re.MULTILINE) != ["Context", "Decision", "Consequences"]
        or len(text.splitlines()) > DECISION_LINES
    ]


def unexplained_variables(root: Path) -> list[str]:
    """Variables that the settings, the tests' server or `run` take, and operations.md says nothing of."""
    sources = [root / "src/destraba/settings.py", root / "tests/postgres.py", root / "run"]
    read = {name for source in sources if source.exists() for name in _variables(source)}
    return sorted(read - set(_variables(root / "docs/operations.md")))


def _variables(path: Path) -> list[str]:
    return VARIABLE.findall(path.read_text(encoding="utf-8"))


def test_every_variable_is_explained() -> None:
    assert unexplained_variables(PROJECT) == []


def test_links_lead_somewhere() -> None:
    assert dead_links(PROJECT) == []


def test_decisions_are_one_page_each() -> None:
    assert shapeless_decisions(PROJECT) == []


def test_a_dead_link_and_a_rambling_decision_are_caught(plant: Plant) -> None:
    root = plant(
        {
            "README.md": "[here](docs/a.md) [gone](docs/b.md) [out](https://example.org/x) [in](#part)",
            "docs/a.md": "[up](../README.md#top)",
            "docs/decisions/x.md": "## Context\n## Consequences\n",
            "docs/decisions/y.md": "## Context\n## Decision\n## Consequences\n" + "\n" * DECISION_LINES,
        }
    )
    assert dead_links(root) == ["README.md: docs/b.md"]
    assert shapeless_decisions(root) == ["x.md", "y.md"]


def test_a_variable_that_nobody_explains_is_caught(plant: Plant) -> None:
    root = plant({"run": 'echo "$DESTRABA_MOOD" $PORT', "docs/operations.md": "| `PORT` | where |"})
    assert unexplained_variables(root) == ["DESTRABA_MOOD"]
