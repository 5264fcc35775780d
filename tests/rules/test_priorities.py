import pytest

from destraba.methods.schema import FocusLimit
from destraba.rules.priorities import (
    Importance,
    Quadrant,
    Speed,
    focus_warning,
    highest_rank,
    propose_speed,
    quadrant,
)
from destraba.rules.solutions import EnactmentRank

R = EnactmentRank


@pytest.mark.parametrize(
    ("importance", "speed", "expected"),
    [
        (Importance.HIGH, Speed.QUICK, Quadrant.IMPORTANT_AND_QUICK),
        (Importance.HIGH, Speed.SLOW, Quadrant.IMPORTANT),
        (Importance.HIGH, None, Quadrant.IMPORTANT),
        (Importance.LOW, Speed.QUICK, Quadrant.QUICK),
        (None, Speed.QUICK, Quadrant.QUICK),
        (Importance.MEDIUM, Speed.MEDIUM, Quadrant.NEITHER),
        (Importance.LOW, Speed.SLOW, Quadrant.NEITHER),
        (Importance.LOW, None, None),
        (None, Speed.SLOW, None),
        (None, None, None),
    ],
)
def test_a_quadrant_is_told_once_what_is_known_decides_it(
    importance: Importance | None, speed: Speed | None, expected: Quadrant | None
) -> None:
    assert quadrant(importance, speed) is expected


@pytest.mark.parametrize(
    ("bodies", "rank", "expected"),
    [
        (1, R.NONE_NEEDED, Speed.QUICK),
        (1, R.PROTOCOL, Speed.QUICK),
        (1, R.DIRECTORIAL_RESOLUTION, Speed.QUICK),
        (1, R.MINISTERIAL_RESOLUTION, Speed.MEDIUM),
        (1, R.SUPREME_DECREE, Speed.MEDIUM),
        (2, R.NONE_NEEDED, Speed.MEDIUM),
        (4, R.GUIDELINE, Speed.MEDIUM),
        (2, R.SUPREME_DECREE, Speed.SLOW),
        (4, R.MINISTERIAL_RESOLUTION, Speed.SLOW),
        (1, R.LAW, Speed.SLOW),
        (None, R.LAW, Speed.SLOW),
        (None, R.GUIDELINE, Speed.QUICK),
        (1, None, Speed.QUICK),
        (3, None, Speed.MEDIUM),
    ],
)
def test_the_narrower_and_the_lower_the_quicker(
    bodies: int | None, rank: EnactmentRank | None, expected: Speed
) -> None:
    proposal = propose_speed(bodies, rank)
    assert proposal is not None
    assert proposal.speed is expected


def test_a_proposal_says_what_it_rests_on() -> None:
    by_both, by_rank, by_bodies = propose_speed(2, R.LAW), propose_speed(None, R.LAW), propose_speed(2, None)
    assert by_both is not None
    assert by_rank is not None
    assert by_bodies is not None
    assert (by_both.reason.code, dict(by_both.reason.params)) == (
        "speed_by_both",
        {"bodies": 2, "rank": "law"},
    )
    assert (by_rank.reason.code, dict(by_rank.reason.params)) == ("speed_by_rank", {"rank": "law"})
    assert (by_bodies.reason.code, dict(by_bodies.reason.params)) == ("speed_by_bodies", {"bodies": 2})


def test_nothing_known_proposes_nothing() -> None:
    assert propose_speed(None, None) is None


def test_more_bodies_or_a_higher_rank_are_never_quicker() -> None:
    slower = list(Speed)
    for rank in EnactmentRank:
        speeds = [propose_speed(bodies, rank) for bodies in range(1, 7)]
        order = [slower.index(proposal.speed) for proposal in speeds if proposal]
        assert order == sorted(order)
    for bodies in range(1, 7):
        lightest_first = [propose_speed(bodies, rank) for rank in reversed(EnactmentRank)]
        order = [slower.index(proposal.speed) for proposal in lightest_first if proposal]
        assert order == sorted(order)


@pytest.mark.parametrize(
    ("in_focus", "code"),
    [
        (0, None),
        (1, "focus_too_narrow"),
        (2, "focus_too_narrow"),
        (3, None),
        (4, None),
        (5, "focus_too_wide"),
    ],
)
def test_focus_is_warned_of_and_never_refused(in_focus: int, code: str | None) -> None:
    warning = focus_warning(in_focus, FocusLimit(3, 4))
    assert (warning.code if warning else None) == code


def test_the_rank_that_counts_is_the_one_furthest_up() -> None:
    assert highest_rank([]) is None
    ranks = [EnactmentRank.PROTOCOL, EnactmentRank.SUPREME_DECREE, EnactmentRank.GUIDELINE]
    assert highest_rank(ranks) is EnactmentRank.SUPREME_DECREE
