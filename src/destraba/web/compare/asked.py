"""What an address asks of a comparison."""

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from destraba.queries.matrix.compare.rows import Difference

DAY = "day"
"""What stands for "a day" in the choice of a moment, until the address names the day itself."""

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """The two moments as they were written, and which rows to show; blank is what is usual. `is_typed`: it
    came from the form, and the address that says the same is another."""

    start: str = ""
    end: str = ""
    show: Difference | None = None
    page: str = ""
    is_typed: bool = False

    @classmethod
    def of(cls, fields: QueryDict) -> Self:
        """From an address; a kind of row that there is not asks for all."""
        start, start_typed = _moment(fields, "from")
        end, end_typed = _moment(fields, "to")
        show = fields.get("show", "")
        return cls(
            start=start,
            end=end,
            show=Difference(show) if show in set(Difference) else None,
            page=fields.get("page", ""),
            is_typed=start_typed or end_typed,
        )

    def query(self, **others: object) -> str:
        """As an address writes it, with some of it changed."""
        asked = replace(self, **{"page": "", **others})  # type: ignore[arg-type]
        show = asked.show.value if asked.show else ""
        named = {"from": asked.start, "to": asked.end, "show": show, "page": asked.page}
        return f"?{urlencode({name: value for name, value in named.items() if value})}"


def _moment(fields: QueryDict, name: str) -> tuple[str, bool]:
    chosen = str(fields.get(name, ""))[:_LONGEST]
    if chosen != DAY:
        return chosen, f"{name}_day" in fields
    return str(fields.get(f"{name}_day", ""))[:_LONGEST], True
