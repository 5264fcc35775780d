"""What holds for the light of any commitment at all, whatever the facts and the thresholds."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from destraba.methods.schema import Thresholds
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import (
    DECLARABLE,
    OVERRIDABLE,
    WORST_FIRST,
    CommitmentFacts,
    Light,
    Override,
    Report,
    Verdict,
    light_of,
)

PATIENT = settings(deadline=None)
HORIZON = 400
TODAY = date(2017, 6, 1)
DAYS = st.integers(-60, 200).map(lambda days: TODAY + timedelta(days=days))
COUNTS = st.integers(0, 4)

REPORTS = st.builds(Report, DAYS, st.sampled_from(Light))
OVERRIDES = st.builds(Override, st.sampled_from(sorted(OVERRIDABLE)), st.just("porque"), DAYS)
THRESHOLDS = st.integers(0, 10).flatmap(
    lambda red: st.builds(
        Thresholds,
        answer_working_days=st.integers(1, 10),
        undated_meetings=st.integers(1, 3),
        silence_window_days=st.integers(red, red + 10),
        silence_red_days=st.just(red),
        slips=st.integers(1, 3),
        lead_days=st.integers(0, 10),
        lead_share=st.integers(1, 4),
        amber_meetings=st.integers(1, 4),
    )
)


def facts_in(*states: CommitmentState) -> st.SearchStrategy[CommitmentFacts]:
    reports = REPORTS if CommitmentState.REPORTED_DONE in states else st.none() | REPORTS
    return st.builds(
        CommitmentFacts,
        state=st.sampled_from(states),
        asked_on=DAYS,
        agreed_on=st.none() | DAYS,
        start_on=st.none() | DAYS,
        due_on=st.none() | DAYS,
        reported=reports,
        waits_for=st.sampled_from(["", "", "", "SERFOR"]),
        last_word_on=st.none() | DAYS,
        next_checkpoint_on=st.none() | DAYS,
        progress_reported=st.booleans(),
        slips=COUNTS,
        meetings_undated=COUNTS,
        amber_meetings=COUNTS,
        declared=st.none() | st.sampled_from(sorted(DECLARABLE)),
        override=st.none() | OVERRIDES,
        quiet=st.sampled_from([False, False, False, True]),
        interval_days=st.integers(1, 60),
        holidays=st.frozensets(DAYS, max_size=8),
    )


NEAR = st.integers(-10, 25).map(lambda days: TODAY + timedelta(days=days))
LIVELY = st.builds(
    CommitmentFacts,
    state=st.just(CommitmentState.AGREED),
    asked_on=st.just(TODAY - timedelta(days=30)),
    agreed_on=st.just(TODAY - timedelta(days=30)),
    due_on=NEAR,
    last_word_on=NEAR,
    next_checkpoint_on=st.none() | NEAR,
    progress_reported=st.booleans(),
    slips=st.integers(0, 2),
    interval_days=st.sampled_from([7, 14]),
)
"""Agreed, heard of and due within weeks, so that the rules of silence and progress meet."""

ANY = facts_in(*CommitmentState)
OPEN = facts_in(CommitmentState.ASKED, CommitmentState.AGREED)
AGREED = facts_in(CommitmentState.AGREED)


def without_date(verdict: Verdict) -> Verdict:
    return replace(verdict, changes_on=None)


def badness(verdict: Verdict) -> int:
    return -WORST_FIRST.index(verdict.light)


@settings(PATIENT, max_examples=300)
@given(ANY | OPEN | LIVELY, DAYS | NEAR, THRESHOLDS)
def test_nothing_changes_before_the_day_it_says_and_something_does_on_it(
    facts: CommitmentFacts, on: date, thresholds: Thresholds
) -> None:
    today = light_of(facts, on, thresholds)
    last = today.changes_on or on + timedelta(days=HORIZON)
    assert last > on
    for ahead in range(1, (last - on).days):
        then = light_of(facts, on + timedelta(days=ahead), thresholds)
        assert without_date(then) == without_date(today)
        assert then.changes_on == today.changes_on
    if today.changes_on:
        changed = light_of(facts, today.changes_on, thresholds)
        assert without_date(changed) != without_date(today)


@settings(PATIENT, suppress_health_check=[HealthCheck.filter_too_much])
@given(OPEN | LIVELY, DAYS | NEAR, THRESHOLDS)
def test_only_a_verdict_that_quotes_another_changes_its_words_under_the_same_code(
    facts: CommitmentFacts, on: date, thresholds: Thresholds
) -> None:
    today = light_of(facts, on, thresholds)
    assume(today.changes_on is not None)
    then = light_of(facts, today.changes_on or on, thresholds)
    if (then.light, then.reason.code) == (today.light, today.reason.code):
        quotes = today.reason.code in {"declared_worse", "overridden", "amber_too_long"}
        assert quotes or then.mismatch != today.mismatch


@PATIENT
@given(ANY, DAYS, THRESHOLDS)
def test_the_same_facts_give_the_same_light(facts: CommitmentFacts, on: date, thresholds: Thresholds) -> None:
    assert light_of(facts, on, thresholds) == light_of(replace(facts), on, thresholds)


@PATIENT
@given(OPEN, DAYS, st.integers(0, 200), THRESHOLDS)
def test_left_alone_a_light_never_gets_better(
    facts: CommitmentFacts, on: date, days: int, thresholds: Thresholds
) -> None:
    alone = replace(facts, override=None)
    later = on + timedelta(days=days)
    assert badness(light_of(alone, later, thresholds)) >= badness(light_of(alone, on, thresholds))


@PATIENT
@given(AGREED, DAYS, DAYS, THRESHOLDS)
def test_giving_word_never_makes_it_worse(
    facts: CommitmentFacts, on: date, word_on: date, thresholds: Thresholds
) -> None:
    assume(facts.last_word_on is None or word_on >= facts.last_word_on)
    spoke = replace(facts, last_word_on=word_on)
    assert badness(light_of(spoke, on, thresholds)) <= badness(light_of(facts, on, thresholds))


@PATIENT
@given(AGREED, DAYS, THRESHOLDS)
def test_reporting_progress_never_makes_it_worse(
    facts: CommitmentFacts, on: date, thresholds: Thresholds
) -> None:
    moved = replace(facts, progress_reported=True)
    assert badness(light_of(moved, on, thresholds)) <= badness(light_of(facts, on, thresholds))


@PATIENT
@given(OPEN, DAYS, st.integers(1, 3), THRESHOLDS)
def test_more_slips_and_more_ambers_never_make_it_better(
    facts: CommitmentFacts, on: date, more: int, thresholds: Thresholds
) -> None:
    before = badness(light_of(facts, on, thresholds))
    for name in ("slips", "meetings_undated", "amber_meetings"):
        changes = {name: getattr(facts, name) + more}
        worse = replace(facts, **changes)
        assert badness(light_of(worse, on, thresholds)) >= before


@PATIENT
@given(OPEN, DAYS, st.sampled_from([Light.AMBER, Light.RED]), THRESHOLDS)
def test_an_honest_word_is_never_overruled(
    facts: CommitmentFacts, on: date, declared: Light, thresholds: Thresholds
) -> None:
    honest = replace(facts, declared=declared, quiet=False)
    shown = light_of(honest, on, thresholds)
    assert badness(shown) >= -WORST_FIRST.index(declared)
    assert shown.mismatch in {None, declared}


@PATIENT
@given(ANY, DAYS, THRESHOLDS)
def test_a_quiet_mesa_computes_nothing(facts: CommitmentFacts, on: date, thresholds: Thresholds) -> None:
    quiet = light_of(replace(facts, quiet=True), on, thresholds)
    assert quiet.changes_on is None
    assert quiet.light in {Light.DONE, Light.NONE, facts.declared}
