"""A solution is applied place by place, and shows the place that is furthest behind."""

from destraba.actions.matrix.enactments import track_enactment
from destraba.actions.matrix.places import advance_place, advance_places, list_place, list_places
from destraba.actions.matrix.problems import confirm_resolved
from destraba.actions.matrix.solutions import move_solution
from destraba.actions.people import add_place
from destraba.ledger.replay import entries_of
from destraba.models import OrganizationKind, Place, Solution, SolutionPlace
from destraba.rules.solutions import EnactmentRank, SolutionMove, SolutionStage
from destraba.values.errors import Conflict, Invalid, NotAllowed
from destraba.values.fuzzy_dates import read
from destraba.values.places import PlaceKind
from tests import factories
from tests.actions.saying import LATER, because, kinds_of, refused
from tests.factories import NOW, Cast, command


def _enacted(cast: Cast) -> Solution:
    """Its norm is in the gazette."""
    solution = factories.solution(factories.problem(cast))
    track_enactment(
        actor=cast.ana.actor,
        solution=solution,
        rank=EnactmentRank.SUPREME_DECREE,
        norm="DS 020-2015-MINAGRI",
        published_on=read("30/09/2015"),
        now=NOW,
    )
    return move_solution(actor=cast.ana.actor, solution=solution, move=SolutionMove.ENACT, now=NOW)


def _listed(cast: Cast, solution: Solution, *names: str) -> list[SolutionPlace]:
    return [list_place(actor=cast.ana.actor, solution=solution, name=name, now=NOW) for name in names]


def _tell(cast: Cast, place: SolutionPlace, move: SolutionMove, note: str = "Se vio en la oficina.") -> None:
    advance_place(actor=cast.ana.actor, listed=place, move=move, note=note, reason=note, now=LATER)


def test_a_place_is_taken_from_the_tree_or_added_to_it(cast: Cast) -> None:
    solution = _enacted(cast)
    loreto, office = _listed(cast, solution, "Loreto", "Oficina de Pucallpa")
    again = list_place(actor=cast.ana.actor, solution=_enacted(cast), name=" LORETO", now=NOW)
    assert again.place == loreto.place
    assert office.place.kind == PlaceKind.REGION
    assert Place.objects.count() == 2
    assert sorted(kinds_of(loreto, loreto.place)) == ["place.added", "solution_place.listed"]


def test_a_place_is_listed_once_and_by_the_team(cast: Cast) -> None:
    solution = _enacted(cast)
    _listed(cast, solution, "Loreto")
    with refused(Conflict, "place_listed"):
        list_place(actor=cast.ana.actor, solution=solution, name="loreto", now=NOW)
    with refused(Invalid, "required"):
        list_place(actor=cast.ana.actor, solution=solution, name=" ", now=NOW)
    with refused(NotAllowed, "not_your_role"):
        list_place(actor=cast.marco.actor, solution=solution, name="Ucayali", now=NOW)


def test_the_solution_shows_the_place_that_is_furthest_behind(cast: Cast) -> None:
    solution = _enacted(cast)
    loreto, ucayali = _listed(cast, solution, "Loreto", "Ucayali")
    _tell(cast, loreto, SolutionMove.APPLY)
    assert _stage(solution) == SolutionStage.ENACTED
    _tell(cast, ucayali, SolutionMove.PILOT)
    assert _stage(solution) == SolutionStage.PILOTED
    _tell(cast, ucayali, SolutionMove.APPLY)
    assert _stage(solution) == SolutionStage.APPLIED
    assert (loreto.stage, loreto.note) == (SolutionStage.APPLIED, "Se vio en la oficina.")


def test_a_place_listed_late_brings_an_applied_solution_back_to_paper(cast: Cast) -> None:
    solution = _enacted(cast)
    (loreto,) = _listed(cast, solution, "Loreto")
    _tell(cast, loreto, SolutionMove.APPLY)
    solution.refresh_from_db()
    (ucayali,) = _listed(cast, solution, "Ucayali")
    assert ucayali.stage == SolutionStage.ENACTED
    assert _stage(solution) == SolutionStage.ENACTED


def test_what_was_not_seen_is_not_applied(cast: Cast) -> None:
    (loreto,) = _listed(cast, _enacted(cast), "Loreto")
    with refused(Conflict, "observation_missing"):
        _tell(cast, loreto, SolutionMove.APPLY, note="")
    with refused(Conflict, "reason_missing"):
        _tell(cast, loreto, SolutionMove.DROP, note="")


def test_nothing_is_applied_before_its_norm(cast: Cast) -> None:
    solution = factories.solution(factories.problem(cast))
    (loreto,) = _listed(cast, solution, "Loreto")
    assert loreto.stage == SolutionStage.PROPOSED
    with refused(Conflict, "norm_missing"):
        _tell(cast, loreto, SolutionMove.APPLY)


def test_a_norm_is_one_for_all_places(cast: Cast) -> None:
    solution = _enacted(cast)
    loreto, ucayali = _listed(cast, solution, "Loreto", "Ucayali")
    _tell(cast, loreto, SolutionMove.APPLY)
    solution.refresh_from_db()
    move_solution(
        actor=cast.ana.actor,
        solution=solution,
        move=SolutionMove.REVISE,
        reason="Solo sirve con internet.",
        revision={"title": "Guía en papel y electrónica"},
        now=LATER,
    )
    for place in (loreto, ucayali):
        place.refresh_from_db()
        assert (place.stage, place.note) == (SolutionStage.AGREED, "")
    move_solution(actor=cast.ana.actor, solution=solution, move=SolutionMove.ENACT, now=LATER)
    loreto.refresh_from_db()
    assert (loreto.stage, _stage(solution)) == (SolutionStage.ENACTED, SolutionStage.ENACTED)


def test_what_happens_on_the_ground_is_told_for_each_place(cast: Cast) -> None:
    solution = _enacted(cast)
    (loreto,) = _listed(cast, solution, "Loreto")
    two = [cast.conafor, factories.organization("Maderas del Norte", "MADENOR", kind=OrganizationKind.FIRM)]
    telling = {"actor": cast.ana.actor, "solution": solution, "observation": "Se vio.", "now": LATER}
    with refused(Conflict, "told_by_place"):
        move_solution(move=SolutionMove.APPLY, **telling)
    with refused(Conflict, "told_by_place"):
        move_solution(move=SolutionMove.PILOT, **telling)
    with refused(Conflict, "places_first"):
        move_solution(move=SolutionMove.CONFIRM_EFFECT, confirmed_by=two, **telling)
    _tell(cast, loreto, SolutionMove.APPLY)
    solution.refresh_from_db()
    with refused(Conflict, "told_by_place"):
        move_solution(move=SolutionMove.FIND_NOT_APPLIED, reason="Ya no.", **telling)
    move_solution(move=SolutionMove.CONFIRM_EFFECT, confirmed_by=two, **telling)
    loreto.refresh_from_db()
    assert loreto.stage == SolutionStage.EFFECTIVE


def test_where_it_is_found_not_applied_the_solution_falls_with_the_reason(cast: Cast) -> None:
    solution = _enacted(cast)
    (loreto,) = _listed(cast, solution, "Loreto")
    _tell(cast, loreto, SolutionMove.APPLY)
    _tell(cast, loreto, SolutionMove.FIND_NOT_APPLIED, "La oficina pide la guía de antes.")
    assert because(loreto) == "La oficina pide la guía de antes."
    assert _stage(solution) == SolutionStage.ENACTED


def test_a_place_that_is_no_longer_required_holds_nothing_back_and_may_return(cast: Cast) -> None:
    solution = _enacted(cast)
    loreto, ucayali = _listed(cast, solution, "Loreto", "Ucayali")
    _tell(cast, loreto, SolutionMove.APPLY)
    _tell(cast, ucayali, SolutionMove.DROP, "Allí no hay plantaciones.")
    assert _stage(solution) == SolutionStage.APPLIED
    solution.refresh_from_db()
    (back,) = _listed(cast, solution, "Ucayali")
    assert back == ucayali
    assert back.stage == SolutionStage.ENACTED
    assert _stage(solution) == SolutionStage.ENACTED


def test_a_dropped_solution_is_told_nowhere_and_its_places_wait(cast: Cast) -> None:
    solution = _enacted(cast)
    (loreto,) = _listed(cast, solution, "Loreto")
    move_solution(
        actor=cast.ana.actor, solution=solution, move=SolutionMove.DROP, reason="Nadie la quiere.", now=LATER
    )
    loreto.refresh_from_db()
    assert loreto.stage == SolutionStage.ENACTED
    with refused(Conflict, "no_such_move"):
        _tell(cast, SolutionPlace.objects.get(pk=loreto.pk), SolutionMove.APPLY)
    move_solution(
        actor=cast.ana.actor,
        solution=solution,
        move=SolutionMove.TAKE_UP_AGAIN,
        reason="La piden.",
        now=LATER,
    )
    loreto.refresh_from_db()
    assert loreto.stage == SolutionStage.PROPOSED


def test_a_move_of_the_whole_is_no_move_of_a_place(cast: Cast) -> None:
    (loreto,) = _listed(cast, _enacted(cast), "Loreto")
    with refused(Conflict, "no_such_move"):
        _tell(cast, loreto, SolutionMove.REVISE)
    with refused(NotAllowed, "not_your_role"):
        advance_place(
            actor=cast.marco.actor, listed=loreto, move=SolutionMove.APPLY, note="Lo vi.", now=LATER
        )


def _stage(solution: Solution) -> str:
    return Solution.objects.get(pk=solution.pk).stage


def _place(cast: Cast, name: str, parent: Place | None = None) -> Place:
    return add_place(actor=command(), name=name, kind=PlaceKind.REGION, parent=parent, now=NOW)


def test_all_that_lies_in_a_place_is_listed_at_once(cast: Cast) -> None:
    peru = _place(cast, "Perú")
    for name in ("Loreto", "Ucayali"):
        _place(cast, name, peru)
    solution = _enacted(cast)
    _listed(cast, solution, "Loreto")
    listed = list_places(actor=cast.ana.actor, solution=solution, within=peru, names=["Puno"], now=NOW)
    assert [one.place.name for one in listed] == ["Puno", "Ucayali"]
    with refused(Conflict, "place_listed"):
        list_places(actor=cast.ana.actor, solution=solution, within=peru, now=NOW)
    with refused(Invalid, "places_missing"):
        list_places(actor=cast.ana.actor, solution=solution, now=NOW)
    with refused(Invalid, "places_missing"):
        list_places(actor=cast.ana.actor, solution=solution, within=listed[0].place, now=NOW)


def test_many_are_listed_in_one_change_set_and_each_once(cast: Cast) -> None:
    peru = _place(cast, "Perú")
    solution = _enacted(cast)
    listed = list_places(
        actor=cast.ana.actor,
        solution=solution,
        names=["Puno", "PUNO ", "Cusco"],
        kind=PlaceKind.REGION,
        parent=peru,
        now=NOW,
    )
    assert [(one.place.name, one.place.parent) for one in listed] == [("Puno", peru), ("Cusco", peru)]
    entries = entries_of({"solutionplace": [one.pk for one in listed]})
    assert len(entries) == 2
    assert len({entry.change_set for entry in entries}) == 1


def test_what_was_seen_once_is_told_of_several_places_together(cast: Cast) -> None:
    solution = _enacted(cast)
    places = _listed(cast, solution, "Loreto", "Ucayali", "Puno")
    advance_places(
        actor=cast.ana.actor, listed=places[:2], move=SolutionMove.APPLY, note="Lo vio CONAFOR.", now=LATER
    )
    assert {(one.stage, one.note) for one in places[:2]} == {(SolutionStage.APPLIED, "Lo vio CONAFOR.")}
    assert _stage(solution) == SolutionStage.ENACTED
    solution.refresh_from_db()
    advance_places(
        actor=cast.ana.actor, listed=places[2:], move=SolutionMove.APPLY, note="También.", now=LATER
    )
    assert _stage(solution) == SolutionStage.APPLIED


def test_all_of_them_move_or_none(cast: Cast) -> None:
    solution, other = _enacted(cast), _enacted(cast)
    loreto, ucayali = _listed(cast, solution, "Loreto", "Ucayali")
    (elsewhere,) = _listed(cast, other, "Puno")
    _tell(cast, loreto, SolutionMove.APPLY)
    telling = {"actor": cast.ana.actor, "note": "Se vio.", "now": LATER}
    with refused(Conflict, "place_can_not"):
        advance_places(listed=[ucayali, loreto], move=SolutionMove.APPLY, **telling)
    with refused(Invalid, "unknown_row"):
        advance_places(listed=[ucayali, elsewhere], move=SolutionMove.APPLY, **telling)
    with refused(Invalid, "places_unticked"):
        advance_places(listed=[], move=SolutionMove.APPLY, **telling)
    with refused(NotAllowed, "not_your_role"):
        advance_places(listed=[ucayali], move=SolutionMove.APPLY, **{**telling, "actor": cast.marco.actor})


def test_a_place_where_it_is_not_applied_after_all_takes_the_resolution_back(cast: Cast) -> None:
    solution = _enacted(cast)
    (loreto,) = _listed(cast, solution, "Loreto")
    _tell(cast, loreto, SolutionMove.APPLY)
    confirm_resolved(actor=cast.ana.actor, problem=solution.problem, note="Ya no.", now=LATER)
    _tell(cast, loreto, SolutionMove.FIND_NOT_APPLIED, note="Volvieron a pedirla.")
    solution.problem.refresh_from_db()
    assert solution.problem.resolved_on is None
    assert because(solution.problem) == "Volvieron a pedirla."
