"""The five questions about one problem: the form, what follows from the answers, and what is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from destraba.actions.matrix.classes import (
    Classes,
    Classified,
    SettingAside,
    Underneath,
    classify_problem,
)
from destraba.ledger.labels import label
from destraba.models import Problem
from destraba.queries import access
from destraba.queries.matrix.classes import Sorting, sorting
from destraba.queries.sentences import sentence
from destraba.rules.matrix.classes import (
    Concern,
    CoordinationFailure,
    Instrument,
    PrivateMatter,
    PublicInput,
    Scope,
)
from destraba.rules.matrix.filtering import Advice, Facts, advice, reasons_to_set_aside
from destraba.rules.permissions import Deed
from destraba.rules.problems import LIVE, FilterReason, Origin
from destraba.values.days import day_in
from destraba.values.errors import Invalid
from destraba.values.numbers import problem_number
from destraba.values.reasons import Reason
from destraba.web.forms.acts import Options
from destraba.web.forms.classes import KEEP, NO, YES, ClassifyForm
from destraba.web.forms.fields import ProblemNamed
from destraba.web.forms.mesas import in_language
from destraba.web.frame import mesa_frame
from destraba.web.middleware import Request
from destraba.web.problems.raising import candidates, seat_choices
from destraba.web.things.acts import Act, Call, Group, Offer
from destraba.web.things.problems import problem_named
from destraba.web.things.scenes import Scene

_ANSWERS: Mapping[bool | None, str] = {True: YES, False: NO, None: ""}
_REQUESTS: Mapping[str, str] = {
    Instrument.MARKET_INTERVENTION.value: YES,
    Instrument.PUBLIC_INPUT.value: NO,
    "": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassScene(Scene):
    """The page of the questions about one problem."""

    thing: Sorting

    @property
    def problem(self) -> Problem:
        return self.thing.record

    @property
    def is_live(self) -> bool:
        """Whether it is still to be decided what becomes of it."""
        return self.problem.withdrawn_at is None and self.problem.stage in LIVE


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from the answers, in words; `choices` are what may become of it where the method would set
    it aside: (value, words, whether it is chosen)."""

    lines: list[tuple[str, str]]
    choices: list[tuple[str, str, bool]]


def class_scene(request: Request, slug: str, number: int) -> ClassScene:
    """For the team alone. Raises NotFound, NotAllowed, or SignInNeeded."""
    found = access.problem(request.viewer, slug, number)
    access.require(request.viewer, Deed.EDIT_MATRIX, access.subject_of(found))
    return ClassScene(
        viewer=request.viewer,
        actor=request.actor,
        now=request.now,
        mesa=found.mesa,
        subject=access.subject_of(found),
        thing=sorting(request.viewer, found, day_in(found.mesa.time_zone, request.now)),
    )


def classify_act(kept: list[Classified]) -> Act[ClassScene, Problem]:
    """Save all answers. What came of it is put into `kept`, so that it can be undone."""
    return Act(
        code="classify",
        words=_("Save"),
        group=Group.KEEP,
        deed=Deed.EDIT_MATRIX,
        form=ClassifyForm,
        targets=lambda scene: [] if scene.problem.withdrawn_at else [scene.problem],
        first=_written,
        options=_options,
        do=lambda call: kept.append(_save(call)),
    )


def _written(scene: ClassScene, problem: Problem) -> Mapping[str, Any]:
    """The answers as they stand."""
    underlying = scene.thing.kin.underlying if problem.underlying_id else None
    plain = (
        "concern",
        "public_input",
        "private_matter",
        "concern_because",
        "scope",
        "coordination",
        "origin",
    )
    return {
        **{name: getattr(problem, name) for name in plain},
        "improves_operations": _ANSWERS[problem.improves_operations],
        "request": _REQUESTS[problem.instrument],
        "underlying": problem_number(underlying.number) if underlying else "",
        "raised_by": str(problem.raised_by_id or ""),
        "axis": problem.axis,
        "is_contentious": problem.is_contentious,
    }


def _options(scene: ClassScene, problem: Problem) -> Options:
    """A seat that was closed since still raised it."""
    seats = seat_choices(list(scene.thing.seats))
    raised = problem.raised_by
    if raised and str(raised.pk) not in dict(seats):
        seats.append((str(raised.pk), raised.organization.name))
    return {"raised_by": seats}


def _save(call: Call[ClassScene, Problem]) -> Classified:
    scene, data = call.scene, call.data
    underlying, named = data["underlying"], repeated(data)
    outcome = data["outcome"]
    if scene.is_live and not outcome and reasons_to_set_aside(_advice(scene, data)):
        raise Invalid(Reason.of("outcome_missing"))
    set_aside = None
    if outcome and outcome != KEEP:
        reason = FilterReason(outcome)
        is_repeated = reason is FilterReason.DUPLICATE and named is not None
        other = problem_named(scene, named) if named and is_repeated else None
        set_aside = SettingAside(reason, data["reason"], other)
    beneath = problem_named(scene, ProblemNamed(underlying)) if underlying else None
    return classify_problem(
        actor=scene.actor,
        problem=call.target,
        underneath=Underneath(beneath, data["underlying_title"]),
        set_aside=set_aside,
        now=scene.now,
        **_classes(data),
    )


def _classes(data: Mapping[str, Any]) -> Classes:
    answers = {YES: True, NO: False}
    instruments = {YES: Instrument.MARKET_INTERVENTION, NO: Instrument.PUBLIC_INPUT}
    return Classes(
        improves_operations=answers.get(data["improves_operations"] or ""),
        concern=Concern(data["concern"]) if data["concern"] else None,
        concern_because=data["concern_because"],
        public_input=PublicInput(data["public_input"]) if data["public_input"] else None,
        private_matter=PrivateMatter(data["private_matter"]) if data["private_matter"] else None,
        scope=Scope(data["scope"]) if data["scope"] else None,
        instrument=instruments.get(data["request"] or ""),
        coordination=CoordinationFailure(data["coordination"]) if data["coordination"] else None,
        origin=Origin(data["origin"]) if data["origin"] else None,
        raised_by=data["raised_by"],
        is_contentious=data["is_contentious"],
        axis=data["axis"],
    )


def repeated(data: Mapping[str, Any]) -> ProblemNamed | None:
    """The problem that it is said to repeat: the one that was typed counts before the one that was chosen."""
    named: ProblemNamed | None = data.get("repeats_other") or data.get("repeats")
    return named


def consequences(scene: ClassScene, form: ClassifyForm) -> Consequences:
    """What follows from the answers in a form that was sent, or from those that stand."""
    # What is wrong with a field says nothing about the others.
    data: Mapping[str, Any] = form.cleaned_data if form.is_bound and form.errors is not None else form.initial
    found = _advice(scene, data)
    lines = [(one.weight.value, sentence(one.reason)) for one in found]
    reasons = reasons_to_set_aside(found) if scene.is_live else ()
    if not reasons:
        return Consequences(lines, [])
    chosen = data.get("outcome")
    if chosen not in (KEEP, *reasons):
        chosen = reasons[0].value
    aside = [
        (one.value, _("Set it aside: %(why)s") % {"why": label(one).lower()}, one.value == chosen)
        for one in reasons
    ]
    return Consequences(lines, [*aside, (KEEP, _("Keep it on the list all the same"), chosen == KEEP)])


def _advice(scene: ClassScene, data: Mapping[str, Any]) -> tuple[Advice, ...]:
    public_input, scope, concern = (data.get(name) for name in ("public_input", "scope", "concern"))
    instruments = {YES: Instrument.MARKET_INTERVENTION, NO: Instrument.PUBLIC_INPUT}
    facts = Facts(
        improves_operations={YES: True, NO: False}.get(data.get("improves_operations") or ""),
        concern=Concern(concern) if concern else None,
        public_input=PublicInput(public_input) if public_input and concern != Concern.YOURS else None,
        scope=Scope(scope) if scope else None,
        instrument=instruments.get(data.get("request") or ""),
        names_underlying=bool(data.get("underlying") or data.get("underlying_title")),
        repeats=repeated(data) is not None,
    )
    return advice(facts, scene.thing.method.interventions)


def class_context(scene: ClassScene, offer: Offer | None, done: UUID | None) -> dict[str, Any]:
    """For `problems/classify.html`. `done` is the change set that was just written, if it can be undone."""
    thing, problem = scene.thing, scene.problem
    form = offer.form if offer and isinstance(offer.form, ClassifyForm) else None
    return {
        **mesa_frame(scene.viewer, scene.mesa, "matrix"),
        "slug": scene.mesa.slug,
        "record": problem,
        "folio": problem_number(problem.number),
        "offer": offer,
        "form": form,
        "follows": consequences(scene, form) if form else None,
        "is_live": scene.is_live,
        "similar": candidates(list(thing.similar)),
        "repeats": thing.kin.repeats,
        "axes": [in_language(axis.title) for axis in thing.method.axes.values()],
        "set_aside": label(FilterReason(problem.filter_reason)) if problem.filter_reason else "",
        "done": done,
        "next_number": thing.next_number,
        "unanswered": thing.unanswered,
    }
