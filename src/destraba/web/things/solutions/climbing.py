"""Up the ladder with what each rung asks for, and back to the drawing board with the reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from destraba.actions.matrix.solutions import Revision, move_solution
from destraba.models import Solution
from destraba.queries.matrix.evidence import place_refusal
from destraba.rules.permissions import Deed
from destraba.rules.solutions import TABLE, EnactmentRank, SolutionMove, SolutionStage, check
from destraba.values.reasons import Reason
from destraba.web.forms.acts import ActForm, Options, ReasonForm
from destraba.web.forms.solutions import EffectForm, ObservedForm, ReviseForm
from destraba.web.things.acts import Act, Call, Group, Words
from destraba.web.things.scenes import SolutionScene

SolutionAct = Act[SolutionScene, Any]
OBSERVED = frozenset({SolutionMove.APPLY, SolutionMove.CONFIRM_EFFECT})
REVISED = ("title", "detail", "before", "after", "goal")
"""What a new version may say otherwise, and a correction too."""


def the_solution(scene: SolutionScene) -> list[Solution]:
    """The solution itself, unless it was taken back."""
    return [] if scene.thing.record.withdrawn_at else [scene.thing.record]


def is_live(_scene: SolutionScene, solution: Solution) -> bool:
    return solution.stage != SolutionStage.DROPPED


def written(_scene: SolutionScene, solution: Solution) -> dict[str, Any]:
    """What it says now: what a form for it begins with."""
    return {name: getattr(solution, name) for name in REVISED}


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
        targets=the_solution,
        when=lambda scene, _solution: missing_for(scene, move) is None,
        do=lambda call: _do_move(call, move),
    )


def _do_move(call: Call[SolutionScene, Solution], move: SolutionMove) -> None:
    data = call.data
    move_solution(
        actor=call.scene.actor,
        solution=call.target,
        move=move,
        reason=data.get("reason", ""),
        observed_on=data.get("observed_on"),
        observation=data.get("observation", ""),
        confirmed_by=data.get("confirmed_by", ()),
        now=call.scene.now,
    )


def _revise(code: str, words: Words, group: Group, *, without_effect: bool, kind: str = "") -> SolutionAct:
    """The same act with two names: what is applied and does nothing is asked about where its effect is."""
    return Act(
        code=code,
        words=words,
        says=_("A new version begins at “agreed”. What it replaces, and why, stays."),
        group=group,
        deed=Deed.EDIT_MATRIX,
        form=ReviseForm,
        kind=kind,
        targets=the_solution,
        when=lambda scene, solution: (
            missing_for(scene, SolutionMove.REVISE) is None
            and (solution.stage == SolutionStage.APPLIED) is without_effect
        ),
        first=written,
        options=_norms,
        do=_do_revise,
    )


def _norms(scene: SolutionScene, _solution: Solution) -> Options:
    """Only what has a norm can take another."""
    track = scene.thing.enactment
    has_norm = track is not None and track.rank != EnactmentRank.NONE_NEEDED
    return {"another_norm": [("on", "")]} if has_norm else {}


def _do_revise(call: Call[SolutionScene, Solution]) -> None:
    revision = Revision(another_norm=call.data.get("another_norm", False))
    for name in REVISED:
        revision[name] = call.data[name]  # type: ignore[literal-required]
    move_solution(
        actor=call.scene.actor,
        solution=call.target,
        move=SolutionMove.REVISE,
        reason=call.data["reason"],
        revision=revision,
        now=call.scene.now,
    )


CLIMBING: tuple[SolutionAct, ...] = (
    _move(SolutionMove.AGREE, _("Agree on it"), kind="go"),
    _move(SolutionMove.START, _("Work has begun")),
    _move(SolutionMove.ENACT, _("The norm is in force")),
    _move(SolutionMove.PILOT, _("It is being piloted")),
    _move(SolutionMove.APPLY, _("It is applied"), form=ObservedForm),
    _move(SolutionMove.CONFIRM_EFFECT, _("It has the effect it was meant to have"), form=EffectForm),
    _revise("without_effect", _("It has no effect: revise it"), Group.LADDER, without_effect=True),
    _move(
        SolutionMove.FIND_NOT_APPLIED,
        _("It is not applied after all"),
        _("The norm stands; the implementer is asked."),
        ReasonForm,
        group=Group.NEXT,
    ),
    _revise(SolutionMove.REVISE.value, _("Revise"), Group.NEXT, without_effect=False),
    _move(SolutionMove.TAKE_UP_AGAIN, _("Take up again"), form=ReasonForm, kind="go", group=Group.NEXT),
    _move(SolutionMove.DROP, _("Drop"), form=ReasonForm, kind="danger", group=Group.NEXT),
)
