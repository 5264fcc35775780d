"""A solution from its page: its norm station by station, its places together, its versions, its funding."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.enactments import track_enactment
from destraba.actions.people import add_place
from destraba.models import Enactment, Solution
from destraba.rules.solutions import EnactmentRank
from destraba.values.places import PlaceKind
from destraba.values.quantities import Qualifier
from tests import factories
from tests.factories import NOW, Cast, command
from tests.web.things.stage import SOLUTION, Scene
from tests.web.visits import Visitor, heads

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
FUNDING = "/mesas/forestal/funding/"
STATIONS = {"draft", "ask_opinion", "opinion", "prepublish", "sign", "publish", "norm"}


def test_each_station_of_a_norm_has_its_form_until_it_is_reached(
    cast: Cast, scene: Scene, visit: Visit
) -> None:
    team = visit(cast.ana)
    assert team.get(SOLUTION).acts >= STATIONS
    team.fill_in(SOLUTION, "draft", drafted_on="mayo 2017", drafter="SERFOR")
    team.fill_in(SOLUTION, "opinion", state="favourable", answered_on="2017-06-15")
    page = team.fill_in(SOLUTION, "prepublish", prepublished_on="1/6/2017", comments_until="2017-06-30")
    assert "open for comments until 30 Jun 2017" in page.text
    page = team.fill_in(SOLUTION, "sign", signed_on="14/06/2017")
    assert "signed; waits for the gazette since 14 Jun 2017 1 day" in page.text
    assert page.acts & STATIONS == {"ask_opinion", "publish", "norm"}
    page = team.fill_in(
        SOLUTION, "publish", norm="Ley 30000", published_on="15/6/2017", awaits_regulations="on"
    )
    assert "waits for its regulations" in page.text
    page = team.fill_in(SOLUTION, "regulate", norm="DS 1-2017", published_on="15/6/2017")
    assert "in force since 15 Jun 2017" in page.text
    assert page.acts & STATIONS == {"norm"}
    track = Enactment.objects.get(solution=scene.solution)
    assert (track.norm, track.awaits_regulations, track.rank) == ("DS 1-2017", False, "guideline")


def test_a_norm_is_opened_with_its_rank_or_none_is_needed(cast: Cast, scene: Scene, visit: Visit) -> None:
    factories.solution(scene.problem, "Otra")
    team, other = visit(cast.ana), "/mesas/forestal/solutions/1.2/"
    assert team.get(other).acts & (STATIONS | {"open_norm"}) == {"open_norm"}
    page = team.fill_in(other, "open_norm", rank="none_needed")
    assert page.acts & (STATIONS | {"open_norm"}) == {"norm"}


def test_a_garbled_station_is_refused_in_words(cast: Cast, scene: Scene, visit: Visit) -> None:
    team, before = visit(cast.ana), heads()
    for act, typed in {
        "sign": {"signed_on": "31/02/2017"},
        "publish": {"published_on": "ayer", "norm": "Ley"},
        "prepublish": {"prepublished_on": "1/6/2017", "comments_until": "2017-13-45"},
        "draft": {"drafted_on": "9999", "drafter": "Nadie"},
        "norm": {"rank": "bula"},
    }.items():
        page = team.fill_in(SOLUTION, act, **typed)
        assert (page.status, page.form(act).is_open) == (422, True), act
    assert heads() == before


def test_all_that_lies_in_a_place_is_offered_and_listed(cast: Cast, scene: Scene, visit: Visit) -> None:
    peru = add_place(actor=command(), name="Perú", kind=PlaceKind.COUNTRY, now=NOW)
    add_place(actor=command(), name="Loreto", kind=PlaceKind.REGION, parent=peru, now=NOW)
    team = visit(cast.ana)
    assert team.get(SOLUTION).form("list_place").choices["within"] == ["", str(peru.pk)]
    page = team.fill_in(SOLUTION, "list_place", within=str(peru.pk), names="Puno", parent="peru")
    assert "0 of 3 applied" in page.text
    for typed, status in (
        ({"names": ""}, 422),
        ({"names": "Cusco", "parent": "Atlántida"}, 422),
        ({"names": "Loreto"}, 409),
        ({"names": "", "within": "no-es-clave"}, 422),
        ({"names": "x" * 300}, 422),
    ):
        assert team.fill_in(SOLUTION, "list_place", **typed).status == status, typed


def test_without_a_tick_nothing_is_told_and_what_was_typed_stays(
    cast: Cast, scene: Scene, visit: Visit
) -> None:
    team = visit(cast.ana)
    team.fill_in(SOLUTION, "list_place", names="Loreto")
    page = team.fill_in(SOLUTION, "place", move="drop", note="No hay plantaciones.")
    assert page.status == 422
    assert "Tick the places that this is about." in page.text
    assert "No hay plantaciones." in page.text


def test_revising_is_offered_where_an_effect_is_asked_for(cast: Cast, scene: Scene, visit: Visit) -> None:
    other = factories.solution(scene.problem, "Otra")
    track_enactment(actor=cast.ana.actor, solution=other, rank=EnactmentRank.NONE_NEEDED, now=NOW)
    team, path = visit(cast.ana), "/mesas/forestal/solutions/1.2/"
    assert team.get(path).acts & {"revise", "without_effect"} == set()
    team.fill_in(path, "start")
    assert team.get(path).acts & {"revise", "without_effect"} == {"revise"}
    page = team.fill_in(path, "apply", observed_on="junio 2017", observation="Se usa.")
    assert page.acts & {"revise", "without_effect"} == {"without_effect"}
    assert team.fill_in(path, "without_effect", reason="").status == 422
    page = team.fill_in(path, "without_effect", detail="Con talonario.", reason="Sin internet no sirve.")
    assert "version 1 15 Jun 2017 to 15 Jun 2017 Applied" in page.text
    assert "Sin internet no sirve." in page.text
    other.refresh_from_db()
    assert (other.stage, other.revision, other.detail) == ("agreed", 2, "Con talonario.")


def test_figures_are_read_as_people_write_them_and_their_words_stay(
    cast: Cast, scene: Scene, visit: Visit
) -> None:
    page = visit(cast.ana).fill_in(SOLUTION, "edit", before="6-12 months", after="45 días", goal="US$ 1m")
    for words in ("6-12 months", "45 días", "US$ 1m"):
        assert words in page.text
    solution = Solution.objects.get(pk=scene.solution.pk)
    kinds = [one and one.qualifier for one in (solution.before, solution.after, solution.goal)]
    assert kinds == [Qualifier.RANGE, Qualifier.EXACT, Qualifier.WORDS]


def test_what_waits_for_money_is_listed_with_its_window(
    cast: Cast, scene: Scene, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    team = visit(cast.ana)
    assert "Nothing waits for money" in team.get(FUNDING).text
    assert FUNDING not in team.get("/mesas/forestal/").links
    page = team.fill_in(SOLUTION, "funding", funding="unfunded", budget_window_on="2017-06-30")
    assert "budget to be asked for by 30 Jun 2017, in 2 weeks" in page.text
    assert FUNDING in page.links
    page = team.get(FUNDING)
    assert "The next budget window closes on 30 Jun 2017, in 2 weeks." in page.text
    assert SOLUTION in page.links
    assert FUNDING in team.get("/mesas/forestal/").links
    for rows in (1, 3):
        with django_assert_num_queries(6):
            team.get(FUNDING)
        if rows == 1:
            for title in ("Otra", "Otra más"):
                factories.solution(factories.problem(cast, title), title)


def test_a_window_that_goes_with_no_budget_is_refused(cast: Cast, scene: Scene, visit: Visit) -> None:
    team = visit(cast.ana)
    for funding, window in (("fund", "2017-06-30"), ("", "2017-06-30"), ("oro", ""), ("budget", "mañana")):
        page = team.fill_in(SOLUTION, "funding", funding=funding, budget_window_on=window)
        assert page.status == 422, funding
    team.fill_in(SOLUTION, "funding", funding="unfunded", budget_window_on="2016-12-31")
    page = team.get(FUNDING)
    assert "No budget window is known" in page.text
    assert "31 Dec 2016" in page.text
