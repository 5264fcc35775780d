"""The versions of a solution, folded from the ledger."""

from datetime import date, timedelta

from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.enactments import track_enactment
from destraba.actions.matrix.solutions import edit_solution, move_solution
from destraba.actions.visibility import set_visibility
from destraba.models import Enactment, Solution
from destraba.queries import access
from destraba.queries.matrix.solutions.versions import Version, versions_of
from destraba.rules.solutions import EnactmentRank, SolutionMove, SolutionStage
from destraba.values.fuzzy_dates import read
from destraba.values.quantities import read as quantity
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast, Player

ZONE = "America/Lima"


def _seen(player: Player, solution: Solution) -> list[Version]:
    solution.refresh_from_db()
    track = Enactment.objects.filter(solution=solution).first()
    return list(versions_of(access.viewer(player.account, NOW), solution, track, ZONE))


def _revise(cast: Cast, solution: Solution, title: str, days: int, **revision: object) -> None:
    solution.refresh_from_db()
    now = NOW + timedelta(days=days)
    for move in (SolutionMove.START, SolutionMove.REVISE):
        move_solution(
            actor=cast.ana.actor,
            solution=solution,
            move=move,
            reason=f"Por {title}." if move is SolutionMove.REVISE else "",
            revision={"title": title, **revision} if move is SolutionMove.REVISE else None,  # type: ignore[typeddict-item]
            now=now,
        )


def test_while_there_is_one_nothing_is_told_apart(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    solution = factories.solution(factories.problem(cast))
    with django_assert_num_queries(0):
        viewer = access.ANONYMOUS
        assert versions_of(viewer, solution, None, ZONE) == ()


def test_each_is_told_as_it_was_when_the_next_replaced_it(cast: Cast) -> None:
    solution = factories.solution(factories.problem(cast), "Guía electrónica")
    edit_solution(
        actor=cast.ana.actor, solution=solution, detail="En la web.", before=quantity("12 días"), now=NOW
    )
    _revise(cast, solution, "Guía en papel", 10, before=quantity("45 días"))
    _revise(cast, solution, "Guía en las dos", 20)
    third, second, first = _seen(cast.ana, solution)
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert [one.title for one in (first, second, third)] == [
        "Guía electrónica",
        "Guía en papel",
        "Guía en las dos",
    ]
    assert (first.since, first.until) == (date(2017, 6, 15), date(2017, 6, 25))
    assert (second.since, second.until) == (date(2017, 6, 25), date(2017, 7, 5))
    assert third.until is None
    assert [one.because for one in (first, second, third)] == [
        "",
        "Por Guía en papel.",
        "Por Guía en las dos.",
    ]
    assert [one.stage for one in (first, third)] == [SolutionStage.IN_PROGRESS, SolutionStage.AGREED]
    assert (first.before.text, second.before.text, second.detail) == ("12 días", "45 días", "En la web.")


def test_the_norm_goes_to_the_version_that_had_it(cast: Cast) -> None:
    solution = factories.solution(factories.problem(cast))
    track_enactment(
        actor=cast.ana.actor,
        solution=solution,
        rank=EnactmentRank.LAW,
        norm="Ley 29763",
        published_on=read("julio 2011"),
        now=NOW,
    )
    _revise(cast, solution, "Con reglamento", 10, another_norm=True)
    assert [one.norm for one in _seen(cast.ana, solution)] == ["", "Ley 29763"]


def test_what_was_replaced_while_it_was_the_teams_stays_the_teams(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    solution = factories.solution(factories.problem(cast), "Abierta")
    _revise(cast, solution, "Dicha a todos", 1)
    solution.refresh_from_db()
    set_visibility(
        actor=cast.ana.actor, record=solution, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    _revise(cast, solution, "En trato", 2)
    set_visibility(
        actor=cast.ana.actor, record=solution, visibility=Visibility.MESA, reason="Acordado.", now=NOW
    )
    solution.refresh_from_db()
    assert [one.number for one in _seen(cast.ana, solution)] == [3, 2, 1]
    assert [one.number for one in _seen(cast.marco, solution)] == [3, 1]
    viewer = access.viewer(cast.marco.account, NOW)
    with django_assert_num_queries(4):
        versions_of(viewer, solution, None, ZONE)
