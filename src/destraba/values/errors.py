"""The one family of errors that the domain raises; every door turns them into its own answer."""

import errno

from destraba.values.reasons import Reason

_FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT})
_FULL_SQLITE, _FULL_POSTGRESQL = 13, "53100"


class DomainError(Exception):
    """Something was refused. `reason` says why, as a code with parameters; nothing was written."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


class NotFound(DomainError):
    """There is no such thing, or this actor may not know of it (404)."""


class NotAllowed(DomainError):
    """The actor sees the thing but may not do this to it (403)."""


class Conflict(DomainError):
    """The thing is not in a state that allows this (409)."""


class Stale(DomainError):
    """Somebody else changed the thing since this actor read it (412)."""


class Invalid(DomainError):
    """The input itself can't be taken (422)."""


class NoRoom(DomainError):
    """What was to be kept did not find room: the disk is full (507). It can be sent again as it was."""


def full_disk(error: BaseException) -> NoRoom | None:
    """The refusal that an error stands for which the system or a database raised for want of room; None for
    any other. What wraps it was raised `from` it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, NoRoom):
            return cause
        is_full = isinstance(cause, OSError) and cause.errno in _FULL_DISK
        is_full |= getattr(cause, "sqlite_errorcode", None) == _FULL_SQLITE
        is_full |= getattr(cause, "sqlstate", None) == _FULL_POSTGRESQL
        if is_full:
            return NoRoom(Reason.of("disk_full"))
        cause = cause.__cause__
    return None
