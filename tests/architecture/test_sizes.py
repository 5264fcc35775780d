"""A room that is too full is split before it becomes a corridor."""

from pathlib import Path

from tests.architecture.conftest import Plant
from tests.architecture.tree import SOURCE, modules, python_folders

LONGEST_FUNCTION = 60
USUAL_FUNCTION = 25
USUAL_SHARE = 0.9
LONGEST_FILE = 500
MODULES_IN_A_FOLDER = 15
WRITTEN_BY_HAND = {".py", ".html", ".txt", ".js", ".css", ".md", ".typ"}
JUNK_DRAWERS = {"utils", "util", "common", "helpers", "helper", "lib", "misc", "shared", "base_utils"}


def lengths(root: Path) -> dict[str, int]:
    """Lines of each function, its decorators and docstring included, by where it stands."""
    return {
        module.at(node, node.name): (node.end_lineno or node.lineno) - node.lineno + 1
        for module in modules(root)
        for node in module.functions()
    }


def long_functions(root: Path) -> list[str]:
    return [f"{where}: {lines} lines" for where, lines in lengths(root).items() if lines > LONGEST_FUNCTION]


def usual_length(root: Path) -> int:
    """The length that nine functions of ten do not exceed; 0 where there is no function."""
    ordered = sorted(lengths(root).values())
    return ordered[int(USUAL_SHARE * (len(ordered) - 1))] if ordered else 0


def long_files(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}: {lines} lines"
        for path in sorted(root.rglob("*"))
        if path.suffix in WRITTEN_BY_HAND and "migrations" not in path.parts
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    ]


def full_folders(root: Path) -> list[str]:
    folders = [
        folder for folder in (root, *root.rglob("*")) if folder.is_dir() and folder.name != "migrations"
    ]
    counts = {folder: sum(1 for path in folder.glob("*.py") if path.stem != "__init__") for folder in folders}
    return [f"{folder}: {count} modules" for folder, count in counts.items() if count > MODULES_IN_A_FOLDER]


def junk_drawers(root: Path) -> list[str]:
    paths = [path.relative_to(root) for path in root.rglob("*") if "__pycache__" not in path.parts]
    return [str(path) for path in paths if path.name.split(".")[0].strip("_").lower() in JUNK_DRAWERS]


def test_no_function_is_longer_than_a_screen() -> None:
    assert [line for folder in python_folders() for line in long_functions(folder)] == []


def test_nine_functions_of_ten_are_short() -> None:
    assert usual_length(SOURCE) <= USUAL_FUNCTION


def test_no_file_is_too_long_to_know() -> None:
    assert [line for folder in python_folders() for line in long_files(folder)] == []


def test_no_folder_holds_too_many_modules() -> None:
    assert [line for folder in python_folders() for line in full_folders(folder)] == []


def test_there_is_no_junk_drawer() -> None:
    assert [line for folder in python_folders() for line in junk_drawers(folder)] == []


def test_a_long_function_is_caught(plant: Plant) -> None:
    body = "    x = 1\n" * LONGEST_FUNCTION
    root = plant({"long.py": f"def f():\n{body}", "short.py": "def g():\n    return 1\n"})
    assert long_functions(root) == ["long.py:1: f: 61 lines"]


def test_too_many_middling_functions_are_caught(plant: Plant) -> None:
    middling = "def f():\n" + "    x = 1\n" * (USUAL_FUNCTION + 4)
    root = plant({"middling.py": middling * 5, "short.py": "def g():\n    return 1\n" * 5})
    assert usual_length(root) == USUAL_FUNCTION + 5


def test_a_long_file_is_caught_whatever_its_language(plant: Plant) -> None:
    root = plant(
        {"a.py": "#\n" * 501, "b.js": "//\n" * 501, "c.html": "<p>\n" * 500, "migrations/d.py": "#\n" * 900}
    )
    assert long_files(root) == ["a.py: 501 lines", "b.js: 501 lines"]


def test_a_full_folder_is_caught(plant: Plant) -> None:
    root = plant({f"room/m{number}.py": "" for number in range(16)} | {"room/__init__.py": ""})
    assert full_folders(root) == [f"{root / 'room'}: 16 modules"]


def test_a_junk_drawer_is_caught(plant: Plant) -> None:
    root = plant({"web/utils.py": "", "lib/mesas.py": "", "templates/_helpers.html": "", "library.py": ""})
    assert sorted(junk_drawers(root)) == ["lib", "templates/_helpers.html", "web/utils.py"]
