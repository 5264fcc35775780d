"""What every request is given: an id, the moment, and who looks; and how a refusal becomes an answer."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from destraba.models import Account
from destraba.queries import access
from destraba.queries.access import SignInNeeded, Viewer
from destraba.queries.sentences import sentence
from destraba.values.actors import Actor, Via
from destraba.values.errors import DomainError, full_disk
from destraba.values.keys import new_key
from destraba.values.reasons import Reason
from destraba.web.refusals import refused
from destraba.web.repeats import once
from destraba.web.signing_in import sign_in_address

Handler = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


class Request(HttpRequest):
    """A request as views get it: with the id, the moment and the viewer that the middleware has put there."""

    request_id: uuid.UUID
    now: datetime
    viewer: Viewer
    actor: Actor


class RequestMiddleware:
    """Names the request, fixes its moment, and puts the security headers on every answer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        typed = cast("Request", request)
        typed.request_id = new_key()
        typed.now = timezone.now()
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers["X-Request-Id"] = str(typed.request_id)
        return response


class ActorMiddleware:
    """Says who looks, and turns the domain's refusals into answers."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        typed = cast("Request", request)
        account = typed.user if isinstance(typed.user, Account) else None
        typed.viewer = access.viewer(account, typed.now)
        typed.actor = Actor(typed.viewer.person_id, Via.WEB, typed.request_id)
        response = _too_large(request) or once(request, typed.viewer.account_id, self.get_response)
        if typed.viewer.standing.account:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, SignInNeeded):
            return redirect(sign_in_address(request))
        refusal = error if isinstance(error, DomainError) else full_disk(error)
        return refused(request, refusal) if refusal else None


def _too_large(request: HttpRequest) -> HttpResponse | None:
    """Refuses what no form of ours could send before anything of it is read or kept, whoever sends it."""
    announced = request.headers.get("Content-Length", "")
    most = settings.UPLOAD_LIMIT + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if not (announced.isascii() and announced.isdigit()) or int(announced) <= most:
        return None
    said = sentence(Reason.of("upload_too_large", limit=settings.UPLOAD_LIMIT // 1024**2))
    return render(request, "refused.html", {"sentence": said}, status=413, using="jinja2")
