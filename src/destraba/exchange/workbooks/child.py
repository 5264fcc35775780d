"""The process that takes a foreign workbook apart: it has little memory, little time, and nothing to lose.

`python -m destraba.exchange.workbooks.child LIMITS`: the workbook comes in on standard input, a seekable
file; lines of `wire` go out. It confines itself before it looks at the first byte: a server with threads
can't safely run code between fork and exec.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from typing import BinaryIO

from destraba.exchange.refusals import Refused
from destraba.exchange.workbooks import wire
from destraba.exchange.workbooks.excel import read_excel
from destraba.exchange.workbooks.extents import check_extents
from destraba.exchange.workbooks.limits import Limits
from destraba.exchange.workbooks.packages import look_through


def main(arguments: list[str]) -> None:
    limits = Limits(**json.loads(arguments[0]))
    confine(limits)
    for line in answer(sys.stdin.buffer, limits):
        sys.stdout.buffer.write(wire.encode(line))
    sys.stdout.buffer.flush()


def confine(limits: Limits) -> None:
    """From here on the kernel ends this process when it takes more than its share."""
    cpu = int(limits.seconds_for(limits.rows)) + 1
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, limits.answer_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)


def answer(file: BinaryIO, limits: Limits) -> Iterator[wire.Line]:
    """The lines of the workbook, or as many as there were before the line that refuses it."""
    try:
        yield from _lines(file, limits)
    except Refused as refused:
        yield wire.refused_line(refused)
    except MemoryError:
        yield wire.refused_line(Refused.of("too_much_memory", limit=limits.memory_bytes >> 20))
    except Exception as error:  # whatever a library stumbles over, the file is at fault
        yield wire.refused_line(Refused.of("unreadable", cause=type(error).__name__))
    else:
        yield wire.END


def _lines(file: BinaryIO, limits: Limits) -> Iterator[wire.Line]:
    extents = look_through(file, os.fstat(file.fileno()).st_size, limits)
    check_extents(extents, limits)
    rows = sum(extent.rows for extent in extents.values())
    signal.setitimer(signal.ITIMER_REAL, limits.seconds_for(rows))
    for head, cells in read_excel(file, extents, limits):
        yield wire.sheet_line(head)
        yield from map(wire.row_line, cells)


if __name__ == "__main__":
    main(sys.argv[1:])
