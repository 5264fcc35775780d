"""Keeps a filled database of today's version, for tomorrow's versions to be tried on.

    python -m tests.upgrade.fill NAME      writes tests/upgrade/NAME.sql.gz

Made once, at the end of a piece of work, and never again: it is what real installations of that day hold.
"""

import gzip
import os
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

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


def _live() -> None:
    """The demo programme, followed up, with one of everything that people do."""
    from destraba.actions.followup.answers import move_commitment, override_light, report_progress
    from destraba.actions.followup.commitments import date_commitment
    from destraba.actions.matrix.problems import edit_problem, focus_problem, move_problem
    from destraba.actions.mesas import start_following_up
    from destraba.exchange.demo.load import load
    from destraba.models import Commitment, Person, Problem
    from destraba.rules.commitments import CommitmentMove
    from destraba.rules.lights import Light
    from destraba.rules.problems import FilterReason, ProblemMove
    from destraba.values.actors import Actor, Via
    from destraba.values.fuzzy_dates import read

    now = datetime(2017, 6, 15, 14, 0, tzinfo=UTC)
    mesa = load(now)
    ana = Actor(Person.objects.get(email="ana@demo.example").pk, Via.WEB)
    start_following_up(actor=ana, mesa=mesa, now=now)
    problems = {problem.number: problem for problem in Problem.objects.select_related("mesa")}
    focus_problem(actor=ana, problem=problems[6], now=now)
    edit_problem(actor=ana, problem=problems[5], title="Trece años sin un concurso — ni uno", now=now)
    move_problem(
        actor=ana,
        problem=problems[12],
        move=ProblemMove.FILTER_OUT,
        filter_reason=FilterReason.DECLARATORY,
        reason="No cambia nada",
        now=now,
    )
    agreed = Commitment.objects.select_related("mesa", "problem").filter(state="agreed").order_by("number")
    first, second, third = agreed[:3]
    date_commitment(actor=ana, commitment=first, due=read("30/06/2017"), now=now)
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
