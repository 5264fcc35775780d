"""What every request is given: an id, the moment, and who looks; and how a refusal becomes an answer."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from destraba.models import Account
from destraba.queries import access
from destraba.queries.access import SignInNeeded, Viewer
from destraba.values.actors import Actor, Via
from destraba.values.errors import DomainError
from destraba.values.keys import new_key
from destraba.web.refusals import refused
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
        response = self.get_response(request)
        if typed.viewer.standing.account:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, SignInNeeded):
            return redirect(sign_in_address(request))
        if isinstance(error, DomainError):
            return refused(request, error)
        return None
