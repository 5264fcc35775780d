"""The pages of a problem, a solution and a commitment: each with its story and all that can be done there."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from destraba.web.middleware import Request
from destraba.web.things import commitments, problems, solutions
from destraba.web.things.answering import Page, answer
from destraba.web.things.pages import commitment_context, problem_context, solution_context
from destraba.web.things.scenes import commitment_scene, problem_scene, solution_scene

_PROBLEM = Page("things/problem.html", problems.ACTS, problem_context)
_SOLUTION = Page("things/solution.html", solutions.ACTS, solution_context)
_COMMITMENT = Page("things/commitment.html", commitments.ACTS, commitment_context)


@require_http_methods(["GET", "HEAD", "POST"])
def problem(request: Request, slug: str, number: int) -> HttpResponse:
    """`P-<number>`."""
    return answer(request, _PROBLEM, lambda: problem_scene(request, slug, number))


@require_http_methods(["GET", "HEAD", "POST"])
def solution(request: Request, slug: str, problem: int, number: int) -> HttpResponse:
    """`P-<problem>.<number>`."""
    return answer(request, _SOLUTION, lambda: solution_scene(request, slug, problem, number))


@require_http_methods(["GET", "HEAD", "POST"])
def commitment(request: Request, slug: str, number: int) -> HttpResponse:
    """`C-<number>`."""
    return answer(request, _COMMITMENT, lambda: commitment_scene(request, slug, number))
