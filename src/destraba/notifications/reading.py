"""What lies in the outbox, for the page on which the demo shows it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator

from destraba.models import Outbox
from destraba.notifications.messages import own_headers, sender
from destraba.rules.operations.mail import MailState

LINES = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A mail in the list; `at` is when it was sent, or when it is tried next."""

    id: UUID
    to: str
    subject: str
    mesa: str
    state: MailState
    at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it is sent, with what became of it. `headers` are shown as mail programs show them."""

    line: Line
    sender: str
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    calendar: str
    attempts: int
    error: str


def lines(number: str | None) -> tuple[Page[Outbox], list[Line]]:
    """A page of the list, the newest mail first, and what its lines say; two statements."""
    mails = Outbox.objects.select_related("mesa").order_by("-created_at", "-pk")
    page = Paginator(mails, LINES).get_page(number)
    return page, [_line(mail) for mail in page]


def letter(mail_id: UUID) -> Letter | None:
    mail = Outbox.objects.select_related("mesa").filter(pk=mail_id).first()
    if mail is None:
        return None
    return Letter(
        line=_line(mail),
        sender=sender(mail),
        headers=tuple({"Reply-To": ", ".join(mail.reply_to), **own_headers(mail)}.items()),
        text=mail.text,
        html=mail.html,
        calendar=mail.calendar,
        attempts=mail.attempts,
        error=mail.error,
    )


def _line(mail: Outbox) -> Line:
    return Line(
        id=mail.pk,
        to=f"{mail.to_name} <{mail.to_address}>" if mail.to_name else mail.to_address,
        subject=mail.subject,
        mesa=mail.mesa.name if mail.mesa else "",
        state=MailState(mail.state),
        at=mail.sent_at or mail.not_before,
    )
