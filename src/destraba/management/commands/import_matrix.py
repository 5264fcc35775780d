"""`destraba import-matrix`: bring the spreadsheet that a team keeps into a mesa, or say what it would do."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.exchange.matrix.compare.plan import Status
from destraba.exchange.matrix.mesas import mesa_called
from destraba.exchange.matrix.readings import MesaFound
from destraba.exchange.matrix.spreadsheets import Choice, Compared, Spreadsheet, require_rows
from destraba.exchange.matrix.words import remembered
from destraba.exchange.refusals import Refused
from destraba.ledger.labels import label
from destraba.management.commanding import DestrabaCommand
from destraba.methods.catalogue import USUAL
from destraba.models import Mesa, Programme
from destraba.queries.matrix.cells import Kind
from destraba.queries.sentences import sentence
from destraba.rules.lights import Light
from destraba.values.actors import Actor, Via
from destraba.values.errors import NotFound
from destraba.values.reasons import Reason
from destraba.values.texts import slug

_PLURALS = {Kind.PROBLEM: "problems", Kind.SOLUTION: "solutions", Kind.COMMITMENT: "commitments"}


class Command(DestrabaCommand):
    help = (
        "Bring a spreadsheet into a mesa. Says what is new and what changed, and every cell in doubt. "
        "What was edited on screen meanwhile is never overwritten."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="an Excel (.xlsx) or CSV file")
        target = parser.add_mutually_exclusive_group(required=True)
        target.add_argument("--mesa", metavar="SLUG", help="the address of the mesa")
        target.add_argument(
            "--all",
            action="store_true",
            help="every mesa of the spreadsheet into the one that is called so, or none of them",
        )
        parser.add_argument("--create", action="store_true", help="open the mesa if there is none")
        parser.add_argument("--name", default="", help="its name; without one, the title of the spreadsheet")
        parser.add_argument("--method", default=USUAL, help="the method of a new mesa (%(default)s)")
        parser.add_argument("--sheet", help="the sheet, where several hold a Matrix")
        parser.add_argument(
            "--mesa-name", help="the mesa as the spreadsheet calls it, where it holds several"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what it would do and write nothing")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        spreadsheet = self._spreadsheet_for(options)
        if not options["all"]:
            self._say(*self._bring(spreadsheet, options), options)
            return
        reports = []
        with transaction.atomic():
            for found in spreadsheet.read(Choice()).mesas_found:
                if own := self._own(found, options):
                    reports.append(self._bring(spreadsheet, own))
        if options["json"]:
            told = [_report(compared, address, dry_run=options["dry_run"]) for compared, address in reports]
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for compared, address in reports:
            self._say(compared, address, options)

    def _own(self, found: MesaFound, options: dict[str, Any]) -> dict[str, Any] | None:
        """The same for one mesa of the spreadsheet; None, and a line that says so, where it has no place."""
        known = mesa_called(found.name, Mesa.objects.filter(withdrawn_at=None)) if found.name else None
        if known is None and (not found.name or not options["create"]):
            said = {"name": found.name or "—", "sheet": found.sheet, "count": found.problems}
            words = ngettext(
                "%(sheet)s / %(name)s: no mesa is called so; %(count)s problem is left out.",
                "%(sheet)s / %(name)s: no mesa is called so; %(count)s problems are left out.",
                found.problems,
            )
            self.stderr.write(words % said)
            return None
        target = known.slug if known else slug(found.name)
        names = {"name": found.name, "sheet": found.sheet, "mesa_name": found.name}
        return {**options, **names, "mesa": target}

    def _bring(self, spreadsheet: Spreadsheet, options: dict[str, Any]) -> tuple[Compared, str]:
        """Into one mesa, or only tried; and its address."""
        mesa = _mesa(options["mesa"], create=options["create"])
        choice = Choice(options["sheet"], options["mesa_name"], remembered(mesa))
        if not options["dry_run"]:
            return self._write(spreadsheet, mesa, choice, options), options["mesa"]
        compared = spreadsheet.compared(mesa, choice)
        require_rows(compared.reading)
        return compared, options["mesa"]

    def _say(self, compared: Compared, address: str, options: dict[str, Any]) -> None:
        if options["json"]:
            report = _report(compared, address, dry_run=options["dry_run"])
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._tell(compared, options["file"].name, {**options, "mesa": address})

    def _spreadsheet_for(self, options: dict[str, Any]) -> Spreadsheet:
        """Whether there is a mesa to bring it into is asked before it is read."""
        if options["mesa"]:
            _mesa(options["mesa"], create=options["create"])
        return self._spreadsheet(options["file"])

    def _spreadsheet(self, path: Path) -> Spreadsheet:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise Refused.of("file_missing", path=str(path), cause=error.strerror or "") from error
        return Spreadsheet(path.name, content)

    def _write(
        self, spreadsheet: Spreadsheet, mesa: Mesa | None, choice: Choice, options: dict[str, Any]
    ) -> Compared:
        actor, now = Actor(None, Via.COMMAND), timezone.now()

        def progress(done: int, total: int) -> None:
            said = {"done": done, "total": total}
            self.progress(_("Writing %(done)s/%(total)s") % said if done < total else "")

        if mesa is None:
            return spreadsheet.opened_with(
                actor=actor,
                slug=options["mesa"],
                name=options["name"],
                method_id=options["method"],
                choice=choice,
                now=now,
                progress=progress,
            )
        require_rows(spreadsheet.read(choice))
        compared, _done = spreadsheet.brought_in(
            actor=actor, mesa=mesa, choice=choice, now=now, progress=progress
        )
        return compared

    def _tell(self, compared: Compared, file_name: str, options: dict[str, Any]) -> None:
        plan = compared.plan
        head = f"{options['mesa']} · {plan.source} ({file_name})"
        tried = _("only tried, nothing written")
        self.stdout.write(f"{head} · {tried}" if options["dry_run"] else head)
        self._tell_counts(compared)
        conflicts = [
            (
                f"{cell.where.sheet}!{cell.where.cell}" if cell.where else row.number,
                f"{cell.mine} | {cell.theirs}",
            )
            for row in plan.of(Status.CONFLICT)
            for cell in row.cells
            if cell.is_conflict
        ]
        self._list(_("In conflict, left as on screen: screen | spreadsheet"), conflicts)
        doubts = [(f"{doubt.sheet}!{doubt.cell}", sentence(doubt.reason)) for doubt in plan.doubts]
        self._list(_("Doubts"), doubts)
        skipped = [
            (f"{one.sheet}!{one.row}" if one.row else one.sheet, sentence(one.reason)) for one in plan.skipped
        ]
        self._list(_("Left out"), skipped)
        self._list(_("Organizations that are new here"), [(name, "") for name in plan.strangers])
        if plan.unclaimed:
            words = ngettext(
                "%(count)s row of the mesa is not in the spreadsheet; it stays.",
                "%(count)s rows of the mesa are not in the spreadsheet; they stay.",
                plan.unclaimed,
            )
            self.stdout.write(words % {"count": plan.unclaimed})

    def _tell_counts(self, compared: Compared) -> None:
        titles = ("", _("new"), _("changed"), _("unchanged"))
        names = {
            Kind.PROBLEM: _("problems"),
            Kind.SOLUTION: _("solutions"),
            Kind.COMMITMENT: _("commitments"),
        }
        lines = [titles, *((names[kind], *map(str, _counts(compared, kind).values())) for kind in Kind)]
        widths = [max(len(line[column]) for line in lines) for column in range(len(titles))]
        for first, *rest in lines:
            cells = (text.rjust(width) for text, width in zip(rest, widths[1:], strict=True))
            self.stdout.write(f"  {first.ljust(widths[0])}  {'  '.join(cells)}".rstrip())
        declared = (
            f"{count} {label(Light(code)).lower()}" for code, count in _declared(compared).items() if count
        )
        self.stdout.write(_("Declared lights: %(lights)s") % {"lights": ", ".join(declared)})

    def _list(self, title: str, entries: list[tuple[str, str]]) -> None:
        if not entries:
            return
        self.stdout.write(f"{title} ({len(entries)})")
        width = max(len(place) for place, _words in entries)
        for place, words in entries:
            self.stdout.write(f"  {place.ljust(width)}  {words}".rstrip())


def _mesa(address: str, *, create: bool) -> Mesa | None:
    """None for one that is yet to be opened."""
    if not Programme.objects.exists():
        raise Refused.of("no_programme")
    mesa = Mesa.objects.filter(slug=address, withdrawn_at=None).first()
    if mesa is None and not create:
        raise NotFound(Reason.of("unknown_mesa", slug=address))
    return mesa


def _report(compared: Compared, address: str, *, dry_run: bool) -> dict[str, object]:
    plan = compared.plan
    return {
        "mesa": address,
        "dry_run": dry_run,
        **{_PLURALS[kind]: _counts(compared, kind) for kind in Kind},
        "declared": _declared(compared),
        "conflicts": sum(cell.is_conflict for row in plan.rows for cell in row.cells),
        "doubts": [
            {"sheet": one.sheet, "cell": one.cell, "message": sentence(one.reason)} for one in plan.doubts
        ],
        "skipped": [
            {"sheet": one.sheet, "row": one.row, "reason": sentence(one.reason)} for one in plan.skipped
        ],
    }


def _counts(compared: Compared, kind: Kind) -> dict[str, int]:
    """A row in conflict has changed, though its cell stays as it is on screen."""
    plan = compared.plan
    return {
        "new": plan.count(kind, Status.NEW),
        "changed": plan.count(kind, Status.CHANGED, Status.CONFLICT),
        "unchanged": plan.count(kind, Status.UNCHANGED),
    }


def _declared(compared: Compared) -> dict[str, int]:
    """How many commitments of the spreadsheet declare each light."""
    counts = Counter(commitment.declared or Light.NONE for commitment in compared.reading.commitments())
    return {light.value: counts[light] for light in Light if counts[light]}
