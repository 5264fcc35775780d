"""The page from which a meeting is chaired."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from destraba.queries.meetings.room import Room, room
from destraba.queries.sentences import sentence
from destraba.values.errors import Conflict, DomainError, Invalid, NoRoom, Stale
from destraba.web.live.acts import Done, SentBack, Turn, carry_out
from destraba.web.live.context import Outcome, page_of
from destraba.web.live.forms import QuickForm
from destraba.web.middleware import Request
from destraba.web.refusals import status_of


@require_http_methods(["GET", "HEAD", "POST"])
def live(request: Request, slug: str, number: int) -> HttpResponse:
    """Agenda, current item and attendance on one screen; every form comes back here."""
    if request.method != "POST":
        return _page(request, room(request.viewer, slug, number, request.GET.get("item", "")), Outcome())
    try:
        shown = room(request.viewer, slug, number, request.POST.get("item", ""))
    except Invalid as error:
        shown = room(request.viewer, slug, number)
        return _page(request, shown, _refused(request, shown, error))
    return _posted(request, shown)


def _posted(request: Request, shown: Room) -> HttpResponse:
    try:
        done = carry_out(Turn(shown, request.actor, request.now, request.POST))
    except SentBack as back:
        outcome = _came_back(back)
    except (Conflict, Invalid, NoRoom, Stale) as error:
        outcome = _refused(request, shown, error)
    else:
        return _go_on(request, shown, done)
    # Read anew: somebody else may have closed the meeting, or written what this form stumbled over.
    now_shown = room(request.viewer, shown.mesa.slug, shown.meeting.number, request.POST.get("item", ""))
    return _page(request, now_shown, outcome)


def _go_on(request: Request, shown: Room, done: Done) -> HttpResponse:
    if done.words:
        messages.success(request, done.words)
    if done.warning:
        messages.warning(request, done.warning)
    if done.is_over:
        return redirect("meeting", slug=shown.mesa.slug, number=shown.meeting.number)
    query = f"?{urlencode({'item': done.item})}" if done.item else ""
    return redirect(f"{request.path}{query}")


def _came_back(back: SentBack) -> Outcome:
    return Outcome(
        refusal=sentence(back.error.reason),
        status=status_of(back.error),
        quick=back.quick,
        entry=back.entry,
        is_stale=isinstance(back.error, Stale),
    )


def _refused(request: Request, shown: Room, error: DomainError) -> Outcome:
    """What was typed stays in its form, whichever it was."""
    act = request.POST.get("act")
    return Outcome(
        refusal=sentence(error.reason),
        status=status_of(error),
        quick=QuickForm(request.POST, shown) if act == "write" else None,
        seats=request.POST if act == "attend" else None,
    )


def _page(request: Request, shown: Room, outcome: Outcome) -> HttpResponse:
    status = outcome.status or HTTPStatus.OK
    return render(request, "live/page.html", page_of(request, shown, outcome), status=status)
