"""All mesas on one page, and the same as a table to take away."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from destraba.actions.reading import log_programme_reading
from destraba.queries import access
from destraba.rules.permissions import PROGRAMME, Deed
from destraba.values.days import day_in
from destraba.web.middleware import Request
from destraba.web.programme.acts import ACTS
from destraba.web.programme.exports import mesas_csv
from destraba.web.programme.pages import programme_context
from destraba.web.programme.scenes import overview_of, programme_scene, wanted_in
from destraba.web.things.answering import Page, answer

_PROGRAMME = Page("programme/page.html", ACTS, programme_context)


@require_http_methods(["GET", "HEAD", "POST"])
def programme(request: Request) -> HttpResponse:
    """Which mesa stands still, which is red, where paper does not become anything; and declared figures."""
    return answer(request, _PROGRAMME, lambda: programme_scene(request))


@require_GET
def programme_csv(request: Request) -> HttpResponse:
    """The view of the mesas that the address asks for. Each taking leaves a line."""
    found = access.programme(request.viewer, Deed.READ_PROGRAMME)
    access.require(request.viewer, Deed.DOWNLOAD_RECORD, PROGRAMME)
    content = mesas_csv(overview_of(request, wanted_in(request.GET)).rows)
    log_programme_reading(
        actor=request.actor,
        account_id=request.viewer.account_id,
        what="programme.csv",
        detail=request.META.get("QUERY_STRING", ""),
        now=request.now,
    )
    name = f"programme-{day_in(found.time_zone, request.now):%Y-%m-%d}.csv"
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
