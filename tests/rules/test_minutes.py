"""Minutes: circulated, objected to, approved, by whom or by silence."""

from datetime import UTC, datetime, timedelta

import pytest

from destraba.rules.minutes import (
    FROZEN,
    TABLE,
    Mailed,
    MinutesMove,
    MinutesState,
    approval_refusal,
    mailed_refusal,
    mailed_standing,
    objection_refusal,
    objections_until,
    silence_approves,
)

NOW = datetime(2017, 6, 15, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_time_for_objections_ends_before_the_next_session() -> None:
    assert objections_until(NOW, 48) == NOW + 48 * HOUR
    assert objections_until(NOW, 48, NOW + 30 * HOUR) == NOW + 30 * HOUR
    assert objections_until(NOW, 48, NOW + 100 * HOUR) == NOW + 48 * HOUR
    assert objections_until(NOW, 48, NOW - HOUR) == NOW + 48 * HOUR


def test_an_objection_comes_while_they_go_round_and_not_a_second_later() -> None:
    until = NOW + 48 * HOUR
    assert objection_refusal(MinutesState.CIRCULATED, until, until - HOUR) is None
    assert str(objection_refusal(MinutesState.CIRCULATED, until, until)).count("objections_over")
    for state in set(MinutesState) - {MinutesState.CIRCULATED}:
        refused = objection_refusal(state, until, NOW)
        assert refused is not None
        assert refused.code == "no_such_move"


def test_nobody_approves_over_an_open_objection() -> None:
    refused = approval_refusal(MinutesState.CIRCULATED, open_objections=2)
    assert refused is not None
    assert (refused.code, dict(refused.params)) == ("objections_open", {"count": 2})
    assert approval_refusal(MinutesState.CIRCULATED, open_objections=0) is None
    again = approval_refusal(MinutesState.APPROVED, open_objections=0)
    assert again is not None
    assert again.code == "no_such_move"


def test_silence_approves_when_the_time_is_over() -> None:
    assert not silence_approves(MinutesState.CIRCULATED, NOW + HOUR, NOW)
    assert silence_approves(MinutesState.CIRCULATED, NOW, NOW)
    assert not silence_approves(MinutesState.DRAFT, NOW, NOW)
    assert not silence_approves(MinutesState.CIRCULATED, None, NOW)


@pytest.mark.parametrize(
    ("state", "edition", "at", "stands"),
    [
        (MinutesState.CIRCULATED, 1, NOW, Mailed.OPEN),
        (MinutesState.CIRCULATED, 1, NOW + HOUR, Mailed.OVER),
        (MinutesState.CIRCULATED, 2, NOW, Mailed.REPLACED),
        (MinutesState.CIRCULATED, 2, NOW + HOUR, Mailed.REPLACED),
        (MinutesState.DRAFT, 2, NOW, Mailed.RETURNED),
        (MinutesState.APPROVED, 1, NOW, Mailed.APPROVED),
        (MinutesState.PUBLISHED, 2, NOW + HOUR, Mailed.APPROVED),
    ],
)
def test_how_the_first_edition_stands_for_whoever_was_mailed_it(
    state: MinutesState, edition: int, at: datetime, stands: Mailed
) -> None:
    assert mailed_standing(state, edition, mailed=1, until=NOW + HOUR, now=at) is stands


def test_only_an_open_round_takes_objections_and_each_other_says_why() -> None:
    assert mailed_refusal(Mailed.OPEN) is None
    reasons = {stands: mailed_refusal(stands) for stands in set(Mailed) - {Mailed.OPEN}}
    assert {reason and reason.code for reason in reasons.values()} == {
        "objections_over", "minutes_returned", "minutes_replaced", "minutes_approved",
    }  # fmt: skip


@pytest.mark.parametrize("state", sorted(FROZEN))
def test_nothing_brings_frozen_minutes_back(state: MinutesState) -> None:
    assert {TABLE.row(move).target for move in TABLE.moves_from(state)} <= FROZEN
    assert MinutesMove.OBJECT not in TABLE.moves_from(state)
