"""A form that is sent twice is taken once: two taps, a page that was reloaded, an impatient network."""

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256

from django.contrib import messages
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from destraba.values.errors import NoRoom
from destraba.web.refusals import refused

# Seconds. A process that dies half way leaves only the first, and the form can soon be sent again.
_UNDER_WAY, _REMEMBERED = 60, 24 * 60 * 60
_TOKEN = b"csrfmiddlewaretoken="
_FORM = "application/x-www-form-urlencoded"


def once(
    request: HttpRequest, account: object, get_response: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    """The answer to a request; to a form that was taken already, the way back and a word about it.

    Every page that is drawn carries a token against forgery that no other page has, so that the same content
    comes twice only from the same form. What was refused may be sent again.
    """
    # Strangers leave nothing behind in the cache, where their tries to sign in are counted.
    if not account or request.method != "POST" or request.content_type != _FORM:
        return get_response(request)
    if b"csrfmiddlewaretoken=" not in request.body:
        return get_response(request)
    key = f"once:{sha256(f'{account} {request.path} '.encode() + request.body).hexdigest()}"
    try:
        is_first = cache.add(key, 1, _UNDER_WAY)
    except NoRoom as error:
        return refused(request, error)
    if not is_first:
        messages.info(request, _("It had been sent already: nothing was done twice."))
        return redirect(_way_back(request))
    response = get_response(request)
    # The answer is given, and stands, also where the disk was full in between.
    with suppress(NoRoom, DatabaseError):
        if response.status_code >= 400:
            cache.delete_many([key])
        else:
            cache.set(key, 1, _REMEMBERED)
    return response


def _way_back(request: HttpRequest) -> str:
    """The page that the form stands on."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if is_ours else "/"
