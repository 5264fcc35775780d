"""The Matrix as PDF: what `matrix.typ` reads, and the process that sets it.

A process of its own, because thousands of rows take a gigabyte for some seconds, and because whatever the
typesetter stumbles over must not end a server. It is started afresh and has nothing of our environment.
"""

import dataclasses
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

import destraba
from destraba.documents.matrix.content import MatrixContent, Paper
from destraba.documents.matrix.words import words_of
from destraba.values.errors import Invalid
from destraba.values.reasons import Reason

AT_ONCE = 2_000
"""Lines that are set while the reader waits: about a second."""
MOST = 25_000
"""Lines that are set at all: beyond, nobody turns the pages."""
SECONDS = 240
_SOURCE_ROOT = Path(destraba.__file__).parents[1]
_ENVIRONMENT = {"PYTHONPATH": str(_SOURCE_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}


def matrix_pdf(content: MatrixContent, paper: Paper) -> bytes:
    """A tagged PDF/UA; the same content gives the same bytes. Raises Invalid for more than `MOST` lines."""
    return typeset_page(page_of(content, paper))


def page_of(content: MatrixContent, paper: Paper) -> bytes:
    """All that the typesetter needs, as JSON. Raises Invalid for more than `MOST` lines."""
    if content.rows > MOST:
        raise Invalid(Reason.of("too_long_to_print", count=content.rows, limit=MOST))
    data: dict[str, Any] = {**dataclasses.asdict(content), "words": words_of(content), "paper": paper.value}
    made_at = data.pop("made_at").isoformat()
    return json.dumps({"made_at": made_at, "data": data}, ensure_ascii=False).encode(errors="replace")


def typeset_page(page: bytes) -> bytes:
    """Raises Invalid where the typesetter gives up."""
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer:
        question.write(page)
        if not _set(question, answer):
            raise Invalid(Reason.of("not_printed"))
        answer.seek(0)
        return answer.read()


def _set(question: BinaryIO, answer: BinaryIO) -> bool:
    question.seek(0)
    command = [sys.executable, "-P", "-m", "destraba.documents.matrix.child"]
    try:
        ended = subprocess.run(  # noqa: S603 - our own module, and no shell
            command,
            stdin=question,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_ENVIRONMENT,
            start_new_session=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode == 0
