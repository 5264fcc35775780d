"""A problem in one sentence, and whether it is there already."""

from collections.abc import Callable

import pytest

from destraba.actions.visibility import set_visibility
from destraba.models import Problem
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast
from tests.web.visits import Form, Page, Visitor, heads

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
RAISE = "/mesas/forestal/problems/"
SIMILAR = "/mesas/forestal/problems/similar/"
TYPED = "las guías de transporte tardan doce dias"


def raising(page: Page) -> Form:
    """The form to raise a problem with."""
    return next(form for form in page.forms if form.action == RAISE)


def test_one_sentence_is_enough_and_a_member_raises_for_the_own_seat(cast: Cast, visit: Visit) -> None:
    marco = visit(cast.marco)
    form = raising(marco.get(RAISE))
    assert "raised_by" not in form.fields
    page = marco.post(RAISE, {**form.fields, "title": "El puesto cierra a las cinco"})
    raised = Problem.objects.get()
    assert (raised.stage, raised.raised_by) == ("raised", cast.marco.seat)
    assert "It is on record as P-1." in page.text


def test_the_team_names_the_seat_that_raised_it_or_none(cast: Cast, visit: Visit) -> None:
    ana = visit(cast.ana)
    assert cast.marco.seat
    assert cast.ana.seat
    assert cast.vecina.seat
    typed = {"title": "El puesto cierra a las cinco", "detail": ""}
    ana.post(RAISE, {**typed, "raised_by": str(cast.marco.seat.pk)})
    ana.post(RAISE, {**typed, "raised_by": ""})
    raised = list(Problem.objects.order_by("number").values_list("raised_by", "stage"))
    assert raised == [(cast.marco.seat.pk, "accepted"), (None, "accepted")]
    page = ana.get("/mesas/forestal/")
    assert raising(page).fields["raised_by"] == str(cast.ana.seat.pk)
    for wrong in (str(cast.vecina.seat.pk), "nobody"):
        assert ana.post(RAISE, {**typed, "raised_by": wrong}).status == 422
    assert Problem.objects.count() == 2


def test_a_member_cannot_raise_in_the_name_of_another(cast: Cast, visit: Visit) -> None:
    assert cast.ana.seat
    visit(cast.marco).post(RAISE, {"title": "Una", "detail": "", "raised_by": str(cast.ana.seat.pk)})
    assert Problem.objects.get().raised_by == cast.marco.seat


def test_without_a_script_one_may_look_first_and_nothing_is_raised(cast: Cast, visit: Visit) -> None:
    factories.problem(cast)
    marco, before = visit(cast.marco), heads()
    page = marco.post(RAISE, {"title": TYPED, "detail": "Desde mayo.", "look": "1"})
    assert (page.status, heads()) == (200, before)
    assert "Is it one of these? P-1 La guía de transporte tarda 12 días Accepted" in page.text
    assert "/mesas/forestal/problems/1/" in page.links
    form = raising(page)
    assert (form.fields["title"], form.fields["detail"]) == (TYPED, "Desde mayo.")
    assert "Nothing like it is on record" in marco.post(RAISE, {"title": "Otra cosa", "look": "1"}).text
    marco.post(RAISE, form.fields)
    assert Problem.objects.count() == 2


@pytest.mark.parametrize("title", ["", "   ", "x" * 501])
def test_what_is_no_sentence_is_said_where_it_was_typed(cast: Cast, visit: Visit, title: str) -> None:
    page = visit(cast.marco).post(RAISE, {"title": title, "detail": "Desde mayo."})
    assert page.status == 422
    assert raising(page).fields["detail"] == "Desde mayo."
    assert not Problem.objects.exists()


def test_the_piece_holds_what_the_reader_may_see(cast: Cast, visit: Visit) -> None:
    hidden = factories.problem(cast)
    factories.problem(cast, "La guía de transporte acuícola tarda", where=cast.acuicola)
    set_visibility(actor=cast.ana.actor, record=hidden, visibility=Visibility.TEAM, reason="Aún no.", now=NOW)
    address = f"{SIMILAR}?text={TYPED}"
    assert visit(cast.marco).get(address).text == ""
    assert "P-1" in visit(cast.ana).get(address).text
    by_head = visit(cast.hilda).get(address)
    assert "Mesa Ejecutiva Acuícola" in by_head.text
    assert "/mesas/acuicola/problems/1/" in by_head.links
    assert visit(cast.ana).get(f"{address}&besides={hidden.pk}").text == ""
    assert "Acuícola" not in visit(cast.hilda).get(f"{address}&take=number").text


@pytest.mark.parametrize("besides", ["nobody", "1", "%00", "[]"])
def test_bad_input_is_refused_in_a_sentence(cast: Cast, visit: Visit, besides: str) -> None:
    page = visit(cast.ana).get(f"{SIMILAR}?text=Una&besides={besides}")
    assert page.status == 422
    assert "This row is not in this mesa." in page.text


def test_a_very_long_text_is_cut_and_answered(cast: Cast, visit: Visit) -> None:
    assert visit(cast.ana).get(f"{SIMILAR}?text={'guía ' * 2000}").status == 200
