"""The pages of a problem, a solution and a commitment: each with its story and all that can be done there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from destraba.values.errors import Stale
from destraba.web.middleware import Request
from destraba.web.refusals import status_of
from destraba.web.things import commitments, problems, solutions
from destraba.web.things.acts import Act, Offer, Outcome, carry_out, offers, with_outcome
from destraba.web.things.pages import (
    Context,
    commitment_context,
    problem_context,
    solution_context,
)
from destraba.web.things.scenes import Scene, commitment_scene, problem_scene, solution_scene

SceneT = TypeVar("SceneT", bound=Scene)


@dataclass(frozen=True, slots=True)
class Page(Generic[SceneT]):
    """A kind of page: what can be done there, and what its template reads."""

    template: str
    acts: Sequence[Act[SceneT, Any]]
    context: Callable[[SceneT, list[Offer]], Context]


_PROBLEM = Page("things/problem.html", problems.ACTS, problem_context)
_SOLUTION = Page("things/solution.html", solutions.ACTS, solution_context)
_COMMITMENT = Page("things/commitment.html", commitments.ACTS, commitment_context)


@require_http_methods(["GET", "HEAD", "POST"])
def problem(request: Request, slug: str, number: int) -> HttpResponse:
    """`P-<number>`."""
    return _answer(request, _PROBLEM, lambda: problem_scene(request, slug, number))


@require_http_methods(["GET", "HEAD", "POST"])
def solution(request: Request, slug: str, problem: int, number: int) -> HttpResponse:
    """`P-<problem>.<number>`."""
    return _answer(request, _SOLUTION, lambda: solution_scene(request, slug, problem, number))


@require_http_methods(["GET", "HEAD", "POST"])
def commitment(request: Request, slug: str, number: int) -> HttpResponse:
    """`C-<number>`."""
    return _answer(request, _COMMITMENT, lambda: commitment_scene(request, slug, number))


def _answer(request: Request, page: Page[SceneT], look: Callable[[], SceneT]) -> HttpResponse:
    """Show the page; or do what a form asks for, and show the page again, with the form where it failed."""
    outcome = Outcome()
    if request.method == "POST":
        outcome = _done(request, page, look)
        if outcome.is_done:
            messages.success(request, _("It is on record."))
            return redirect(request.path)
    scene = look()
    offered = with_outcome(offers(scene, page.acts), outcome)
    context = {**page.context(scene, offered), "refusal": outcome.refusal}
    status = status_of(outcome.error) if outcome.error else 200
    return render(request, page.template, context, status=status)


def _done(request: Request, page: Page[SceneT], look: Callable[[], SceneT]) -> Outcome:
    try:
        return carry_out(look(), page.acts, request.POST)
    except Stale:
        # Somebody was faster by a blink: the version that was read no longer matches, and the form says so.
        return carry_out(look(), page.acts, request.POST)
