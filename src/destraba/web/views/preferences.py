"""Appearance, row height, single keys: kept in a cookie, since they belong to a computer, not a person."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from destraba.web.frame import PREFERENCES

YEAR = 31_536_000


@require_POST
def remember(request: HttpRequest) -> HttpResponse:
    """Keep one preference and go back to the page of this site that it was chosen on."""
    name, value = request.POST.get("name", ""), request.POST.get("value", "")
    back = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(back, allowed_hosts=None, require_https=request.is_secure())
    response = HttpResponseRedirect(back if allowed else "/")
    if value in PREFERENCES.get(name, ()):
        response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response
