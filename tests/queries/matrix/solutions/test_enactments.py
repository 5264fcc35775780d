"""Where the norms of many solutions stand, at once."""

from datetime import timedelta

from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.enactments import ask_opinion, track_enactment
from destraba.models import Solution
from destraba.queries.matrix.solutions.enactments import standings
from destraba.queries.sentences import sentence
from destraba.rules.matrix.enactments import Station
from destraba.rules.solutions import EnactmentRank
from destraba.values.fuzzy_dates import read
from tests import factories
from tests.factories import NOW, TODAY, Cast

ZONE = "America/Lima"


def _waiting(cast: Cast, title: str) -> Solution:
    solution = factories.solution(factories.problem(cast, title))
    track = track_enactment(
        actor=cast.ana.actor, solution=solution, rank=EnactmentRank.LAW, drafter=cast.serfor, now=NOW
    )
    for organization in (cast.osinfor, cast.produce):
        ask_opinion(
            actor=cast.ana.actor,
            enactment=track,
            organization=organization,
            asked_on=TODAY - timedelta(days=3),
            now=NOW,
        )
    return solution


def test_the_number_of_statements_does_not_grow(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    solutions = [_waiting(cast, "Una").pk]
    for _rows in (1, 3):
        with django_assert_num_queries(3):
            found = standings(solutions, ZONE, TODAY)
        assert {one.station for one in found.values()} == {Station.OPINIONS}
        assert list(found) == solutions
        solutions += [_waiting(cast, title).pk for title in ("Otra", "Otra más")]


def test_what_needs_no_norm_or_has_none_written_down_stands_nowhere(cast: Cast) -> None:
    bare = factories.solution(factories.problem(cast))
    needless = factories.solution(bare.problem, "Sin norma")
    track_enactment(actor=cast.ana.actor, solution=needless, rank=EnactmentRank.NONE_NEEDED, now=NOW)
    assert standings([bare.pk, needless.pk], ZONE, TODAY) == {}


def test_a_draft_waits_since_the_day_on_which_it_was_written_down_where_the_mesa_is(cast: Cast) -> None:
    solution = factories.solution(factories.problem(cast))
    late_evening = NOW.replace(day=17, hour=3)
    track_enactment(
        actor=cast.ana.actor,
        solution=solution,
        rank=EnactmentRank.LAW,
        drafter=cast.serfor,
        now=late_evening,
    )
    found = standings([solution.pk], ZONE, TODAY)[solution.pk]
    assert found.reason.params == {"organization": cast.serfor.name, "since": "2017-06-16"}


def test_it_is_said_in_a_phrase_that_fits_a_cell(cast: Cast) -> None:
    solution = _waiting(cast, "Una")
    found = standings([solution.pk], ZONE, TODAY)[solution.pk]
    said = sentence(found.reason)
    assert said.startswith(f"waits for the opinion of {cast.osinfor.name}") or "opinión" in said
    track_enactment(actor=cast.ana.actor, solution=solution, signed_on=read("mayo 2017"), now=NOW)
    found = standings([solution.pk], ZONE, TODAY)[solution.pk]
    assert "may 2017" in sentence(found.reason).lower()
