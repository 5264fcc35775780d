"""What a row, or one of its cells, was before: a page for everybody, a piece of it for a script."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from destraba.queries import access
from destraba.queries.matrix.histories import Row
from destraba.web.histories.pages import context
from destraba.web.middleware import Request


@require_safe
def problem(request: Request, slug: str, number: int) -> HttpResponse:
    """`P-<number>`."""
    return _shown(request, access.problem(request.viewer, slug, number))


@require_safe
def solution(request: Request, slug: str, problem: int, number: int) -> HttpResponse:
    """`P-<problem>.<number>`."""
    return _shown(request, access.solution(request.viewer, slug, problem, number))


@require_safe
def commitment(request: Request, slug: str, number: int) -> HttpResponse:
    """`C-<number>`."""
    return _shown(request, access.commitment(request.viewer, slug, number))


def _shown(request: Request, record: Row) -> HttpResponse:
    template = "histories/piece.html" if request.headers.get("X-Fragment") else "histories/page.html"
    return render(request, template, context(request.viewer, record, request.GET.get("field", "")))
