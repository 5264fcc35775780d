"""What can be done on the page of a solution: the ladder, the norm and its opinions, the places."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from destraba.actions.followup.commitments import ask_commitment
from destraba.actions.matrix.enactments import ask_opinion, record_opinion, track_enactment
from destraba.actions.matrix.places import advance_place, list_place
from destraba.actions.matrix.solutions import edit_solution, move_solution
from destraba.models import Enactment, Opinion, Record, Solution, SolutionPlace
from destraba.queries.matrix.evidence import PLACE_MOVES, place_refusal
from destraba.rules.permissions import Deed
from destraba.rules.solutions import (
    TABLE,
    EnactmentRank,
    OpinionState,
    SolutionMove,
    SolutionStage,
    check,
)
from destraba.values.places import PlaceKind
from destraba.values.reasons import Reason
from destraba.web.forms.acts import ActForm, Options, ReasonForm
from destraba.web.forms.problems import AskCommitmentForm
from destraba.web.forms.solutions import (
    AskOpinionForm,
    EditSolutionForm,
    EffectForm,
    EnactmentForm,
    ListPlaceForm,
    ObservedForm,
    OpinionForm,
    PlaceForm,
    ReviseForm,
)
from destraba.web.things.acts import Act, Call, Group, Words
from destraba.web.things.scenes import SolutionScene
from destraba.web.things.visibility import visibility_acts

SolutionAct = Act[SolutionScene, Any]
OBSERVED = frozenset({SolutionMove.APPLY, SolutionMove.CONFIRM_EFFECT})
_STATIONS = (
    "rank",
    "norm",
    "drafter",
    "drafted_on",
    "prepublished_on",
    "comments_until",
    "signed_on",
    "published_on",
    "awaits_regulations",
)
_PLACE_WORDS: dict[SolutionMove, Words] = {
    SolutionMove.PILOT: _("It is being piloted"),
    SolutionMove.APPLY: _("It is applied"),
    SolutionMove.FIND_NOT_APPLIED: _("It is not applied"),
    SolutionMove.DROP: _("It is no longer required here"),
}


def _thing(scene: SolutionScene) -> list[Solution]:
    """The solution itself, unless it was taken back."""
    return [] if scene.thing.record.withdrawn_at else [scene.thing.record]


def _is_live(_scene: SolutionScene, solution: Solution) -> bool:
    return solution.stage != SolutionStage.DROPPED


def missing_for(scene: SolutionScene, move: SolutionMove) -> Reason | None:
    """Why the move is not open even once its form is filled in, or None."""
    stage = SolutionStage(scene.thing.record.stage)
    if by_place := place_refusal(stage, move, scene.thing.required_places):
        return by_place
    effect = move is SolutionMove.CONFIRM_EFFECT
    evidence = scene.thing.evidence(observed=move in OBSERVED, effect_confirmed=effect)
    return check(stage, move, reason="given", evidence=evidence)


def _move(
    move: SolutionMove,
    words: Words,
    says: Words = "",
    form: type[ActForm] = ActForm,
    kind: str = "",
    group: Group = Group.LADDER,
) -> SolutionAct:
    """A move of the table of `rules.solutions`: open wherever that says so."""
    return Act(
        code=move.value,
        words=words,
        says=says,
        group=group,
        deed=TABLE.row(move).deed,
        form=form,
        kind=kind,
        targets=_thing,
        when=lambda scene, _solution: missing_for(scene, move) is None,
        first=lambda _scene, solution: {"title": solution.title},
        do=lambda call: _do_move(call, move),
    )


def _do_move(call: Call[SolutionScene, Solution], move: SolutionMove) -> None:
    data = call.data
    move_solution(
        actor=call.scene.actor,
        solution=call.target,
        move=move,
        reason=data.get("reason", ""),
        title=data.get("title", ""),
        observed_on=data.get("observed_on"),
        observation=data.get("observation", ""),
        confirmed_by=data.get("confirmed_by", ()),
        now=call.scene.now,
    )


def _edit(call: Call[SolutionScene, Solution]) -> None:
    fields = {name: call.data[name] for name in ("title", "detail", "before", "after", "goal")}
    edit_solution(actor=call.scene.actor, solution=call.target, now=call.scene.now, **fields)


def _written(_scene: SolutionScene, solution: Solution) -> dict[str, Any]:
    return {name: getattr(solution, name) for name in ("title", "detail", "before", "after", "goal")}


def _norm(scene: SolutionScene) -> list[Record]:
    """The track of its norm, or the solution where none was opened yet."""
    return [scene.thing.enactment or scene.thing.record]


def _stations(_scene: SolutionScene, target: Record) -> dict[str, Any]:
    return {name: getattr(target, name) for name in _STATIONS} if isinstance(target, Enactment) else {}


def _track(call: Call[SolutionScene, Record]) -> None:
    fields = {name: call.data[name] for name in _STATIONS}
    fields["rank"] = EnactmentRank(fields["rank"])
    track_enactment(actor=call.scene.actor, solution=call.scene.thing.record, now=call.scene.now, **fields)


def _ask_opinion(call: Call[SolutionScene, Any]) -> None:
    ask_opinion(
        actor=call.scene.actor,
        enactment=call.target,
        organization=call.data["organization"],
        asked_on=call.data["asked_on"],
        now=call.scene.now,
    )


def _record_opinion(call: Call[SolutionScene, Opinion]) -> None:
    record_opinion(
        actor=call.scene.actor,
        opinion=call.target,
        state=OpinionState(call.data["state"]),
        answered_on=call.data["answered_on"],
        note=call.data["note"],
        now=call.scene.now,
    )


def _list_place(call: Call[SolutionScene, Solution]) -> None:
    list_place(
        actor=call.scene.actor,
        solution=call.target,
        name=call.data["name"],
        kind=PlaceKind(call.data["kind"]),
        now=call.scene.now,
    )


def _place_moves(_scene: SolutionScene, listed: SolutionPlace) -> Options:
    stage = SolutionStage(listed.stage)
    return {
        "move": [(move.value, _PLACE_WORDS[move]) for move in PLACE_MOVES if stage in TABLE.row(move).sources]
    }


def _advance_place(call: Call[SolutionScene, SolutionPlace]) -> None:
    advance_place(
        actor=call.scene.actor,
        listed=call.target,
        move=SolutionMove(call.data["move"]),
        observed_on=call.data["observed_on"],
        note=call.data["note"],
        reason=call.data["note"],
        now=call.scene.now,
    )


def _ask(call: Call[SolutionScene, Solution]) -> None:
    ask_commitment(
        actor=call.scene.actor,
        problem=call.target.problem,
        solution=call.target,
        title=call.data["title"],
        owner=call.data["owner"],
        due=call.data["due"],
        now=call.scene.now,
    )


ACTS: tuple[SolutionAct, ...] = (
    _move(SolutionMove.AGREE, _("Agree on it"), kind="go"),
    _move(SolutionMove.START, _("Work has begun")),
    _move(SolutionMove.ENACT, _("The norm is in force")),
    _move(SolutionMove.PILOT, _("It is being piloted")),
    _move(SolutionMove.APPLY, _("It is applied"), form=ObservedForm),
    _move(SolutionMove.CONFIRM_EFFECT, _("It has the effect it was meant to have"), form=EffectForm),
    _move(
        SolutionMove.FIND_NOT_APPLIED,
        _("It is not applied after all"),
        _("The norm stands; the implementer is asked."),
        ReasonForm,
        group=Group.NEXT,
    ),
    _move(
        SolutionMove.REVISE,
        _("Revise"),
        _("A new version begins at “agreed”. What it replaces, and why, stays."),
        ReviseForm,
        group=Group.NEXT,
    ),
    _move(SolutionMove.TAKE_UP_AGAIN, _("Take up again"), form=ReasonForm, kind="go", group=Group.NEXT),
    _move(SolutionMove.DROP, _("Drop"), form=ReasonForm, kind="danger", group=Group.NEXT),
    Act(
        code="edit",
        words=_("Edit"),
        says=_("For corrections. A change of substance is a revision."),
        group=Group.KEEP,
        deed=Deed.EDIT_MATRIX,
        form=EditSolutionForm,
        targets=_thing,
        first=_written,
        do=_edit,
    ),
    *visibility_acts(_thing),
    Act(
        code="norm",
        words=_("Write down the norm"),
        group=Group.NORM,
        deed=Deed.EDIT_MATRIX,
        form=EnactmentForm,
        targets=_norm,
        when=lambda scene, _target: _is_live(scene, scene.thing.record),
        first=_stations,
        do=_track,
    ),
    Act(
        code="ask_opinion",
        words=_("Ask for an opinion"),
        group=Group.NORM,
        deed=Deed.EDIT_MATRIX,
        form=AskOpinionForm,
        targets=lambda scene: [scene.thing.enactment] if scene.thing.enactment else [],
        first=lambda scene, _track: {"asked_on": scene.today},
        do=_ask_opinion,
    ),
    Act(
        code="opinion",
        words=_("Write down the answer"),
        group=Group.NORM,
        deed=Deed.EDIT_MATRIX,
        form=OpinionForm,
        targets=lambda scene: scene.thing.opinions,
        about=lambda opinion: opinion.organization.name,
        when=lambda _scene, opinion: opinion.state == OpinionState.ASKED,
        first=lambda scene, _opinion: {"answered_on": scene.today},
        do=_record_opinion,
    ),
    Act(
        code="list_place",
        words=_("List a place"),
        says=_("Where it must be applied before the problem counts as resolved."),
        group=Group.PLACES,
        deed=Deed.EDIT_MATRIX,
        form=ListPlaceForm,
        targets=_thing,
        when=_is_live,
        do=_list_place,
    ),
    Act(
        code="place",
        words=_("Tell how it stands"),
        group=Group.PLACES,
        deed=Deed.EDIT_MATRIX,
        form=PlaceForm,
        targets=lambda scene: scene.thing.places,
        about=lambda listed: listed.place.name,
        when=lambda scene, place: _is_live(scene, scene.thing.record) and _is_live(scene, place),
        options=_place_moves,
        do=_advance_place,
    ),
    Act(
        code="ask",
        words=_("Ask for a commitment"),
        group=Group.BELOW,
        deed=Deed.PROPOSE_COMMITMENT,
        form=AskCommitmentForm,
        targets=_thing,
        when=_is_live,
        do=_ask,
    ),
)
