from datetime import date

import pytest

from destraba.rules.matrix.classes import Funding
from destraba.rules.solutions import (
    LADDER,
    OpinionState,
    SolutionEvidence,
    SolutionMove,
    SolutionStage,
    check,
    check_funding,
    check_place,
    has_reached,
    lowest_stage,
    places_reached,
    silent_since,
    starts_new_version,
)

S = SolutionStage
PAPER = SolutionEvidence(norm="DS 018-2015-MINAGRI", enacted_on=date(2015, 9, 30))
NO_NORM = SolutionEvidence(no_norm_needed=True)


def code(
    stage: SolutionStage, move: SolutionMove, evidence: SolutionEvidence = NO_NORM, reason: str = ""
) -> str | None:
    refused = check(stage, move, evidence=evidence, reason=reason)
    return refused.code if refused else None


class TestEnacted:
    @pytest.mark.parametrize(
        ("evidence", "expected"),
        [
            (PAPER, None),
            (NO_NORM, None),
            (SolutionEvidence(), "norm_missing"),
            (SolutionEvidence(norm="  ", enacted_on=date(2015, 9, 30)), "norm_missing"),
            (SolutionEvidence(norm="Ley 29763"), "enactment_date_missing"),
            (
                SolutionEvidence(norm="Ley 29763", enacted_on=date(2011, 7, 22), waits_for_regulations=True),
                "waits_for_regulations",
            ),
        ],
        ids=["norm and date", "none needed", "nothing", "a blank", "no date", "law without regulations"],
    )
    def test_needs_norm_and_date_or_none_needed(
        self, evidence: SolutionEvidence, expected: str | None
    ) -> None:
        assert code(S.AGREED, SolutionMove.ENACT, evidence) == expected


class TestApplied:
    def test_needs_somebody_who_saw_it(self) -> None:
        assert code(S.ENACTED, SolutionMove.APPLY) == "observation_missing"
        assert (
            code(S.ENACTED, SolutionMove.APPLY, SolutionEvidence(no_norm_needed=True, observations=1)) is None
        )

    def test_needs_the_norm_as_well_when_entered_late(self) -> None:
        assert code(S.AGREED, SolutionMove.APPLY, SolutionEvidence(observations=1)) == "norm_missing"


class TestEffective:
    @pytest.mark.parametrize(
        ("measures", "organizations", "expected"),
        [(0, 0, "effect_unconfirmed"), (0, 1, "effect_unconfirmed"), (0, 2, None), (1, 0, None)],
    )
    def test_needs_a_confirmed_measure_or_two_private_organizations(
        self, measures: int, organizations: int, expected: str | None
    ) -> None:
        evidence = SolutionEvidence(
            no_norm_needed=True,
            observations=1,
            confirmed_measures=measures,
            private_organizations=organizations,
        )
        assert code(S.APPLIED, SolutionMove.CONFIRM_EFFECT, evidence) == expected


class TestOtherMoves:
    def test_the_first_rungs_need_nothing(self) -> None:
        assert code(S.PROPOSED, SolutionMove.AGREE, SolutionEvidence()) is None
        assert code(S.AGREED, SolutionMove.START, SolutionEvidence()) is None

    def test_a_pilot_needs_what_enacting_needs(self) -> None:
        assert code(S.IN_PROGRESS, SolutionMove.PILOT, SolutionEvidence()) == "norm_missing"
        assert code(S.IN_PROGRESS, SolutionMove.PILOT) is None

    def test_going_down_asks_for_the_reason_and_no_evidence(self) -> None:
        assert code(S.APPLIED, SolutionMove.FIND_NOT_APPLIED, SolutionEvidence()) == "reason_missing"
        assert code(S.APPLIED, SolutionMove.FIND_NOT_APPLIED, SolutionEvidence(), "Ucayali no aplica") is None

    def test_applied_without_effect_is_revised_as_a_new_version(self) -> None:
        assert code(S.APPLIED, SolutionMove.REVISE, SolutionEvidence(), "sin efecto") is None
        assert [move for move in SolutionMove if starts_new_version(move)] == [SolutionMove.REVISE]

    def test_dropping_and_taking_up_again_need_no_evidence(self) -> None:
        assert code(S.ENACTED, SolutionMove.DROP, SolutionEvidence(), "hay otra mejor") is None
        assert code(S.DROPPED, SolutionMove.TAKE_UP_AGAIN, SolutionEvidence(), "la otra fallo") is None


class TestPlaces:
    def test_a_solution_shows_the_place_that_is_furthest_behind(self) -> None:
        assert lowest_stage([S.APPLIED, S.ENACTED, S.EFFECTIVE]) is S.ENACTED

    def test_a_place_no_longer_required_holds_nothing_back(self) -> None:
        places = [S.APPLIED, S.DROPPED, S.APPLIED]
        assert lowest_stage(places) is S.APPLIED
        assert places_reached(places, S.APPLIED) == (2, 2)

    def test_without_places_there_is_no_lowest(self) -> None:
        assert lowest_stage([]) is None
        assert lowest_stage([S.DROPPED]) is None
        assert places_reached([], S.APPLIED) == (0, 0)

    def test_two_of_six_regions_launched_the_abbreviated_procedure(self) -> None:
        regions = [S.APPLIED, S.APPLIED] + [S.ENACTED] * 4
        assert places_reached(regions, S.APPLIED) == (2, 6)
        assert places_reached(regions, S.ENACTED) == (6, 6)


def test_the_ladder_has_seven_rungs_in_order() -> None:
    assert [rung.value for rung in LADDER] == [
        "proposed",
        "agreed",
        "in_progress",
        "enacted",
        "piloted",
        "applied",
        "effective",
    ]
    assert has_reached(S.APPLIED, S.APPLIED)
    assert not has_reached(S.PILOTED, S.APPLIED)
    assert not has_reached(S.DROPPED, S.PROPOSED)


def test_an_agency_is_silent_until_it_answers() -> None:
    asked_on = date(2017, 6, 1)
    assert silent_since(OpinionState.ASKED, asked_on) == asked_on
    assert silent_since(OpinionState.FAVOURABLE, asked_on) is None
    assert silent_since(OpinionState.UNFAVOURABLE, asked_on) is None


def test_what_waits_for_no_budget_has_no_window() -> None:
    window = date(2017, 7, 31)
    refused = {funding: check_funding(funding, window) for funding in (*Funding, None)}
    assert {funding for funding, why in refused.items() if why} == {Funding.NONE_NEEDED, Funding.FUND, None}
    assert not any(check_funding(funding, None) for funding in (*Funding, None))


def test_of_several_places_the_one_that_can_not_is_named() -> None:
    assert check_place(S.ENACTED, SolutionMove.APPLY, "Loreto") is None
    refused = check_place(S.APPLIED, SolutionMove.APPLY, "Loreto")
    assert refused
    assert (refused.code, refused.params["place"]) == ("place_can_not", "Loreto")
