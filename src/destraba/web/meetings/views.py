"""The meetings of a mesa, and one of them: prepared, looked back on, its minutes in two renditions."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from destraba.actions.meetings.minutes import DOCX, PDF
from destraba.documents.minutes.docx import minutes_docx
from destraba.documents.minutes.pdf import minutes_pdf
from destraba.models import File
from destraba.queries import access
from destraba.queries.files import content_of
from destraba.queries.meetings.things import meeting_thing
from destraba.rules.meetings import MeetingState
from destraba.rules.minutes import MinutesState
from destraba.rules.permissions import Deed, Subject
from destraba.values.errors import NotFound
from destraba.values.reasons import Reason
from destraba.web.meetings.acts import CALENDAR_ACTS, MEETING_ACTS
from destraba.web.meetings.pages import calendar_context, meeting_context
from destraba.web.meetings.renditions import minutes_content
from destraba.web.meetings.scenes import calendar_scene, meeting_scene
from destraba.web.middleware import Request
from destraba.web.things.answering import Page, answer

_CALENDAR = Page("meetings/list.html", CALENDAR_ACTS, calendar_context)
_MEETING = Page("meetings/meeting.html", MEETING_ACTS, meeting_context)


@require_http_methods(["GET", "HEAD", "POST"])
def meetings(request: Request, slug: str) -> HttpResponse:
    """Those to come, those that were; the team prepares the next one here."""
    return answer(request, _CALENDAR, lambda: calendar_scene(request, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: Request, slug: str, number: int) -> HttpResponse:
    """One meeting: its agenda with the reasons, who came, what was written down, its minutes."""
    return answer(request, _MEETING, lambda: meeting_scene(request, slug, number))


@require_safe
def minutes_pdf_file(request: Request, slug: str, number: int) -> HttpResponse:
    """What was circulated, byte for byte; of a draft, how it would look now, for the team."""
    return _sheet(request, slug, number, PDF)


@require_safe
def minutes_docx_file(request: Request, slug: str, number: int) -> HttpResponse:
    """The same, to be worked on."""
    return _sheet(request, slug, number, DOCX)


def _sheet(request: Request, slug: str, number: int, media_type: str) -> HttpResponse:
    mesa = access.mesa(request.viewer, slug)
    thing = meeting_thing(request.viewer, mesa, number)
    minutes = thing.minutes
    if minutes is None or thing.meeting.state != MeetingState.CLOSED:
        raise NotFound(Reason.of("hidden"))
    kept: File | None = minutes.pdf if media_type == PDF else minutes.docx
    if minutes.state != MinutesState.DRAFT and kept is not None:
        return _as_file(content_of(kept), kept.name, media_type)
    access.require(request.viewer, Deed.RUN_MEETINGS, Subject(mesa.pk))
    content = minutes_content(mesa, number, request.now, request.LANGUAGE_CODE)
    drawn = minutes_pdf(content) if media_type == PDF else minutes_docx(content)
    suffix = "pdf" if media_type == PDF else "docx"
    return _as_file(drawn, f"{content.number.lower().replace(' ', '-')}-borrador.{suffix}", media_type)


def _as_file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
