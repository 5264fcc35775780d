"""How a page with forms answers: it is shown; or it does what a form asks for, and is shown again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from destraba.values.errors import Stale
from destraba.web.middleware import Request
from destraba.web.refusals import status_of
from destraba.web.things.acts import Act, Offer, Outcome, carry_out, offers, with_outcome
from destraba.web.things.scenes import Look

SceneT = TypeVar("SceneT", bound=Look)


@dataclass(frozen=True, slots=True)
class Page(Generic[SceneT]):
    """A kind of page: what can be done there, and what its template reads."""

    template: str
    acts: Sequence[Act[SceneT, Any]]
    context: Callable[[SceneT, list[Offer]], dict[str, Any]]


def answer(request: Request, page: Page[SceneT], look: Callable[[], SceneT]) -> HttpResponse:
    """`look` reads what the page is about, and is called again once something may have changed."""
    outcome = Outcome()
    if request.method == "POST":
        outcome = _done(request, page, look)
        if outcome.is_done and not outcome.once:
            messages.success(request, _("It is on record."))
            return redirect(request.path)
    scene = look()
    offered = with_outcome(offers(scene, page.acts), outcome)
    context = {**page.context(scene, offered), "refusal": outcome.refusal, "once": outcome.once}
    status = status_of(outcome.error) if outcome.error else 200
    return render(request, page.template, context, status=status)


def _done(request: Request, page: Page[SceneT], look: Callable[[], SceneT]) -> Outcome:
    try:
        return carry_out(look(), page.acts, request.POST)
    except Stale:
        # Somebody was faster by a blink: the version that was read no longer matches, and the form says so.
        return carry_out(look(), page.acts, request.POST)
