"""Who sits in a mesa, and who answers for each agency."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from destraba.web.middleware import Request
from destraba.web.people.directories import people_context
from destraba.web.people.seats import ACTS
from destraba.web.things.answering import Page, answer
from destraba.web.things.scenes import people_scene

_PEOPLE = Page("people/page.html", ACTS, people_context)


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: Request, slug: str) -> HttpResponse:
    """The seats by organization. An import ends here: it brings agencies, and no faces."""
    return answer(request, _PEOPLE, lambda: people_scene(request, slug))
