"""A mesa at a glance; the end of its quiet; how a new one begins."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.matrix.problems import focus_problem
from destraba.actions.mesas import start_following_up
from destraba.actions.visibility import set_visibility
from destraba.models import Mesa, Problem
from destraba.rules.commitments import CommitmentMove
from destraba.values.fuzzy_dates import read
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, TODAY, Cast, command
from tests.web.visits import Visitor, heads, writes

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
MESA = "/mesas/forestal/"
FOLLOW = "/mesas/forestal/follow/"
RAISE = "/mesas/forestal/problems/"
NEW = "/mesas/new/"


def _red(cast: Cast, title: str = "Aprobar la directiva") -> None:
    owed = factories.commitment(factories.problem(cast, f"Traba de {title}"), title, owner=cast.osinfor)
    owed.due = None
    move_commitment(actor=command(), commitment=owed, move=CommitmentMove.AGREE, now=NOW)


# ---------- overview ----------


def test_it_is_for_those_who_sit_there(cast: Cast, visit: Visit) -> None:
    for who in (cast.ana, cast.marco, cast.lucia, cast.hilda, cast.alto):
        assert visit(who).get(MESA).status == 200
    for stranger in (cast.vecina, cast.antes, cast.admin):
        assert visit(stranger).get(MESA).status == 404
    assert visit(cast.ana).get("/mesas/atlantis/").status == 404
    assert visit().client.get(MESA).status_code == 302


def test_it_says_what_the_mesa_is(cast: Cast, visit: Visit) -> None:
    text = visit(cast.marco).get(MESA).text
    for words in (
        "Launched",
        "Executive Working Group (Peru)",
        "meets every 14 days",
        cast.produce.name,
        "1 Jan 2015",
        "Team Ana Paredes",
        "3 organizations, 5 people",
        "1 empty seat",
    ):
        assert words in text, words


def test_an_empty_mesa_teaches_the_next_step(cast: Cast, visit: Visit) -> None:
    page = visit(cast.ana).get(MESA)
    assert "The Matrix is empty: bring in your spreadsheet or type the first problem into it." in page.text
    assert "/mesas/forestal/import/" in page.links
    assert "its team has not begun it yet" in visit(cast.marco).get(MESA).text
    mesa = factories.mesa("Mesa Logística", "logistica", host=cast.produce)
    head = visit(cast.hilda).get(f"/mesas/{mesa.slug}/")
    assert "Nobody sits here yet: say who the team is." in head.text


def test_a_quiet_mesa_says_so_and_the_team_may_end_it(cast: Cast, visit: Visit) -> None:
    factories.problem(cast)
    team, member = visit(cast.ana).get(MESA), visit(cast.marco).get(MESA)
    assert "This mesa is quiet" in team.text
    assert FOLLOW in team.links
    assert "This mesa is quiet" in member.text
    assert FOLLOW not in member.links


def test_what_is_in_focus_and_what_is_wrong_come_first(cast: Cast, visit: Visit) -> None:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    focused = factories.problem(cast, "La guía tarda 12 días")
    focus_problem(actor=cast.ana.actor, problem=focused, now=NOW)
    _red(cast)
    page = visit(cast.marco).get(MESA)
    assert "In focus 1 of at most 4 P-1 La guía tarda 12 días" in page.text
    assert "Amber Has no date" in page.text
    assert "1 problem" not in page.text
    assert "2 problems, 0 solutions, 1 commitment" in page.text


def test_the_last_movements_are_told_in_sentences(cast: Cast, visit: Visit) -> None:
    for number in range(10):
        factories.problem(cast, f"Traba {number}")
    text = visit(cast.marco).get(MESA).text
    assert "The installation raised P-10: “Traba 9”." in text
    assert "P-3:" in text
    assert "P-2:" not in text


def test_what_is_the_teams_is_neither_shown_nor_counted_nor_told(cast: Cast, visit: Visit) -> None:
    secret = factories.problem(cast, "Traba en trato")
    factories.commitment(secret, "Compromiso en trato", owner=cast.serfor)
    set_visibility(
        actor=cast.ana.actor, record=secret, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    member = visit(cast.marco).get(MESA)
    assert "en trato" not in member.text.casefold()
    assert "0 problems, 0 solutions, 0 commitments" in member.text
    assert "en trato" in visit(cast.ana).get(MESA).text.casefold()


def test_reading_writes_nothing_and_costs_the_same_at_one_row_and_at_three(
    cast: Cast, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def one_more() -> None:
        problem = factories.problem(cast)
        factories.commitment(
            problem, owner=cast.serfor, due=read("junio 2017"), answer_to=factories.solution(problem)
        )
        focus_problem(actor=cast.ana.actor, problem=problem, now=NOW)

    one_more()
    visitor = visit(cast.ana)
    before = heads()
    with CaptureQueriesContext(connection) as queries:
        visitor.get(MESA)
    assert writes(queries.captured_queries) == []
    assert heads() == before
    for rows in (1, 3):
        with django_assert_num_queries(25):
            visitor.get(MESA)
        if rows == 1:
            one_more()
            one_more()


# ---------- raising a problem ----------


def test_a_member_raises_a_problem_in_one_sentence(cast: Cast, visit: Visit) -> None:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    member = visit(cast.marco)
    page = member.post(RAISE, {"title": "El puesto cierra a las cinco", "detail": "Desde marzo."})
    raised = Problem.objects.get()
    assert "It is on record as P-1." in page.text
    assert (raised.stage, raised.raised_by) == ("raised", cast.marco.seat)
    assert "1 problem waits to be accepted: P-1." in visit(cast.ana).get(MESA).text


def test_a_problem_without_words_comes_back_with_the_rest(cast: Cast, visit: Visit) -> None:
    page = visit(cast.marco).post(RAISE, {"title": " ", "detail": "Desde marzo."})
    assert page.status == 422
    assert "Desde marzo." in page.text
    assert Problem.objects.count() == 0


def test_who_only_reads_raises_nothing(cast: Cast, visit: Visit) -> None:
    before = heads()
    assert visit(cast.alto).post(RAISE, {"title": "Otra"}).status == 403
    assert visit(cast.vecina).post(RAISE, {"title": "Otra"}).status == 404
    assert visit(cast.alto).get(RAISE).status == 403
    assert heads() == before


# ---------- the end of the quiet ----------


def test_what_would_happen_is_said_before_it_happens(cast: Cast, visit: Visit) -> None:
    _red(cast)
    page = visit(cast.ana).get(FOLLOW)
    assert "Shown now No light: 1 Shown then Amber: 1" in page.text
    assert "For 1 organization nobody answers yet." in page.text
    assert cast.osinfor.name in page.text
    cast.forestal.refresh_from_db()
    assert cast.forestal.is_quiet


def test_who_would_get_what_is_said_too(
    cast: Cast, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    team = visit(cast.ana)
    assert "Nothing today: nobody owes a word yet." in team.get(FOLLOW).text
    problem = factories.problem(cast)
    for count in (1, 3):
        while problem.commitments.count() < count:
            factories.commitment(problem, owner=cast.serfor)
        with django_assert_num_queries(16):
            page = team.get(FOLLOW)
    lucia = cast.lucia.person
    row = f"{lucia.full_name} {lucia.email} {cast.serfor.name} 3 to accept C-1, C-2, C-3"
    assert row in page.text
    assert "One person, one mail, in the next office hours" in page.text
    assert cast.marco.person.email not in page.text


def test_the_quiet_ends_when_the_team_says_so(cast: Cast, visit: Visit) -> None:
    team = visit(cast.ana)
    page = team.post(FOLLOW, {})
    assert "The mesa is followed up from today" in page.text
    cast.forestal.refresh_from_db()
    assert cast.forestal.following_since == TODAY
    assert team.post(FOLLOW, {}).status == 409
    assert "This mesa is followed up since 15 Jun 2017." in team.get(FOLLOW).text


def test_nobody_but_the_team_ends_it(cast: Cast, visit: Visit) -> None:
    for who, status in ((cast.marco, 403), (cast.hilda, 403), (cast.pilar, 403), (cast.vecina, 404)):
        assert visit(who).get(FOLLOW).status == status
        assert visit(who).post(FOLLOW, {}).status == status
    cast.forestal.refresh_from_db()
    assert cast.forestal.is_quiet


# ---------- a new mesa ----------


def test_the_head_opens_a_mesa_and_is_led_to_its_seats(cast: Cast, visit: Visit) -> None:
    head = visit(cast.hilda)
    form = next(form for form in head.get(NEW).forms if "method_id" in form.fields)
    assert form.fields["method_id"] == "peru-me"
    page = head.post(
        NEW,
        {
            **form.fields,
            "name": "Mesa Logística",
            "works_on": "factor",
            "host": "PRODUCE",
            "installed_on": "2016",
        },
    )
    mesa = Mesa.objects.get(slug="mesa-logistica")
    assert page.response.request["PATH_INFO"] == "/mesas/mesa-logistica/people/"  # type: ignore[attr-defined]
    assert mesa.is_quiet
    assert mesa.is_horizontal
    assert mesa.host == cast.produce
    assert mesa.installed_on is not None


def test_what_a_mesa_can_not_be_is_said_beside_what_was_typed(cast: Cast, visit: Visit) -> None:
    head = visit(cast.hilda)
    form = next(form for form in head.get(NEW).forms if "method_id" in form.fields)
    before = heads()
    for status, typed in (
        (422, {"name": ""}),
        (422, {"name": "x" * 121}),
        (409, {"name": "Otra", "slug": "forestal"}),
        (409, {"name": "Nueva", "slug": "new"}),
        (422, {"name": "Otra", "slug": "con espacios"}),
        (422, {"name": "Otra", "method_id": "atlantis"}),
        (422, {"name": "Otra", "host": "Nadie SA"}),
        (422, {"name": "Otra", "installed_on": "31/02/2016"}),
        (422, {"name": "Otra", "works_on": "everything"}),
        (422, {"name": "日本"}),
    ):
        page = head.post(NEW, {**form.fields, **typed})
        assert page.status == status, typed
        assert typed["name"] in page.response.content.decode()
    assert heads() == before
    assert Mesa.objects.count() == 2


def test_nobody_but_the_head_opens_one(cast: Cast, visit: Visit) -> None:
    posted = {"name": "Otra", "method_id": "peru-me"}
    for who, status in (
        (cast.ana, 403),
        (cast.pilar, 403),
        (cast.alto, 403),
        (cast.ejes, 403),
        (cast.admin, 404),
    ):
        assert visit(who).get(NEW).status == status
        assert visit(who).post(NEW, posted).status == status
    assert visit().client.get(NEW).status_code == 302
    assert Mesa.objects.count() == 2
