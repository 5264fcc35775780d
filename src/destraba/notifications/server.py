"""The mail server, over one connection for many mails."""

from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException
from types import TracebackType

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.translation import gettext as _

from destraba.models import Outbox
from destraba.notifications.messages import NoAddress, message_of
from destraba.rules.operations.mail import is_permanent

# A server that has had enough of a connection says so, or just ends it (no reply at all).
_GONE = (0, 421)


class NotTaken(Exception):
    """The server did not take the mail; the message says why, in a sentence."""


class PutOff(NotTaken):
    """It may take it later."""


class Refused(NotTaken):
    """It would say the same tomorrow."""


class Unreachable(NotTaken):
    """There is no server to say anything."""


class Server:
    """Opened with the first mail, closed at the end, and opened anew when the other side ends it."""

    def __init__(self) -> None:
        self._connection = get_connection(settings.OUTBOX_BACKEND)
        self._is_open = False

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._close()

    def hand_over(self, mail: Outbox) -> None:
        """Returns once the server has answered for it; raises one of `NotTaken`."""
        try:
            self._send(message_of(mail))
        except NoAddress as error:
            raise Refused(_("This is no address that mail can go to.")) from error
        except ValueError as error:
            raise Refused(_("It can't take the form of a mail: %(said)s") % {"said": error}) from error
        except (OSError, SMTPException) as error:
            if _reply(error)[0] in _GONE:
                self._close()
            raise _refusal(error) from error

    def _send(self, message: EmailMultiAlternatives) -> None:
        was_open = self._is_open
        self._open()
        try:
            self._connection.send_messages([message])
        except (OSError, SMTPException) as error:
            if not was_open or _reply(error)[0] not in _GONE:
                raise
            self._close()
            self._open()
            self._connection.send_messages([message])

    def _open(self) -> None:
        try:
            self._connection.open()
        except (OSError, SMTPException) as error:
            said = _("The mail server can't be reached: %(said)s") % {"said": _reply(error)[1]}
            raise Unreachable(said) from error
        self._is_open = True

    def _close(self) -> None:
        self._is_open = False
        try:
            self._connection.close()
        except (OSError, SMTPException):
            # It was the other side that ended it.
            self._connection = get_connection(settings.OUTBOX_BACKEND)


def _reply(error: Exception) -> tuple[int, str]:
    """What the server said, with its code; 0 where it said nothing."""
    if isinstance(error, SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return code, f"{code} {_text(words)}"
    if isinstance(error, SMTPResponseException):
        return error.smtp_code, f"{error.smtp_code} {_text(error.smtp_error)}"
    return 0, str(error)


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _refusal(error: Exception) -> NotTaken:
    """For good, where the mailbox or the mail was refused. A sender that is refused would be with any mail:
    that is put right here, and then they all go out."""
    code, said = _reply(error)
    sentence = _("The mail server refused it: %(said)s") % {"said": said}
    is_of_this_mail = isinstance(error, SMTPRecipientsRefused | SMTPDataError)
    return Refused(sentence) if is_of_this_mail and is_permanent(code) else PutOff(sentence)
