"""Who may import whom: the contracts in pyproject.toml, held by import-linter."""

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.conftest import Plant
from tests.architecture.tree import PROJECT, SOURCE

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def broken_contracts(root: Path) -> str:
    """What import-linter says about the package `destraba` under `root`; empty if all is kept."""
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--config", str(PROJECT / "pyproject.toml"), "--no-cache", "--no-logo"],
        cwd=root,
        env={"PATH": os.defpath, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_every_layer_imports_only_layers_below_it() -> None:
    assert broken_contracts(SOURCE.parent) == ""


def skeleton(plant: Plant, files: dict[str, str]) -> Path:
    """The folders that every installation has, without what is in them."""
    folders = ("actions", "exchange", "ledger", "methods", "models", "queries", "rules", "values", "web")
    rooms = ("web/public", "queries/access", "queries/history", "queries/matrix", "queries/meetings")
    named = (*folders, *rooms, "queries/people")  # what the contracts name
    empty = {f"destraba/{folder}/__init__.py": "" for folder in named}
    return plant({"destraba/__init__.py": ""} | empty | files)


def test_an_import_upwards_is_caught(plant: Plant) -> None:
    root = skeleton(plant, {"destraba/rules/lights.py": "from destraba.models import people\n",
                            "destraba/models/people.py": ""})  # fmt: skip
    assert "destraba.rules.lights -> destraba.models.people" in broken_contracts(root)


def test_siblings_do_not_know_each_other(plant: Plant) -> None:
    root = skeleton(
        plant, {"destraba/jobs/__init__.py": "", "destraba/jobs/tick.py": "import destraba.web\n"}
    )
    assert "destraba.jobs.tick -> destraba.web" in broken_contracts(root)


def test_a_public_page_that_reads_past_what_is_public_is_caught(plant: Plant) -> None:
    root = skeleton(plant, {"destraba/web/public/views.py": "from destraba.models import people\n",
                            "destraba/models/people.py": ""})  # fmt: skip
    assert "destraba.web.public.views -> destraba.models" in broken_contracts(root)


def test_django_stays_out_of_the_pure_layers(plant: Plant) -> None:
    root = skeleton(plant, {"destraba/values/money.py": "from django.db import models\n"})
    assert "destraba.values.money -> django" in broken_contracts(root)


def test_a_new_folder_has_to_take_its_place_among_the_layers(plant: Plant) -> None:
    root = skeleton(plant, {"destraba/attic/__init__.py": ""})
    assert "attic" in broken_contracts(root)


def test_the_skeleton_itself_is_in_order(plant: Plant) -> None:
    assert broken_contracts(skeleton(plant, {})) == ""
