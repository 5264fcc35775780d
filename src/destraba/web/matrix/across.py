"""The Matrix across mesas: one axis or one agency in all those that somebody reads."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from destraba.queries import access
from destraba.queries.matrix.views.columns import Column
from destraba.queries.people import organization_named
from destraba.queries.within import within
from destraba.rules.permissions import PROGRAMME, Deed
from destraba.web.matrix.asking import view_of
from destraba.web.matrix.pages import Scene, page_context, rows_context
from destraba.web.matrix.saving import asking_page, drop_posted, save_posted
from destraba.web.middleware import Request


@require_GET
def page(request: Request) -> HttpResponse:
    """Problems by mesa. `?agency=` takes a name or an acronym, as people write it into an address."""
    scene = _scene(request)
    if request.headers.get("X-Fragment"):
        return render(request, "matrix/window.html", rows_context(scene, scene.window(frozenset())))
    context = {
        **page_context(scene, frozenset()),
        "can_edit": any(frame.can_edit for frame in scene.frames.values()),
        "agency": request.GET.get("agency", "")[:120],
    }
    return render(request, "matrix/across.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def view(request: Request) -> HttpResponse:
    """Ask for a view; or keep the one that the address asks for under a name."""
    access.signed_in(request.viewer)
    if request.method == "POST":
        return save_posted(request, None)
    may_share = access.may(request.viewer, Deed.READ_PROGRAMME, PROGRAMME)
    return asking_page(request, _scene(request), may_share=may_share)


@require_POST
def drop(request: Request) -> HttpResponse:
    """Let go of a view of one's own."""
    access.signed_in(request.viewer)
    return drop_posted(request, None)


def _scene(request: Request) -> Scene:
    access.signed_in(request.viewer)
    return Scene(request, within(request.viewer), None, view_of(_asked(request.GET), Column.MESA))


def _asked(query: QueryDict) -> QueryDict:
    """An agency by any of its names is an owner by its key; one that nobody knows has no rows."""
    agency = query.get("agency", "")[:120]
    if not agency:
        return query
    asked = query.copy()
    found = organization_named(agency)
    asked.setlist("owner", [str(found.pk) if found else _NOBODY])
    return asked


_NOBODY = "00000000-0000-0000-0000-000000000000"
