"""What a mailed link is for, how long it holds, and why it opens no more."""

from datetime import datetime, timedelta
from enum import StrEnum

from destraba.values.reasons import Reason


class LinkPurpose(StrEnum):
    """One of them does not open what another is for."""

    UPDATE = "update"
    MINUTES = "minutes"


LIFETIME = {LinkPurpose.UPDATE: timedelta(days=21), LinkPurpose.MINUTES: timedelta(days=7)}
"""How long a link holds from the moment it was made."""

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What the typed code is made of: nothing that a hand or an eye takes for something else."""

CODE_LENGTH = 8
_GROUP = 4
_BETWEEN = frozenset(" -.\N{EN DASH}\N{EM DASH}\N{NO-BREAK SPACE}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\t\r\n")


def grouped(code: str) -> str:
    """The code as a mail shows it: "K7QF-2MXD"."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def code_typed(text: str) -> str:
    """The code that somebody typed, in whatever groups and case; blank where it can't be one."""
    code = "".join(letter for letter in text[:64] if letter not in _BETWEEN).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else ""


def link_refusal(expires_at: datetime, revoked_at: datetime | None, now: datetime) -> Reason | None:
    """Why this link opens nothing, or None. Codes: `link_revoked`, `link_expired`."""
    if revoked_at is not None and now >= revoked_at:
        return Reason.of("link_revoked")
    return Reason.of("link_expired") if now >= expires_at else None
