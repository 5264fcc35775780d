"""What can be done on the page of a problem."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from destraba.actions.followup.commitments import ask_commitment
from destraba.actions.matrix.problems import (
    confirm_resolved,
    deny_resolved,
    edit_problem,
    focus_problem,
    move_problem,
    unfocus_problem,
)
from destraba.actions.matrix.solutions import propose_solution
from destraba.ledger.labels import choices
from destraba.models import Problem
from destraba.queries import access
from destraba.queries.sentences import sentence
from destraba.rules.permissions import Deed
from destraba.rules.priorities import Importance, Speed, focus_warning
from destraba.rules.problems import (
    TABLE,
    FilterReason,
    Origin,
    ProblemMove,
    ProblemProgress,
    ProblemStage,
)
from destraba.values.errors import Invalid, NotFound
from destraba.values.numbers import problem_number
from destraba.values.reasons import Reason
from destraba.values.texts import slug
from destraba.web.forms.acts import ActForm, NoteForm, Options, ReasonForm
from destraba.web.forms.fields import ProblemNamed, blank_first
from destraba.web.forms.problems import (
    AskCommitmentForm,
    EditProblemForm,
    FilterOutForm,
    ProposeSolutionForm,
)
from destraba.web.things.acts import Act, Call, Group, Words
from destraba.web.things.scenes import ProblemScene, Scene
from destraba.web.things.visibility import visibility_acts

ProblemAct = Act[ProblemScene, Problem]
_LIVE = (ProblemStage.RAISED, ProblemStage.ACCEPTED)


def _thing(scene: ProblemScene) -> list[Problem]:
    """The problem itself, unless it was taken back."""
    return [] if scene.thing.record.withdrawn_at else [scene.thing.record]


def _move(
    move: ProblemMove, words: Words, says: Words = "", form: type[ActForm] = ActForm, kind: str = ""
) -> ProblemAct:
    """A move of the table of `rules.problems`: open wherever that says so."""
    row = TABLE.row(move)
    return Act(
        code=move.value,
        words=words,
        says=says,
        group=Group.NEXT,
        deed=row.deed,
        form=form,
        kind=kind,
        targets=_thing,
        when=lambda _scene, problem: problem.stage in row.sources,
        do=lambda call: _do_move(call, move),
    )


def _do_move(call: Call[ProblemScene, Problem], move: ProblemMove) -> None:
    repeats = call.data.get("duplicate_of")
    filter_reason = call.data.get("filter_reason")
    move_problem(
        actor=call.scene.actor,
        problem=call.target,
        move=move,
        reason=call.data.get("reason", ""),
        filter_reason=FilterReason(filter_reason) if filter_reason else None,
        duplicate_of=problem_named(call.scene, repeats) if repeats else None,
        now=call.scene.now,
    )


def problem_named(scene: Scene, named: ProblemNamed) -> Problem:
    """The problem of that number, of this mesa or of the one that is named. Raises Invalid."""
    try:
        return access.problem(scene.viewer, _mesa_named(scene, named.mesa), named.number)
    except NotFound as error:
        text = " ".join(filter(None, (named.mesa, problem_number(named.number))))
        code = "unknown_number_there" if named.mesa else "unknown_number"
        raise Invalid(Reason.of(code, text=text)) from error


def _mesa_named(scene: Scene, name: str) -> str:
    """The address of the mesa that somebody calls so: by its address, its name, or the end of its name."""
    if not name:
        return scene.mesa.slug
    for one in access.mesas_of(scene.viewer):
        if name == one.slug or f"-{slug(one.name)}".endswith(f"-{name}"):
            return one.slug
    return name


def _edit(call: Call[ProblemScene, Problem]) -> None:
    data = call.data
    edit_problem(
        actor=call.scene.actor,
        problem=call.target,
        title=data["title"],
        detail=data["detail"],
        axis=data["axis"],
        importance=Importance(data["importance"]) if data["importance"] else None,
        speed=Speed(data["speed"]) if data["speed"] else None,
        origin=Origin(data["origin"]) if data["origin"] else None,
        now=call.scene.now,
    )


def _written(_scene: ProblemScene, problem: Problem) -> dict[str, Any]:
    fields = ("title", "detail", "axis", "importance", "speed", "origin")
    return {name: getattr(problem, name) for name in fields}


def _classes(_scene: ProblemScene, _problem: Problem) -> Options:
    return {
        "importance": blank_first(choices(Importance)),
        "speed": blank_first(choices(Speed)),
        "origin": blank_first(choices(Origin)),
    }


def _too_many(scene: ProblemScene, _problem: Problem) -> str:
    """A warning, never a wall."""
    warning = focus_warning(scene.thing.in_focus + 1, scene.thing.focus_limit)
    return sentence(warning) if warning and warning.code == "focus_too_wide" else ""


def _has_come(scene: ProblemScene, reached: ProblemProgress) -> bool:
    return scene.thing.row is not None and scene.thing.row.progress is reached


def _confirm(call: Call[ProblemScene, Problem]) -> None:
    note = call.data.get("reason", "")
    confirm_resolved(actor=call.scene.actor, problem=call.target, note=note, now=call.scene.now)


def _deny(call: Call[ProblemScene, Problem]) -> None:
    deny_resolved(actor=call.scene.actor, problem=call.target, reason=call.data["reason"], now=call.scene.now)


def _propose(call: Call[ProblemScene, Problem]) -> None:
    propose_solution(
        actor=call.scene.actor,
        problem=call.target,
        title=call.data["title"],
        detail=call.data["detail"],
        now=call.scene.now,
    )


def _ask(call: Call[ProblemScene, Problem]) -> None:
    ask_commitment(
        actor=call.scene.actor,
        problem=call.target,
        title=call.data["title"],
        owner=call.data["owner"],
        due=call.data["due"],
        now=call.scene.now,
    )


ACTS: tuple[ProblemAct, ...] = (
    _move(ProblemMove.ACCEPT, _("Accept"), kind="go"),
    Act(
        code="focus",
        words=_("Put in focus"),
        group=Group.NEXT,
        deed=Deed.EDIT_MATRIX,
        targets=_thing,
        when=lambda scene, problem: problem.stage == ProblemStage.ACCEPTED and not scene.thing.focus,
        warning=_too_many,
        do=lambda call: focus_problem(actor=call.scene.actor, problem=call.target, now=call.scene.now),
    ),
    Act(
        code="unfocus",
        words=_("Take out of focus"),
        group=Group.NEXT,
        deed=Deed.EDIT_MATRIX,
        targets=_thing,
        when=lambda scene, _problem: scene.thing.focus is not None,
        do=lambda call: unfocus_problem(actor=call.scene.actor, problem=call.target, now=call.scene.now),
    ),
    Act(
        code="resolved",
        words=_("Confirm: it is resolved"),
        says=_("It is applied. Say it once the problem is gone on the ground; the mesa reads who said so."),
        group=Group.NEXT,
        deed=Deed.CONFIRM_RESOLVED,
        form=NoteForm,
        kind="go",
        targets=_thing,
        when=lambda scene, _problem: _has_come(scene, ProblemProgress.APPLIED),
        do=_confirm,
    ),
    Act(
        code="not-resolved",
        words=_("It is not resolved"),
        group=Group.NEXT,
        deed=Deed.CONFIRM_RESOLVED,
        form=ReasonForm,
        targets=_thing,
        when=lambda scene, _problem: _has_come(scene, ProblemProgress.RESOLVED),
        do=_deny,
    ),
    _move(ProblemMove.REOPEN, _("Reopen"), form=ReasonForm, kind="go"),
    _move(
        ProblemMove.FILTER_OUT,
        _("Set it aside"),
        _("Filtering is preliminary: it can be reopened, and whoever raised it reads why."),
        FilterOutForm,
    ),
    _move(ProblemMove.PARK, _("Park"), _("For later: it is neither refused nor worked on."), NoteForm),
    _move(ProblemMove.WITHDRAW, _("Withdraw"), form=ReasonForm, kind="danger"),
    Act(
        code="edit",
        words=_("Edit"),
        group=Group.KEEP,
        deed=Deed.EDIT_MATRIX,
        form=EditProblemForm,
        targets=_thing,
        first=_written,
        options=_classes,
        do=_edit,
    ),
    *visibility_acts(_thing),
    Act(
        code="propose",
        words=_("Propose a solution"),
        group=Group.BELOW,
        deed=Deed.PROPOSE_SOLUTION,
        form=ProposeSolutionForm,
        targets=_thing,
        when=lambda _scene, problem: problem.stage in _LIVE,
        do=_propose,
    ),
    Act(
        code="ask",
        words=_("Ask for a commitment"),
        says=_("Without a solution for now: it can do without one."),
        group=Group.BELOW,
        deed=Deed.PROPOSE_COMMITMENT,
        form=AskCommitmentForm,
        targets=_thing,
        when=lambda _scene, problem: problem.stage in _LIVE,
        do=_ask,
    ),
)
