"""Who answers for a row of an import, and who helps, from the names that the source gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from destraba.actions.imports.incoming import Values
from destraba.models import Organization
from destraba.values.names import is_plural_owner, name_key


@dataclass(frozen=True, slots=True)
class Named:
    """`stands_for_many` where the name of who answers is one of several bodies: "regional governments"."""

    answers: Organization | None
    helps: tuple[Organization, ...]
    stands_for_many: bool


class Owners:
    """Organizations by name key."""

    def __init__(self, organizations: Mapping[str, Organization]) -> None:
        self._organizations = organizations

    def of(self, values: Values) -> Named:
        """Those whom a row names: the first answers, the others help."""
        names = owner_names(values)
        found = [self._organizations.get(name_key(name)[:200]) if name else None for name in names]
        return Named(
            found[0] if found else None,
            tuple(one for one in found[1:] if one),
            bool(names) and is_plural_owner(names[0]),
        )


def owner_names(values: Values) -> list[str]:
    """As the row gives them; the first is blank where nobody answers."""
    owners = values.get("owners", ())
    return [str(name) for name in owners] if isinstance(owners, Iterable) else []
