"""The only way to say something by mail: what is put here goes out by `delivery`, once for each key."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Q
from django.utils.encoding import punycode

from destraba.models import Mesa, Outbox, Person
from destraba.rules.operations.mail import CALENDAR_METHODS, MailState, header_name, header_text
from destraba.values.keys import new_key

NAME_LIMIT = 100
ADDRESS_LIMIT = 254
SUBJECT_LIMIT = 300

_NO_MESA = UUID(int=0)


def was_posted(stem: str) -> bool:
    """Whether a mail was ever put here whose key begins so."""
    return Outbox.objects.filter(key__startswith=stem).exists()


def keys_posted(stem: str) -> frozenset[str]:
    """The keys of all mails ever put here that begin so; one statement for as many as there are."""
    return frozenset(Outbox.objects.filter(key__startswith=stem).values_list("key", flat=True))


def forget_bodies(before: datetime) -> int:
    """Take what they said from mails that were sent, or dropped, before that moment; how many those were.
    The rest of the row stays, and with its key the promise that nothing is said twice."""
    sent = Q(state=MailState.SENT, sent_at__lt=before)
    over = Outbox.objects.filter(sent | Q(state=MailState.DROPPED, not_before__lt=before))
    return over.exclude(text="", html="", calendar="").update(text="", html="", calendar="")


def post(
    *,
    key: str,
    purpose: str,
    mesa: Mesa | None,
    person: Person | None,
    to_name: str,
    to_address: str,
    from_name: str,
    reply_to: Sequence[str],
    subject: str,
    text: str,
    html: str = "",
    calendar: str = "",
    calendar_method: str = "",
    now: datetime,
    not_before: datetime | None = None,
) -> Outbox | None:
    """Put a mail into the outbox; None where nothing is put there.

    Nothing is, where the key was used before, where the mesa is quiet (the key stays free), or where there
    is no address. `mesa` is None for what concerns several: who writes it leaves out those that are quiet.
    `purpose` names what `checks` asks again before the mail goes. `reply_to` are plain addresses.
    """
    if calendar and calendar_method not in CALENDAR_METHODS:
        raise ValueError(f"{calendar_method!r} is no method of a calendar that is mailed")
    if not to_address.strip() or (mesa is not None and mesa.is_quiet):
        return None
    identity = new_key()
    mail, is_new = Outbox.objects.get_or_create(
        key=key,
        defaults={
            "id": identity,
            "purpose": purpose,
            "mesa": mesa,
            "person": person,
            "to_name": header_name(to_name, NAME_LIMIT),
            "to_address": header_text(to_address, ADDRESS_LIMIT),
            "from_name": header_name(from_name, NAME_LIMIT),
            "reply_to": [header_text(address, ADDRESS_LIMIT) for address in reply_to],
            "subject": header_text(subject, SUBJECT_LIMIT),
            "text": _body(text),
            "html": _body(html),
            "calendar": _storable(calendar),
            "calendar_method": calendar_method,
            "message_id": _message_id(identity.hex),
            "references": _thread(mesa, person),
            "created_at": now,
            "not_before": not_before or now,
        },
    )
    return mail if is_new else None


def retry(mail: Outbox, now: datetime) -> bool:
    """Have a mail that was given up tried again from the start; False where it was not, or is no more."""
    given_up = Outbox.objects.filter(pk=mail.pk, state=MailState.FAILED)
    return bool(given_up.update(state=MailState.WAITING, attempts=0, not_before=now, error=""))


def _thread(mesa: Mesa | None, person: Person | None) -> str:
    """What all mails of one mesa to one person refer to, so that a mail program shows them together."""
    root = uuid5(mesa.pk if mesa else _NO_MESA, str(person and person.pk))
    return _message_id(f"thread.{root.hex}")


def _message_id(name: str) -> str:
    """At the domain that mail is sent from, which no request has a say in."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{name}@{punycode(domain)}>"


def _body(text: str) -> str:
    return _storable(text).replace("\r\n", "\n").replace("\r", "\n")


def _storable(text: str) -> str:
    """Without what neither a database nor UTF-8 can carry."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
