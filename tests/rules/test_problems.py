import pytest

from destraba.rules.problems import (
    FilterReason,
    ProblemMove,
    ProblemProgress,
    ProblemStage,
    check,
    progress,
)
from destraba.rules.solutions import SolutionStage

S = SolutionStage
P = ProblemProgress


def code(move: ProblemMove, *, reason: str = "", other_named: bool = False) -> str | None:
    refused = check(ProblemStage.RAISED, move, reason=reason, other_named=other_named)
    return refused.code if refused else None


class TestSettingAside:
    @pytest.mark.parametrize("reason", sorted(set(FilterReason) - {FilterReason.DUPLICATE}))
    def test_each_reason_of_the_list_suffices(self, reason: FilterReason) -> None:
        assert code(ProblemMove.FILTER_OUT, reason=reason) is None

    def test_a_duplicate_names_the_problem_that_it_repeats(self) -> None:
        assert code(ProblemMove.FILTER_OUT, reason=FilterReason.DUPLICATE) == "duplicate_of_missing"
        assert code(ProblemMove.FILTER_OUT, reason=FilterReason.DUPLICATE, other_named=True) is None

    def test_a_reason_of_ones_own_is_not_a_reason_to_filter(self) -> None:
        assert code(ProblemMove.FILTER_OUT, reason="no me gusta") == "filter_reason_unknown"

    def test_a_transfer_says_where_to(self) -> None:
        assert code(ProblemMove.TRANSFER, reason="es de la mesa de logistica") == "destination_missing"
        assert code(ProblemMove.TRANSFER, reason="es de la mesa de logistica", other_named=True) is None

    def test_accepting_needs_no_words(self) -> None:
        assert code(ProblemMove.ACCEPT) is None

    def test_what_was_accepted_is_not_accepted_twice(self) -> None:
        refused = check(ProblemStage.ACCEPTED, ProblemMove.ACCEPT)
        assert refused is not None
        assert dict(refused.params) == {"state": "accepted", "move": "accept"}


@pytest.mark.parametrize(
    ("solutions", "expected"),
    [
        ([], P.NONE),
        ([S.PROPOSED], P.NONE),
        ([S.DROPPED], P.NONE),
        ([S.DROPPED, S.PROPOSED], P.NONE),
        ([S.AGREED], P.UNDER_WAY),
        ([S.IN_PROGRESS], P.UNDER_WAY),
        ([S.ENACTED], P.ON_PAPER),
        ([S.PILOTED], P.ON_PAPER),
        ([S.ENACTED, S.AGREED], P.UNDER_WAY),
        ([S.ENACTED, S.PROPOSED], P.UNDER_WAY),
        ([S.ENACTED, S.DROPPED], P.ON_PAPER),
        ([S.ENACTED, S.APPLIED], P.ON_PAPER),
        ([S.APPLIED, S.APPLIED], P.APPLIED),
        ([S.APPLIED, S.EFFECTIVE, S.DROPPED], P.APPLIED),
        ([S.EFFECTIVE], P.APPLIED),
        ([S.APPLIED, S.PROPOSED], P.UNDER_WAY),
    ],
)
def test_progress_is_that_of_the_live_solutions(
    solutions: list[SolutionStage], expected: ProblemProgress
) -> None:
    assert progress(solutions) is expected


@pytest.mark.parametrize(
    ("solutions", "expected"),
    [
        ([S.APPLIED], P.RESOLVED),
        ([S.EFFECTIVE, S.APPLIED, S.DROPPED], P.RESOLVED),
        ([S.ENACTED], P.ON_PAPER),
        ([S.APPLIED, S.ENACTED], P.ON_PAPER),
        ([], P.NONE),
    ],
)
def test_a_confirmation_resolves_only_what_is_applied(
    solutions: list[SolutionStage], expected: ProblemProgress
) -> None:
    assert progress(solutions, confirmed=True) is expected
