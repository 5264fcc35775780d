"""The first page: what I owe, and the mesas that I sit in."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.matrix.problems import raise_problem
from destraba.actions.mesas import start_following_up
from destraba.actions.visibility import set_visibility
from destraba.rules.commitments import CommitmentMove
from destraba.rules.permissions import Role
from destraba.values.fuzzy_dates import read
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast, command
from tests.web.visits import Visitor, heads, writes

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]


def test_whoever_is_not_signed_in_signs_in_first(cast: Cast, visit: Visit) -> None:
    assert visit().client.get("/").headers["Location"] == "/accounts/login/?next=%2F"


def test_one_sees_the_mesas_that_one_sits_in(cast: Cast, visit: Visit) -> None:
    for who, mesas in (
        (cast.marco, ["/mesas/forestal/"]),
        (cast.vecina, ["/mesas/acuicola/"]),
        (cast.hilda, ["/mesas/acuicola/", "/mesas/forestal/"]),
        (cast.antes, []),
        (cast.admin, []),
    ):
        links = set(visit(who).get("/").links)
        assert sorted(links & {"/mesas/acuicola/", "/mesas/forestal/"}) == mesas


def test_whoever_has_no_seat_is_told_whom_to_ask(cast: Cast, visit: Visit) -> None:
    assert "You have no seat in a mesa" in visit(cast.antes).get("/").text


def test_the_head_is_offered_a_new_mesa(cast: Cast, visit: Visit) -> None:
    assert "/mesas/new/" in visit(cast.hilda).get("/").links
    assert "/mesas/new/" not in visit(cast.ana).get("/").links


def test_the_team_sees_what_waits_for_its_word(cast: Cast, visit: Visit) -> None:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    raise_problem(actor=cast.marco.actor, mesa=cast.forestal, title="Cierra a las cinco", now=NOW)
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor)
    for move in (CommitmentMove.AGREE, CommitmentMove.REPORT_DONE):
        move_commitment(actor=command(), commitment=owed, move=move, now=NOW)
    text = visit(cast.ana).get("/").text
    assert "1 problem to accept" in text
    assert "1 commitment to confirm" in text
    assert "2 things wait for your word; begin with Mesa Ejecutiva Forestal." in text
    assert "to accept" not in visit(cast.marco).get("/").text


def test_a_liaison_sees_what_the_agency_owes_worst_first(cast: Cast, visit: Visit) -> None:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    problem = factories.problem(cast)
    for title, owner in (
        ("Lo de la entidad", cast.serfor),
        ("Lo del asiento", cast.lucia.seat),
        ("Lo de otros", cast.osinfor),
    ):
        factories.commitment(problem, title, owner=owner, due=read("30/06/2017"))
    late = factories.commitment(problem, "Lo vencido", owner=cast.serfor, due=read("01/06/2017"))
    move_commitment(actor=command(), commitment=late, move=CommitmentMove.AGREE, now=NOW)
    text = visit(cast.lucia).get("/").text
    assert "2 commitments wait for your answer; the first is C-1." in text
    assert text.index("Lo vencido") < text.index("Lo de la entidad") < text.index("Lo del asiento")
    assert "Lo de otros" not in text


def test_a_liaison_for_all_mesas_owes_in_all_of_them(cast: Cast, visit: Visit) -> None:
    everywhere = factories.player("Nora Díaz", cast.osinfor, Role.LIAISON, None)
    factories.commitment(factories.problem(cast), "Lo de Forestal", owner=cast.osinfor)
    text = visit(everywhere).get("/").text
    assert "What you owe" not in text
    seated = factories.player("Luz Rey", cast.osinfor, Role.LIAISON, cast.forestal)
    assert "Lo de Forestal" in visit(seated).get("/").text


def test_what_is_the_teams_is_neither_shown_nor_counted(cast: Cast, visit: Visit) -> None:
    problem = factories.problem(cast)
    factories.commitment(problem, "Lo secreto", owner=cast.serfor)
    set_visibility(
        actor=cast.ana.actor, record=problem, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    text = visit(cast.lucia).get("/").text
    assert "Lo secreto" not in text
    assert "Problems: 0" not in text
    assert "Quiet Host: Ministerio de la Producción 0" in text


def test_a_long_list_is_cut_and_says_so(cast: Cast, visit: Visit) -> None:
    problem = factories.problem(cast)
    for number in range(14):
        factories.commitment(problem, f"Acción {number}", owner=cast.serfor)
    assert "And 2 more, in the Matrix." in visit(cast.lucia).get("/").text


def test_reading_writes_nothing_and_costs_the_same_at_one_row_and_at_three(
    cast: Cast, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    factories.commitment(factories.problem(cast), owner=cast.serfor)
    liaison, head = visit(cast.lucia), visit(cast.hilda)
    before = heads()
    with CaptureQueriesContext(connection) as queries:
        liaison.get("/")
    assert writes(queries.captured_queries) == []
    assert heads() == before
    for rows in (1, 3):
        with django_assert_num_queries(8):
            liaison.get("/")
        with django_assert_num_queries(7):
            head.get("/")
        if rows == 1:
            for slug in ("logistica", "textil"):
                mesa = factories.mesa(f"Mesa {slug}", slug, host=cast.produce)
                factories.commitment(factories.problem(cast, where=mesa), owner=cast.serfor)
            for _ in range(2):
                factories.commitment(factories.problem(cast), owner=cast.serfor)
