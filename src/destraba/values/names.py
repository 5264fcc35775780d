"""Names of organizations: a key to match them by, several of them in one cell, one that stands for many."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache

from destraba.values.texts import fold

_SMALL_WORDS = frozenset({"and", "de", "del", "el", "la", "las", "los", "of", "the", "y"})
_SPELLED_OUT = {
    "gob": "gobierno",
    "gore": "gobierno regional",
    "gores": "gobiernos regionales",
    "min": "ministerio",
    "muni": "municipalidad",
    "reg": "regional",
}
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_WORD = re.compile(r"[^\W_]+")

_BRACKETED = re.compile(r"\([^()]*\)")
_BLANKS = re.compile(r"[^\S\n]+")
_HARD = re.compile(r" (?:y/o|e/o|and/or) |[;\n•|]|/(?![0-9])|(?<![0-9])/", re.IGNORECASE)
_SOFT = re.compile(r"(?P<comma>,(?: (?:y|e|and|&) )?)|(?: (?:y|e|and|&) )", re.IGNORECASE)
_BEGINNING = 80  # characters; a long cell is read once, not once for each comma
_BULLET = " -–—*·,:"

_ACRONYM = re.compile(r"[A-ZÁÉÍÓÚÑ]{2,}[0-9]*")
_LEGAL_FORMS = frozenset(
    {"CIA", "EIRL", "INC", "LLC", "LTDA", "SA", "SAA", "SAC", "SAS", "SCRL", "SL", "SRL"}
)
_BODIES = re.compile(
    r"agencia|asociacion|autoridad|banco|camara|comision|comite|confederacion|consejo|contraloria|corporacion"
    r"|defensoria|direccion|federacion|gerencia|gobierno|instituto|ministerio|municipalidad|oficina|organismo"
    r"|policia|presidencia|secretaria|sindicato|sociedad|subsecretaria|superintendencia|universidad"
    r"|viceministerio"
    r"|agency|association|authority|chamber|commission|committee|council|institute|ministry|municipality"
    r"|office"
)
_MANY = re.compile(
    r"(?:(?:todos|todas|all|[0-9]+|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez) )*"
    r"(?:gobiernos (?:regionales|locales|provinciales)|gobernaciones|municipios|municipalidades|regiones"
    r"|(?:autoridades|direcciones|gerencias|oficinas) regionales"
    r"|(?:regional|local|provincial) (?:governments|authorities|offices)|municipalities|regions)\b"
)


class _Shape(Enum):
    """What the beginning of a name shows it to be."""

    ACRONYM = auto()
    BODY = auto()
    MANY = auto()


# After a body, "y" and an acronym may still be its name ("Superintendencia de Banca y AFP"), and a plural may
# be its members ("Asociación de Municipios y Gobiernos Regionales").
_JOINED_IN_ONE_NAME = frozenset({(_Shape.BODY, _Shape.ACRONYM), (_Shape.BODY, _Shape.MANY)})


def name_key(name: str) -> str:
    """Equal for two spellings of a name: no case, accents, marks or small words; GORE and Min. in full."""
    # The same few names and titles are asked for again and again; long texts are not kept.
    return _remembered_key(name) if len(name) <= _BEGINNING else _key(name)


def _key(name: str) -> str:
    words = _WORD.findall(_DOTTED.sub(lambda dotted: dotted[0].replace(".", ""), fold(name)))
    weighty = [word for word in words if word not in _SMALL_WORDS] or words
    return " ".join(_SPELLED_OUT.get(word, word) for word in weighty)


_remembered_key = lru_cache(maxsize=16_384)(_key)


def is_plural_owner(name: str) -> bool:
    """Whether the name stands for many bodies of a kind ("Gobiernos regionales"), to be fanned out."""
    return _MANY.match(name_key(name)) is not None


def split_names(cell: str) -> list[str]:
    """The names in one cell, in order, each once.

    Semicolon, slash, bullet and line break always part names. A comma, "y", "e", "and" and "&" stand inside
    names too ("Ministerio de Agricultura y Riego"), so they part only what reads as a whole name on both
    sides: an acronym, a kind of body, a plural of governments. Nothing parts inside brackets.
    """
    # In capitals throughout, "MINISTERIO DE AGRICULTURA Y RIEGO", a word in capitals is no acronym.
    shouting = cell.isupper() and not _SMALL_WORDS.isdisjoint(set(fold(cell).split()) - {"y", "and"})
    names: dict[str, str] = {}
    for part in _hard_parts(_BLANKS.sub(" ", cell)):
        for name in _soft_parts(part, shouting=shouting):
            if key := name_key(name):
                names.setdefault(key, name.strip(_BULLET))
    return list(names.values())


def _hard_parts(cell: str) -> Iterator[str]:
    start = 0
    for mark in _HARD.finditer(_masked(cell)):
        yield cell[start : mark.start()]
        start = mark.end()
    yield cell[start:]


def _soft_parts(part: str, *, shouting: bool) -> Iterator[str]:
    start = 0
    enumerating = False
    marks = list(_SOFT.finditer(_masked(part)))
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        left = _shape(part[start : mark.start()], shouting=shouting)
        right = _shape(part[mark.end() : following.start() if following else None], shouting=shouting)
        whole = left is not None and right is not None
        if whole and (mark["comma"] or ((left, right) not in _JOINED_IN_ONE_NAME and not enumerating)):
            yield part[start : mark.start()]
            start = mark.end()
            enumerating = False
        elif mark["comma"]:
            # "Vivienda, Construcción y Saneamiento": the "y" to come closes what this comma opened.
            enumerating = True
    yield part[start:]


def _masked(text: str) -> str:
    """As long as the text, with nothing to be found inside brackets."""
    return _BRACKETED.sub(lambda inner: "x" * len(inner[0]), text)


def _shape(name: str, *, shouting: bool) -> _Shape | None:
    name = name[:_BEGINNING]
    if is_plural_owner(name):
        return _Shape.MANY
    folded = fold(name).strip(_BULLET).split()
    while folded and folded[0] in _SMALL_WORDS:
        del folded[0]
    if folded and _BODIES.fullmatch(folded[0]):
        return _Shape.BODY
    first = name.strip(_BULLET).partition(" ")[0].replace(".", "")
    if not shouting and first not in _LEGAL_FORMS and _ACRONYM.fullmatch(first):
        return _Shape.ACRONYM
    return None
