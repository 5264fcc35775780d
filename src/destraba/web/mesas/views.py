"""One mesa: where it stands, the end of its quiet, and how a new one begins."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from destraba.actions.mesas import open_mesa, start_following_up
from destraba.methods.catalogue import USUAL
from destraba.models import Mesa
from destraba.queries import access
from destraba.queries.history import latest
from destraba.queries.matrix.rows import Matrix
from destraba.queries.matrix.solutions.funding import funding_of
from destraba.queries.matrix.tree import matrix
from destraba.queries.mesas import participants
from destraba.queries.methods import method_of
from destraba.queries.people import organization_names
from destraba.queries.sentences import sentence
from destraba.rules.permissions import Deed, Subject
from destraba.values.days import day_in
from destraba.values.errors import Conflict, Invalid, NoRoom
from destraba.web.forms.mesas import FACTOR, MesaForm, in_language
from destraba.web.frame import mesa_frame
from destraba.web.mesas.following import following_context
from destraba.web.mesas.funding import funding_context, funding_fact
from destraba.web.mesas.overviews import facts_of_mesa, focus_lines, need_of_mesa, troubled_rows
from destraba.web.middleware import Request
from destraba.web.problems.raising import raise_form
from destraba.web.refusals import status_of
from destraba.web.things.telling import told_briefly

MOVEMENTS = 8


@require_safe
def overview(request: Request, slug: str) -> HttpResponse:
    """What this mesa is, what is in focus, what is wrong, what moved last."""
    mesa = access.mesa(request.viewer, slug)
    return render(request, "mesas/overview.html", _overview(request, mesa))


@require_safe
def funding(request: Request, slug: str) -> HttpResponse:
    """What was identified and nobody pays for yet."""
    mesa = access.mesa(request.viewer, slug)
    found = funding_of(request.viewer, mesa)
    context = {
        **mesa_frame(request.viewer, mesa, "mesa"),
        "slug": slug,
        "record": mesa,
        **funding_context(mesa, found, day_in(mesa.time_zone, request.now)),
    }
    return render(request, "mesas/funding.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: Request, slug: str) -> HttpResponse:
    """Say what will happen; then end the quiet."""
    mesa = access.mesa(request.viewer, slug, Deed.FOLLOW_UP)
    if request.method == "POST":
        start_following_up(actor=request.actor, mesa=mesa, now=request.now)
        messages.success(request, _("The mesa is followed up from today: its lights are computed."))
        return redirect("mesa", slug=slug)
    context = {**mesa_frame(request.viewer, mesa, "mesa"), "slug": slug, "record": mesa}
    if mesa.is_quiet:
        context |= following_context(request.viewer, mesa, request.now)
    return render(request, "mesas/follow.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """The head opens a mesa; it begins quiet, with nobody in it."""
    access.programme(request.viewer, Deed.OPEN_MESA)
    form = MesaForm(request.POST) if request.method == "POST" else MesaForm(initial={"method_id": USUAL})
    status = 200
    if form.is_bound:
        if form.is_valid():
            try:
                opened = _open(request, form)
            except (Conflict, Invalid, NoRoom) as error:
                form.add_error(None, sentence(error.reason))
                status = status_of(error)
            else:
                messages.success(request, _("The mesa is open. Now say who its team is."))
                return redirect("people", slug=opened.slug)
        else:
            status = 422
    context = {"form": form, "organization_names": organization_names()}
    return render(request, "mesas/new.html", context, status=status)


def _open(request: Request, form: MesaForm) -> Mesa:
    data = form.cleaned_data
    return open_mesa(
        actor=request.actor,
        name=data["name"],
        slug=data["slug"],
        method_id=data["method_id"],
        host=data["host"],
        is_horizontal=data["works_on"] == FACTOR,
        installed_on=data["installed_on"],
        now=request.now,
    )


def _overview(request: Request, mesa: Mesa) -> dict[str, object]:
    today: date = day_in(mesa.time_zone, request.now)
    shown: Matrix = matrix(request.viewer, mesa)
    people = participants(mesa, today)
    method = method_of(mesa)
    movements = latest(request.viewer, mesa.pk, shown, MOVEMENTS, mesa.time_zone)
    return {
        **mesa_frame(request.viewer, mesa, "mesa"),
        "mesa_is_title": True,
        "slug": mesa.slug,
        "record": mesa,
        "matrix": shown,
        "need": need_of_mesa(request.viewer, mesa, shown, people),
        "facts": [
            *facts_of_mesa(mesa, in_language(method.title), method.cadence.interval_days, people),
            *funding_fact(mesa, funding_of(request.viewer, mesa), today),
        ],
        "focus": focus_lines(mesa, shown, today),
        "focus_most": method.focus.most,
        "troubled": troubled_rows(mesa, shown, today),
        "movements": told_briefly(movements, mesa.time_zone),
        "form": raise_form(request, mesa),
        "can_follow": access.may(request.viewer, Deed.FOLLOW_UP, Subject(mesa.pk)),
    }
