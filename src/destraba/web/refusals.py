"""A refusal of the domain as an answer of the web: a status, and one sentence that says what to do."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from destraba.queries.sentences import sentence
from destraba.values.errors import Conflict, DomainError, Invalid, NoRoom, NotAllowed, NotFound, Stale

STATUS: dict[type[DomainError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
    Stale: HTTPStatus.PRECONDITION_FAILED,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    NoRoom: HTTPStatus.INSUFFICIENT_STORAGE,
}
_TEMPLATES = {
    HTTPStatus.NOT_FOUND: "404.html",
    HTTPStatus.FORBIDDEN: "403.html",
    HTTPStatus.INSUFFICIENT_STORAGE: "full.html",
}
_ASKS_WHY = frozenset({"needs_reason", "reason_missing"})


def status_of(error: DomainError) -> HTTPStatus:
    """The status that an error of the domain is answered with."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A whole page for a browser; for a script that asked for a piece, the sentence alone.

    To a script 409 means that both values of a cell follow, and 428 that a reason is asked for.
    """
    status = status_of(error)
    said = sentence(error.reason)
    if request.headers.get("X-Fragment"):
        if error.reason.code in _ASKS_WHY:
            status = HTTPStatus.PRECONDITION_REQUIRED
        elif status == HTTPStatus.CONFLICT:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        return HttpResponse(said, status=status, content_type="text/plain; charset=utf-8")
    template = _TEMPLATES.get(status, "refused.html")
    return render(request, template, {"sentence": said}, status=status, using="jinja2")
