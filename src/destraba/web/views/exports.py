"""The Matrix to take away: what the reader sees, as a workbook or as CSV. Each taking leaves a line."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from destraba.actions.reading import log_reading
from destraba.exchange.matrix.export import export_csv, export_xlsx, template_xlsx
from destraba.models import Mesa
from destraba.queries import access
from destraba.rules.permissions import Deed
from destraba.values.days import day_in
from destraba.web.middleware import Request
from destraba.web.posted import Posted

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@require_GET
def matrix_xlsx(request: Request, slug: str) -> HttpResponse:
    """The view of the Matrix that the address asks for, as a workbook."""
    mesa = access.mesa(request.viewer, slug, Deed.DOWNLOAD_RECORD)
    content = export_xlsx(request.viewer, mesa, request.now, Posted(request.GET).filters())
    return _taken(request, mesa, content, XLSX, "xlsx")


@require_GET
def matrix_csv(request: Request, slug: str) -> HttpResponse:
    """The same as CSV."""
    mesa = access.mesa(request.viewer, slug, Deed.DOWNLOAD_RECORD)
    content = export_csv(request.viewer, mesa, Posted(request.GET).filters())
    return _taken(request, mesa, content, CSV, "csv")


@require_GET
def template(request: Request, slug: str) -> HttpResponse:
    """A workbook with the headings alone, for a team that starts one."""
    mesa = access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
    return _attached(template_xlsx(mesa, request.now), XLSX, f"{mesa.slug}.xlsx")


def _taken(request: Request, mesa: Mesa, content: bytes, media_type: str, ending: str) -> HttpResponse:
    log_reading(
        actor=request.actor,
        account_id=request.viewer.account_id,
        mesa=mesa,
        what=f"matrix.{ending}",
        detail=request.META.get("QUERY_STRING", ""),
        now=request.now,
    )
    name = f"{mesa.slug}-{day_in(mesa.time_zone, request.now):%Y-%m-%d}.{ending}"
    return _attached(content, media_type, name)


def _attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Slugs and digits need no quoting in the header."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
