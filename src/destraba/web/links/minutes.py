"""`/u/minutes/`: one edition of the minutes, for one who sits in the mesa. Looking changes nothing."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from destraba.actions.meetings.minutes import PDF, approve_minutes, object_to_minutes
from destraba.models import Link
from destraba.queries import access
from destraba.queries.files import content_of
from destraba.queries.meetings.by_link import LinkedMinutes, minutes_by, was_made
from destraba.rules.minutes import mailed_refusal
from destraba.rules.operations.links import LinkPurpose
from destraba.values.actors import Actor, Via
from destraba.values.errors import Conflict, DomainError, Invalid, NoRoom, NotFound, Stale
from destraba.values.reasons import Reason
from destraba.web.files.answers import file_answer
from destraba.web.links import door
from destraba.web.links.forms import ObjectionForm
from destraba.web.links.sheets import Unsent, minutes_context
from destraba.web.middleware import Request
from destraba.web.refusals import status_of

_REFUSALS = (Conflict, Invalid, NoRoom, NotFound, Stale)


@dataclass(frozen=True, slots=True)
class _Visit:
    """Who came by which link, and what they find."""

    request: Request
    link: Link
    found: LinkedMinutes

    @property
    def actor(self) -> Actor:
        names = frozenset({self.found.minutes.pk})
        return Actor(self.link.person_id, Via.LINK, self.request.request_id, link_names=names)


@require_http_methods(["GET", "HEAD"])
@door.behind_link(LinkPurpose.MINUTES)
def minutes(request: Request, link: Link) -> HttpResponse:
    """What was decided, until when one can object, and the form for it."""
    return _page(request, link)


@require_safe
@door.behind_link(LinkPurpose.MINUTES)
def pdf(request: Request, link: Link) -> HttpResponse:
    """What was circulated, byte for byte."""
    found = minutes_by(link, request.now)
    if found is None:
        return door.shut(request)
    if not found.is_shown or found.minutes.pdf is None:
        return _page(request, link, Unsent(Conflict(mailed_refusal(found.standing) or Reason.of("hidden"))))
    return file_answer(content_of(found.minutes.pdf), found.minutes.pdf.name, PDF)


@require_POST
@door.behind_link(LinkPurpose.MINUTES)
def objection(request: Request, link: Link) -> HttpResponse:
    """One objection; the same one sent again finds itself on record."""
    found = minutes_by(link, request.now)
    if found is None:
        return door.shut(request)
    form = ObjectionForm(request.POST)
    error = _objected(_Visit(request, link, found), form)
    return _answer(request, link, Unsent(error, form) if error else None)


@require_POST
@door.behind_link(LinkPurpose.MINUTES)
def approval(request: Request, link: Link) -> HttpResponse:
    """A leader approves; pressed twice, it was done once."""
    found = minutes_by(link, request.now)
    if found is None:
        return door.shut(request)
    error = _approved(_Visit(request, link, found))
    return _answer(request, link, Unsent(error) if error else None)


def _objected(visit: _Visit, form: ObjectionForm) -> DomainError | None:
    """Put it on record; what stood in the way, if anything did."""
    if not form.is_valid():
        return Invalid(Reason.of("see_fields"))
    minutes, key = visit.found.minutes, _key(visit, form.cleaned_data["once"])
    try:
        _require_open(visit)
        object_to_minutes(
            actor=visit.actor,
            minutes=minutes,
            text=form.cleaned_data["text"],
            seat=access.seat_in(visit.found.viewer, minutes.mesa),
            key=key,
            now=visit.request.now,
        )
    except _REFUSALS as error:
        return None if was_made(key, minutes) else error
    return None


def _approved(visit: _Visit) -> DomainError | None:
    """The same of an approval. Which edition was read counts: another one is another page."""
    try:
        if not visit.found.is_shown:
            _require_open(visit)
        approve_minutes(actor=visit.actor, minutes=visit.found.minutes, now=visit.request.now)
    except _REFUSALS as error:
        fresh = minutes_by(visit.link, visit.request.now)
        return None if fresh and fresh.approved_here else error
    return None


def _require_open(visit: _Visit) -> None:
    if refused := mailed_refusal(visit.found.standing):
        raise Conflict(refused)


def _key(visit: _Visit, once: UUID) -> UUID:
    """The objection's own key, from the form that it was sent with; nobody can aim it at another's."""
    return uuid5(visit.found.minutes.pk, f"{visit.link.person_id} {once}")


def _answer(request: Request, link: Link, unsent: Unsent | None) -> HttpResponse:
    if unsent is None:
        return redirect(f"{reverse('link_minutes')}?sent#main")
    return _page(request, link, unsent)


def _page(request: Request, link: Link, unsent: Unsent | None = None) -> HttpResponse:
    """As things stand now, whatever stood there when a form was drawn."""
    found = minutes_by(link, request.now)
    if found is None:
        return door.shut(request)
    context = minutes_context(request, found, link, unsent)
    status = status_of(unsent.error) if unsent else 200
    return render(request, "links/minutes.html", context, status=status)
