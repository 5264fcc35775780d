"""Views kept under a name, the form that asks for one, and what somebody has seen."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from destraba.actions.matrix.views import drop_view, mark_matrix_seen, save_view
from destraba.models import Account, Mesa
from destraba.queries import access
from destraba.queries.matrix.views.columns import Column
from destraba.queries.within import within_one
from destraba.rules.permissions import Deed, Subject
from destraba.values.errors import Invalid
from destraba.values.reasons import Reason
from destraba.web.frame import mesa_frame
from destraba.web.matrix.asking import query_of, view_of
from destraba.web.matrix.asking_form import asking_context
from destraba.web.matrix.pages import Scene, addresses_of
from destraba.web.middleware import Request
from destraba.web.posted import Posted


@require_http_methods(["GET", "HEAD", "POST"])
def view(request: Request, slug: str) -> HttpResponse:
    """Ask for a view; or keep the one that the address asks for under a name."""
    mesa = access.mesa(request.viewer, slug)
    if request.method == "POST":
        return save_posted(request, mesa)
    scene = Scene(request, within_one(request.viewer, mesa), mesa, view_of(request.GET))
    may_share = access.may(request.viewer, Deed.EDIT_MATRIX, Subject(mesa.pk))
    return asking_page(request, scene, may_share=may_share)


@require_POST
def drop(request: Request, slug: str) -> HttpResponse:
    """Let go of a view of one's own."""
    return drop_posted(request, access.mesa(request.viewer, slug))


@require_POST
def seen(request: Request, slug: str) -> HttpResponse:
    """What the page showed is read; what moved since it was drawn is new next time."""
    mesa = access.mesa(request.viewer, slug)
    mark_matrix_seen(
        actor=request.actor,
        account=cast("Account", request.user),
        mesa=mesa,
        shown_at=Posted(request.POST).moment("shown_at"),
        now=request.now,
    )
    return redirect("matrix", slug=slug)


def asking_page(request: Request, scene: Scene, *, may_share: bool) -> HttpResponse:
    """The form, as a page or as a piece for the dialog of the grid."""
    context = {
        **(mesa_frame(request.viewer, scene.mesa, "matrix") if scene.mesa else {}),
        **asking_context(scene),
        "addresses": addresses_of(scene.mesa),
        "query": query_of(scene.view),
        "may_share": may_share,
    }
    piece = bool(request.headers.get("X-Fragment"))
    return render(request, "matrix/view_form.html" if piece else "matrix/view.html", context)


def save_posted(request: Request, mesa: Mesa | None) -> HttpResponse:
    """Only what is understood of the address is kept, in one way of writing it."""
    posted = Posted(request.POST)
    usual = Column.SHELF if mesa else Column.MESA
    query = query_of(view_of(QueryDict(posted.text("query").lstrip("?")), usual))
    kept = save_view(
        actor=request.actor,
        account=cast("Account", request.user),
        mesa=mesa,
        name=posted.text("name"),
        query=query,
        shared=posted.text("shared") == "yes",
        now=request.now,
    )
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": kept.name})
    return redirect(f"{addresses_of(mesa)['page']}?{query}")


def drop_posted(request: Request, mesa: Mesa | None) -> HttpResponse:
    """The view that the form names."""
    key = Posted(request.POST).key("view")
    if key is None:
        raise Invalid(Reason.of("unknown_view"))
    drop_view(
        actor=request.actor,
        account=cast("Account", request.user),
        mesa=mesa,
        view_id=key,
        now=request.now,
    )
    messages.success(request, _("The view is gone; what it showed is still there."))
    return redirect(f"{addresses_of(mesa)['asking']}#views")
