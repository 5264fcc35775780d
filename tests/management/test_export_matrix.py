"""`destraba export-matrix`: to a file, whole or not at all."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError

from destraba.models import ReadLog
from tests.exchange.matrix.tables import FIRST, bring
from tests.factories import Cast
from tests.management.running import everything, run


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_written_is_brought_in_without_a_change(cast: Cast, tmp_path: Path, ending: str) -> None:
    bring(FIRST, cast.forestal)
    path = tmp_path / f"m.{ending}"
    ran = run("export_matrix", "--mesa", "forestal", "--format", ending, "--output", str(path))
    assert (ran.code, ran.said) == (0, f"Written: {path}\n")
    said = run("import_matrix", str(path), "--mesa", "forestal").said.splitlines()
    assert [line.split()[1:] for line in said[2:5]] == [["0", "0", "3"], ["0", "0", "1"], ["0", "0", "3"]]


def test_taking_it_leaves_a_line_in_the_read_log_and_none_in_the_ledger(cast: Cast, tmp_path: Path) -> None:
    before = everything()
    run("export_matrix", "--mesa", "forestal", "--format", "csv", "--output", str(tmp_path / "m.csv"))
    taken = ReadLog.objects.get()
    assert (taken.account, taken.mesa, taken.what) == (None, cast.forestal, "matrix.csv")
    assert everything() == {**before, "destraba_readlog": 1}


def test_without_a_place_it_goes_down_the_pipe(cast: Cast, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    bring(FIRST, cast.forestal)
    run("export_matrix", "--mesa", "forestal", "--format", "csv", "--delimiter", "semicolon")
    out = capfdbinary.readouterr().out
    assert out.startswith("\ufeffN°;".encode())
    assert "La guía tarda doce días".encode() in out


def test_without_more_it_is_plain_csv(cast: Cast, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    bring(FIRST, cast.forestal)
    run("export_matrix", "--mesa", "forestal", "--format", "csv")
    assert capfdbinary.readouterr().out.startswith("N°,".encode())


def test_for_programs_it_is_json(cast: Cast, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    bring(FIRST, cast.forestal)
    run("export_matrix", "--mesa", "forestal", "--format", "json")
    said = json.loads(capfdbinary.readouterr().out)
    assert (said["mesa"]["slug"], said["counts"]["commitments"]) == ("forestal", 3)


def test_a_mesa_that_is_not_there(cast: Cast) -> None:
    ran = run("export_matrix", "--mesa", "pesca", "--format", "csv")
    assert (ran.code, ran.complained) == (1, "There is no mesa at the address pesca.\n")


def test_a_folder_that_is_not_there(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "no" / "m.csv"
    ran = run("export_matrix", "--mesa", "forestal", "--format", "csv", "--output", str(path))
    assert (ran.code, ran.complained) == (1, f"{path} can't be written (No such file or directory).\n")


def test_for_paper_it_is_a_pdf(cast: Cast, tmp_path: Path) -> None:
    bring(FIRST, cast.forestal)
    path = tmp_path / "m.pdf"
    run("export_matrix", "--mesa", "forestal", "--format", "pdf", "--paper", "a4", "--output", str(path))
    assert path.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("option", "value"), [("--format", "ods"), ("--paper", "a5"), ("--delimiter", "tab")]
)
def test_what_is_no_choice_is_not_understood(cast: Cast, option: str, value: str) -> None:
    with pytest.raises(CommandError, match=f"invalid choice: '{value}'"):
        run("export_matrix", "--mesa", "forestal", "--format", "csv", option, value)
