"""A mail on its way: what may stand in its headers, when it is tried again, and when it is given up."""

from datetime import timedelta
from enum import StrEnum

from destraba.values.texts import visible_line


class MailState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"


CALENDAR_METHODS = frozenset({"REQUEST", "CANCEL", "PUBLISH"})
"""What a calendar that goes with a mail may ask of whoever gets it (RFC 5546)."""

LEASE = timedelta(minutes=2)
"""How long one worker has a mail for itself. When it dies, the mail waits that long for another."""

_PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)
MOST_ATTEMPTS = len(_PAUSES) + 1
"""A mail that was taken in hand more often stopped the machine each time."""

# An encoded word (RFC 2047) would be decoded by the reader's program, line breaks in it included.
_ENCODED_WORD = "=?"
_NOT_IN_NAMES = str.maketrans('"\\<>', "'/()")


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after that many failed attempts (one or more), or None: given up after a day."""
    return _PAUSES[attempts - 1] if attempts <= len(_PAUSES) else None


def is_permanent(reply: int) -> bool:
    """Whether a server that gives this SMTP reply would give it tomorrow too (RFC 5321, 4.2.1)."""
    return 500 <= reply < 600


def header_text(text: str, limit: int) -> str:
    """The text as one line that can break out of no header, cut to `limit` characters.

    Breaks of any sort are blanks, what is unseen is shown by name or number, and nothing in it is decoded
    by a mail program into something else.
    """
    line = visible_line(text).replace(_ENCODED_WORD, "= ?")
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def header_name(text: str, limit: int) -> str:
    """The same for a name that stands before an address: no quote or bracket in it can end it."""
    return header_text(text, limit).translate(_NOT_IN_NAMES)
