"""Pages for what went wrong: what happened, what was kept, what to do."""

import sys

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from destraba.values.errors import NoRoom, full_disk
from destraba.values.reasons import Reason
from destraba.web.refusals import refused


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400, using="jinja2")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403, using="jinja2")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404, using="jinja2")


def not_there(request: HttpRequest) -> HttpResponse:
    """For an address that a library brings along and that opens nothing here."""
    raise Http404


def broken(request: HttpRequest) -> HttpResponse:
    """Whatever nobody foresaw. A full disk was, but what it stopped here came before or after the view: an
    upload, a session; so nobody knows what the view had done."""
    error = sys.exception()
    if error and full_disk(error):
        return refused(request, NoRoom(Reason.of("disk_filled_up")))
    return render(request, "500.html", status=500, using="jinja2")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page lay open too long, or that came from elsewhere."""
    return render(request, "400.html", {"form_expired": True}, status=403, using="jinja2")
