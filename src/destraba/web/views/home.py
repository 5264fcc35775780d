"""The first page: the mesas one sits in, and what each shows."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from destraba.queries import access
from destraba.queries.access import SignInNeeded
from destraba.queries.mesas import lines
from destraba.rules.permissions import PROGRAMME, Deed
from destraba.values.reasons import Reason
from destraba.web.middleware import Request


@require_GET
def home(request: Request) -> HttpResponse:
    """Whoever has no seat yet is told whom to ask."""
    if not request.viewer.standing.account:
        raise SignInNeeded(Reason.of("not_signed_in"))
    context = {
        "lines": lines(request.viewer),
        "may_open": access.may(request.viewer, Deed.OPEN_MESA, PROGRAMME),
    }
    return render(request, "home.html", context)
