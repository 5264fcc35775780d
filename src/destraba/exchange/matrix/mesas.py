"""Which of the mesas that are there a spreadsheet means."""

from collections.abc import Iterable

from destraba.models import Mesa
from destraba.values.names import name_key

_GENERIC = frozenset(
    {"mesa", "ejecutiva", "sectorial", "tecnica", "trabajo", "executive", "working", "group"}
)


def mesa_called(name: str, mesas: Iterable[Mesa]) -> Mesa | None:
    """The one mesa whose own words the name has, or that has all of its: "Acuícola" is the Mesa Ejecutiva
    Acuícola. None where no mesa is called so, or more than one."""
    said = _words(name)
    found = [mesa for mesa in mesas if _means(said, _words(mesa.name)) or _means(said, _words(mesa.slug))]
    exact = [mesa for mesa in found if said in (_words(mesa.name), _words(mesa.slug))]
    chosen = exact or found
    return chosen[0] if len(chosen) == 1 else None


def _means(said: frozenset[str], own: frozenset[str]) -> bool:
    return bool(said and own) and (said <= own or own <= said)


def _words(name: str) -> frozenset[str]:
    return frozenset(name_key(name.replace("-", " ")).split()) - _GENERIC
