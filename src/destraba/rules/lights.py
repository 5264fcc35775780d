"""The light of a commitment: one pure function, twelve rules, the first that matches wins.

The rules are those of product.md, "The light"; the numbers are the method's `Thresholds`. All dates are days
in the mesa's time zone. A verdict stays word for word what it is until the day it says that it changes, so it
may be stored and only looked at again on that day, or when a fact changes.

Decisions where the design leaves room:

- A due date is its last day, and that day is still in time. Likewise a checkpoint, the last working day for
  an answer, and the last day of the team's override: what follows from missing them holds from the day after.
- Agreeing is word from the owner, and nobody is silent before the start: the silence of rule 8 counts from
  the latest of the last word, the agreement and the start. Where none is known, the owner was never heard.
- Near its due date the mesa's interval holds even for a commitment whose next checkpoint lies ahead.
- Rule 11 hardens the amber of rules 7 to 10. An amber for silence does not count towards the three meetings,
  but going silent after them does not soften the red; an amber hardened to red goes on counting.
- Declared counts against the team's override too. A light frozen by a report was what everyone saw that day:
  neither a declaration nor an override touches it again.
- A verdict that quotes another (declared worse, overridden, amber too long) changes when what it quotes does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from destraba.methods.schema import Thresholds
from destraba.rules.commitments import CommitmentState
from destraba.rules.working_days import working_days_after
from destraba.values.reasons import Reason


class Light(StrEnum):
    DONE = "done"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"
    WAITING = "waiting"
    NONE = "none"


WORST_FIRST = (
    Light.RED,
    Light.AMBER,
    Light.WAITING,
    Light.GREEN,
    Light.GREY,
    Light.DONE,
    Light.NONE,
)
DECLARABLE = frozenset(Light) - {Light.NONE}
OVERRIDABLE = frozenset({Light.GREEN, Light.AMBER, Light.RED, Light.GREY})

# How much trouble a light claims. Grey and green claim the same, so neither is declared against the other.
_TROUBLE = {Light.DONE: 0, Light.GREY: 1, Light.GREEN: 1, Light.WAITING: 2, Light.AMBER: 3, Light.RED: 4}
_COUNTED_APART = frozenset({"not_agreed", "silent", "silent_since_checkpoint", "never_heard"})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Report:
    """The owner's report that it is done: the day, and the light shown that day."""

    on: date
    light: Light


@dataclass(frozen=True, slots=True)
class Override:
    """The team's own light with its reason; in force up to and including `until`, the next meeting's day."""

    light: Light
    reason: str
    until: date

    def __post_init__(self) -> None:
        if self.light not in OVERRIDABLE:
            raise ValueError(f"a team can't override with {self.light}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentFacts:
    """All that the light of a commitment depends on.

    `due_on` is the last day of the due date. `waits_for` is the label of what it waits for, or empty.
    `progress_reported`: some progress was told since it was agreed. `meetings_undated`: meetings closed since
    it was agreed without a date. `amber_meetings`: the latest closed meetings running at whose close
    `counts_as_amber` held. `quiet`, `interval_days` and `holidays` are the mesa's. `declared` is what the
    owner, or an imported file, last said; an action drops it when the owner says otherwise.
    """

    state: CommitmentState
    asked_on: date
    agreed_on: date | None = None
    start_on: date | None = None
    due_on: date | None = None
    reported: Report | None = None
    waits_for: str = ""
    last_word_on: date | None = None
    next_checkpoint_on: date | None = None
    progress_reported: bool = False
    slips: int = 0
    meetings_undated: int = 0
    amber_meetings: int = 0
    declared: Light | None = None
    override: Override | None = None
    quiet: bool = False
    interval_days: int = 14
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.declared is not None and self.declared not in DECLARABLE:
            raise ValueError(f"nobody declares {self.declared}")
        if self.state is CommitmentState.REPORTED_DONE and self.reported is None:
            raise ValueError("reported done without a report")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A light, why, and the first day on which light, reason or mismatch would differ if nothing happens.

    `mismatch` is the declared light where it is better than the one shown.
    """

    light: Light
    reason: Reason
    changes_on: date | None = None
    mismatch: Light | None = None


def light_of(facts: CommitmentFacts, on: date, thresholds: Thresholds) -> Verdict:
    """The light of a commitment on a day.

    Reason codes, by rule: 1 `done`, `done_late`, `cancelled`, `replaced`, `declined`, `declared`, `quiet`;
    2 `reported_done`; 3 `asked`, `not_agreed`; 4 `not_started`; 5 `waits_for`; 6 `past_due`; 7 `undated`,
    `undated_too_long`; 8 `silent_since_checkpoint`, `silent`, `never_heard`; 9 `rescheduled`;
    10 `no_progress`; 11 `amber_too_long`; 12 `on_track`; then `overridden`, `declared_worse`.
    """
    verdict = _shown(facts, on, thresholds)
    for day in _boundaries(facts, on, thresholds):
        if _shown(facts, day, thresholds) != verdict:
            return replace(verdict, changes_on=day)
    return verdict


def worst(lights: Iterable[Light]) -> Light:
    """The worst of several lights; `NONE` of nothing."""
    return min(lights, key=WORST_FIRST.index, default=Light.NONE)


def counts_as_amber(light: Light, reason: str) -> bool:
    """Whether this light for this reason (its code), at a meeting's close, counts towards three ambers
    running (rule 11)."""
    if light is Light.AMBER:
        return reason not in _COUNTED_APART
    return reason == "amber_too_long"


def _boundaries(facts: CommitmentFacts, on: date, thresholds: Thresholds) -> list[date]:
    """Every later day on which some rule may begin or cease to match. One too many does no harm."""
    days = {_answer_by(facts, thresholds) + _DAY}
    if facts.start_on:
        days.add(facts.start_on)
    if facts.next_checkpoint_on:
        days.add(facts.next_checkpoint_on + _DAY)
    if heard_on := _heard_on(facts):
        days.add(heard_on + timedelta(days=facts.interval_days) + _DAY)
    if facts.due_on:
        days.add(facts.due_on + _DAY)
        lead = _lead(facts, facts.due_on, thresholds)
        for before in (thresholds.silence_window_days, thresholds.silence_red_days, lead):
            days.add(facts.due_on - timedelta(days=before))
    if facts.override:
        days.add(facts.override.until + _DAY)
    return sorted(day for day in days if day > on)


def _shown(facts: CommitmentFacts, on: date, thresholds: Thresholds) -> Verdict:
    if settled := _settled(facts):
        return settled
    verdict = _overridden(facts, on, _hardened(facts, thresholds, _computed(facts, on, thresholds)))
    declared = facts.declared
    if declared is None:
        return verdict
    if _TROUBLE[declared] > _TROUBLE[verdict.light]:
        return Verdict(declared, Reason.of("declared_worse", declared=declared, computed=verdict.light))
    better = _TROUBLE[declared] < _TROUBLE[verdict.light]
    return replace(verdict, mismatch=declared) if better else verdict


def _settled(facts: CommitmentFacts) -> Verdict | None:
    """Rules 1 and 2: nothing to compute."""
    match facts.state:
        case CommitmentState.DONE:
            return _done(facts)
        case CommitmentState.CANCELLED | CommitmentState.REPLACED | CommitmentState.DECLINED:
            return Verdict(Light.NONE, Reason.of(facts.state))
    if facts.quiet and facts.declared:
        return Verdict(facts.declared, Reason.of("declared"))
    if facts.quiet:
        return Verdict(Light.NONE, Reason.of("quiet"))
    if facts.state is CommitmentState.REPORTED_DONE and facts.reported:
        return Verdict(facts.reported.light, Reason.of("reported_done", on=facts.reported.on.isoformat()))
    return None


def _done(facts: CommitmentFacts) -> Verdict:
    if facts.due_on and facts.reported and facts.reported.on > facts.due_on:
        late = {"due": facts.due_on.isoformat(), "on": facts.reported.on.isoformat()}
        return Verdict(Light.DONE, Reason.of("done_late", **late))
    return Verdict(Light.DONE, Reason.of("done"))


def _computed(facts: CommitmentFacts, on: date, thresholds: Thresholds) -> Verdict:
    """Rules 3 to 10, and 12."""
    if facts.state is CommitmentState.ASKED:
        return _asked(facts, on, thresholds)
    if facts.start_on and on < facts.start_on:
        return Verdict(Light.GREY, Reason.of("not_started", start=facts.start_on.isoformat()))
    if facts.waits_for:
        return Verdict(Light.WAITING, Reason.of("waits_for", label=facts.waits_for))
    if facts.due_on is None:
        return _undated(facts, thresholds)
    if on > facts.due_on:
        return Verdict(Light.RED, Reason.of("past_due", due=facts.due_on.isoformat()))
    if silence := _silence(facts, on, facts.due_on, thresholds):
        red = facts.due_on - on <= timedelta(days=thresholds.silence_red_days)
        return Verdict(Light.RED if red else Light.AMBER, silence)
    if facts.slips >= thresholds.slips:
        return Verdict(Light.AMBER, Reason.of("rescheduled", slips=facts.slips))
    lead = timedelta(days=_lead(facts, facts.due_on, thresholds))
    if not facts.progress_reported and facts.due_on - on <= lead:
        return Verdict(Light.AMBER, Reason.of("no_progress", due=facts.due_on.isoformat()))
    return Verdict(Light.GREEN, Reason.of("on_track", due=facts.due_on.isoformat()))


def _asked(facts: CommitmentFacts, on: date, thresholds: Thresholds) -> Verdict:
    answer_by = _answer_by(facts, thresholds)
    params = {"asked": facts.asked_on.isoformat(), "answer_by": answer_by.isoformat()}
    if on > answer_by:
        return Verdict(Light.AMBER, Reason.of("not_agreed", **params))
    return Verdict(Light.GREY, Reason.of("asked", **params))


def _undated(facts: CommitmentFacts, thresholds: Thresholds) -> Verdict:
    if facts.meetings_undated >= thresholds.undated_meetings:
        return Verdict(Light.RED, Reason.of("undated_too_long", meetings=facts.meetings_undated))
    return Verdict(Light.AMBER, Reason.of("undated"))


def _silence(facts: CommitmentFacts, on: date, due_on: date, thresholds: Thresholds) -> Reason | None:
    heard_on = _heard_on(facts)
    checkpoint = facts.next_checkpoint_on
    if checkpoint and on > checkpoint and (heard_on is None or heard_on < checkpoint):
        return Reason.of("silent_since_checkpoint", checkpoint=checkpoint.isoformat())
    if due_on - on > timedelta(days=thresholds.silence_window_days):
        return None
    if heard_on is None:
        return Reason.of("never_heard")
    if on - heard_on > timedelta(days=facts.interval_days):
        return Reason.of("silent", since=heard_on.isoformat())
    return None


def _hardened(facts: CommitmentFacts, thresholds: Thresholds, verdict: Verdict) -> Verdict:
    """Rule 11."""
    because = verdict.reason.code
    hardens = verdict.light is Light.AMBER and because != "not_agreed"
    if hardens and facts.amber_meetings >= thresholds.amber_meetings:
        return Verdict(Light.RED, Reason.of("amber_too_long", meetings=facts.amber_meetings, because=because))
    return verdict


def _overridden(facts: CommitmentFacts, on: date, verdict: Verdict) -> Verdict:
    override = facts.override
    if override is None or on > override.until:
        return verdict
    reason = Reason.of(
        "overridden", reason=override.reason, until=override.until.isoformat(), computed=verdict.light
    )
    return Verdict(override.light, reason)


def _answer_by(facts: CommitmentFacts, thresholds: Thresholds) -> date:
    return working_days_after(facts.asked_on, thresholds.answer_working_days, facts.holidays)


def _lead(facts: CommitmentFacts, due_on: date, thresholds: Thresholds) -> int:
    """The days before the due date in which some progress must have been told (rule 10)."""
    begins_on = facts.start_on or facts.agreed_on or facts.asked_on
    span = max((due_on - begins_on).days, 0)
    return min(thresholds.lead_days, span // thresholds.lead_share)


def _heard_on(facts: CommitmentFacts) -> date | None:
    """Since when silence would count."""
    return max(filter(None, (facts.last_word_on, facts.agreed_on, facts.start_on)), default=None)
