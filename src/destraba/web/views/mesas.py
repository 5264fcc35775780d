"""One mesa: where it stands, and the end of its quiet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from destraba.actions.mesas import start_following_up
from destraba.queries import access
from destraba.queries.labels import label
from destraba.queries.matrix.tree import matrix
from destraba.queries.methods import method_of
from destraba.rules.mesas import MesaState
from destraba.rules.permissions import Deed
from destraba.web.frame import mesa_frame
from destraba.web.middleware import Request


@require_GET
def overview(request: Request, slug: str) -> HttpResponse:
    """What this mesa is, what is in focus, and how its lights stand."""
    mesa = access.mesa(request.viewer, slug)
    shown = matrix(request.viewer, mesa)
    context = {
        **mesa_frame(request.viewer, mesa, "mesa"),
        "mesa_is_title": True,
        "record": mesa,
        "state": label(MesaState(mesa.state)),
        "method": method_of(mesa),
        "matrix": shown,
        "focus": [problem for problem in shown.problems if problem.in_focus],
        "slug": slug,
    }
    return render(request, "mesas/overview.html", context)


@require_http_methods(["GET", "POST"])
def follow(request: Request, slug: str) -> HttpResponse:
    """Say what will happen; then end the quiet."""
    mesa = access.mesa(request.viewer, slug, Deed.FOLLOW_UP)
    if request.method == "POST":
        start_following_up(actor=request.actor, mesa=mesa, now=request.now)
        messages.success(request, _("The mesa is followed up from today: its lights are computed."))
        return redirect("matrix", slug=slug)
    context = {**mesa_frame(request.viewer, mesa, "mesa"), "slug": slug, "record": mesa}
    return render(request, "mesas/follow.html", context)
