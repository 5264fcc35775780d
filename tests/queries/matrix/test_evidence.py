"""What is known of a solution when it climbs."""

from destraba.actions.matrix.enactments import track_enactment
from destraba.actions.matrix.places import advance_place, list_place
from destraba.actions.matrix.solutions import move_solution
from destraba.models import Solution
from destraba.queries.matrix.evidence import evidence_of, place_refusal, required_places
from destraba.rules.solutions import EnactmentRank, SolutionMove, SolutionStage
from destraba.values.fuzzy_dates import read
from tests import factories
from tests.factories import NOW, Cast


def _solution(cast: Cast) -> Solution:
    return factories.solution(factories.problem(cast))


def test_of_a_proposal_nothing_is_known(cast: Cast) -> None:
    known = evidence_of(_solution(cast))
    assert (known.norm, known.enacted_on, known.observations, known.private_organizations) == ("", None, 0, 0)


def test_the_norm_and_its_day_come_from_its_track(cast: Cast) -> None:
    solution = _solution(cast)
    track_enactment(
        actor=cast.ana.actor,
        solution=solution,
        rank=EnactmentRank.LAW,
        norm="Ley 29763",
        published_on=read("julio 2011"),
        awaits_regulations=True,
        now=NOW,
    )
    known = evidence_of(solution)
    assert known.norm == "Ley 29763"
    assert str(known.enacted_on) == "2011-07-31"
    assert known.waits_for_regulations
    assert not known.no_norm_needed


def test_private_organizations_are_counted_once_and_public_ones_never(cast: Cast) -> None:
    known = evidence_of(_solution(cast), confirming=[cast.conafor, cast.conafor, cast.serfor])
    assert known.private_organizations == 1


def test_what_was_seen_once_stays_seen(cast: Cast) -> None:
    solution = _solution(cast)
    assert evidence_of(solution, observed=True).observations == 1
    track_enactment(actor=cast.ana.actor, solution=solution, rank=EnactmentRank.NONE_NEEDED, now=NOW)
    move_solution(
        actor=cast.ana.actor, solution=solution, move=SolutionMove.APPLY, observation="Se vio.", now=NOW
    )
    known = evidence_of(solution)
    assert known.no_norm_needed
    assert known.observations == 1


def test_a_place_that_was_dropped_is_not_required(cast: Cast) -> None:
    solution = _solution(cast)
    place = list_place(actor=cast.ana.actor, solution=solution, name="Loreto", now=NOW)
    assert required_places(solution) == [place]
    advance_place(
        actor=cast.ana.actor, listed=place, move=SolutionMove.DROP, reason="No hay plantaciones.", now=NOW
    )
    assert required_places(solution) == []


def test_with_places_the_ground_is_told_place_by_place() -> None:
    stage = SolutionStage.ENACTED
    codes = {move: place_refusal(stage, move, places=2) for move in SolutionMove}
    told = {move for move, refused in codes.items() if refused and refused.code == "told_by_place"}
    assert told == {SolutionMove.PILOT, SolutionMove.APPLY, SolutionMove.FIND_NOT_APPLIED}
    effect = codes[SolutionMove.CONFIRM_EFFECT]
    assert effect is not None
    assert effect.code == "places_first"
    assert place_refusal(SolutionStage.APPLIED, SolutionMove.CONFIRM_EFFECT, places=2) is None
    assert all(place_refusal(stage, move, places=0) is None for move in SolutionMove)
