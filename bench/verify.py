"""How long a full verification takes, and whether its memory stays level.

    ./run bench verify [EVENTS ...]          20000 unless told

Fills a scratch database (of the kind that DESTRABA_DATABASE_URL names; a file for SQLite) through the
ledger's own writer and verifies it at each size. Prints one line a size: the rate of writing, the time of
verifying on the clock and of the processor, and by how much the process grew while it verified.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

os.environ["DESTRABA_ENV"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "destraba.settings")

import django

django.setup()

from django.db import connection  # noqa: E402

from destraba.ledger import kinds  # noqa: E402
from destraba.ledger.record import Recording, recording  # noqa: E402
from destraba.ledger.verify import verify  # noqa: E402
from destraba.models import Commitment, Mesa, Problem, Programme  # noqa: E402
from destraba.values.actors import Actor, Via  # noqa: E402
from destraba.values.fuzzy_dates import FuzzyDate  # noqa: E402
from destraba.values.keys import new_key, positions  # noqa: E402

NOW = datetime(2017, 6, 15, 14, 0, tzinfo=UTC)
ACTOR = Actor(None, Via.COMMAND)
MESAS = 10
EVENTS_A_PROBLEM = 8


@contextmanager
def scratch_database() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def open_mesas() -> list[Mesa]:
    programme = Programme(name="Bench", id=new_key())
    keys = [new_key() for _ in range(MESAS)]
    with recording(actor=ACTOR, now=NOW, streams=[programme.pk, *keys]) as change:
        change.create(programme, kinds.PROGRAMME_FOUNDED)
        return [
            change.create(
                Mesa(
                    id=key,
                    programme=programme,
                    slug=f"mesa-{number}",
                    name=f"Mesa {number}",
                    state="launched",
                    method_id="peru-me",
                    method_version=1,
                    method_digest="0" * 64,
                ),
                kinds.MESA_OPENED,
            )
            for number, key in enumerate(keys)
        ]


def fill(mesas: list[Mesa], events: int) -> None:
    """Ten problems at a time: each raised and edited, with a commitment that is edited and moved."""
    for start in range(0, events // EVENTS_A_PROBLEM, 10):
        mesa = mesas[start // 10 % MESAS]
        with recording(actor=ACTOR, now=NOW, streams=[mesa.pk]) as change:
            for position in positions(10):
                _problem(change, mesa, position)


def _problem(change: Recording, mesa: Mesa, position: str) -> None:
    problem = Problem(
        mesa=mesa,
        number=change.take_number(mesa, "last_problem"),
        position=position,
        title="La guía de transporte forestal tarda doce días en salir de la oficina",
        stage="accepted",
    )
    change.create(problem, kinds.PROBLEM_RAISED)
    change.update(problem, kinds.PROBLEM_EDITED, detail="En Pucallpa y en Puerto Maldonado. " * 8)
    change.update(problem, kinds.PROBLEM_EDITED, importance="high", speed="quick")
    commitment = Commitment(
        mesa=mesa,
        problem=problem,
        number=change.take_number(mesa, "last_commitment"),
        position=position,
        title="Aprobar la directiva de la guía electrónica",
        state="agreed",
        due=FuzzyDate(date(2017, 9, 30)),
        asked_on=NOW.date(),
    )
    change.create(commitment, kinds.COMMITMENT_ASKED)
    for month in (10, 11, 12):
        due = FuzzyDate(date(2017, month, 1))
        change.update(commitment, kinds.COMMITMENT_RESCHEDULED, "Falta la opinión del MEF", due=due)
    change.update(commitment, kinds.COMMITMENT_PROGRESSED, situation="En firma", progress_on=NOW.date())


def peak_kilobytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(sizes: list[int]) -> None:
    with scratch_database():
        mesas, written = open_mesas(), MESAS + 1
        for size in sorted(sizes):
            began = time.perf_counter()
            fill(mesas, size - written)
            writing = (size - written) / (time.perf_counter() - began)
            memory, began, worked = peak_kilobytes(), time.perf_counter(), time.process_time()
            report = verify()
            seconds, worked = time.perf_counter() - began, time.process_time() - worked
            written = report.events
            print(
                f"{connection.vendor}: {report.events} events, ok={report.ok}, written {writing:.0f}/s, "
                f"verified in {seconds:.1f} s ({worked:.1f} s of processor), "
                f"memory +{(peak_kilobytes() - memory) / 1024:.0f} MB"
            )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [20_000])
