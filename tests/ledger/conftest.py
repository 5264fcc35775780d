import pytest

from tests.factories import Cast
from tests.ledger.stage import Stage
from tests.ledger.stage import stage as set_up


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """The cast in front of one record of every kind."""
    return set_up(cast)
