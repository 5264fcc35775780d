"""What the exchange answers when an input can't be taken at all; a doubt about one cell is no refusal."""

from destraba.values.errors import Invalid
from destraba.values.reasons import Param, Reason


class Refused(Invalid):
    """The whole input is refused; nothing of it was used. `reason` holds code, parameters and place."""

    @classmethod
    def of(cls, code: str, **params: Param) -> "Refused":
        """`Refused.of("too_many_sheets", limit=60)`."""
        return cls(Reason.of(code, **params))
