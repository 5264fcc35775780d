"""How long a large spreadsheet takes to come in, and how much memory.

    ./run bench import_rows                                          SQLite in a folder of its own
    ./run bench import_rows --database postgres://user@host/name     an empty database that may be filled

Makes a workbook of 10,000 rows (2,000 problems, 4,000 solutions, 10,000 commitments with owners, dates and
lights) and brings it into a new mesa; then brings it in again, which must change nothing; then exports the
mesa, corrects one cell in each hundred rows, and brings that in. Prints for each how long the preview took,
how long bringing it in took from the bytes of the file to the end, and the most memory that this process ever
had; the one that takes the workbook apart can't have more than 512 MB. Ends with `verify`. Compare figures of
one run on one machine, never of two machines.
"""

import argparse
import io
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from destraba.models import Mesa

HEADINGS = (
    *("N°", "Eje", "Problema", "Prioridad", "Solución", "Antes", "Acción", "Responsable", "Colaboran"),
    *("Plazo", "Semáforo", "Situación actual"),
)
AGENCIES = [f"Agencia {letter}{number}" for letter in "ABCDEFGHIJ" for number in range(12)]
LIGHTS = ("Cumplido", "En proceso", "Atrasado", "Verde", "", "No iniciado")
PRIORITIES = ("Alta", "Media", "Baja", "")
FIRST_DAY = date(2024, 1, 8)
CORRECTED_EVERY = 100


def main() -> None:
    options = _options()
    os.environ["DESTRABA_ENV"] = "demo"
    os.environ["DESTRABA_HOME"] = tempfile.mkdtemp(prefix="destraba-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "destraba.settings"
    if options.database:
        os.environ["DESTRABA_DATABASE_URL"] = options.database
    import django

    django.setup()
    from django.core.management import call_command

    call_command("prepare")
    mesa = _opened()
    content = _workbook(options.rows)
    _tell(f"a workbook of {options.rows} rows, {len(content) / 1024:.0f} KB")
    _bring("new", mesa, content)
    _bring("the same again", mesa, content)
    began = time.perf_counter()
    exported = _corrected(mesa)
    _tell(
        f"exported in {time.perf_counter() - began:.1f} s, one cell corrected in each {CORRECTED_EVERY} rows"
    )
    _bring("the export, corrected", mesa, exported)
    _verify()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--database", default="", help="a database URL; SQLite in a new folder where left out"
    )
    parser.add_argument("--rows", type=int, default=10_000)
    return parser.parse_args()


def _opened() -> "Mesa":
    from destraba.actions.mesas import open_mesa
    from destraba.actions.programme import found_programme
    from destraba.methods.catalogue import USUAL
    from destraba.values.actors import Actor, Via

    actor, now = Actor(None, Via.COMMAND), datetime.now(UTC)
    found_programme(actor=actor, name="Bench", time_zone="America/Lima", now=now)
    return open_mesa(actor=actor, name="Bench", slug="bench", method_id=USUAL, now=now)


def _workbook(rows: int) -> bytes:
    import xlsxwriter  # type: ignore[import-untyped]

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Matriz")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for row, cells in enumerate((HEADINGS, *_rows(rows))):
            for column, value in enumerate(cells):
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, day)
                elif value != "":
                    sheet.write(row, column, value)
    return stream.getvalue()


def _rows(count: int) -> Iterator[tuple[Any, ...]]:
    """Five commitments a problem, two solutions: three commitments under the first, two under the second."""
    for index in range(count):
        problem, step = divmod(index, 5)
        yield (
            problem + 1,
            f"Eje {problem % 4 + 1}",
            f"Traba {problem + 1}: el trámite demora meses y pide los mismos papeles otra vez",
            PRIORITIES[problem % 4],
            f"Simplificar el trámite {problem + 1}, parte {1 if step < 3 else 2}",
            "6-12 meses" if step in (0, 3) else "",
            f"Paso {step + 1} del trámite {problem + 1}: publicar la norma y aplicarla",
            AGENCIES[index % len(AGENCIES)],
            AGENCIES[(index + 7) % len(AGENCIES)] if index % 3 == 0 else "",
            FIRST_DAY + timedelta(days=index % 900),
            LIGHTS[index % len(LIGHTS)],
            f"A la espera del informe {index}" if index % 2 else "",
        )


def _bring(what: str, mesa: "Mesa", content: bytes) -> None:
    from destraba.exchange.matrix.compare.plan import Status
    from destraba.exchange.matrix.spreadsheets import Choice, Spreadsheet
    from destraba.values.actors import Actor, Via

    began = time.perf_counter()
    Spreadsheet("matriz.xlsx", content).compared(mesa, Choice())
    looked_at, worked = time.perf_counter() - began, time.process_time()
    began = time.perf_counter()
    spreadsheet = Spreadsheet("matriz.xlsx", content)
    taken_apart = time.perf_counter() - began
    compared, _imported = spreadsheet.brought_in(
        actor=Actor(None, Via.COMMAND), mesa=mesa, choice=Choice(), now=datetime.now(UTC)
    )
    whole = time.perf_counter() - began
    statuses = {status: len(compared.plan.of(status)) for status in Status}
    _tell(
        f"{what}: previewed in {looked_at:.1f} s; brought in in {whole:.1f} s, of which {taken_apart:.1f} to "
        f"take it apart, {time.process_time() - worked:.1f} s of the processor; "
        + ", ".join(f"{count} {status}" for status, count in statuses.items())
    )
    _tell(f"    at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB so far")


def _corrected(mesa: "Mesa") -> bytes:
    import openpyxl

    from destraba.exchange.matrix.export import export_xlsx
    from destraba.queries.exports import INSTALLATION, Shown, extract
    from destraba.queries.matrix.tree import matrix

    def shown() -> Shown:
        return Shown(problems=matrix(INSTALLATION, mesa).problems)

    content = export_xlsx(extract(INSTALLATION, mesa, shown, datetime.now(UTC)))
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    heading = next(row for row in sheet.iter_rows() if row[0].value == "N°")
    column = next(cell.column for cell in heading if cell.value == "Situación actual")
    for row in range(heading[0].row + 1, sheet.max_row + 1, CORRECTED_EVERY):
        sheet.cell(row, column).value = f"Corregido en la fila {row}"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _verify() -> None:
    from destraba.ledger.verify import verify

    began = time.perf_counter()
    failures = verify().failures
    _tell(f"verified in {time.perf_counter() - began:.1f} s: {'all well' if not failures else failures[:3]}")


def _tell(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    main()
