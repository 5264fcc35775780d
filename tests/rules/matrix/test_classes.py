"""The two by two of policies, and its halves."""

import pytest

from destraba.rules.matrix.classes import Instrument, PolicyQuadrant, Scope, pair_of, policy_quadrant


@pytest.mark.parametrize("quadrant", list(PolicyQuadrant))
def test_a_quadrant_is_made_of_its_two_halves(quadrant: PolicyQuadrant) -> None:
    pair = pair_of(quadrant)
    assert policy_quadrant(pair.scope, pair.instrument) is quadrant


def test_half_a_classification_is_no_quadrant() -> None:
    assert policy_quadrant(Scope.VERTICAL, None) is None
    assert policy_quadrant(None, Instrument.PUBLIC_INPUT) is None
