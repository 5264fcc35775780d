"""The ladder of a solution as its page shows it: rungs and what each needs, stations of the norm, places."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from destraba.ledger.labels import label
from destraba.ledger.wording import day, days_apart, fuzzy
from destraba.models import Enactment, Opinion, SolutionPlace
from destraba.queries.sentences import sentence
from destraba.rules.permissions import Deed
from destraba.rules.solutions import (
    LADDER,
    EnactmentRank,
    OpinionState,
    SolutionMove,
    SolutionStage,
    has_reached,
    places_reached,
    silent_since,
)
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.web.things.acts import Offer
from destraba.web.things.scenes import SolutionScene
from destraba.web.things.solutions import missing_for

_CLIMBS = {
    SolutionStage.AGREED: SolutionMove.AGREE,
    SolutionStage.IN_PROGRESS: SolutionMove.START,
    SolutionStage.ENACTED: SolutionMove.ENACT,
    SolutionStage.PILOTED: SolutionMove.PILOT,
    SolutionStage.APPLIED: SolutionMove.APPLY,
    SolutionStage.EFFECTIVE: SolutionMove.CONFIRM_EFFECT,
}


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: reached or not, the form that leads to it, or what is missing first."""

    words: str
    is_reached: bool
    is_current: bool
    offer: Offer | None
    missing: str


@dataclass(frozen=True, slots=True)
class Station:
    """One station of a norm on its way; blank words where it has not come there."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class OpinionLine:
    organization: str
    words: str
    is_silent: bool
    when: str
    note: str
    offer: Offer | None


@dataclass(frozen=True, slots=True)
class PlaceLine:
    name: str
    kind: str
    stage: str
    words: str
    seen: str
    note: str
    is_required: bool
    offer: Offer | None


def rungs(scene: SolutionScene, offered: list[Offer]) -> list[Rung]:
    """From the lowest to the highest. What is missing is told to those who could bring it."""
    stage = SolutionStage(scene.thing.record.stage)
    by_code = {offer.act.code: offer for offer in offered}
    can_edit = scene.may(Deed.EDIT_MATRIX) and not scene.thing.record.withdrawn_at
    made = []
    for rung in LADDER:
        reached = has_reached(stage, rung)
        move = _CLIMBS.get(rung)
        missing = missing_for(scene, move) if move and can_edit and not reached else None
        made.append(
            Rung(
                words=label(rung),
                is_reached=reached,
                is_current=rung is stage,
                offer=by_code.get(move.value) if move and not reached else None,
                missing=sentence(missing) if missing and stage is not SolutionStage.DROPPED else "",
            )
        )
    return made


def reached_places(scene: SolutionScene) -> tuple[int, int] | None:
    """In how many of the required places it is applied."""
    stages = [SolutionStage(one.stage) for one in scene.thing.places]
    reached, required = places_reached(stages, SolutionStage.APPLIED)
    return (reached, required) if required else None


def stations(track: Enactment) -> list[Station]:
    """The way of the norm. Where none is needed there is none."""
    if track.rank == EnactmentRank.NONE_NEEDED:
        return []
    comments = (
        _("comments until %(day)s") % {"day": day(track.comments_until)} if track.comments_until else ""
    )
    prepublished = ", ".join(one for one in (_date(track.prepublished_on), comments) if one)
    drafter = track.drafter.name if track.drafter else ""
    return [
        Station(_("Draft"), ", ".join(one for one in (drafter, _date(track.drafted_on)) if one)),
        Station(_("Pre-published for comments"), prepublished),
        Station(_("Signed"), _date(track.signed_on)),
        Station(_("In the gazette"), _date(track.published_on)),
    ]


def opinions(scene: SolutionScene, offered: list[Offer]) -> list[OpinionLine]:
    """What each agency was asked, and how long it has been silent."""
    return [_opinion(scene, one, _offer_on(offered, "opinion", one)) for one in scene.thing.opinions]


def _opinion(scene: SolutionScene, opinion: Opinion, offer: Offer | None) -> OpinionLine:
    since = silent_since(OpinionState(opinion.state), opinion.asked_on)
    asked = _("asked on %(day)s") % {"day": day(opinion.asked_on)}
    if since:
        words = _("silent since %(day)s") % {"day": day(since)}
        when = days_apart((since - scene.today).days)
    else:
        words = label(OpinionState(opinion.state))
        answered = day(opinion.answered_on) if opinion.answered_on else ""
        when = f"{answered}, {asked}" if answered else asked
    return OpinionLine(opinion.organization.name, words, bool(since), when, opinion.note, offer)


def places(scene: SolutionScene, offered: list[Offer]) -> list[PlaceLine]:
    """Each place with how far it has come there."""
    return [_place(one, _offer_on(offered, "place", one)) for one in scene.thing.places]


def _place(listed: SolutionPlace, offer: Offer | None) -> PlaceLine:
    stage = SolutionStage(listed.stage)
    required = stage is not SolutionStage.DROPPED
    return PlaceLine(
        name=listed.place.name,
        kind=listed.place.kind,
        stage=stage.value,
        words=label(stage) if required else _("no longer required"),
        seen=_date(listed.observed_on),
        note=listed.note,
        is_required=required,
        offer=offer,
    )


def _offer_on(offered: list[Offer], code: str, target: Opinion | SolutionPlace) -> Offer | None:
    found = (one for one in offered if one.act.code == code and one.target.pk == target.pk)
    return next(found, None)


def _date(value: FuzzyDate | None) -> str:
    return fuzzy(value) if value else ""
