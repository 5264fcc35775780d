"""`destraba export-matrix`: a mesa's Matrix under the team's own headings, which can be brought in again."""

import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from destraba.actions.reading import log_reading
from destraba.documents.matrix.content import Paper
from destraba.documents.matrix.gather import matrix_content
from destraba.documents.matrix.pdf import matrix_pdf
from destraba.exchange.matrix.export import Delimiter, export_csv, export_json, export_xlsx
from destraba.exchange.refusals import Refused
from destraba.management.commanding import DestrabaCommand
from destraba.models import Mesa
from destraba.queries.exports import INSTALLATION, Extract, Shown, extract
from destraba.queries.matrix.tree import matrix
from destraba.values.actors import Actor, Via
from destraba.values.days import day_in
from destraba.values.errors import NotFound
from destraba.values.reasons import Reason


class Command(DestrabaCommand):
    help = "Write a mesa's Matrix as a spreadsheet, team-only rows included. It can be brought in again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mesa", required=True, metavar="SLUG", help="the address of the mesa")
        parser.add_argument("--format", required=True, choices=("xlsx", "csv", "json", "pdf"))
        parser.add_argument(
            "--delimiter",
            choices=[one.value for one in Delimiter],
            default=Delimiter.COMMA.value,
            help="what parts the values of a CSV: semicolon for Excel in Spanish",
        )
        parser.add_argument(
            "--paper",
            choices=[one.value for one in Paper],
            default=Paper.A3.value,
            help="on which a PDF is set, on its side",
        )
        parser.add_argument(
            "--output",
            type=Path,
            metavar="FILE",
            help="where to; without it, a file named after mesa and day in this folder, or the pipe",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        mesa = Mesa.objects.filter(slug=options["mesa"], withdrawn_at=None).first()
        if mesa is None:
            raise NotFound(Reason.of("no_such_mesa", slug=options["mesa"]))
        ending, now = options["format"], timezone.now()
        taken = extract(INSTALLATION, mesa, lambda: Shown(problems=matrix(INSTALLATION, mesa).problems), now)
        content = _content(taken, ending, Delimiter(options["delimiter"]), Paper(options["paper"]))
        log_reading(
            actor=Actor(None, Via.COMMAND), account_id=None, mesa=mesa, what=f"matrix.{ending}", now=now
        )
        output: Path | None = options["output"]
        if output is None and not sys.stdout.isatty():
            sys.stdout.buffer.write(content)
            return
        path = output or Path(f"{mesa.slug}-{day_in(mesa.time_zone, now):%Y-%m-%d}.{ending}")
        _write(path, content)
        self.stdout.write(_("Written: %(path)s") % {"path": path})


def _content(taken: Extract, ending: str, delimiter: Delimiter, paper: Paper) -> bytes:
    match ending:
        case "csv":
            return export_csv(taken, delimiter)
        case "json":
            return export_json(taken, get_language() or "es")
        case "pdf":
            return matrix_pdf(matrix_content(taken), paper)
        case _:
            return export_xlsx(taken)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)
    except OSError as error:
        raise Refused.of("file_unwritable", path=str(path), cause=error.strerror or "") from error
