"""The one family of errors that the domain raises; every door turns them into its own answer."""

from destraba.values.reasons import Reason


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
