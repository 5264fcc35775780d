"""The way of a norm from draft to gazette: where it stands, since when, and who keeps it waiting.

Most of the waiting happens before a norm is in force (product.md, "States"; S1 section 4.4). What is answered
here is said on the page of a solution, and may be said in a cell or on an agenda.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from destraba.rules.solutions import EnactmentRank, OpinionState, SolutionStage, has_reached
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.reasons import Reason


class Station(StrEnum):
    """In the order of the way. Opinions and comments may be passed by; regulations only a law waits for."""

    DRAFT = "draft"
    OPINIONS = "opinions"
    COMMENTS = "comments"
    SIGNATURE = "signature"
    GAZETTE = "gazette"
    REGULATIONS = "regulations"
    IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True)
class Asked:
    """An agency that was asked for its opinion of the draft, and what it said, if it did."""

    organization: str
    state: OpinionState
    asked_on: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What is known of a norm on its way. `opened_on` is the day on which it was first written down."""

    rank: EnactmentRank
    opened_on: date | None = None
    drafter: str = ""
    drafted_on: FuzzyDate | None = None
    opinions: tuple[Asked, ...] = ()
    prepublished_on: FuzzyDate | None = None
    comments_until: date | None = None
    signed_on: FuzzyDate | None = None
    published_on: FuzzyDate | None = None
    awaits_regulations: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a norm stands: the station that it is at, since when, for whom it waits, and that in a reason.

    `waits_for` is blank where nobody in particular keeps it.
    """

    station: Station
    reason: Reason
    since: FuzzyDate | None = None
    waits_for: tuple[str, ...] = ()

    def days(self, today: date) -> int:
        """How long it has been there; what is known by the month counts from its last day."""
        return max((today - self.since.last_day).days, 0) if self.since else 0


def standing(way: Way, today: date) -> Standing | None:
    """Where a norm stands today; None where none is needed.

    The station that is furthest along counts. Of what may run side by side, a silence comes first, then an
    opinion against, then a time for comments. Codes: `norm_in_force`, `waits_for_regulations_of`,
    `waits_for_gazette`, `waits_for_opinion`, `waits_for_opinions`, `opinion_against`, `open_for_comments`,
    `waits_for_signature`, `draft_ready`, `waits_for_draft`, `nobody_drafts`.
    """
    if way.rank is EnactmentRank.NONE_NEEDED:
        return None
    if way.published_on:
        return _in_the_gazette(way, way.published_on)
    if way.signed_on:
        return _at(Station.GAZETTE, "waits_for_gazette", way.signed_on)
    latest = latest_opinions(way.opinions)
    return _silent(latest) or _against(way, latest) or _commented(way, today) or _drafted(way, latest)


def latest_opinions(opinions: Iterable[Asked]) -> list[Asked]:
    """The last of each agency, which may be asked again; in the order in which they were asked."""
    by_agency = {one.organization: one for one in sorted(opinions, key=lambda one: one.asked_on)}
    return sorted(by_agency.values(), key=lambda one: one.asked_on)


def days_unapplied(in_force: FuzzyDate | None, stage: SolutionStage, today: date) -> int | None:
    """For how many days a norm has been in force without being applied: the implementation gap.

    None where it is applied, or dropped, or not in force, or nobody knows since when.
    """
    is_on_paper = has_reached(stage, SolutionStage.ENACTED) and not has_reached(stage, SolutionStage.APPLIED)
    if in_force is None or not is_on_paper or in_force.last_day > today:
        return None
    return (today - in_force.last_day).days


def _at(station: Station, code: str, since: FuzzyDate | None, *waits_for: str) -> Standing:
    named = {"organization": waits_for[0]} if waits_for else {}
    dated = {"since": since.code} if since else {}
    return Standing(station, Reason.of(code, **named, **dated), since, waits_for)


def _in_the_gazette(way: Way, published: FuzzyDate) -> Standing:
    if way.awaits_regulations:
        return _at(Station.REGULATIONS, "waits_for_regulations_of", published)
    return _at(Station.IN_FORCE, "norm_in_force", published)


def _silent(latest: Sequence[Asked]) -> Standing | None:
    silent = [one for one in latest if one.state is OpinionState.ASKED]
    if not silent:
        return None
    first, names = silent[0], tuple(one.organization for one in silent)
    since = FuzzyDate(first.asked_on)
    if len(silent) == 1:
        return _at(Station.OPINIONS, "waits_for_opinion", since, *names)
    reason = Reason.of("waits_for_opinions", organization=names[0], others=len(silent) - 1, since=since.code)
    return Standing(Station.OPINIONS, reason, since, names)


def _against(way: Way, latest: Sequence[Asked]) -> Standing | None:
    """An opinion against sends the draft back to whoever writes it."""
    against = [one for one in latest if one.state is OpinionState.UNFAVOURABLE]
    if not against:
        return None
    said_on = FuzzyDate(against[0].answered_on or against[0].asked_on)
    reason = Reason.of("opinion_against", organization=against[0].organization, since=said_on.code)
    return Standing(Station.OPINIONS, reason, said_on, (way.drafter,) if way.drafter else ())


def _commented(way: Way, today: date) -> Standing | None:
    if way.comments_until is None or way.comments_until < today:
        return None
    reason = Reason.of("open_for_comments", until=way.comments_until.isoformat())
    return Standing(Station.COMMENTS, reason, way.prepublished_on)


def _drafted(way: Way, latest: Sequence[Asked]) -> Standing:
    """All said and heard, it waits to be signed; a draft that nobody was shown yet waits to be shown."""
    heard = [FuzzyDate(one.answered_on) for one in latest if one.answered_on]
    if way.prepublished_on:
        heard.append(way.prepublished_on)
    if way.comments_until:
        heard.append(FuzzyDate(way.comments_until))
    if heard:
        last = max([*heard, *filter(None, [way.drafted_on])], key=lambda one: one.last_day)
        return _at(Station.SIGNATURE, "waits_for_signature", last)
    if way.drafted_on:
        return _at(Station.OPINIONS, "draft_ready", way.drafted_on)
    opened = FuzzyDate(way.opened_on) if way.opened_on else None
    if way.drafter:
        return _at(Station.DRAFT, "waits_for_draft" if opened else "drafts_it", opened, way.drafter)
    return _at(Station.DRAFT, "nobody_drafts", opened)
