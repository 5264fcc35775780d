"""What the documents point to is there."""

import re
from pathlib import Path

from tests.architecture.conftest import Plant
from tests.architecture.tree import PROJECT

LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
KEYS = re.compile(r"\(\((\"[^)]*?),?\), _\(")
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


def untold_commands(root: Path) -> list[str]:
    """Commands that the guide, in some language, does not name on its page of the command line."""
    folder = root / "src/destraba/management/commands"
    names = [path.stem.replace("_", "-") for path in sorted(folder.glob("[!_]*.py"))]
    return _untold(root, "command-line.md", [f"## `destraba {name}`" for name in names])


def untold_keys(root: Path) -> list[str]:
    """Keys of the list on screen that the guide, in some language, leaves out of its page of the Matrix."""
    dialogs = root / "src/destraba/templates/components/dialogs.html"
    rows = KEYS.findall(dialogs.read_text(encoding="utf-8"))
    return _untold(root, "matrix.md", [f"| {_as_keys(row)} |" for row in rows])


def _as_keys(row: str) -> str:
    return " ".join(f"`{key}`" for key in re.findall(r'"([^"]+)"', row))


def _untold(root: Path, page: str, words: list[str]) -> list[str]:
    guides = sorted(path for path in (root / "docs/guide").iterdir() if path.is_dir())
    texts = {guide.name: (guide / page).read_text(encoding="utf-8") for guide in guides}
    return [f"{name}/{page}: {each}" for name, text in texts.items() for each in words if each not in text]


def lonely_pages(root: Path) -> list[str]:
    """Pages that the guide has in one language and not in another."""
    guides = sorted(path for path in (root / "docs/guide").iterdir() if path.is_dir())
    names = {path.name for guide in guides for path in guide.glob("*.md")}
    return [
        f"{guide.name}/{name}" for guide in guides for name in sorted(names) if not (guide / name).exists()
    ]


def _variables(path: Path) -> list[str]:
    return VARIABLE.findall(path.read_text(encoding="utf-8"))


def test_every_variable_is_explained() -> None:
    assert unexplained_variables(PROJECT) == []


def test_links_lead_somewhere() -> None:
    assert dead_links(PROJECT) == []


def test_decisions_are_one_page_each() -> None:
    assert shapeless_decisions(PROJECT) == []


def test_the_guide_tells_of_every_command() -> None:
    assert untold_commands(PROJECT) == []


def test_the_guide_tells_of_every_key() -> None:
    assert untold_keys(PROJECT) == []


def test_the_guide_says_the_same_in_every_language() -> None:
    assert lonely_pages(PROJECT) == []


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


def test_what_the_guide_leaves_out_is_caught(plant: Plant) -> None:
    root = plant(
        {
            "src/destraba/management/commands/__init__.py": "",
            "src/destraba/management/commands/make_tea.py": "",
            "src/destraba/templates/components/dialogs.html": """
              (("/", "s"), _("search")), (("?",), _("this list")))) }}
              {{ _keys(_("Rows"), (
                (("Ctrl", "Z"), _("take back")))) }}""",
            "docs/guide/en/command-line.md": "## `destraba make-tea`",
            "docs/guide/en/matrix.md": "| `/` `s` | search |\n| `?` | this list |",
            "docs/guide/es/command-line.md": "destraba make-tea",
            "docs/guide/es/matrix.md": "| `/` `s` | buscar |\n| `?` | lista |\n| `Ctrl` `Z` | deshacer |",
            "docs/guide/es/tea.md": "",
        }
    )
    assert untold_commands(root) == ["es/command-line.md: ## `destraba make-tea`"]
    assert untold_keys(root) == ["en/matrix.md: | `Ctrl` `Z` |"]
    assert lonely_pages(root) == ["en/tea.md"]
