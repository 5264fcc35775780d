"""Where a solution must be applied: places listed many at once, and told of many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from destraba.actions.matrix.places import advance_places, list_places
from destraba.ledger.labels import label
from destraba.ledger.wording import fuzzy, number
from destraba.models import Place, Solution, SolutionPlace
from destraba.queries.matrix.evidence import PLACE_MOVES
from destraba.rules.matrix.enactments import days_unapplied
from destraba.rules.permissions import Deed
from destraba.rules.solutions import TABLE, SolutionMove, SolutionStage, places_reached
from destraba.values.places import PlaceKind
from destraba.web.forms.acts import Options
from destraba.web.forms.fields import blank_first
from destraba.web.forms.solutions import ListPlacesForm, PlacesForm
from destraba.web.things.acts import Act, Call, Group, Offer, Words
from destraba.web.things.scenes import SolutionScene
from destraba.web.things.solutions.climbing import SolutionAct, is_live, the_solution

_PLACE_WORDS: dict[SolutionMove, Words] = {
    SolutionMove.PILOT: _("It is being piloted"),
    SolutionMove.APPLY: _("It is applied"),
    SolutionMove.FIND_NOT_APPLIED: _("It is not applied"),
    SolutionMove.DROP: _("It is no longer required here"),
}


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place with how far it has come there. `tick` is the value of its box, blank where it has none."""

    name: str
    words: str
    gap: str
    seen: str
    note: str
    is_required: bool
    tick: str
    is_ticked: bool


def place_lines(scene: SolutionScene, offered: list[Offer]) -> list[PlaceLine]:
    telling = next((one for one in offered if one.act.code == "place"), None)
    ticked = {str(value) for value in (telling.form["places"].value() or ())} if telling else set()
    return [_line(scene, one, ticked, can_tell=telling is not None) for one in scene.thing.places]


def _line(scene: SolutionScene, listed: SolutionPlace, ticked: set[str], *, can_tell: bool) -> PlaceLine:
    stage = SolutionStage(listed.stage)
    required = stage is not SolutionStage.DROPPED
    return PlaceLine(
        name=listed.place.name,
        words=label(stage) if required else str(_("no longer required")),
        gap=gap_words(days_unapplied(scene.in_force_since, stage, scene.today)),
        seen=fuzzy(listed.observed_on) if listed.observed_on else "",
        note=listed.note,
        is_required=required,
        tick=str(listed.pk) if can_tell and required else "",
        is_ticked=str(listed.pk) in ticked,
    )


def gap_words(days: int | None) -> str:
    """How long a norm has been in force without being applied."""
    if not days:
        return ""
    said = ngettext("%(days)s day on paper", "%(days)s days on paper", days)
    return said % {"days": number(days)}


def reached_places(scene: SolutionScene) -> tuple[int, int] | None:
    """In how many of the required places it is applied."""
    stages = [SolutionStage(one.stage) for one in scene.thing.places]
    reached, required = places_reached(stages, SolutionStage.APPLIED)
    return (reached, required) if required else None


def _required(scene: SolutionScene) -> Sequence[SolutionPlace]:
    return [one for one in scene.thing.places if one.stage != SolutionStage.DROPPED]


def _wholes(scene: SolutionScene, _solution: Solution) -> Options:
    found = [(str(one.id), f"{one.name} ({one.places})") for one in scene.wholes]
    return {"within": blank_first(found, str(_("none")))} if found else {}


def _list(call: Call[SolutionScene, Solution]) -> None:
    within = call.data.get("within")
    list_places(
        actor=call.scene.actor,
        solution=call.target,
        names=call.data["names"],
        within=Place.objects.get(pk=within) if within else None,
        kind=PlaceKind(call.data["kind"]),
        parent=call.data["parent"],
        now=call.scene.now,
    )


def _choices(scene: SolutionScene, _solution: Solution) -> Options:
    required = _required(scene)
    stages = {SolutionStage(one.stage) for one in required}
    return {
        "places": [(str(one.pk), one.place.name) for one in required],
        "move": [
            (move.value, _PLACE_WORDS[move]) for move in PLACE_MOVES if stages & TABLE.row(move).sources
        ],
    }


def _only(scene: SolutionScene, _solution: Solution) -> dict[str, Any]:
    """Where there is but one, there is nothing to choose."""
    required = _required(scene)
    return {"places": [str(required[0].pk)]} if len(required) == 1 else {}


def _tell(call: Call[SolutionScene, Solution]) -> None:
    ticked = set(call.data["places"])
    advance_places(
        actor=call.scene.actor,
        listed=[one for one in _required(call.scene) if str(one.pk) in ticked],
        move=SolutionMove(call.data["move"]),
        observed_on=call.data["observed_on"],
        note=call.data["note"],
        reason=call.data["note"],
        now=call.scene.now,
    )


PLACES: tuple[SolutionAct, ...] = (
    Act(
        code="place",
        words=_("Tell how the ticked ones stand"),
        group=Group.PLACES,
        deed=Deed.EDIT_MATRIX,
        form=PlacesForm,
        targets=the_solution,
        when=lambda scene, solution: is_live(scene, solution) and bool(_required(scene)),
        options=_choices,
        first=_only,
        do=_tell,
    ),
    Act(
        code="list_place",
        words=_("List places"),
        says=_("Where it must be applied before the problem counts as resolved."),
        group=Group.PLACES,
        deed=Deed.EDIT_MATRIX,
        form=ListPlacesForm,
        targets=the_solution,
        when=is_live,
        options=_wholes,
        do=_list,
    ),
)
