"""Where a norm stands on its way, and who keeps it waiting."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from destraba.rules.matrix.enactments import (
    Asked,
    Standing,
    Station,
    Way,
    days_unapplied,
    latest_opinions,
    standing,
)
from destraba.rules.solutions import EnactmentRank, OpinionState, SolutionStage
from destraba.values.fuzzy_dates import FuzzyDate, Precision

TODAY = date(2017, 6, 15)
MAY, JUNE = date(2017, 5, 12), date(2017, 6, 1)
DECREE = Way(rank=EnactmentRank.SUPREME_DECREE, opened_on=date(2017, 4, 3))
DRAFTED = replace(DECREE, drafter="SERFOR", drafted_on=FuzzyDate(MAY))
SEPTEMBER = FuzzyDate(date(2015, 9, 1), Precision.MONTH)


def at(way: Way) -> Standing:
    found = standing(way, TODAY)
    assert found
    return found


def silent(organization: str, asked_on: date) -> Asked:
    return Asked(organization, OpinionState.ASKED, asked_on)


def said(organization: str, state: OpinionState, answered_on: date | None, asked_on: date = MAY) -> Asked:
    return Asked(organization, state, asked_on, answered_on)


def test_where_no_norm_is_needed_there_is_no_way() -> None:
    assert standing(Way(rank=EnactmentRank.NONE_NEEDED), TODAY) is None


class TestTheDraft:
    def test_waits_for_whoever_drafts_it_since_it_was_written_down(self) -> None:
        found = at(replace(DECREE, drafter="SERFOR"))
        assert (found.station, found.waits_for) == (Station.DRAFT, ("SERFOR",))
        assert found.reason.code == "waits_for_draft"
        assert found.days(TODAY) == 73

    def test_may_be_nobodys(self) -> None:
        assert (at(DECREE).reason.code, at(DECREE).waits_for) == ("nobody_drafts", ())

    def test_may_be_of_an_unknown_age(self) -> None:
        found = at(Way(rank=EnactmentRank.LAW, drafter="SERFOR"))
        assert (found.reason.code, found.since, found.days(TODAY)) == ("drafts_it", None, 0)
        assert at(Way(rank=EnactmentRank.LAW)).reason.params == {}

    def test_once_ready_waits_to_be_shown_to_somebody(self) -> None:
        assert (at(DRAFTED).station, at(DRAFTED).reason.code) == (Station.OPINIONS, "draft_ready")


class TestOpinions:
    def test_the_one_that_is_silent_keeps_it_waiting(self) -> None:
        found = at(replace(DRAFTED, opinions=(silent("MINAM", MAY),)))
        assert found == Standing(Station.OPINIONS, found.reason, FuzzyDate(MAY), waits_for=("MINAM",))
        assert found.reason.code == "waits_for_opinion"
        assert found.reason.params == {"organization": "MINAM", "since": "2017-05-12"}

    def test_of_several_the_longest_silence_is_named_and_the_rest_counted(self) -> None:
        asked = (silent("MEF", JUNE), silent("MINAM", MAY), silent("MINCUL", JUNE))
        found = at(replace(DRAFTED, opinions=asked))
        assert found.waits_for == ("MINAM", "MEF", "MINCUL")
        assert found.reason.params == {"organization": "MINAM", "others": 2, "since": "2017-05-12"}

    def test_an_opinion_against_sends_it_back_to_whoever_drafts_it(self) -> None:
        against = said("MINAM", OpinionState.UNFAVOURABLE, JUNE)
        found = at(replace(DRAFTED, opinions=(against,)))
        assert (found.reason.code, found.waits_for, found.since) == (
            "opinion_against",
            ("SERFOR",),
            FuzzyDate(JUNE),
        )
        undated = said("MINAM", OpinionState.UNFAVOURABLE, None)
        assert at(replace(DECREE, opinions=(undated,))).since == FuzzyDate(MAY)
        assert at(replace(DECREE, opinions=(undated,))).waits_for == ()

    def test_whoever_was_against_may_be_asked_again(self) -> None:
        against = said("MINAM", OpinionState.UNFAVOURABLE, MAY, asked_on=date(2017, 5, 1))
        again = said("MINAM", OpinionState.FAVOURABLE, JUNE)
        assert latest_opinions([again, against]) == [again]
        assert at(replace(DRAFTED, opinions=(against, again))).reason.code == "waits_for_signature"

    def test_all_in_favour_leave_it_to_be_signed_since_the_last_of_them(self) -> None:
        answers = (
            said("MINAM", OpinionState.FAVOURABLE, JUNE),
            said("MEF", OpinionState.FAVOURABLE, date(2017, 5, 20)),
        )
        found = at(replace(DRAFTED, opinions=answers))
        assert (found.station, found.since) == (Station.SIGNATURE, FuzzyDate(JUNE))


class TestComments:
    def test_it_is_open_for_comments_to_the_end_of_the_last_day(self) -> None:
        way = replace(DRAFTED, prepublished_on=FuzzyDate(JUNE), comments_until=TODAY)
        assert (at(way).station, at(way).reason.params) == (Station.COMMENTS, {"until": "2017-06-15"})
        over = replace(way, comments_until=TODAY - timedelta(days=1))
        assert (at(over).reason.code, at(over).days(TODAY)) == ("waits_for_signature", 1)

    def test_a_silence_is_told_first(self) -> None:
        way = replace(DRAFTED, comments_until=TODAY, opinions=(silent("MINAM", MAY),))
        assert at(way).station is Station.OPINIONS

    def test_without_a_last_day_it_waits_to_be_signed(self) -> None:
        assert at(replace(DECREE, prepublished_on=FuzzyDate(JUNE))).since == FuzzyDate(JUNE)


class TestInTheEnd:
    def test_signed_it_waits_for_the_gazette_whatever_was_never_answered(self) -> None:
        way = replace(DRAFTED, signed_on=FuzzyDate(JUNE), opinions=(silent("MINAM", MAY),))
        assert (at(way).station, at(way).reason.code) == (Station.GAZETTE, "waits_for_gazette")

    def test_published_it_is_in_force_since_as_exactly_as_that_is_known(self) -> None:
        found = at(replace(DECREE, published_on=SEPTEMBER))
        assert (found.station, found.reason.params) == (Station.IN_FORCE, {"since": "2015-09"})

    def test_a_law_that_waits_for_its_regulations_is_not_in_force(self) -> None:
        law = replace(DECREE, rank=EnactmentRank.LAW, published_on=SEPTEMBER, awaits_regulations=True)
        assert (at(law).station, at(law).reason.code) == (Station.REGULATIONS, "waits_for_regulations_of")


@given(
    st.builds(
        Way,
        rank=st.sampled_from(EnactmentRank),
        opened_on=st.none() | st.dates(),
        drafter=st.sampled_from(["", "SERFOR"]),
        drafted_on=st.none() | st.builds(FuzzyDate, st.dates()),
        opinions=st.lists(
            st.builds(Asked, st.sampled_from("ABC"), st.sampled_from(OpinionState), st.dates()), max_size=4
        ).map(tuple),
        comments_until=st.none() | st.dates(),
        published_on=st.none() | st.builds(FuzzyDate, st.dates()),
        awaits_regulations=st.booleans(),
    )
)
def test_a_norm_that_is_needed_always_stands_somewhere(way: Way) -> None:
    found = standing(way, TODAY)
    assert (found is None) == (way.rank is EnactmentRank.NONE_NEEDED)
    if found:
        assert found.days(TODAY) >= 0
        assert (found.station is Station.IN_FORCE) == bool(way.published_on and not way.awaits_regulations)


class TestTheGap:
    @pytest.mark.parametrize("stage", [SolutionStage.ENACTED, SolutionStage.PILOTED])
    def test_counts_the_days_in_force_without_being_applied(self, stage: SolutionStage) -> None:
        assert days_unapplied(FuzzyDate(MAY), stage, TODAY) == 34
        assert days_unapplied(SEPTEMBER, stage, TODAY) == (TODAY - date(2015, 9, 30)).days

    @pytest.mark.parametrize(
        "stage", [SolutionStage.AGREED, SolutionStage.APPLIED, SolutionStage.EFFECTIVE, SolutionStage.DROPPED]
    )
    def test_is_none_before_the_norm_and_after_it_is_applied(self, stage: SolutionStage) -> None:
        assert days_unapplied(FuzzyDate(MAY), stage, TODAY) is None

    def test_is_none_where_nobody_knows_since_when_or_it_is_still_to_come(self) -> None:
        assert days_unapplied(None, SolutionStage.ENACTED, TODAY) is None
        assert days_unapplied(FuzzyDate(date(2017, 7, 1)), SolutionStage.ENACTED, TODAY) is None
