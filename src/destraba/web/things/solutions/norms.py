"""The norm of a solution on its way: a small form at each station, and who keeps it waiting."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from destraba.actions.matrix.enactments import ask_opinion, record_opinion, track_enactment
from destraba.ledger.labels import label
from destraba.ledger.wording import day, fuzzy, number
from destraba.models import Enactment, Opinion, Record
from destraba.queries.sentences import sentence
from destraba.rules.matrix.enactments import Station
from destraba.rules.permissions import Deed
from destraba.rules.solutions import EnactmentRank, OpinionState, silent_since
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.web.forms.acts import ActForm
from destraba.web.forms.solutions import (
    AskOpinionForm,
    DraftForm,
    EnactmentForm,
    NormForm,
    OpinionForm,
    PrepublishForm,
    PublishForm,
    RegulateForm,
    SignForm,
)
from destraba.web.things.acts import Act, Call, Group, Offer, Words
from destraba.web.things.scenes import SolutionScene
from destraba.web.things.solutions.climbing import SolutionAct, is_live

_IN_A_GAZETTE = frozenset(EnactmentRank) - {EnactmentRank.GUIDELINE, EnactmentRank.PROTOCOL}


@dataclass(frozen=True, slots=True)
class OpinionLine:
    organization: str
    words: str
    is_silent: bool
    when: str
    note: str
    offer: Offer | None


@dataclass(frozen=True, slots=True)
class StationLine:
    """One station. `look` is reached, here, or blank for what is still to come."""

    label: str
    words: str
    look: str
    offers: Sequence[Offer] = ()
    opinions: Sequence[OpinionLine] = ()


@dataclass(frozen=True, slots=True)
class NormShown:
    """A norm as its page shows it: where it stands in words, for how long, and station by station."""

    rank: str
    norm: str
    stands: str
    for_days: str
    stations: Sequence[StationLine]
    is_needed: bool


def norm_of(scene: SolutionScene, offered: list[Offer]) -> NormShown | None:
    """None where nothing is written down yet."""
    track = scene.thing.enactment
    if track is None:
        return None
    standing = scene.standing
    days = standing.days(scene.today) if standing and standing.station is not Station.IN_FORCE else 0
    return NormShown(
        rank=label(EnactmentRank(track.rank)),
        norm=track.norm,
        stands=sentence(standing.reason) if standing else "",
        for_days=ngettext("%(days)s day", "%(days)s days", days) % {"days": number(days)} if days else "",
        stations=_stations(scene, track, standing.station, offered) if standing else (),
        is_needed=standing is not None,
    )


def _stations(
    scene: SolutionScene, track: Enactment, here: Station, offered: list[Offer]
) -> list[StationLine]:
    """The way of the norm, from its draft to its being in force."""
    comments = (
        _("comments until %(day)s") % {"day": day(track.comments_until)} if track.comments_until else ""
    )
    opinions = [_opinion(scene, one, _on(offered, "opinion", one)) for one in scene.thing.opinions]
    gazette = _("In the gazette") if track.rank in _IN_A_GAZETTE else _("Published")
    drafter = track.drafter.name if track.drafter else ""
    said: list[tuple[Station, str, Sequence[str], tuple[str, ...]]] = [
        (Station.DRAFT, _("Draft"), (drafter, _date(track.drafted_on)), ("draft",)),
        (Station.OPINIONS, _("Opinions"), (), ("ask_opinion",)),
        (Station.COMMENTS, _("Comments"), (_date(track.prepublished_on), comments), ("prepublish",)),
        (Station.SIGNATURE, _("Signature"), (_date(track.signed_on),), ("sign",)),
        (Station.GAZETTE, gazette, (_date(track.published_on),), ("publish",)),
    ]
    if track.awaits_regulations:
        said.append((Station.REGULATIONS, _("Regulations"), (), ("regulate",)))
    order = list(Station)
    lines = []
    for station, name, words, codes in said:
        there = bool(opinions) if station is Station.OPINIONS else _is_there(track, station)
        offers = [offer for offer in offered if offer.act.code in codes]
        if order.index(station) < order.index(here) and not (there or offers):
            continue  # the norm went by without a word of it being written down
        lines.append(
            StationLine(
                label=name,
                words=", ".join(one for one in words if one),
                look="here" if station is here else "reached" if there else "",
                offers=offers,
                opinions=opinions if station is Station.OPINIONS else (),
            )
        )
    return lines


_WRITTEN_AT: dict[Station, str] = {
    Station.DRAFT: "drafted_on",
    Station.COMMENTS: "prepublished_on",
    Station.SIGNATURE: "signed_on",
    Station.GAZETTE: "published_on",
}


def _is_there(track: Enactment, station: Station) -> bool:
    column = _WRITTEN_AT.get(station)
    return bool(column and getattr(track, column))


def _opinion(scene: SolutionScene, opinion: Opinion, offer: Offer | None) -> OpinionLine:
    since = silent_since(OpinionState(opinion.state), opinion.asked_on)
    asked = _("asked on %(day)s") % {"day": day(opinion.asked_on)}
    if since:
        days = max((scene.today - since).days, 0)
        words = _("silent since %(day)s") % {"day": day(since)}
        when = ngettext("%(days)s day", "%(days)s days", days) % {"days": number(days)} if days else ""
    else:
        words = label(OpinionState(opinion.state))
        answered = day(opinion.answered_on) if opinion.answered_on else ""
        when = ", ".join(one for one in (answered, asked) if one)
    return OpinionLine(opinion.organization.name, words, bool(since), when, opinion.note, offer)


def _on(offered: list[Offer], code: str, target: Opinion) -> Offer | None:
    return next((one for one in offered if one.act.code == code and one.target.pk == target.pk), None)


def _date(value: FuzzyDate | None) -> str:
    return fuzzy(value) if value else ""


# ----- what can be done at each station


def _track(scene: SolutionScene) -> list[Record]:
    """The track of its norm, where one is open."""
    return [scene.thing.enactment] if scene.thing.enactment else []


def _untracked(scene: SolutionScene) -> list[Record]:
    """The solution, while nothing of its norm is written down."""
    return [] if scene.thing.enactment or scene.thing.record.withdrawn_at else [scene.thing.record]


def _is_under_way(scene: SolutionScene, track: Enactment) -> bool:
    return is_live(scene, scene.thing.record) and track.rank != EnactmentRank.NONE_NEEDED


def _enter(call: Call[SolutionScene, Any]) -> None:
    """What the form asks for is what is written; the rest of the track stays."""
    fields = {name: call.data[name] for name in call.data if name not in ("act", "target", "version")}
    if "rank" in fields:
        fields["rank"] = EnactmentRank(fields["rank"])
    track_enactment(actor=call.scene.actor, solution=call.scene.thing.record, now=call.scene.now, **fields)


def _regulate(call: Call[SolutionScene, Enactment]) -> None:
    track_enactment(
        actor=call.scene.actor,
        solution=call.scene.thing.record,
        norm=call.data["norm"],
        published_on=call.data["published_on"],
        awaits_regulations=False,
        now=call.scene.now,
    )


def _station(
    code: str,
    words: Words,
    form: type[ActForm],
    *,
    when: Callable[[Enactment], bool],
    first: tuple[str, ...] = (),
    do: Callable[[Call[SolutionScene, Any]], object] = _enter,
) -> SolutionAct:
    return Act(
        code=code,
        words=words,
        group=Group.NORM,
        deed=Deed.EDIT_MATRIX,
        form=form,
        targets=_track,
        when=lambda scene, track: _is_under_way(scene, track) and when(track),
        first=lambda _scene, track: {name: getattr(track, name) for name in first},
        do=do,
    )


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


def _is_unsigned(track: Enactment) -> bool:
    return not track.signed_on and not track.published_on


NORM: tuple[SolutionAct, ...] = (
    Act(
        code="open_norm",
        words=gettext_lazy("Write down the norm"),
        group=Group.NORM,
        deed=Deed.EDIT_MATRIX,
        form=NormForm,
        targets=_untracked,
        when=lambda scene, _solution: is_live(scene, scene.thing.record),
        do=_enter,
    ),
    _station(
        "draft",
        gettext_lazy("The draft is ready"),
        DraftForm,
        when=lambda track: not track.drafted_on and _is_unsigned(track),
        first=("drafter",),
    ),
    Act(
        code="ask_opinion",
        words=gettext_lazy("Ask for an opinion"),
        group=Group.NORM,
        deed=Deed.EDIT_MATRIX,
        form=AskOpinionForm,
        targets=_track,
        when=lambda scene, track: _is_under_way(scene, track) and not track.published_on,
        first=lambda scene, _enactment: {"asked_on": scene.today},
        do=_ask_opinion,
    ),
    Act(
        code="opinion",
        words=gettext_lazy("Write down the answer"),
        group=Group.NORM,
        deed=Deed.EDIT_MATRIX,
        form=OpinionForm,
        targets=lambda scene: scene.thing.opinions,
        about=lambda opinion: opinion.organization.name,
        when=lambda _scene, opinion: opinion.state == OpinionState.ASKED,
        first=lambda scene, _opinion: {"answered_on": scene.today},
        do=_record_opinion,
    ),
    _station(
        "prepublish",
        gettext_lazy("It is open for comments"),
        PrepublishForm,
        when=lambda track: not track.prepublished_on and _is_unsigned(track),
    ),
    _station("sign", gettext_lazy("It is signed"), SignForm, when=_is_unsigned),
    _station(
        "publish",
        gettext_lazy("It is published"),
        PublishForm,
        when=lambda track: not track.published_on,
        first=("norm",),
    ),
    _station(
        "regulate",
        gettext_lazy("Its regulations are published"),
        RegulateForm,
        when=lambda track: track.awaits_regulations and track.published_on is not None,
        first=("norm",),
        do=_regulate,
    ),
    Act(
        code="norm",
        words=gettext_lazy("Correct the norm"),
        group=Group.NORM,
        deed=Deed.EDIT_MATRIX,
        form=EnactmentForm,
        kind="quiet",
        targets=_track,
        when=lambda scene, _enactment: is_live(scene, scene.thing.record),
        first=lambda _scene, track: {
            name: getattr(track, name)
            for name in EnactmentForm.base_fields
            if name not in ("act", "target", "version")
        },
        do=_enter,
    ),
)
