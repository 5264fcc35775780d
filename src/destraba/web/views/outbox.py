"""The outbox, which only the demo shows: it sends nothing, so one reads there what would have been sent."""

import re
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from destraba.ledger.wording import moment
from destraba.notifications import reading
from destraba.notifications.reading import Line
from destraba.queries.access import SignInNeeded
from destraba.rules.operations.mail import MailState
from destraba.values.errors import NotFound
from destraba.values.reasons import Reason
from destraba.web.middleware import Request

_LINK = re.compile(r"(https?://[^\s<>\"]*[\w/#=&-])")


@require_safe
def mails(request: Request) -> HttpResponse:
    """All mails, the newest first."""
    _let_in(request)
    page, lines = reading.lines(request.GET.get("page"))
    return render(
        request,
        "outbox/list.html",
        {
            "page": page,
            "lines": [_told(line) for line in lines],
            "page_address": lambda number: f"{reverse('outbox')}?page={number}",
        },
    )


@require_safe
def mail(request: Request, mail_id: UUID) -> HttpResponse:
    """One mail, with the links in it that one can follow."""
    _let_in(request)
    letter = reading.letter(mail_id)
    if letter is None:
        raise NotFound(Reason.of("hidden"))
    context = {"letter": letter, "line": _told(letter.line), "parts": list(_parts(letter.text))}
    return render(request, "outbox/mail.html", context)


def _let_in(request: Request) -> None:
    if not request.viewer.standing.account:
        raise SignInNeeded(Reason.of("not_signed_in"))


def _told(line: Line) -> dict[str, object]:
    return {
        "href": reverse("outbox_mail", args=[line.id]),
        "to": line.to,
        "subject": line.subject or _("(no subject)"),
        "mesa": line.mesa,
        "state": _word(line.state),
        "at": moment(line.at, settings.TIME_ZONE),
        "iso": line.at.isoformat(),
    }


def _word(state: MailState) -> str:
    return {
        MailState.WAITING: _("Waits to be sent"),
        MailState.SENT: _("Sent"),
        MailState.DROPPED: _("Dropped: no longer true"),
        MailState.FAILED: _("Given up"),
    }[state]


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """The text in pieces, with whether each is a link."""
    for index, piece in enumerate(_LINK.split(text)):
        yield index % 2 == 1, piece
