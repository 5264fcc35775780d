"""Two people on one cell: the second sees both values and chooses."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from destraba.ledger.field_names import FIELDS
from destraba.ledger.wording import moment
from destraba.models import Mesa
from destraba.queries.history import last_change
from destraba.queries.matrix.cells import cell_text
from destraba.queries.matrix.hands.found import fetch_row, number_of
from destraba.web.answers import rows_after
from destraba.web.grid import Frame
from destraba.web.middleware import Request
from destraba.web.posted import CellEdit


def conflict(request: Request, mesa: Mesa, edit: CellEdit, frame: Frame) -> HttpResponse:
    """409 with both values; whose change came first and when stands beside them."""
    row = fetch_row(mesa, edit.kind, edit.row_id)
    by, at = last_change(row)
    context = {
        "edit": {
            "object": edit.kind.value,
            "id": str(edit.row_id),
            "field": edit.field,
            "value": edit.text,
            "label": str(FIELDS.get(edit.field, edit.field)),
            "number": number_of(row),
        },
        "theirs": cell_text(row, edit.field),
        "mine": edit.text,
        "who": by,
        "when": moment(at, mesa.time_zone) if at else "",
        "now_version": row.version,
        "rows": rows_after(request.viewer, mesa, [row], frame, frozenset(request.POST.getlist("open")))[0],
        "slug": mesa.slug,
        "cells_url": reverse("matrix_cells", args=[mesa.slug]),
    }
    return render(request, "matrix/conflict.html", context, status=409)
