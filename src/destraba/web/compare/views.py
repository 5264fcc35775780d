"""What changed between two moments: a page, and the same as CSV."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from destraba.actions.reading import log_reading
from destraba.queries import access
from destraba.queries.matrix.compare.comparison import comparison
from destraba.queries.matrix.compare.moments import meetings_held, stretch
from destraba.rules.permissions import Deed
from destraba.values.errors import Invalid
from destraba.web.compare.asked import Asked
from destraba.web.compare.exports import comparison_csv
from destraba.web.compare.pages import found_context, refused_context
from destraba.web.middleware import Request


@require_safe
def page(request: Request, slug: str) -> HttpResponse:
    """Since the last session, or between the moments that the address names."""
    mesa = access.mesa(request.viewer, slug)
    asked = Asked.of(request.GET)
    if asked.is_typed:
        return redirect(f"{reverse('matrix_compare', args=[slug])}{asked.query()}")
    held = meetings_held(request.viewer, mesa)
    try:
        wanted = stretch(mesa, held, asked.start, asked.end, request.now)
    except Invalid as refusal:
        context = refused_context(request, mesa, held, asked, refusal)
        return render(request, "compare/page.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    found = comparison(request.viewer, mesa, wanted)
    return render(request, "compare/page.html", found_context(request, mesa, held, asked, found))


@require_GET
def csv(request: Request, slug: str) -> HttpResponse:
    """The same rows, a line for each cell that differs. Raises Invalid."""
    mesa = access.mesa(request.viewer, slug, Deed.DOWNLOAD_RECORD)
    asked = Asked.of(request.GET)
    wanted = stretch(mesa, meetings_held(request.viewer, mesa), asked.start, asked.end, request.now)
    content = comparison_csv(comparison(request.viewer, mesa, wanted), asked.show)
    log_reading(
        actor=request.actor,
        account_id=request.viewer.account_id,
        mesa=mesa,
        what="compare.csv",
        detail=request.META.get("QUERY_STRING", ""),
        now=request.now,
    )
    name = f"{mesa.slug}-{wanted.start.text}-{wanted.end.text}.csv".lower()
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
