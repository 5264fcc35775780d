"""Work in the background: how far a job is, and what an administrator does where work is stuck."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from destraba.actions import jobs as actions
from destraba.ledger.wording import moment
from destraba.models import Job
from destraba.queries import access, jobs
from destraba.queries.sentences import has_words, sentence
from destraba.rules.operations.jobs import LIVE, JobState
from destraba.rules.permissions import PROGRAMME, Deed
from destraba.values.errors import Conflict, Invalid
from destraba.values.reasons import Reason
from destraba.web.middleware import Request

# What people call the jobs; one that is missing here shows its own name.
_NAMES: Mapping[str, str | Promise] = {
    "circulation": gettext_lazy("Circulating minutes"),
    "invitations": gettext_lazy("Inviting to meetings"),
    "lights": gettext_lazy("Turning the lights"),
    "mail": gettext_lazy("Sending mail"),
    "minutes": gettext_lazy("Approving minutes by silence"),
    "import": gettext_lazy("Importing a spreadsheet"),
    "print": gettext_lazy("Printing the Matrix"),
    "reminders": gettext_lazy("Reminding owners"),
    "replacement": gettext_lazy("Sending another link"),
    "tidy": gettext_lazy("Tidying up"),
}
_STATES: Mapping[str, str | Promise] = {
    JobState.WAITING: gettext_lazy("Waits for its turn"),
    JobState.RUNNING: gettext_lazy("Under way"),
    JobState.SUCCEEDED: gettext_lazy("Done"),
    JobState.FAILED: gettext_lazy("It did not work"),
}
_ACTS = {"again": actions.try_again, "aside": actions.set_aside}


@require_safe
def job(request: Request, uid: UUID) -> HttpResponse:
    """How far it is; asked for every second or two, and answered 304 while nothing has changed."""
    found = jobs.job(request.viewer, uid)
    keeps = access.may(request.viewer, Deed.MANAGE_JOBS, PROGRAMME)
    how_far = f"{found.state}-{found.attempts}-{found.done}-{found.total}-{found.words}"
    etag = f'W/"{how_far}-{get_language()}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = render(request, "jobs/page.html", {"job": _shown(found, keeps=keeps)})
    response.headers["ETag"] = etag
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def board(request: Request) -> HttpResponse:
    """What failed for good, what waits and what runs; a dead letter is tried again or set aside."""
    dead, live = jobs.board(request.viewer)
    refusal = ""
    if request.method == "POST":
        try:
            _act(request, dead)
        except Conflict as error:
            refusal = sentence(error.reason)
        else:
            return redirect("jobs")
    context = {
        "dead": [_shown(one, keeps=True) for one in dead],
        "live": [_shown(one, keeps=True) for one in live],
        "heard": _heard(),
        "refusal": refusal,
    }
    return render(request, "jobs/board.html", context, status=409 if refusal else 200)


def _act(request: Request, dead: list[Job]) -> None:
    act = _ACTS.get(request.POST.get("act", ""))
    chosen = [one for one in dead if str(one.pk) == request.POST.get("job")]
    if act is None:
        raise Invalid(Reason.of("unknown_choice", text=request.POST.get("act", "")[:40]))
    if not chosen:
        raise Conflict(Reason.of("job_moved_on"))
    act(actor=request.actor, job=chosen[0], now=request.now)


def _heard() -> str:
    heard = jobs.last_heard()
    return moment(heard, settings.TIME_ZONE) if heard else ""


def _shown(found: Job, *, keeps: bool) -> dict[str, Any]:
    return {
        "uid": found.pk,
        "name": _NAMES.get(found.name, found.name),
        "state": _STATES[found.state],
        "is_live": found.state in LIVE,
        "is_done": found.state == JobState.SUCCEEDED,
        "is_dead": found.state == JobState.FAILED,
        "done": found.done,
        "total": found.total,
        "words": _words(found),
        "error": _error(found, keeps=keeps),
        "href": _href(found),
        "since": moment(found.created_at, settings.TIME_ZONE),
        "attempts": found.attempts,
    }


def _words(found: Job) -> str:
    """What is going on, where the job has said so."""
    if not has_words(found.words):
        return ""
    return sentence(Reason.of(found.words, done=found.done, total=found.total))


def _error(found: Job, *, keeps: bool) -> str:
    """Why it went wrong. What broke inside is for the administrator; what was refused is for both."""
    if not found.error:
        return ""
    is_inside = found.error.startswith("job_") or not has_words(found.error)
    if is_inside and not keeps:
        return _("Something went wrong on our side. The administrator sees what.")
    if not has_words(found.error):
        return str(found.error)
    return sentence(Reason.of(found.error, **found.error_params))


def _href(found: Job) -> str:
    """Where what was made lies; only ever in this installation."""
    href = str(found.result.get("href", ""))
    return href if href.startswith("/") and not href.startswith(("//", "/\\")) else ""
