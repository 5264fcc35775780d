"""A mail as it travels: headers, text, the same in HTML, and what a calendar takes from it."""

from email.utils import parseaddr, quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.utils.encoding import punycode

from destraba.models import Outbox
from destraba.rules.operations.mail import header_name

CALENDAR_FILE = "invite.ics"


class NoAddress(ValueError):
    """The mail has no address that a mail server would take."""


def message_of(mail: Outbox) -> EmailMultiAlternatives:
    """The message; raises `NoAddress`. Whoever writes is named, the address is the installation's own."""
    if not _is_address(mail.to_address):
        raise NoAddress(mail.to_address)
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=sender(mail),
        to=[_mailbox(mail.to_name, mail.to_address)],
        reply_to=[address for address in mail.reply_to if _is_address(address)],
        headers=own_headers(mail),
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        # Outlook reads the alternative; others show the file. Its bytes stay as they are in the file.
        message.attach_alternative(mail.calendar, f"text/calendar; method={mail.calendar_method}")
        message.attach(CALENDAR_FILE, mail.calendar.encode(), "application/ics")
    return message


def own_headers(mail: Outbox) -> dict[str, str]:
    """By which programs know the mail, those that it belongs with, and that no person typed it (RFC 3834)."""
    return {
        "Message-ID": mail.message_id,
        "In-Reply-To": mail.references,
        "References": mail.references,
        "Auto-Submitted": "auto-generated",
    }


def sender(mail: Outbox) -> str:
    """Whoever writes, at the address of this installation."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return _mailbox(mail.from_name or header_name(name, len(name)), address)


def _mailbox(name: str, address: str) -> str:
    local, _at, domain = address.rpartition("@")
    plain = f"{local}@{punycode(domain)}"
    return f'"{quote(name)}" <{plain}>' if name else plain


def _is_address(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True
