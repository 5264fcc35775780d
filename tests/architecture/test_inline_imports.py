"""An import inside a function says why it is not at the top, from a short closed list."""

import ast
import re
from pathlib import Path

from tests.architecture.conftest import Plant
from tests.architecture.tree import SOURCE, Module, modules

REASON = re.compile(r"#\s*(circular|heavy|optional): \S")


def unexplained_imports(root: Path) -> list[str]:
    return [line for module in modules(root) for line in _unexplained(module)]


def _unexplained(module: Module) -> list[str]:
    lines = module.text.splitlines()
    inside = {
        node.lineno: node
        for function in module.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    return [
        module.at(
            node, f"{lines[number - 1].strip()}: give the reason (# circular: | # heavy: | # optional: ...)"
        )
        for number, node in sorted(inside.items())
        if not REASON.search(lines[number - 1])
    ]


def test_inline_imports_give_their_reason() -> None:
    assert unexplained_imports(SOURCE) == []


def test_an_inline_import_without_a_reason_is_caught(plant: Plant) -> None:
    root = plant(
        {
            "a.py": """
                import os

                def quick():
                    import json
                    import typst  # heavy: 20 MB that only a PDF needs
                    from destraba import actions  # because I like it
                """
        }
    )
    caught = unexplained_imports(root)
    assert [line.split(":")[1] for line in caught] == ["5", "7"]
    assert "import json" in caught[0]
