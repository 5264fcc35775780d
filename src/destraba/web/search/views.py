"""Everything that I may see, by its words and its numbers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from destraba.queries.access import SignInNeeded
from destraba.queries.search.finding import find
from destraba.values.reasons import Reason
from destraba.web.middleware import Request
from destraba.web.search.lines import line_of
from destraba.web.search.pages import search_context, wish_in


@require_safe
def search(request: Request) -> HttpResponse:
    """A number that can mean one thing only leads straight there; a dialog gets the list alone."""
    if not request.viewer.standing.account:
        raise SignInNeeded(Reason.of("not_signed_in"))
    in_a_dialog = request.headers.get("X-Fragment") == "search"
    wish = wish_in(request.GET, in_a_dialog=in_a_dialog)
    results = find(request.viewer, wish, request.now)
    if results.jump and not wish.kind and not in_a_dialog:
        return redirect(line_of(results.jump).href)
    template = "search/_options.html" if in_a_dialog else "search/page.html"
    response = render(request, template, search_context(wish, results))
    response.headers["Vary"] = "X-Fragment"
    return response
