"""What all commands share."""

import io
import sys

import pytest
from django.db.utils import OperationalError
from django.utils import translation

from destraba.__main__ import main
from destraba.management.commanding import DestrabaCommand
from destraba.values.errors import NotFound
from destraba.values.reasons import Reason


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Refusing(DestrabaCommand):
    requires_system_checks = ()

    def __init__(self, error: Exception) -> None:
        self.stream = io.StringIO()
        super().__init__(stderr=self.stream)  # type: ignore[arg-type]
        self.error = error

    def handle(self, *_args: object, **_options: object) -> None:
        raise self.error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NotFound(Reason.of("no_such_mesa", slug="pesca")), "There is no mesa at the address pesca.\n"),
        (
            OperationalError("attempt to write a readonly database"),
            "The database can't be used (attempt to write a readonly database). Run: destraba doctor\n",
        ),
    ],
)
def test_a_refusal_is_one_sentence_and_exit_code_1(error: Exception, words: str) -> None:
    command = Refusing(error)
    with translation.override("en"), pytest.raises(SystemExit) as end:
        command.execute(no_color=True, force_color=False, skip_checks=True)
    assert end.value.code == 1
    assert command.stream.getvalue() == words


def test_progress_shows_on_a_terminal_alone() -> None:
    for stream, shown in ((Terminal(), "\r\x1b[KWriting 1/2\r\x1b[K"), (io.StringIO(), "")):
        command = DestrabaCommand(stderr=stream)  # type: ignore[arg-type]
        command.progress("Writing 1/2")
        command.progress("")
        assert stream.getvalue() == shown


def test_names_have_hyphens_for_people(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["destraba", "import-matrix", "--help"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("usage: destraba import-matrix")


def test_a_wrong_call_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["destraba", "export-matrix", "--format", "pdf"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert "usage: destraba export-matrix" in capsys.readouterr().err
