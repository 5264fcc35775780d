"""What can be done on the page of a thing: offered only where rules and seats allow it, and asked again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.http import QueryDict
from django.utils.functional import Promise

from destraba.models import Record
from destraba.queries.history import as_of
from destraba.queries.sentences import sentence
from destraba.rules.permissions import Deed
from destraba.values.errors import Conflict, DomainError, Invalid, NoRoom, NotFound, Stale
from destraba.values.reasons import Reason
from destraba.web.forms.acts import ActForm, Options
from destraba.web.posted import Posted
from destraba.web.things.scenes import Look

SceneT = TypeVar("SceneT", bound=Look)
TargetT = TypeVar("TargetT", bound=Record)
Words = str | Promise


class Group(StrEnum):
    """Where on the page an act stands."""

    NEXT = "next"
    ASKED = "asked"
    KEEP = "keep"
    LADDER = "ladder"
    NORM = "norm"
    PLACES = "places"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Call(Generic[SceneT, TargetT]):
    """An act being done: on what, and with what was filled in."""

    scene: SceneT
    target: TargetT
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Generic[SceneT, TargetT]):
    """One thing that can be done.

    `words` stand on the button. `targets` are the records of the page that it can be done to, of which
    `when` keeps those that allow it now. `first` are the values that a form begins with. `about` tells two
    buttons with the same words apart, for those who hear the page.
    """

    code: str
    words: Words
    group: Group
    deed: Deed
    form: type[ActForm] = ActForm
    targets: Callable[[SceneT], Iterable[TargetT]]
    when: Callable[[SceneT, TargetT], bool] = lambda _scene, _target: True
    do: Callable[[Call[SceneT, TargetT]], object]
    first: Callable[[SceneT, TargetT], Mapping[str, Any]] = lambda _scene, _target: {}
    options: Callable[[SceneT, TargetT], Options] = lambda _scene, _target: {}
    warning: Callable[[SceneT, TargetT], str] = lambda _scene, _target: ""
    about: Callable[[TargetT], str] = lambda _target: ""
    says: Words = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which what was typed and what stands there now are not the same."""

    label: str
    theirs: str
    mine: str


@dataclass(slots=True)
class Offer:
    """An act on one record, with its form as the page shows it."""

    act: Act[Any, Any]
    target: Record
    form: ActForm
    about: str = ""
    warning: str = ""
    is_open: bool = False
    is_stale: bool = False
    differences: Sequence[Difference] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Once:
    """What came of an act and is shown on the very next page, only there: it is kept nowhere."""

    title: str
    words: str
    secret: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a posted form: `offer` where it has to be shown again, `refusal` in words, and why."""

    error: DomainError | None = None
    offer: Offer | None = None
    once: Once | None = None

    @property
    def is_done(self) -> bool:
        return self.error is None and self.offer is None

    @property
    def refusal(self) -> str:
        return sentence(self.error.reason) if self.error else ""


def offers(scene: SceneT, acts: Sequence[Act[SceneT, Any]]) -> list[Offer]:
    """What this viewer can do here now, each with its form; no statement of its own."""
    return [
        _offer(scene, act, target)
        for act in acts
        if scene.may(act.deed)
        for target in act.targets(scene)
        if act.when(scene, target)
    ]


def with_outcome(offered: list[Offer], outcome: Outcome) -> list[Offer]:
    """The offers with the one that came back in its place, or after them where it is open no longer: what was
    typed is never lost."""
    back = outcome.offer
    if back is None:
        return offered
    kept = [back if _same(one, back) else one for one in offered]
    return kept if back in kept else [*kept, back]


def carry_out(scene: SceneT, acts: Sequence[Act[SceneT, Any]], posted: QueryDict) -> Outcome:
    """Do what a form asks for.

    Raises NotFound, NotAllowed, and Stale where somebody was faster by a blink: look again, and call again.
    """
    act, target = _asked_for(scene, acts, posted)
    scene.require(act.deed)
    offer = _offer(scene, act, target, posted)
    is_stale = Posted(posted).number("version") != target.version
    if is_stale and not offer.form.asks and not act.when(scene, target):
        # The second of two taps, say: nothing is left to do, and nothing was typed that could be lost.
        return Outcome(Conflict(Reason.of("moved_already")))
    if is_stale:
        return _stale(scene, offer, posted)
    if not offer.form.is_valid():
        return Outcome(Invalid(Reason.of("see_fields")), offer)
    try:
        came = act.do(Call(scene, target, offer.form.cleaned_data))
    except (Conflict, Invalid, NoRoom) as error:
        offer.form.add_error(None, sentence(error.reason))
        return Outcome(error, offer)
    return Outcome(once=came if isinstance(came, Once) else None)


def _same(one: Offer, other: Offer) -> bool:
    return one.act.code == other.act.code and one.target.pk == other.target.pk


def _asked_for(
    scene: SceneT, acts: Sequence[Act[SceneT, Any]], posted: QueryDict
) -> tuple[Act[SceneT, Any], Record]:
    """The act that was named, on one of this page's own records and no other."""
    target_id = _key(posted.get("target"))
    for act in acts:
        if act.code == posted.get("act"):
            for target in act.targets(scene):
                if target.pk == target_id:
                    return act, target
    raise NotFound(Reason.of("hidden"))


def _offer(scene: SceneT, act: Act[SceneT, Any], target: Record, posted: QueryDict | None = None) -> Offer:
    names = {"act": act.code, "target": target.pk, "version": target.version}
    form = act.form(
        posted,
        options=act.options(scene, target),
        initial={**act.first(scene, target), **names},
        auto_id=f"{act.code}-{target.pk.hex[-8:]}-%s",
    )
    return Offer(act, target, form, act.about(target), act.warning(scene, target), is_open=posted is not None)


def _stale(scene: SceneT, offer: Offer, posted: QueryDict) -> Outcome:
    """Somebody was faster: both values are shown, and sending again goes by what stands there now.

    What was not touched here is brought up to date, so that sending again takes nothing back by accident.
    """
    form = offer.form
    earlier = as_of(offer.target, Posted(posted).number("version"))
    read_then = offer.act.first(scene, earlier)
    again = posted.copy()
    again["version"] = str(offer.target.version)
    differences = []
    for bound in form.visible_fields():
        if bound.name not in read_then:
            continue
        values = (read_then[bound.name], form.initial[bound.name], bound.data)
        then, theirs, mine = (_said(bound.field, value) for value in values)
        if mine == then != theirs:
            again[bound.name] = bound.field.prepare_value(form.initial[bound.name])
        elif mine != theirs:
            differences.append(Difference(str(bound.label), theirs, mine))
    shown = _offer(scene, offer.act, offer.target, again)
    shown.is_stale = True
    shown.differences = differences
    return Outcome(Stale(Reason.of("stale")), shown)


def _said(form_field: Any, value: object) -> str:
    """A value of a field in the words that its control shows."""
    shown = form_field.prepare_value(value)
    words = {str(key): str(label) for key, label in getattr(form_field, "choices", ())}
    return words.get(str(shown), "" if shown is None else str(shown)).strip()


def _key(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
