"""Keeps a filled database of today's version, for tomorrow's versions to be tried on.

    python -m tests.upgrade.fill NAME      writes tests/upgrade/NAME.sql.gz and NAME.files.tar.gz

Made once, at the end of a piece of work, and never again: it is what real installations of that day hold.
"""

import gzip
import os
import sqlite3
import sys
import tarfile
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def main(name: str) -> None:
    home = Path(tempfile.mkdtemp(prefix="destraba-fill-"))
    os.environ.update(
        DESTRABA_ENV="demo", DESTRABA_HOME=str(home), DJANGO_SETTINGS_MODULE="destraba.settings"
    )
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("prepare")
    _live()
    connection.close()
    with sqlite3.connect(home / "destraba.sqlite3") as database:
        dump = "\n".join(database.iterdump())
    (FOLDER / f"{name}.sql.gz").write_bytes(gzip.compress(dump.encode(), mtime=0))
    with tarfile.open(FOLDER / f"{name}.files.tar.gz", "w:gz") as files:
        files.add(home / "files", "files")


def _rendition(mesa: Any, meeting: Any, _now: datetime) -> Any:
    """Minutes of a few bytes: what is tried on is that they are kept, not what they say."""
    from destraba.actions.meetings.minutes import Rendition

    name = f"{mesa.slug}-{meeting.number}"
    return Rendition(name=name, pdf=f"%PDF-1.7 {name}".encode(), docx=f"PK {name}".encode())


def _live() -> None:
    """The demo programme, which holds nearly everything that people do, and a little of the rest."""
    from destraba.actions.followup.answers import move_commitment, override_light, report_progress
    from destraba.actions.followup.commitments import date_commitment
    from destraba.actions.matrix.problems import edit_problem
    from destraba.exchange.demo.load import load
    from destraba.models import Commitment, Person, Problem
    from destraba.rules.commitments import CommitmentMove
    from destraba.rules.lights import Light
    from destraba.values.actors import Actor, Via
    from destraba.values.fuzzy_dates import read

    now = datetime(2017, 6, 15, 14, 0, tzinfo=UTC)
    load(now, _rendition)
    ana = Actor(Person.objects.get(email="ana@demo.example").pk, Via.WEB)
    tender = Problem.objects.select_related("mesa").get(mesa__slug="forestal", number=5)
    edit_problem(actor=ana, problem=tender, title="Trece años sin un concurso — ni uno", now=now)
    agreed = Commitment.objects.select_related("mesa", "problem").filter(
        mesa__slug="forestal", state="agreed", meeting=None
    )
    first, second, third = agreed.order_by("number")[:3]
    date_commitment(actor=ana, commitment=first, due=read("T3 2017"), reason="Falta una firma", now=now)
    report_progress(actor=ana, commitment=second, note="Hay borrador", now=now)
    move_commitment(actor=ana, commitment=second, move=CommitmentMove.REPORT_DONE, now=now)
    override_light(
        actor=ana,
        commitment=third,
        light=Light.GREEN,
        reason="Lo confirmó por teléfono",
        until=(now + timedelta(days=7)).date(),
        now=now,
    )


if __name__ == "__main__":
    main(sys.argv[1])
