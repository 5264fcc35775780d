import pytest

from tests.factories import Cast
from tests.web.links.stage import Liaison, Owing, link_for, owing


@pytest.fixture
def stage(cast: Cast, that_thursday: None) -> Owing:
    return owing(cast)


@pytest.fixture
def liaison(cast: Cast, stage: Owing) -> Liaison:
    """Lucía, with her mail opened."""
    visitor = Liaison()
    visitor.open(link_for(cast.lucia.person).secret)
    return visitor
