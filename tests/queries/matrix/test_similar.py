"""Is it one of these? Across the mesas that somebody reads, and no others."""

from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.problems import move_problem
from destraba.actions.visibility import set_visibility
from destraba.models import Problem
from destraba.queries import access
from destraba.queries.access import Viewer
from destraba.queries.matrix.similar import similar_problems
from destraba.rules.problems import FilterReason, ProblemMove, ProblemStage
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast, Player

TYPED = "Las guías de transporte tardan doce días"


def looking(player: Player) -> Viewer:
    return access.viewer(player.account, NOW)


def numbers(cast: Cast, player: Player, text: str = TYPED, **which: object) -> list[tuple[str, int]]:
    found = similar_problems(looking(player), cast.forestal, text, **which)  # type: ignore[arg-type]
    return [(one.slug, one.number) for one in found]


def set_aside(cast: Cast, problem: Problem, why: FilterReason, other: Problem | None = None) -> None:
    move_problem(
        actor=factories.command(),
        problem=problem,
        move=ProblemMove.FILTER_OUT,
        filter_reason=why,
        duplicate_of=other,
        now=NOW,
    )


def test_each_finds_it_in_the_mesas_that_they_read(cast: Cast) -> None:
    factories.problem(cast)
    factories.problem(cast, "La guía de transporte acuícola tarda días", where=cast.acuicola)
    factories.problem(cast, "Falta crédito a diez años")
    assert numbers(cast, cast.ana) == [("forestal", 1)]
    assert numbers(cast, cast.hilda) == [("forestal", 1), ("acuicola", 1)]
    assert numbers(cast, cast.hilda, only_here=True) == [("forestal", 1)]
    assert numbers(cast, cast.ana, "Exoneración del impuesto") == []
    there = similar_problems(looking(cast.hilda), cast.acuicola, TYPED)
    assert [(one.mesa, one.number) for one in there] == [("Mesa Ejecutiva Forestal", 1), ("", 1)]


def test_what_is_the_teams_alone_is_no_hint_to_others(cast: Cast) -> None:
    problem = factories.problem(cast)
    set_visibility(
        actor=cast.ana.actor, record=problem, visibility=Visibility.TEAM, reason="Aún no.", now=NOW
    )
    assert numbers(cast, cast.ana) == [("forestal", 1)]
    assert numbers(cast, cast.marco) == []


def test_what_was_set_aside_says_so_and_what_repeats_or_is_gone_is_no_answer(cast: Cast) -> None:
    kept, aside, repeated, gone = (factories.problem(cast) for _ in range(4))
    set_aside(cast, aside, FilterReason.DECLARATORY)
    set_aside(cast, repeated, FilterReason.DUPLICATE, kept)
    move_problem(actor=factories.command(), problem=gone, move=ProblemMove.WITHDRAW, reason="Error.", now=NOW)
    found = similar_problems(looking(cast.ana), cast.forestal, TYPED)
    assert [(one.number, one.stage) for one in found] == [
        (1, ProblemStage.ACCEPTED),
        (2, ProblemStage.FILTERED_OUT),
    ]
    assert numbers(cast, cast.ana, besides=kept.pk) == [("forestal", 2)]


def test_an_agency_is_the_same_under_each_of_its_names(cast: Cast) -> None:
    factories.problem(cast, "El OSINFOR tarda en supervisar")
    name = "Organismo de Supervisión de los Recursos Forestales"
    assert numbers(cast, cast.ana, f"Supervisar: tarda el {name}") == [("forestal", 1)]


def test_it_takes_four_statements_however_many_there_are(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = looking(cast.hilda)
    for most in (1, 3):
        for _ in range(most):
            factories.problem(cast)
        with django_assert_num_queries(4):
            similar_problems(viewer, cast.forestal, TYPED)
