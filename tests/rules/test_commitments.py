from datetime import date

import pytest

from destraba.rules.commitments import (
    OPEN,
    CommitmentMove,
    CommitmentState,
    DeclineReason,
    check,
    check_due_change,
    check_fan_out,
    is_slip,
    may_fan_out,
    settling_move,
)

JUNE, JULY = date(2017, 6, 30), date(2017, 7, 31)
C = CommitmentState


def code(move: CommitmentMove, state: CommitmentState, reason: str = "", other: bool = False) -> str | None:
    refused = check(state, move, reason=reason, other_named=other)
    return refused.code if refused else None


class TestDecline:
    def test_no_mandate_and_no_budget_say_it_all(self) -> None:
        for reason in (DeclineReason.MANDATE, DeclineReason.BUDGET):
            assert code(CommitmentMove.DECLINE, C.ASKED, reason) is None

    def test_osinfor_waits_for_the_opinion_of_serfor_and_says_so(self) -> None:
        assert code(CommitmentMove.DECLINE, C.ASKED, DeclineReason.NEEDS_OPINION) == "opinion_of_missing"
        assert code(CommitmentMove.DECLINE, C.ASKED, DeclineReason.NEEDS_OPINION, other=True) is None

    def test_a_decline_is_one_of_the_three(self) -> None:
        assert code(CommitmentMove.DECLINE, C.ASKED, "no quiero") == "decline_reason_unknown"
        assert code(CommitmentMove.DECLINE, C.ASKED) == "reason_missing"


class TestOtherMoves:
    def test_sent_back_goes_on_as_agreed_with_the_reason(self) -> None:
        assert code(CommitmentMove.SEND_BACK, C.REPORTED_DONE) == "reason_missing"
        assert code(CommitmentMove.SEND_BACK, C.REPORTED_DONE, "falta la norma") is None

    def test_what_is_replaced_names_its_successor(self) -> None:
        assert code(CommitmentMove.REPLACE, C.AGREED) == "successor_missing"
        assert code(CommitmentMove.REPLACE, C.AGREED, other=True) is None
        assert code(CommitmentMove.FAN_OUT, C.AGREED) == "successor_missing"

    def test_an_agreement_needs_no_words(self) -> None:
        assert code(CommitmentMove.AGREE, C.ASKED) is None
        assert code(CommitmentMove.AGREE, C.AGREED) == "no_such_move"


class TestDueDate:
    @pytest.mark.parametrize(
        ("state", "old", "new", "slips"),
        [
            (C.ASKED, JUNE, JULY, False),
            (C.AGREED, None, JULY, False),
            (C.AGREED, JUNE, JUNE, False),
            (C.AGREED, JUNE, JULY, True),
            (C.AGREED, JULY, JUNE, True),
            (C.AGREED, JUNE, None, True),
            (C.REPORTED_DONE, JUNE, JULY, True),
        ],
        ids=["not agreed", "first date", "same day", "later", "earlier", "taken away", "reported done"],
    )
    def test_a_date_that_was_agreed_moves_at_the_price_of_a_slip(
        self, state: CommitmentState, old: date | None, new: date | None, slips: bool
    ) -> None:
        assert is_slip(state, old, new) is slips
        refused = check_due_change(state, old, new)
        assert (refused.code if refused else None) == ("reason_missing" if slips else None)
        assert check_due_change(state, old, new, reason="la opinion de SERFOR no llega") is None

    @pytest.mark.parametrize("state", [C.DONE, C.CANCELLED, C.REPLACED, C.DECLINED])
    def test_what_is_over_keeps_its_date(self, state: CommitmentState) -> None:
        refused = check_due_change(state, JUNE, JULY, reason="porque si")
        assert refused is not None
        assert refused.code == "due_is_settled"


def test_a_list_that_calls_it_done_settles_what_is_open_and_reopens_only_what_was_done() -> None:
    for state in CommitmentState:
        settled = CommitmentMove.CONFIRM_DONE if state in OPEN else None
        reopened = CommitmentMove.REOPEN if state is CommitmentState.DONE else None
        assert settling_move(state, called_done=True) is settled
        assert settling_move(state, called_done=False) is reopened


class TestFanOut:
    """ "Regional governments" answer one by one."""

    @pytest.mark.parametrize(
        ("state", "parts", "chosen", "expected"),
        [
            (C.ASKED, (), ("Loreto",), None),
            (C.AGREED, (), ("Loreto", "Ucayali"), None),
            (C.DECLINED, (), ("Loreto",), None),
            (C.REPORTED_DONE, (), ("Loreto",), "no_such_move"),
            (C.DONE, (), ("Loreto",), "no_such_move"),
            (C.REPLACED, (), ("Loreto",), "no_such_move"),
            (C.REPLACED, ("Loreto",), ("Ucayali",), None),
            (C.REPLACED, ("Loreto",), ("Ucayali", "Loreto"), "part_stands"),
            (C.AGREED, (), (), "nobody_chosen"),
            (C.AGREED, (), ("Gobiernos regionales",), "group_itself"),
        ],
    )
    def test_asks_each_once_while_something_is_expected_of_the_group(
        self, state: C, parts: tuple[str, ...], chosen: tuple[str, ...], expected: str | None
    ) -> None:
        refused = check_fan_out(
            state, stands_for_many=True, chosen=chosen, parts=parts, groups=("Gobiernos regionales",)
        )
        assert (refused.code if refused else None) == expected

    def test_one_body_has_nobody_to_share_with(self) -> None:
        refused = check_fan_out(C.AGREED, stands_for_many=False, chosen=("Loreto",), parts=())
        assert refused
        assert refused.code == "stands_for_one"

    def test_is_offered_where_it_can_be_done(self) -> None:
        offered = {state for state in C if may_fan_out(state, stands_for_many=True, has_parts=False)}
        assert offered == {C.ASKED, C.AGREED, C.DECLINED}
        assert may_fan_out(C.REPLACED, stands_for_many=True, has_parts=True)
        assert not may_fan_out(C.AGREED, stands_for_many=False, has_parts=False)
