"""Marks that stand in every row: the words of lights and stages, and the three rungs of the ladder.

A page draws hundreds of them and there are only so many, so each is made once a language.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from destraba.ledger.labels import label
from destraba.rules.lights import Light
from destraba.rules.solutions import SolutionStage, has_reached

Places = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Rungs:
    """Norm, ground and effect as the classes that draw them, and all three in words."""

    norm: str
    ground: str
    effect: str
    words: str


def light_word(kind: str) -> str:
    """What a light is called."""
    return _light_word(get_language(), str(kind))


def stage_word(stage: str) -> str:
    """What a stage of a solution is called."""
    return _stage_word(get_language(), str(stage))


def rungs_of(stage: str, places: Places = None, norm_needed: bool = True, failed: bool = False) -> Rungs:
    """How far a solution has come. `places`: in how many it is applied, of how many."""
    return _rungs(get_language(), SolutionStage(str(stage)), places, norm_needed, failed)


@lru_cache
def _light_word(_language: str | None, kind: str) -> str:
    return label(Light(kind))


@lru_cache
def _stage_word(_language: str | None, stage: str) -> str:
    return label(SolutionStage(stage))


@lru_cache(maxsize=1024)
def _rungs(
    _language: str | None, stage: SolutionStage, places: Places, norm_needed: bool, failed: bool
) -> Rungs:
    norm = "yes" if has_reached(stage, SolutionStage.ENACTED) else ""
    if not norm_needed:
        norm = "skip"
    ground = _ground(stage, places)
    effect = "no" if failed else "yes" if stage is SolutionStage.EFFECTIVE else ""
    words = _("Norm: %(norm)s. Ground: %(ground)s. Effect: %(effect)s.") % {
        "norm": {"skip": _("not needed"), "yes": _("enacted")}.get(norm, _("not yet")),
        "ground": _ground_words(ground, places),
        "effect": {"no": _("none seen"), "yes": _("confirmed")}.get(effect, _("not yet")),
    }
    return Rungs(norm, ground, effect, words)


def _ground(stage: SolutionStage, places: Places) -> str:
    if has_reached(stage, SolutionStage.APPLIED):
        return "yes"
    if places and places[1]:
        return _share(places[0] / places[1])
    return "p1" if stage is SolutionStage.PILOTED else ""


def _share(share: float) -> str:
    """Thirds and halves: what the eye can tell apart on so small a mark."""
    if share >= 1:
        return "yes"
    return "p3" if share > 0.58 else "p2" if share > 0.4 else "p1" if share > 0 else ""


def _ground_words(ground: str, places: Places) -> str:
    if places and places[1]:
        return _("%(n)s of %(total)s places") % {"n": places[0], "total": places[1]}
    return {"yes": _("applied"), "p1": _("pilot")}.get(ground, _("not yet"))
