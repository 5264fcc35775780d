"""A cell as the one text by which two readings of it are compared: what it says, however it was written."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Self

from destraba.models import Alias, Organization
from destraba.queries.people import organizations_named
from destraba.values.fuzzy_dates import FuzzyDate, Precision
from destraba.values.names import name_key
from destraba.values.quantities import Quantity

Said = Mapping[str, str]
"""The cells of one row, by field."""

BETWEEN_OWNERS = "; "


def said(value: object) -> str:
    """ "2017-05" for a month in any words, the code of a choice, the words of a figure; "" for nothing."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else ""
        case FuzzyDate():
            return _period(value)
        case date():
            return value.isoformat()
        case Quantity():
            return value.text
        case str():
            return str.__str__(value)
    raise TypeError(f"no cell holds a {type(value).__name__}")


def _period(fuzzy: FuzzyDate) -> str:
    first = fuzzy.first_day
    match fuzzy.precision:
        case Precision.DAY:
            return first.isoformat()
        case Precision.MONTH:
            return f"{first:%Y-%m}"
        case Precision.QUARTER:
            return f"{first:%Y}-Q{(first.month + 2) // 3}"
        case Precision.YEAR:
            return f"{first:%Y}"


class Names:
    """Organizations by any of the names that a spreadsheet gives them."""

    def __init__(self, known: Mapping[str, Organization], ambiguous: frozenset[str]) -> None:
        self._known = known
        self._ambiguous = ambiguous

    @classmethod
    def of(cls, names: Iterable[str]) -> Self:
        """Four statements, however many names."""
        listed = list(names)
        known = organizations_named(listed)
        # What is a name of somebody and yet of nobody in particular.
        rest = {name_key(name)[:200] for name in listed} - set(known)
        named = Organization.objects.filter(name_key__in=rest, withdrawn_at=None)
        aliases = Alias.objects.filter(name_key__in=rest, withdrawn_at=None)
        keys = (*named.values_list("name_key", flat=True), *aliases.values_list("name_key", flat=True))
        return cls(known, frozenset(keys))

    def is_known(self, name: str) -> bool:
        return name_key(name)[:200] in self._known

    def is_ambiguous(self, name: str) -> bool:
        """Whether more than one organization is called so."""
        return name_key(name)[:200] in self._ambiguous

    def owners(self, names: Iterable[str]) -> str:
        """The first answers; the others help, in no order. Each once, by the name that it has here."""
        here: dict[str, str] = {}
        for name in names:
            organization = self._known.get(name_key(name)[:200])
            called = organization.name if organization else name
            here.setdefault(name_key(called), called)
        first, *others = [*here.values()] or [""]
        return BETWEEN_OWNERS.join([first, *sorted(others, key=name_key)])
