"""The twelve rules of the light, each told on the days where it turns.

The stories play in June 2017, when the forestry mesa met every two weeks; 1 June was a Thursday.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from destraba.methods.catalogue import load
from destraba.rules.commitments import CommitmentState
from destraba.rules.lights import (
    CommitmentFacts,
    Light,
    Override,
    Report,
    Verdict,
    counts_as_amber,
    light_of,
    worst,
)

THRESHOLDS = load("peru-me").lights


def june(day: int) -> date:
    return date(2017, 6, 1) + timedelta(days=day - 1)


ASKED = CommitmentFacts(state=CommitmentState.ASKED, asked_on=june(1))
AGREED = replace(
    ASKED,
    state=CommitmentState.AGREED,
    agreed_on=june(1),
    due_on=june(91),
    last_word_on=june(1),
    progress_reported=True,
)
"""Agreed on 1 June, due on 30 August, in good hands."""


def verdict(facts: CommitmentFacts, day: int) -> Verdict:
    return light_of(facts, june(day), THRESHOLDS)


def is_counted(shown: Verdict) -> bool:
    return counts_as_amber(shown.light, shown.reason.code)


def seen(facts: CommitmentFacts, day: int) -> tuple[Light, str]:
    shown = verdict(facts, day)
    return shown.light, shown.reason.code


class TestRule1NothingToCompute:
    @pytest.mark.parametrize(
        ("reported_on", "due_on", "code"),
        [
            (june(10), june(10), "done"),
            (june(11), june(10), "done_late"),
            (june(11), None, "done"),
            (None, june(10), "done"),
        ],
        ids=["on its last day", "a day late", "undated", "never reported"],
    )
    def test_done_tells_late_apart_and_is_never_red(
        self, reported_on: date | None, due_on: date | None, code: str
    ) -> None:
        report = Report(reported_on, Light.GREEN) if reported_on else None
        done = replace(AGREED, state=CommitmentState.DONE, reported=report, due_on=due_on)
        assert seen(done, 200) == (Light.DONE, code)

    @pytest.mark.parametrize(
        "state", [CommitmentState.CANCELLED, CommitmentState.REPLACED, CommitmentState.DECLINED]
    )
    def test_what_is_off_the_list_has_no_light(self, state: CommitmentState) -> None:
        assert seen(replace(AGREED, state=state, declared=Light.RED), 200) == (Light.NONE, state.value)

    def test_a_quiet_mesa_shows_what_was_declared(self) -> None:
        quiet = replace(AGREED, quiet=True, declared=Light.AMBER)
        assert seen(quiet, 200) == (Light.AMBER, "declared")

    def test_a_quiet_mesa_shows_nothing_where_nothing_was_declared(self) -> None:
        assert seen(replace(AGREED, quiet=True), 200) == (Light.NONE, "quiet")

    def test_done_is_done_in_a_quiet_mesa_too(self) -> None:
        done = replace(AGREED, state=CommitmentState.DONE, quiet=True, declared=Light.GREEN)
        assert seen(done, 200) == (Light.DONE, "done")


class TestRule2ReportedDone:
    def test_the_light_of_that_day_is_frozen_for_ever(self) -> None:
        reported = replace(
            AGREED,
            state=CommitmentState.REPORTED_DONE,
            reported=Report(june(20), Light.AMBER),
            declared=Light.RED,
            override=Override(Light.GREEN, "vio la norma", june(300)),
        )
        assert verdict(reported, 200) == verdict(reported, 21)
        assert seen(reported, 200) == (Light.AMBER, "reported_done")
        assert verdict(reported, 21).changes_on is None

    def test_reported_done_without_a_report_is_no_fact(self) -> None:
        with pytest.raises(ValueError, match="report"):
            replace(AGREED, state=CommitmentState.REPORTED_DONE)


class TestRule3Asked:
    @pytest.mark.parametrize(
        ("asked", "last_day"),
        [(1, 8), (2, 9), (3, 9), (4, 9), (5, 12)],
        ids=["Thursday", "Friday", "Saturday", "Sunday", "Monday"],
    )
    def test_five_working_days_to_answer_the_last_one_included(self, asked: int, last_day: int) -> None:
        facts = replace(ASKED, asked_on=june(asked))
        assert seen(facts, asked) == (Light.GREY, "asked")
        assert seen(facts, last_day) == (Light.GREY, "asked")
        assert seen(facts, last_day + 1) == (Light.AMBER, "not_agreed")
        assert verdict(facts, asked).changes_on == june(last_day + 1)

    def test_holidays_are_no_working_days(self) -> None:
        facts = replace(ASKED, asked_on=june(26), holidays=frozenset({june(29), june(30)}))
        assert seen(facts, 35) == (Light.GREY, "asked")
        assert seen(facts, 36) == (Light.AMBER, "not_agreed")

    def test_what_nobody_agreed_to_is_never_in_arrears(self) -> None:
        overdue = replace(ASKED, due_on=june(2), amber_meetings=9, meetings_undated=9)
        assert seen(overdue, 200) == (Light.AMBER, "not_agreed")


class TestRule4NotStarted:
    def test_grey_until_the_day_it_starts(self) -> None:
        facts = replace(AGREED, start_on=june(40), slips=5, waits_for="SERFOR")
        assert seen(facts, 39) == (Light.GREY, "not_started")
        assert seen(facts, 40) == (Light.WAITING, "waits_for")
        assert verdict(facts, 39).changes_on == june(40)


class TestRule5WaitsFor:
    def test_the_red_goes_to_the_row_of_whom_it_waits_for(self) -> None:
        facts = replace(AGREED, waits_for="C-12", due_on=june(10))
        assert seen(facts, 30) == (Light.WAITING, "waits_for")
        assert verdict(facts, 30).reason.params["label"] == "C-12"


class TestRule6PastDue:
    def test_the_last_day_is_in_time(self) -> None:
        facts = replace(AGREED, due_on=june(30), last_word_on=june(30))
        assert seen(facts, 30) == (Light.GREEN, "on_track")
        assert seen(facts, 31) == (Light.RED, "past_due")
        assert verdict(facts, 30).changes_on == june(31)
        assert verdict(facts, 31).changes_on is None


class TestRule7Undated:
    @pytest.mark.parametrize(
        ("meetings", "expected"),
        [
            (0, (Light.AMBER, "undated")),
            (1, (Light.AMBER, "undated")),
            (2, (Light.RED, "undated_too_long")),
            (3, (Light.RED, "undated_too_long")),
        ],
    )
    def test_amber_then_red_after_two_meetings(self, meetings: int, expected: tuple[Light, str]) -> None:
        facts = replace(AGREED, due_on=None, meetings_undated=meetings)
        assert seen(facts, 1) == expected
        assert verdict(facts, 1).changes_on is None


class TestRule8Silence:
    def test_word_on_the_checkpoint_is_in_time(self) -> None:
        facts = replace(AGREED, next_checkpoint_on=june(20))
        assert seen(facts, 20) == (Light.GREEN, "on_track")
        assert seen(facts, 21) == (Light.AMBER, "silent_since_checkpoint")
        assert seen(replace(facts, last_word_on=june(20)), 21) == (Light.GREEN, "on_track")
        assert seen(replace(facts, last_word_on=june(19)), 21) == (Light.AMBER, "silent_since_checkpoint")

    def test_a_healthy_norm_of_six_months_stays_green_between_its_checkpoints(self) -> None:
        norm = replace(AGREED, due_on=june(181), next_checkpoint_on=june(120))
        assert {seen(norm, day) for day in range(1, 121)} == {(Light.GREEN, "on_track")}
        assert verdict(norm, 1).changes_on == june(121)

    def test_within_fourteen_days_of_the_date_the_interval_of_the_mesa_holds(self) -> None:
        facts = replace(AGREED, due_on=june(91), last_word_on=june(60))
        assert seen(facts, 76) == (Light.GREEN, "on_track")
        assert seen(facts, 77) == (Light.AMBER, "silent")
        assert seen(facts, 83) == (Light.AMBER, "silent")
        assert seen(facts, 84) == (Light.RED, "silent")
        assert verdict(facts, 60).changes_on == june(77)
        assert verdict(facts, 77).changes_on == june(84)

    def test_a_word_holds_for_the_whole_interval(self) -> None:
        facts = replace(AGREED, due_on=june(91), last_word_on=june(70))
        assert seen(facts, 83) == (Light.GREEN, "on_track")
        assert seen(facts, 84) == (Light.GREEN, "on_track")
        assert seen(facts, 85) == (Light.RED, "silent")
        assert verdict(facts, 70).changes_on == june(85)

    def test_a_weekly_mesa_has_a_shorter_patience(self) -> None:
        facts = replace(AGREED, due_on=june(91), last_word_on=june(70), interval_days=7)
        assert seen(facts, 77) == (Light.GREEN, "on_track")
        assert seen(facts, 78) == (Light.AMBER, "silent")

    def test_silence_since_a_checkpoint_turns_red_within_seven_days_of_the_date(self) -> None:
        facts = replace(AGREED, due_on=june(91), next_checkpoint_on=june(50))
        assert seen(facts, 83) == (Light.AMBER, "silent_since_checkpoint")
        assert seen(facts, 84) == (Light.RED, "silent_since_checkpoint")

    def test_a_checkpoint_ahead_does_not_excuse_silence_near_the_date(self) -> None:
        facts = replace(AGREED, due_on=june(91), next_checkpoint_on=june(90))
        assert seen(facts, 77) == (Light.AMBER, "silent")

    def test_unknown_counts_as_bad(self) -> None:
        imported = replace(AGREED, agreed_on=None, last_word_on=None, due_on=june(30))
        assert seen(imported, 15) == (Light.GREEN, "on_track")
        assert seen(imported, 16) == (Light.AMBER, "never_heard")
        assert seen(imported, 23) == (Light.RED, "never_heard")

    def test_unknown_at_a_checkpoint_counts_as_bad(self) -> None:
        imported = replace(AGREED, agreed_on=None, last_word_on=None, next_checkpoint_on=june(5))
        assert seen(imported, 6) == (Light.AMBER, "silent_since_checkpoint")

    def test_agreeing_is_word_and_nobody_is_silent_before_the_start(self) -> None:
        just_agreed = replace(AGREED, last_word_on=None, due_on=june(10))
        assert seen(just_agreed, 2) == (Light.GREEN, "on_track")
        just_started = replace(AGREED, last_word_on=None, start_on=june(60), due_on=june(70))
        assert seen(just_started, 60) == (Light.GREEN, "on_track")


class TestRule9Rescheduled:
    @pytest.mark.parametrize(
        ("slips", "expected"),
        [
            (1, (Light.GREEN, "on_track")),
            (2, (Light.AMBER, "rescheduled")),
            (3, (Light.AMBER, "rescheduled")),
        ],
    )
    def test_amber_from_the_second_time(self, slips: int, expected: tuple[Light, str]) -> None:
        assert seen(replace(AGREED, slips=slips), 2) == expected


class TestRule10NoProgress:
    def test_the_last_seven_days_of_a_long_span(self) -> None:
        facts = replace(AGREED, progress_reported=False, last_word_on=june(80))
        assert seen(facts, 83) == (Light.GREEN, "on_track")
        assert seen(facts, 84) == (Light.AMBER, "no_progress")
        assert verdict(facts, 80).changes_on == june(84)

    @pytest.mark.parametrize(("span", "lead"), [(21, 7), (20, 6), (9, 3), (2, 0), (0, 0)])
    def test_the_last_third_of_a_short_span(self, span: int, lead: int) -> None:
        facts = replace(AGREED, progress_reported=False, due_on=june(1 + span))
        first_amber = 1 + span - lead
        assert seen(facts, first_amber) == (Light.AMBER, "no_progress")
        assert first_amber == 1 or seen(facts, first_amber - 1) == (Light.GREEN, "on_track")

    def test_the_span_begins_at_the_start_where_one_is_set(self) -> None:
        facts = replace(AGREED, progress_reported=False, start_on=june(82), last_word_on=june(82))
        assert seen(facts, 87) == (Light.GREEN, "on_track")
        assert seen(facts, 88) == (Light.AMBER, "no_progress")

    def test_a_date_before_the_agreement_has_no_lead(self) -> None:
        facts = replace(AGREED, progress_reported=False, agreed_on=june(10), due_on=june(5))
        assert seen(facts, 4) == (Light.GREEN, "on_track")
        assert seen(facts, 5) == (Light.AMBER, "no_progress")


class TestRule11AmberTooLong:
    @pytest.mark.parametrize(
        "amber",
        [
            replace(AGREED, slips=2),
            replace(AGREED, due_on=None),
            replace(AGREED, progress_reported=False, due_on=june(2)),
        ],
        ids=["rescheduled", "undated", "no progress"],
    )
    def test_red_at_the_third_meeting_running(self, amber: CommitmentFacts) -> None:
        assert verdict(replace(amber, amber_meetings=2), 2).light is Light.AMBER
        hardened = verdict(replace(amber, amber_meetings=3), 2)
        assert (hardened.light, hardened.reason.code) == (Light.RED, "amber_too_long")
        assert hardened.reason.params["because"] == verdict(amber, 2).reason.code

    def test_what_is_well_again_is_green_whatever_it_was(self) -> None:
        assert seen(replace(AGREED, amber_meetings=5), 2) == (Light.GREEN, "on_track")

    def test_going_silent_does_not_soften_it(self) -> None:
        facts = replace(AGREED, slips=2, amber_meetings=3)
        assert seen(facts, 76) == (Light.RED, "amber_too_long")
        assert seen(facts, 77) == (Light.RED, "amber_too_long")

    def test_which_verdicts_count_at_a_close(self) -> None:
        rescheduled = replace(AGREED, slips=2)
        assert is_counted(verdict(rescheduled, 2))
        assert is_counted(verdict(replace(rescheduled, amber_meetings=3), 2))
        assert is_counted(verdict(replace(AGREED, declared=Light.AMBER), 2))
        silent = verdict(AGREED, 77)
        assert silent.reason.code == "silent"
        assert not is_counted(silent)
        assert not is_counted(verdict(ASKED, 30))
        assert not is_counted(verdict(AGREED, 2))
        assert not is_counted(verdict(AGREED, 92))


class TestDeclared:
    @pytest.mark.parametrize("declared", [Light.WAITING, Light.AMBER, Light.RED])
    def test_worse_than_computed_wins(self, declared: Light) -> None:
        shown = verdict(replace(AGREED, declared=declared), 2)
        assert (shown.light, shown.reason.code) == (declared, "declared_worse")
        assert dict(shown.reason.params) == {"declared": declared, "computed": Light.GREEN}
        assert shown.mismatch is None

    def test_the_same_as_computed_leaves_the_computed_reason(self) -> None:
        facts = replace(AGREED, slips=2)
        assert verdict(replace(facts, declared=Light.AMBER), 2) == verdict(facts, 2)

    @pytest.mark.parametrize("declared", [Light.GREEN, Light.AMBER, Light.WAITING, Light.DONE, Light.GREY])
    def test_better_than_computed_is_a_mismatch(self, declared: Light) -> None:
        shown = verdict(replace(AGREED, due_on=june(1), declared=declared), 2)
        assert (shown.light, shown.reason.code, shown.mismatch) == (Light.RED, "past_due", declared)

    @pytest.mark.parametrize("declared", [Light.GREEN, Light.GREY])
    def test_grey_and_green_do_not_contradict_each_other(self, declared: Light) -> None:
        for facts in (ASKED, AGREED):
            shown = verdict(replace(facts, declared=declared), 2)
            assert shown == verdict(facts, 2)

    def test_the_reason_is_told_anew_when_the_computed_light_moves_under_it(self) -> None:
        facts = replace(AGREED, declared=Light.RED)
        assert verdict(facts, 2).changes_on == june(77)
        assert verdict(facts, 77).reason.params["computed"] == Light.AMBER

    def test_nobody_declares_that_there_is_no_light(self) -> None:
        with pytest.raises(ValueError, match="declares"):
            replace(AGREED, declared=Light.NONE)


class TestOverride:
    FINE = Override(Light.GREEN, "firmada, falta publicar", june(40))
    PAST_DUE = replace(AGREED, due_on=june(10), override=FINE)

    def test_holds_with_its_reason_until_the_day_of_the_next_meeting(self) -> None:
        shown = verdict(self.PAST_DUE, 40)
        assert (shown.light, shown.reason.code) == (Light.GREEN, "overridden")
        assert shown.reason.params["reason"] == "firmada, falta publicar"
        assert shown.reason.params["computed"] == Light.RED
        assert shown.changes_on == june(41)
        assert seen(self.PAST_DUE, 41) == (Light.RED, "past_due")

    def test_honesty_is_not_overruled_by_the_team_either(self) -> None:
        shown = verdict(replace(self.PAST_DUE, declared=Light.AMBER), 30)
        assert (shown.light, shown.reason.code) == (Light.AMBER, "declared_worse")

    @pytest.mark.parametrize("nonsense", [Light.DONE, Light.WAITING, Light.NONE])
    def test_a_team_can_not_make_it_done_or_waiting(self, nonsense: Light) -> None:
        with pytest.raises(ValueError, match="override"):
            Override(nonsense, "porque si", june(40))


class TestWorst:
    def test_red_outweighs_all_and_nothing_has_no_light(self) -> None:
        assert worst(Light) is Light.RED
        assert worst([]) is Light.NONE

    def test_the_order_is_the_one_agreed(self) -> None:
        left = set(Light)
        order = []
        while left:
            order.append(worst(left))
            left.remove(order[-1])
        assert order == [
            Light.RED,
            Light.AMBER,
            Light.WAITING,
            Light.GREEN,
            Light.GREY,
            Light.DONE,
            Light.NONE,
        ]
