"""What may be answered of a commitment, and which row wants an answer first."""

from datetime import date, timedelta

import pytest

from destraba.rules.answers import (
    ANSWERABLE,
    ASKING,
    AnswerKind,
    AnswerState,
    Want,
    answer_refusal,
    settle_refusal,
    state_of,
    want_of,
)
from destraba.rules.commitments import CommitmentState

TODAY = date(2017, 6, 15)
AGREED, ASKED = CommitmentState.AGREED, CommitmentState.ASKED


def code(state: CommitmentState, kind: AnswerKind, **given: object) -> str:
    refused = answer_refusal(state, kind, **given)  # type: ignore[arg-type]
    return refused.code if refused else ""


@pytest.mark.parametrize("kind", [AnswerKind.DONE, AnswerKind.PROGRESS, AnswerKind.SAME])
def test_a_plain_answer_needs_nothing_more(kind: AnswerKind) -> None:
    assert code(AGREED, kind) == ""
    assert state_of(kind) is AnswerState.TOLD


@pytest.mark.parametrize("state", sorted(set(CommitmentState) - ANSWERABLE))
@pytest.mark.parametrize("kind", AnswerKind)
def test_what_is_settled_is_answered_no_more(state: CommitmentState, kind: AnswerKind) -> None:
    assert code(state, kind, proposed=TODAY, named=True, reason="x") == "nothing_asked"


@pytest.mark.parametrize("kind", sorted(set(AnswerKind) - ASKING))
def test_before_it_is_agreed_there_is_nothing_to_tell(kind: AnswerKind) -> None:
    assert code(ASKED, kind, named=True) == "not_agreed_yet"


@pytest.mark.parametrize("kind", sorted(ASKING))
def test_another_date_or_owner_may_be_asked_for_before(kind: AnswerKind) -> None:
    assert code(ASKED, kind, proposed=TODAY, named=True, reason="Falta personal") == ""
    assert state_of(kind) is AnswerState.OPEN


def test_another_date_says_which_and_why_and_lies_ahead() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert code(AGREED, AnswerKind.OTHER_DATE, reason="x") == "date_missing"
    assert code(AGREED, AnswerKind.OTHER_DATE, proposed=TODAY, reason=" ") == "reason_missing"
    assert code(AGREED, AnswerKind.OTHER_DATE, proposed=yesterday, reason="x", today=TODAY) == "date_past"
    assert code(AGREED, AnswerKind.OTHER_DATE, proposed=TODAY, reason="x", today=TODAY) == ""


def test_who_is_waited_for_and_whose_it_is_has_to_be_said() -> None:
    assert code(AGREED, AnswerKind.WAITS) == "waits_for_missing"
    assert code(AGREED, AnswerKind.NOT_MINE) == "whose_missing"
    assert code(AGREED, AnswerKind.WAITS, named=True) == ""
    assert code(AGREED, AnswerKind.NOT_MINE, named=True) == ""


def test_only_what_is_open_is_settled_and_once() -> None:
    assert settle_refusal(AnswerState.OPEN) is None
    for state in set(AnswerState) - {AnswerState.OPEN}:
        refused = settle_refusal(state)
        assert refused is not None
        assert refused.code == "settled_already"


@pytest.mark.parametrize(
    ("state", "days", "light_reason", "want"),
    [
        (AGREED, -1, "past_due", Want.OVERDUE),
        (ASKED, -1, "asked", Want.OVERDUE),
        (AGREED, 0, "on_track", Want.DUE_SOON),
        (AGREED, 14, "on_track", Want.DUE_SOON),
        (ASKED, 15, "asked", Want.UNANSWERED),
        (ASKED, None, "not_agreed", Want.UNANSWERED),
        (AGREED, 60, "silent", Want.SILENT),
        (AGREED, None, "never_heard", Want.SILENT),
        (AGREED, 60, "on_track", Want.NOTHING),
        (AGREED, None, "undated", Want.NOTHING),
    ],
)
def test_what_presses_most_is_asked_first(
    state: CommitmentState, days: int | None, light_reason: str, want: Want
) -> None:
    due = None if days is None else TODAY + timedelta(days=days)
    assert want_of(state, due, light_reason, TODAY) is want
