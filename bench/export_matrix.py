"""How long a mesa of 2,000 problems, 4,000 solutions and 10,000 commitments takes to leave the house, and in
how much memory: as a workbook, CSV, JSON and PDF.

    ./run bench export_matrix                                          SQLite in a folder of its own
    ./run bench export_matrix --database postgres://user@host/name     an empty database that may be filled

Each file is made once in a process of its own. Prints the seconds that reading and making took, the size of
the file, and the most memory that the process held; of a PDF, also the most that the process held which sets
it. Compare figures of one run on one machine.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta

STEPS = ("fill", "xlsx", "csv", "json", "pdf")


def main() -> None:
    """Nothing heavy here: a process counts as its own the memory of the one that started it."""
    options = _options()
    os.environ["DESTRABA_ENV"] = "demo"
    os.environ["DJANGO_SETTINGS_MODULE"] = "destraba.settings"
    if options.database:
        os.environ["DESTRABA_DATABASE_URL"] = options.database
    if options.step == "fill":
        _fill(options.problems)
    elif options.step:
        _measure(options.step)
    else:
        os.environ["DESTRABA_HOME"] = tempfile.mkdtemp(prefix="destraba-bench-")
        for step in STEPS:
            command = [sys.executable, "-m", "bench.export_matrix", "--step", step]
            subprocess.run([*command, "--problems", str(options.problems)], check=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--database", default="", help="a database URL; SQLite in a new folder where left out"
    )
    parser.add_argument("--problems", type=int, default=2_000)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    return parser.parse_args()


def _fill(problems: int) -> None:
    """Two solutions to a problem, five commitments to it, in one change set."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("prepare")
    from destraba.actions.followup.commitments import enter_commitment
    from destraba.actions.matrix.problems import enter_problem
    from destraba.actions.matrix.solutions import enter_solution
    from destraba.exchange.demo.load import load
    from destraba.ledger.record import recording
    from destraba.models import Mesa, Organization
    from destraba.rules.commitments import CommitmentState
    from destraba.rules.problems import ProblemStage
    from destraba.values.actors import Actor, Via
    from destraba.values.fuzzy_dates import FuzzyDate
    from destraba.web.meetings.renditions import rendition_of

    now = datetime.now(UTC)
    load(now, rendition_of)
    mesa = Mesa.objects.get(slug="forestal")
    owners = list(Organization.objects.all())
    with recording(actor=Actor(None, Via.COMMAND), now=now, streams=[mesa.pk]) as change:
        for number in range(problems - mesa.last_problem):
            title = f"Traba {number}: un trámite que demora meses"
            problem = enter_problem(change, mesa, stage=ProblemStage.ACCEPTED, title=title)
            solutions = [
                enter_solution(change, problem, title=f"Simplificar el trámite {number}, {index}")
                for index in range(2)
            ]
            for index in range(5):
                enter_commitment(
                    change,
                    problem,
                    solutions[index % 2],
                    title=f"Paso {index + 1} del trámite {number}",
                    owner=owners[(number + index) % len(owners)],
                    due=FuzzyDate((now + timedelta(days=number % 200 - 30)).date()),
                    state=CommitmentState.AGREED,
                )


def _measure(kind: str) -> None:
    import django

    django.setup()
    from django.db import connection

    from destraba.documents.matrix.content import Paper
    from destraba.documents.matrix.gather import matrix_content
    from destraba.documents.matrix.pdf import matrix_pdf
    from destraba.exchange.matrix.export import export_csv, export_json, export_xlsx
    from destraba.models import Mesa
    from destraba.queries.exports import INSTALLATION, Shown, extract
    from destraba.queries.matrix.tree import matrix

    mesa = Mesa.objects.get(slug="forestal")
    made = {
        "xlsx": export_xlsx,
        "csv": export_csv,
        "json": lambda taken: export_json(taken, "es"),
        "pdf": lambda taken: matrix_pdf(matrix_content(taken), Paper.A3),
    }[kind]
    began = time.perf_counter()
    taken = extract(
        INSTALLATION, mesa, lambda: Shown(problems=matrix(INSTALLATION, mesa).problems), datetime.now(UTC)
    )
    read = time.perf_counter() - began
    began = time.perf_counter()
    content = made(taken)
    took = time.perf_counter() - began
    own, child = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    typesetter = f", {child} MB by the typesetter" if kind == "pdf" else ""
    print(
        f"{connection.vendor}, {len(taken.shown.problems)} problems, {kind}:"
        f" read {read:.2f} s, made {took:.2f} s, {len(content) / 1e6:.1f} MB; {own} MB held{typesetter}"
    )


if __name__ == "__main__":
    main()
