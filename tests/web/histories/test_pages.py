"""The history of a cell and of a row, as a page and as a piece of one."""

import pytest

from destraba.actions.followup.commitments import date_commitment
from destraba.actions.matrix.problems import edit_problem
from destraba.actions.visibility import set_visibility
from destraba.values.fuzzy_dates import read
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast
from tests.web.conftest import Callable, Player, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_thursday")]
Visit = Callable[[Player | None], Visitor]
MESA = "/mesas/forestal"


def test_a_cell_shows_what_stands_there_and_what_stood(cast: Cast, visit: Visit) -> None:
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor, due=read("30/06/2017"))
    date_commitment(actor=cast.ana.actor, commitment=owed, due=read("31/07/2017"), now=NOW)
    page = visit(cast.marco).get(f"{MESA}/commitments/1/history/?field=due")
    assert page.status == 200
    assert "Due of C-1" in page.text
    assert "Now 31 Jul 2017" in page.text
    assert "was 30 Jun 2017 became 31 Jul 2017" in page.text
    assert "The installation · At the command line" in page.text
    assert f"{MESA}/commitments/1/history/" in page.links


def test_a_script_gets_the_piece_alone(cast: Cast, visit: Visit) -> None:
    factories.solution(factories.problem(cast))
    for address in ("problems/1", "solutions/1.1", "solutions/1.1/history/?field=title"):
        path = address if "?" in address else f"{address}/history/"
        piece = visit(cast.marco).get(f"{MESA}/{path}", **{"X-Fragment": "rows"})
        assert piece.status == 200
        assert "<html" not in piece.response.content.decode()
        assert "The installation" in piece.text


def test_a_row_leads_to_each_of_its_cells_and_back(cast: Cast, visit: Visit) -> None:
    problem = factories.problem(cast, "La guía tarda")
    edit_problem(actor=cast.ana.actor, problem=problem, axis="simplification", now=NOW)
    page = visit(cast.marco).get(f"{MESA}/problems/1/history/")
    assert f"{MESA}/problems/1/history/?field=axis" in page.links
    assert f"{MESA}/problems/1/history/" in visit(cast.marco).get(f"{MESA}/problems/1/").links


def test_a_blank_cell_and_a_light_say_so(cast: Cast, visit: Visit) -> None:
    factories.commitment(factories.problem(cast), owner=cast.serfor)
    page = visit(cast.marco).get(f"{MESA}/commitments/1/history/?field=situation")
    assert "Now (blank) Nothing else ever stood here." in page.text
    assert (
        "No light since 15 Jun 2017"
        in visit(cast.marco).get(f"{MESA}/commitments/1/history/?field=light").text
    )
    assert "Priority of P-1" in visit(cast.marco).get(f"{MESA}/problems/1/history/?field=priority").text


def test_what_is_no_cell_and_no_row_is_not_there(cast: Cast, visit: Visit) -> None:
    factories.problem(cast)
    reader = visit(cast.marco)
    for address in ("problems/1/history/?field=due", "problems/1/history/?field=%00", "problems/2/history/"):
        assert reader.get(f"{MESA}/{address}").status == 404
    piece = reader.get(f"{MESA}/problems/1/history/?field=due", **{"X-Fragment": "rows"})
    assert piece.response.content.decode() == "This cell has no history of its own."
    assert reader.post(f"{MESA}/problems/1/history/", {}).status == 405


def test_what_the_team_keeps_has_no_history_for_others(cast: Cast, visit: Visit) -> None:
    problem = factories.problem(cast, "Lo que se calla")
    set_visibility(
        actor=cast.ana.actor, record=problem, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    assert visit(cast.marco).get(f"{MESA}/problems/1/history/").status == 404
    assert visit(cast.ana).get(f"{MESA}/problems/1/history/").status == 200
