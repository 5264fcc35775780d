"""The door behind a mailed link: a cookie of its own, which no session knows of and which knows of none.

The cookie holds the key of the link, signed, and nothing else: whether the link still opens anything is asked
at every request. Whatever the cause that it opens nothing, the answer is the same courteous page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render

from destraba.models import Link
from destraba.queries.links import link_in_force
from destraba.rules.operations.links import LinkPurpose
from destraba.web.links.forms import AgainForm
from destraba.web.middleware import Request

LIFE = 12 * 60 * 60
"""Seconds: a working day. The link itself holds longer, and the mail opens it again."""

_SALT = "destraba.links.cookie"
# Codes tried at one address and everywhere: thirty letters to the eighth are not found so. Secrets are too
# long to be tried out, and are not counted.
_TRIES = {"code": "20/10m/ip,1200/1h/key", "again": "5/10m/ip,300/1h/key"}
Given = ParamSpec("Given")
View = Callable[Concatenate[Request, Link, Given], HttpResponse]
Guarded = Callable[Concatenate[Request, Given], HttpResponse]


def cookie_name() -> str:
    """Bound to this very host where the connection is encrypted, as it is in production."""
    return "__Host-link" if settings.SESSION_COOKIE_SECURE else "link"


def let_in(response: HttpResponse, link: Link) -> HttpResponse:
    """Give the browser the key to this link's page."""
    response.set_cookie(
        cookie_name(),
        signing.dumps(str(link.pk), salt=_SALT),
        max_age=LIFE,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def link_of(request: Request, purpose: LinkPurpose) -> Link | None:
    """The link that this browser opened for that purpose, if it still holds."""
    try:
        kept = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=_SALT, max_age=LIFE)
        return link_in_force(UUID(kept), purpose, request.now)
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def behind_link(purpose: LinkPurpose) -> Callable[[View[Given]], Guarded[Given]]:
    """A view that is given the link of its visitor; without one, or for another purpose, it is not called."""

    def guard(view: View[Given]) -> Guarded[Given]:
        @wraps(view)
        def guarded(request: Request, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
            link = link_of(request, purpose)
            if link is None:
                return shut(request)
            return unkept(view(request, link, *args, **kwargs))

        return guarded

    return guard


def shut(request: Request, *, too_often: bool = False, form: AgainForm | None = None) -> HttpResponse:
    """The courteous page: nothing opens here, and how to come by another. `form`: what was typed for it."""
    status = 429 if too_often else 422 if form else 403
    context = {"too_often": too_often, "form": form or AgainForm()}
    return unkept(render(request, "links/shut.html", context, status=status))


def unkept(response: HttpResponse) -> HttpResponse:
    """No cache keeps it, and no search engine lists it."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def may_try(request: Request) -> bool:
    """Whether another code may be tried out, from this address and at all; it is counted."""
    return _may(request, "code")


def may_ask(request: Request) -> bool:
    """Whether another link may be asked for, from this address and at all; it is counted."""
    return _may(request, "again")


def _may(request: Request, action: str) -> bool:
    return bool(
        ratelimit.consume(request, app="destraba.links", action=action, config=_TRIES, key="everywhere")
    )
