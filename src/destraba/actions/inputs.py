"""Text from outside, cleaned the same way whichever door it came in by."""

from destraba.values.errors import Invalid
from destraba.values.reasons import Reason
from destraba.values.texts import TooLong, clean_line, clean_text

TITLE = 500
TEXT = 10_000
NAME = 200


def required_line(field: str, text: str, limit: int = TITLE) -> str:
    """One cleaned line that says something. Raises Invalid."""
    cleaned = line(field, text, limit)
    if not cleaned:
        raise Invalid(Reason.of("required", field=field))
    return cleaned


def line(field: str, text: str, limit: int = TITLE) -> str:
    """One cleaned line, which may be blank. Raises Invalid."""
    try:
        return clean_line(text, limit)
    except TooLong as error:
        raise _too_long(field, error) from error


def passage(field: str, text: str, limit: int = TEXT) -> str:
    """Cleaned text of several lines, which may be blank. Raises Invalid."""
    try:
        return clean_text(text, limit)
    except TooLong as error:
        raise _too_long(field, error) from error


def because(text: str) -> str:
    """A reason, where one is needed. Raises Invalid."""
    reason = passage("because", text, 2000)
    if not reason:
        raise Invalid(Reason.of("needs_reason"))
    return reason


def _too_long(field: str, error: TooLong) -> Invalid:
    return Invalid(Reason.of("too_long", field=field, limit=error.limit, length=error.length))
