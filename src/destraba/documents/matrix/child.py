"""The process that sets a Matrix: `python -m destraba.documents.matrix.child`, a page in, a PDF out.

It confines itself before it reads. typst breaks off where bands that come back on each page meet a row that
it can't place; then the same is set with bands that stand once.
"""

import json
import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from destraba.documents.typesetting import typeset

LAYOUT = Path(__file__).with_name("matrix.typ")
MEMORY = 4 << 30
SECONDS = 200


def main() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    page = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(printed(page["data"], datetime.fromisoformat(page["made_at"])))


def printed(data: dict[str, Any], made_at: datetime) -> bytes:
    try:
        return typeset(LAYOUT, {**data, "bands_come_back": True}, made_at=made_at)
    except BaseException as error:  # a panic of typst's is no Exception
        if type(error).__name__ != "PanicException":
            raise
        return typeset(LAYOUT, {**data, "bands_come_back": False}, made_at=made_at)


if __name__ == "__main__":
    main()
