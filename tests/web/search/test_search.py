"""The page of the search, and the list that the dialog gets."""

import gzip
from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.problems import edit_problem
from destraba.ledger.search.marks import Findable
from tests import factories
from tests.actions.meetings.rounds import held
from tests.factories import Cast
from tests.web.visits import Page, Visitor

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
PAGE = "/search/"
LIST = {"X-Fragment": "search"}


def html(page: Page) -> str:
    return page.response.content.decode()


def test_what_is_found_stands_under_its_kind_with_the_way_there(cast: Cast, visit: Visit) -> None:
    problem = factories.problem(cast, "El flete sube")
    factories.commitment(problem, "Fijar el flete", cast.serfor)
    page = visit(cast.marco).get(f"{PAGE}?q=fletes")
    assert "/mesas/forestal/problems/1/" in page.links
    assert "/mesas/forestal/commitments/1/" in page.links
    assert "El <mark>flete</mark> sube" in html(page)
    assert "Mesa Ejecutiva Forestal" in page.text
    assert "Servicio Nacional Forestal y de Fauna Silvestre" in page.text


def test_a_number_leads_straight_to_its_page(cast: Cast, visit: Visit) -> None:
    factories.problem(cast)
    response = visit(cast.marco).client.get(f"{PAGE}?q=P-1")
    assert (response.status_code, response["Location"]) == (302, "/mesas/forestal/problems/1/")


def test_of_several_with_that_number_all_are_offered(cast: Cast, visit: Visit) -> None:
    factories.problem(cast, "De aquí")
    factories.problem(cast, "De allá", where=cast.acuicola)
    head = visit(cast.hilda)
    page = head.get(f"{PAGE}?q=P-1")
    assert "By its number" in page.text
    assert {"/mesas/forestal/problems/1/", "/mesas/acuicola/problems/1/"} <= set(page.links)
    response = head.client.get(f"{PAGE}?q=P-1&mesa=forestal")
    assert response["Location"] == "/mesas/forestal/problems/1/"


def test_more_of_a_kind_is_a_page_away(cast: Cast, visit: Visit) -> None:
    for number in range(23):
        factories.problem(cast, f"Flete {number}")
    member = visit(cast.marco)
    page = member.get(f"{PAGE}?q=flete")
    assert "/search/?q=flete&kind=problem" in page.links
    assert html(page).count("<mark>") == 5
    assert "21 to 23 of 23" in member.get(f"{PAGE}?q=flete&kind=problem&page=2").text


@pytest.mark.parametrize("page", ["0", "-1", "x", "٣", "9999", "99"])
def test_a_page_that_is_not_there_is_no_fault(cast: Cast, visit: Visit, page: str) -> None:
    factories.problem(cast, "Flete")
    assert visit(cast.marco).client.get(f"{PAGE}?q=flete&kind=problem&page={page}").status_code == 200


def test_without_words_the_page_teaches(cast: Cast, visit: Visit) -> None:
    assert "forestal C-45" in visit(cast.marco).get(PAGE).text
    assert "Nothing that you may see says that" in visit(cast.marco).get(f"{PAGE}?q=nada").text


def test_the_dialog_gets_a_list_and_is_sent_nowhere(cast: Cast, visit: Visit) -> None:
    factories.problem(cast, "El flete sube")
    member = visit(cast.marco)
    for typed in ("flete", "P-1"):
        response = member.client.get(f"{PAGE}?q={typed}", headers=LIST)
        told = response.content.decode()
        assert response.status_code == 200
        assert 'role="option"' in told
        assert "<html" not in told
        assert "private" in response["Cache-Control"]
        assert "X-Fragment" in response["Vary"]
    assert 'data-said="Nothing found"' in member.client.get(f"{PAGE}?q=nada", headers=LIST).content.decode()


def test_every_kind_has_its_line(cast: Cast, visit: Visit) -> None:
    held(cast)
    problem = factories.problem(cast, "Guía de Marco en sesión, forestal")
    factories.commitment(problem, "Guía", cast.serfor, answer_to=factories.solution(problem, "Guía"))
    page = visit(cast.ana).get(f"{PAGE}?q=guia")
    for kind in (Findable.PROBLEM, Findable.SOLUTION, Findable.COMMITMENT, Findable.MINUTES):
        assert f"found-{kind}" in html(page)
    assert "/mesas/forestal/meetings/1/" in visit(cast.ana).get(f"{PAGE}?q=sesion").links
    assert f"/mesas/forestal/people/#o-{cast.serfor.pk.hex}" in visit(cast.ana).get(f"{PAGE}?q=serfor").links
    assert f'id="o-{cast.serfor.pk.hex}"' in html(visit(cast.ana).get("/mesas/forestal/people/"))
    assert f"/mesas/forestal/people/#o-{cast.conafor.pk.hex}" in visit(cast.ana).get(f"{PAGE}?q=marco").links


def test_an_agency_without_a_seat_leads_to_what_it_owes(cast: Cast, visit: Visit) -> None:
    links = visit(cast.ana).get(f"{PAGE}?q=ucayali").links
    assert any(link.startswith("/search/?q=Gobierno+Regional+de+Ucayali&kind=commitment") for link in links)


def test_the_head_of_every_page_leads_there_and_puts_its_mesa_first(cast: Cast, visit: Visit) -> None:
    member = visit(cast.marco)
    assert "/search/?mesa=forestal" in member.get("/mesas/forestal/matrix/").links
    assert "/search/" in member.get("/").links
    assert 'id="finder"' in html(member.get("/"))
    assert 'id="finder"' not in html(visit(None).get("/public/"))


NAUGHTY = (
    "\x00", "flete\x00", '"', "'", '"flete', "flete*", "flete OR", "NOT flete", "NEAR(flete, 2)",
    "words:flete", "^flete", "{words}: flete", "flete AND (", "a'); DROP TABLE x; --", "flete & !", "':*",
    "\\", "%s %(x)s %", "😀", "flete 😀", "\u202eetelf\u202c", "\u200bflete", "ﬂete", "F L E T E", "é" * 300,
    "x" * 10_000, "flete " * 2_000, "<script>alert(1)</script>", "<mark>", "-", "--", "=vteam", "=kproblem",
    "..", "P-1.", "\ud800", "ﷺ" * 100, "e" + "\u0301" * 500,
)  # fmt: skip


@pytest.mark.parametrize("fragment", [False, True])
def test_whatever_is_typed_is_only_looked_for(cast: Cast, visit: Visit, fragment: bool) -> None:
    factories.problem(cast, "El flete sube")
    member = visit(cast.marco)
    for text in NAUGHTY:
        query = {"q": text, "kind": text, "mesa": text, "page": text} if fragment else {"q": text}
        encoded = {name: value.encode("utf-8", "replace").decode() for name, value in query.items()}
        response = member.client.get(PAGE, encoded, headers=LIST if fragment else {})
        assert response.status_code in {200, 302}, text
        body = response.content
        if response.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        assert b"<script>alert" not in body


def test_what_was_found_is_shown_as_text(cast: Cast, visit: Visit) -> None:
    problem = factories.problem(cast, "Flete <b>caro</b>")
    edit_problem(
        actor=cast.ana.actor, problem=problem, detail="<img src=x onerror=alert(1)> peaje", now=factories.NOW
    )
    content = html(visit(cast.marco).get(f"{PAGE}?q=flete+peaje"))
    assert "<mark>Flete</mark> &lt;b&gt;caro" in content
    assert "<img src=x" not in content


def test_the_whole_page_costs_a_fixed_number_of_statements(
    cast: Cast, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    member = visit(cast.marco)
    member.get(PAGE)
    for rows in (1, 3):
        for number in range(rows):
            factories.commitment(factories.problem(cast, f"Flete {rows} {number}"), "Flete", cast.serfor)
        with django_assert_num_queries(17):
            member.get(f"{PAGE}?q=flete")
