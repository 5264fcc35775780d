import pytest

from destraba.actions.matrix.enactments import ask_opinion, track_enactment
from destraba.actions.matrix.places import list_place
from destraba.actions.mesas import start_following_up
from destraba.rules.solutions import EnactmentRank
from destraba.values.fuzzy_dates import read
from tests import factories
from tests.factories import NOW, TODAY, Cast
from tests.web.things.stage import Scene


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """P-1, P-1.1 with its norm, an opinion and a place, and C-1 that SERFOR's liaison owes."""
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    problem = factories.problem(cast)
    solution = factories.solution(problem)
    track = track_enactment(
        actor=cast.ana.actor, solution=solution, rank=EnactmentRank.GUIDELINE, norm="Directiva", now=NOW
    )
    ask_opinion(actor=cast.ana.actor, enactment=track, organization=cast.osinfor, asked_on=TODAY, now=NOW)
    list_place(actor=cast.ana.actor, solution=solution, name="Ucayali", now=NOW)
    commitment = factories.commitment(
        problem, owner=cast.lucia.seat, due=read("30/06/2017"), answer_to=solution
    )
    return Scene(problem, solution, commitment)
