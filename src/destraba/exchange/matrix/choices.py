"""The words of a cell that is one of a few: the labels of every language of ours, and what teams write."""

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache

from django.conf import settings
from django.utils.translation import override

from destraba.exchange.matrix.fields import Field
from destraba.ledger.labels import label
from destraba.rules.commitments import CommitmentState
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Funding,
    Instrument,
    PublicInput,
    Scope,
)
from destraba.rules.priorities import Speed
from destraba.rules.problems import Origin, ProblemStage
from destraba.rules.solutions import SolutionStage
from destraba.values.texts import fold

CHOICES: Mapping[Field, type[Enum]] = {
    Field.CONCERN: Concern,
    Field.PUBLIC_INPUT: PublicInput,
    Field.SCOPE: Scope,
    Field.INSTRUMENT: Instrument,
    Field.COORDINATION: CoordinationFailure,
    Field.ORIGIN: Origin,
    Field.SPEED: Speed,
    Field.FUNDING: Funding,
    Field.STAGE: ProblemStage,
    Field.SOLUTION_STAGE: SolutionStage,
    Field.STATE: CommitmentState,
}
# Folded words that no label has.
_ALSO: Mapping[Enum, str] = {
    Concern.MINE: "mi problema|mia|mio|del estado|estado|publico|publica|my problem|mine|state|public",
    Concern.YOURS: "su problema|tu problema|suya|suyo|privado|privada|empresas|your problem|yours|private",
    Scope.HORIZONTAL: "transversal|horizontais",
    Scope.VERTICAL: "sectorial|sectoral|setorial",
    Instrument.PUBLIC_INPUT: "insumo publico|insumo|public input",
    Instrument.MARKET_INTERVENTION: "intervencion de mercado|intervencion|subsidio|exoneracion|subsidy",
    Speed.QUICK: "rapida|rapido|corto plazo|fast|quick win",
    Speed.MEDIUM: "mediano plazo|medio plazo|normal",
    Speed.SLOW: "lenta|lento|largo plazo|longo prazo|long term",
    Funding.NONE_NEEDED: "no requiere|no necesita|sin costo|no aplica|none|not needed",
    Funding.BUDGET: "presupuesto|budget|orcamento",
    Funding.FUND: "fondo|fund|fundo",
    Funding.UNFUNDED: "sin financiamiento|sin fondos|sin presupuesto|unfunded|sem financiamento",
}
_YES = frozenset({"si", "yes", "sim", "x", "s", "y", "true", "verdadero", "1"})
_NO = frozenset({"", "no", "nao", "n", "false", "falso", "0"})
_WORD = re.compile("[a-z0-9]+")


class UnknownChoice(ValueError):
    """Words that name none of the choices."""


def choice_of_words(text: str, field: Field) -> Enum | None:
    """None where the cell says nothing. Raises `UnknownChoice`."""
    said = _bare(text)
    if not said:
        return None
    member = _members(CHOICES[field]).get(said)
    if member is None:
        raise UnknownChoice(text)
    return member


def yes_or_no(text: str) -> bool:
    """A blank cell says no. Raises `UnknownChoice`."""
    said = _bare(text)
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise UnknownChoice(text)


@cache
def _members(choices: type[Enum]) -> Mapping[str, Enum]:
    """By its code, by its labels, and by what else it is called."""
    found: dict[str, Enum] = {}
    for member in choices:
        words = [str(member.value).replace("_", " "), *_ALSO.get(member, "").split("|")]
        for language, _name in settings.LANGUAGES:
            with override(language):
                words.append(label(member))
        found.update({_bare(text): member for text in words if text})
    return found


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))
