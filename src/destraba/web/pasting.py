"""The preview of a pasted block: what `components/paste.html` reads."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from destraba.ledger.field_names import FIELDS
from destraba.queries.matrix.pasting import PastePlan
from destraba.queries.sentences import sentence
from destraba.values.reasons import Reason


@dataclass(frozen=True, slots=True)
class Change:
    number: str
    column: str
    was: str
    now: str
    kind: str


@dataclass(frozen=True, slots=True)
class Doubt:
    place: str
    words: str


def preview(plan: PastePlan, posted: QueryDict, slug: str) -> dict[str, Any]:
    """Every cell that would change, and every one that is left out with its reason."""
    changes: list[Change] = []
    doubts: list[Doubt] = []
    for position, line in enumerate(plan.lines, start=1):
        kind = "changed" if line.row_id else "new"
        place = _("line %(number)s") % {"number": position}
        if line.is_left_out:
            doubts.append(Doubt(place, sentence(Reason.of("required", field="title"))))
            continue
        if line.title:
            changes.append(Change("", str(FIELDS["title"]), "", line.title, kind))
        for cell in line.cells:
            column = str(FIELDS.get(cell.field, cell.field))
            if cell.refusal:
                doubts.append(Doubt(f"{place}, {column}", sentence(cell.refusal)))
            else:
                changes.append(Change(line.number, column, cell.was, cell.text, kind))
    if plan.ignored:
        doubts.append(Doubt(_("columns beyond the last"), _("There is nowhere to put them.")))
    return {
        "anchor": {name: posted.get(name, "") for name in ("object", "id", "field", "parent", "columns")},
        "tsv": posted.get("tsv", ""),
        "mark": plan.mark,
        "changes": changes,
        "doubts": doubts,
        "asks_why": plan.asks_why,
        "paste_url": reverse("matrix_paste", args=[slug]),
    }
