"""The Matrix to take away: what the reader sees, as files. Each taking leaves a line."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from destraba.actions.reading import log_reading
from destraba.exchange.matrix.export import Delimiter, export_csv, export_json, export_xlsx, template_xlsx
from destraba.models import Mesa
from destraba.queries import access
from destraba.queries.exports import Extract
from destraba.queries.exports import extract as extract_of
from destraba.rules.permissions import Deed
from destraba.values.days import day_in
from destraba.values.errors import Invalid
from destraba.values.reasons import Reason
from destraba.web.exports.shown import shown
from destraba.web.middleware import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
JSON = "application/json"


@require_GET
def matrix_xlsx(request: Request, slug: str) -> HttpResponse:
    """The view of the Matrix that the address asks for, as a workbook."""
    extract = extracted(request, slug)
    return taken(request, extract.mesa, export_xlsx(extract), XLSX, "xlsx")


@require_GET
def matrix_csv(request: Request, slug: str) -> HttpResponse:
    """The same as CSV: `?delimiter=semicolon` for Excel in Spanish."""
    delimiter = _delimiter(request.GET.get("delimiter", Delimiter.COMMA))
    extract = extracted(request, slug)
    return taken(request, extract.mesa, export_csv(extract, delimiter), CSV, "csv")


@require_GET
def matrix_json(request: Request, slug: str) -> HttpResponse:
    """The same for programs."""
    extract = extracted(request, slug)
    return taken(request, extract.mesa, export_json(extract, request.LANGUAGE_CODE), JSON, "json")


@require_GET
def template(request: Request, slug: str) -> HttpResponse:
    """A workbook with the headings alone, for a team that starts one."""
    mesa = access.mesa(request.viewer, slug, Deed.EDIT_MATRIX)
    return _attached(template_xlsx(mesa, request.now), XLSX, f"{mesa.slug}.xlsx")


def extracted(request: Request, slug: str) -> Extract:
    """All that the reader may take of what the address asks for."""
    mesa = access.mesa(request.viewer, slug, Deed.DOWNLOAD_RECORD)
    return extract_of(request.viewer, mesa, lambda: shown(request, mesa), request.now)


def _delimiter(text: str) -> Delimiter:
    try:
        return Delimiter(text)
    except ValueError as error:
        raise Invalid(Reason.of("unknown_choice", text=text[:40])) from error


def taken(request: Request, mesa: Mesa, content: bytes, media_type: str, ending: str) -> HttpResponse:
    """The file, once the line is written."""
    log_taking(request, mesa, ending)
    return attached(request, mesa, content, media_type, ending)


def log_taking(request: Request, mesa: Mesa, ending: str) -> None:
    """Who took which rows of which mesa."""
    log_reading(
        actor=request.actor,
        account_id=request.viewer.account_id,
        mesa=mesa,
        what=f"matrix.{ending}",
        detail=request.META.get("QUERY_STRING", ""),
        now=request.now,
    )


def attached(request: Request, mesa: Mesa, content: bytes, media_type: str, ending: str) -> HttpResponse:
    """Under a name that says what it is and of which day."""
    name = f"{mesa.slug}-{day_in(mesa.time_zone, request.now):%Y-%m-%d}.{ending}"
    return _attached(content, media_type, name)


def _attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Slugs and digits need no quoting in the header."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
