"""Somebody's desk, and the button that says that they have read what changed."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from destraba.actions.accounts import mark_desk_seen
from destraba.models import Account
from destraba.queries.access import SignInNeeded
from destraba.queries.desk.desk import desk as desk_of
from destraba.rules.desk.pressing import told_since
from destraba.values.reasons import Reason
from destraba.web.desk.pages import desk_context
from destraba.web.middleware import Request
from destraba.web.posted import Posted


@require_safe
def desk(request: Request) -> HttpResponse:
    """Whoever has no seat yet is told whom to ask."""
    account = _account(request)
    shown = desk_of(request.viewer, told_since(account.desk_seen_at, request.now), request.now)
    context = desk_context(request.viewer, shown, request.now, is_marked=account.desk_seen_at is not None)
    return render(request, "desk/page.html", context)


@require_POST
def seen(request: Request) -> HttpResponse:
    """What the page told is read; what happened since it was drawn is told next time."""
    account = _account(request)
    shown_at = Posted(request.POST).moment("shown_at")
    mark_desk_seen(actor=request.actor, account=account, shown_at=shown_at, now=request.now)
    return redirect("home")


def _account(request: Request) -> Account:
    if not request.viewer.standing.account:
        raise SignInNeeded(Reason.of("not_signed_in"))
    return cast("Account", request.user)
