"""The pages of a problem, a solution and a commitment: who sees them, what they show, what they cost."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.commitments import edit_commitment, set_collaborators
from destraba.actions.matrix.enactments import ask_opinion
from destraba.actions.matrix.places import list_place
from destraba.actions.matrix.problems import focus_problem, raise_problem, unfocus_problem
from destraba.actions.visibility import set_visibility
from destraba.models import Organization
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, TODAY, Cast
from tests.web.things.stage import COMMITMENT, PAGES, PROBLEM, SOLUTION, Scene
from tests.web.visits import Visitor, heads, writes

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]


def test_they_are_for_those_who_sit_here(cast: Cast, scene: Scene, visit: Visit) -> None:
    seen = {
        who: {visit(getattr(cast, who)).get(path).status for path in PAGES}
        for who in (
            "ana",
            "teo",
            "pilar",
            "marco",
            "lucia",
            "hilda",
            "alto",
            "ejes",
            "admin",
            "vecina",
            "antes",
        )
    }
    shut = {"ejes", "admin", "vecina", "antes"}
    assert seen == {who: {404} if who in shut else {200} for who in seen}


def test_whoever_is_not_signed_in_is_sent_to_sign_in_whether_it_exists_or_not(
    scene: Scene, visit: Visit
) -> None:
    for path in (*PAGES, "/mesas/forestal/problems/99/", "/mesas/atlantis/problems/1/"):
        answer = visit().client.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/accounts/login/?{urlencode({'next': path})}"


def test_a_number_that_is_none_is_no_page(cast: Cast, scene: Scene, visit: Visit) -> None:
    visitor = visit(cast.ana)
    for path in (
        "forestal/problems/2/",
        "forestal/problems/0/",
        "forestal/problems/99999999999999999999/",
        f"forestal/problems/{'9' * 5000}/",
        "forestal/problems/-1/",
        "forestal/problems/uno/",
        "forestal/solutions/1.2/",
        "forestal/solutions/2.1/",
        "forestal/solutions/1/",
        "forestal/commitments/2/",
        "forestal/commitments/1%00/",
        "acuicola/commitments/1/",
        "atlantis/commitments/1/",
    ):
        assert visitor.get(f"/mesas/{path}").status == 404, path


def test_what_is_the_teams_is_no_page_for_a_member(cast: Cast, scene: Scene, visit: Visit) -> None:
    set_visibility(
        actor=cast.ana.actor, record=scene.solution, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    member, team = visit(cast.marco), visit(cast.ana)
    assert member.get(SOLUTION).status == member.get(COMMITMENT).status == 404
    assert team.get(SOLUTION).status == team.get(COMMITMENT).status == 200
    shown = member.get(PROBLEM)
    assert scene.solution.title not in shown.text
    assert scene.commitment.title not in shown.text


def test_a_problem_says_what_it_needs_and_what_hangs_below(cast: Cast, scene: Scene, visit: Visit) -> None:
    page = visit(cast.ana).get(PROBLEM)
    assert scene.problem.title in page.text
    assert "No solution has been agreed on yet." in page.text
    for href in (SOLUTION, COMMITMENT, "/mesas/forestal/matrix/"):
        assert href in page.links
    assert "raised P-1" in page.text


def test_a_problem_that_a_member_raised_waits_for_the_team(cast: Cast, visit: Visit) -> None:
    raise_problem(
        actor=cast.marco.actor,
        mesa=cast.forestal,
        title="Cierra a las cinco",
        raised_by=cast.marco.seat,
        now=NOW,
    )
    assert "It waits for you" in visit(cast.ana).get(PROBLEM).text
    member = visit(cast.marco).get(PROBLEM)
    assert "It waits for the team" in member.text
    assert cast.conafor.name in member.text
    assert member.acts == set()


def test_a_solution_says_what_the_next_rungs_need(cast: Cast, scene: Scene, visit: Visit) -> None:
    page = visit(cast.ana).get(SOLUTION)
    assert "Give the date on which the norm was published." in page.text
    assert "It is applied place by place" in page.text
    assert "First it has to be applied in every place" in page.text
    assert f"{cast.osinfor.name} silent since 15 Jun 2017" in page.text
    reader = visit(cast.marco).get(SOLUTION)
    assert "Give the date on which the norm was published." not in reader.text


def test_a_commitment_shows_its_verdict_and_the_day_it_would_change(
    cast: Cast, scene: Scene, visit: Visit
) -> None:
    page = visit(cast.marco).get(COMMITMENT)
    assert "Grey computed Asked; an answer is due by 22 Jun 2017" in page.text
    assert "If nothing happens, this changes on 23 Jun 2017." in page.text
    assert "Lucía Farfán" in page.text
    assert page.acts == set()


def test_the_story_strikes_the_old_value_above_the_new(cast: Cast, scene: Scene, visit: Visit) -> None:
    visitor = visit(cast.ana)
    visitor.fill_in(COMMITMENT, "date", due="31/07/2017")
    page = visitor.get(COMMITMENT)
    assert "was 30 Jun 2017 now 31 Jul 2017" in page.text
    assert page.text.index("31 Jul 2017") < page.text.index("asked for C-1")


def test_reading_writes_nothing(cast: Cast, scene: Scene, visit: Visit) -> None:
    before = heads()
    for who in (cast.ana, cast.marco):
        visitor = visit(who)
        for path in PAGES:
            with CaptureQueriesContext(connection) as queries:
                assert visitor.get(path).status == 200
            assert writes(queries.captured_queries) == []
    assert heads() == before


def _more_of_everything(cast: Cast, scene: Scene, organization: Organization) -> None:
    """One more solution, place, opinion, helper, commitment below and commitment that waits."""
    team = cast.ana.actor
    title = organization.name
    factories.commitment(
        scene.problem, title, owner=organization, answer_to=factories.solution(scene.problem, title)
    )
    scene.solution.refresh_from_db()
    factories.commitment(scene.problem, title, owner=organization, answer_to=scene.solution)
    list_place(actor=team, solution=scene.solution, name=title, now=NOW)
    ask_opinion(
        actor=team,
        enactment=scene.solution.enactment,
        organization=organization,
        asked_on=TODAY,
        now=NOW,
    )
    scene.commitment.refresh_from_db()
    helpers = [one.organization for one in scene.commitment.collaborations.filter(withdrawn_at=None)]
    set_collaborators(
        actor=team, commitment=scene.commitment, organizations=[*helpers, organization], now=NOW
    )
    waiting = factories.commitment(scene.problem, title, owner=organization)
    edit_commitment(actor=team, commitment=waiting, waits_for_commitment=scene.commitment, now=NOW)
    scene.problem.refresh_from_db()
    focus_problem(actor=team, problem=scene.problem, now=NOW)
    unfocus_problem(actor=team, problem=scene.problem, now=NOW)


def test_the_number_of_statements_does_not_grow_with_the_rows(
    cast: Cast, scene: Scene, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    team, member = visit(cast.ana), visit(cast.marco)
    _more_of_everything(cast, scene, cast.produce)
    for rows in (1, 3):
        with django_assert_num_queries(23):
            team.get(PROBLEM)
        with django_assert_num_queries(22):
            member.get(PROBLEM)
        with django_assert_num_queries(33):
            team.get(SOLUTION)
        with django_assert_num_queries(30):
            member.get(SOLUTION)
        with django_assert_num_queries(26):
            team.get(COMMITMENT)
        with django_assert_num_queries(25):
            member.get(COMMITMENT)
        if rows == 1:
            _more_of_everything(cast, scene, cast.ucayali)
            _more_of_everything(cast, scene, cast.conafor)
