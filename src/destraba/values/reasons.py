"""Why something was refused, or why a light is what it is: a code and its parameters, never words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Param = str | int


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code (stable, snake_case) and the parameters that its sentence needs.

    Words are made where the reader's language is known: see `web`, `ledger.describe`, the command line.
    """

    code: str
    params: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @classmethod
    def of(cls, code: str, **params: Param) -> "Reason":
        """`Reason.of("past_due", days=14)`."""
        return cls(code, MappingProxyType(params))
