"""Reads the project's files for the checks of this folder.

A check is a function that takes the root of a tree and returns one line a violation, so that each can be
shown to fail on a small tree made wrong on purpose.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "destraba"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file; `path` is relative to the root that was asked for."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def layer(self) -> str:
        """`actions` for `actions/matrix.py`, `urls` for `urls.py`."""
        return self.path.parts[0].removesuffix(".py")

    @property
    def dotted(self) -> str:
        """`actions.matrix`."""
        return ".".join(self.path.with_suffix("").parts).removesuffix(".__init__")

    def at(self, node: ast.stmt | ast.expr, message: str) -> str:
        return f"{self.path}:{node.lineno}: {message}"

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


@cache
def modules(root: Path) -> tuple[Module, ...]:
    """Every module under `root`, migrations left out: Django writes those."""
    paths = sorted(path for path in root.rglob("*.py") if "migrations" not in path.relative_to(root).parts)
    return tuple(_parsed(root, path) for path in paths)


def _parsed(root: Path, path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path.relative_to(root), text, ast.parse(text, filename=str(path)))


def python_folders() -> list[Path]:
    return [SOURCE, *(folder for name in ("tests", "bench", "tools") if (folder := PROJECT / name).is_dir())]


def dotted_names(node: ast.expr) -> list[str]:
    """The names of a dotted expression, calls and subscripts looked through.

    `Mesa.objects.filter(x).update` gives `["Mesa", "objects", "filter", "update"]`; a literal gives "?".
    """
    names: list[str] = []
    while not isinstance(node, ast.Name):
        match node:
            case ast.Attribute(value=inner, attr=attr):
                names.append(attr)
            case ast.Call(func=inner) | ast.Subscript(value=inner):
                pass
            case _:
                return ["?", *reversed(names)]
        node = inner
    return [node.id, *reversed(names)]
