"""All mesas on one page, and what the head notes there."""

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.problems import focus_problem, raise_problem
from destraba.actions.programme import note_figure
from destraba.models import Figure, Mesa, ReadLog
from destraba.rules.mesas import MesaState
from destraba.rules.permissions import Role
from tests import factories
from tests.factories import NOW, Cast, command
from tests.queries.programme.rhythm import busy, called, followed, met, more_mesas, put
from tests.web.visits import Visitor, heads, writes

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
PAGE = "/programme/"


def test_the_head_reads_what_stands_still(cast: Cast, visit: Visit) -> None:
    for mesa, days in ((cast.forestal, 45), (cast.acuicola, 60)):
        followed(mesa, 300)
        factories.problem(cast, where=mesa)
        met(mesa, days)
    called(cast.acuicola, 7)
    page = visit(cast.hilda).get(PAGE)
    text = page.text
    assert "2 mesas stand still; for longest, Mesa Ejecutiva Acuícola." in text
    assert "Last met on 16 Apr 2017, 60 days ago." in text
    assert "Mesa Ejecutiva Forestal has no next meeting." in text
    assert "/mesas/forestal/meetings/" in page.links
    assert "16 Apr, 60 days ago" in text
    assert "22 Jun" in text
    assert "none set" in text


def test_a_mesa_alone_is_named(cast: Cast, visit: Visit) -> None:
    followed(cast.forestal, 40)
    met(cast.forestal, 43)
    assert "1 mesa stands still: Mesa Ejecutiva Forestal. Last met on" in visit(cast.hilda).get(PAGE).text


def test_where_nothing_stands_still_the_late_ones_are_named(cast: Cast, visit: Visit) -> None:
    followed(cast.forestal, 40)
    assert "No mesa stands still, and none is late." in visit(cast.hilda).get(PAGE).text
    met(cast.forestal, 30)
    text = visit(cast.hilda).get(PAGE).text
    assert "No mesa stands still; 1 is late: Mesa Ejecutiva Forestal. Last met on" in text


def test_the_picture_is_told_in_words(cast: Cast, visit: Visit) -> None:
    followed(cast.forestal, 40)
    met(cast.forestal, 70, 56, 14)
    called(cast.forestal, 7)
    page = visit(cast.hilda).get(PAGE)
    assert "Cadence of Mesa Ejecutiva Forestal: the last 12 intervals of 14 days" in page.text
    assert "Met on 6 Apr 2017, 20 Apr 2017, 1 Jun 2017. 2 meetings are missing." in page.text
    assert "1 of 2 in time" in page.text
    drawn = page.response.content.decode()
    assert drawn.count('class="held"') == 3 + 1  # and the one of the legend
    assert drawn.count('class="miss"') == 2 + 1
    assert drawn.count('class="coming"') == 1 + 1


def test_problems_in_focus_lead_on_and_too_many_are_warned_of(cast: Cast, visit: Visit) -> None:
    for number in range(5):
        focus_problem(actor=command(), problem=factories.problem(cast, f"Traba {number}"), now=NOW)
    page = visit(cast.hilda).get(PAGE)
    assert "/mesas/forestal/problems/5/" in page.links
    assert "5 problems are in focus; the method advises at most 4." in page.text


def test_a_title_is_text_and_never_markup(cast: Cast, visit: Visit) -> None:
    focus_problem(actor=command(), problem=factories.problem(cast, "<script>alert(1)</script>"), now=NOW)
    noted(cast, label="<img src=x>", source="<b>yo</b>")
    content = visit(cast.hilda).get(PAGE).response.content.decode()
    assert "<script>alert" not in content
    assert "<img" not in content
    assert "<b>yo" not in content


def test_an_axis_lead_sees_the_axis_and_no_meeting(cast: Cast, visit: Visit) -> None:
    busy(cast, cast.forestal)
    mine = raise_problem(
        actor=command(), mesa=cast.forestal, title="Doce ventanillas", axis="simplification", now=NOW
    )
    focus_problem(actor=command(), problem=mine, now=NOW)
    page = visit(cast.ejes).get(PAGE)
    assert page.status == 200
    assert "Doce ventanillas" in page.text
    assert "La guía de transporte" not in page.text
    assert "Only what lies on your axis: simplification." in page.text
    assert "Nothing of your axis is red." in page.text
    assert "0 of 1" in page.text
    for untold in ("Rhythm", "Cadence", "Last", "Stands still", "16 May", "CSV", "Note a declared figure"):
        assert untold not in page.text
    assert not [link for link in page.links if "/meetings/" in link]


def test_whoever_leads_no_axis_yet_is_told_whom_to_ask(cast: Cast, visit: Visit) -> None:
    idle = factories.player("Irma Lazo", cast.produce, Role.AXIS_LEAD, None)
    assert "The head of the programme opens mesas" in visit(idle).get(PAGE).text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("team", 403),
        ("technical_leader", 403),
        ("political_leader", 403),
        ("member", 403),
        ("liaison", 403),
        ("high_level", 403),
        ("administrator", 404),
        ("former_member", 404),
    ],
)
def test_nobody_else_reads_it(cast: Cast, visit: Visit, role: str, status: int) -> None:
    for path in (PAGE, "/programme.csv"):
        assert visit(cast.roles[role]).get(path).status == status


def test_whoever_is_not_signed_in_signs_in_first(cast: Cast, visit: Visit) -> None:
    assert visit().client.get(PAGE).headers["Location"] == "/accounts/login/?next=%2Fprogramme%2F"


def test_a_programme_without_mesas_teaches_the_next_step(cast: Cast, visit: Visit) -> None:
    Mesa.objects.update(withdrawn_at=NOW)
    page = visit(cast.hilda).get(PAGE)
    assert "There is no mesa yet" in page.text
    assert "/mesas/new/" in page.links
    assert "Nobody has declared a figure yet" in page.text


def test_mesas_at_rest_stand_below_the_line(cast: Cast, visit: Visit) -> None:
    assert "Suspended and closed" not in visit(cast.hilda).get(PAGE).text
    put(cast.acuicola, MesaState.SUSPENDED)
    text = visit(cast.hilda).get(PAGE).text
    assert text.index("Mesa Ejecutiva Forestal") < text.index("Suspended and closed")
    assert text.index("Suspended and closed") < text.index("Mesa Ejecutiva Acuícola")


def test_orders_and_filters_are_in_the_address(cast: Cast, visit: Visit) -> None:
    followed(cast.forestal, 40)
    met(cast.forestal, 60)
    head = visit(cast.hilda)
    page = head.get("/programme/?sort=name&stalled=1")
    assert "Mesa Ejecutiva Acuícola" not in page.text
    assert "/programme.csv?sort=name&stalled=1" in page.links
    assert "/programme/?sort=red&stalled=1" in page.links
    assert 'aria-sort="ascending"' in page.response.content.decode()
    assert "1 mesa " in page.text
    assert "Mesa Ejecutiva Acuícola" in head.get("/programme/?method=peru-me").text


def test_where_nothing_is_like_that_it_says_so(cast: Cast, visit: Visit) -> None:
    text = visit(cast.hilda).get("/programme/?stalled=1").text
    assert "No mesa is like that" in text
    assert "No mesa stands still: all of them meet" in text


@pytest.mark.parametrize(
    "asked",
    [
        "sort=worst",
        "sort=%00",
        "sort=STALLED",
        "method=unheard-of",
        "method=%3Cscript%3E",
        "stalled=yes",
        "sort=" + "x" * 3000,
    ],
)
@pytest.mark.parametrize("path", [PAGE, "/programme.csv"])
def test_what_there_is_not_is_refused_in_words(cast: Cast, visit: Visit, asked: str, path: str) -> None:
    page = visit(cast.hilda).get(f"{path}?{asked}")
    assert page.status == 422
    assert "is not one of the choices." in page.text
    assert "x" * 41 not in page.text


@pytest.mark.parametrize("asked", ["page=2", "page=x", "sort=", "method=&stalled=", "nothing"])
def test_what_it_does_not_know_it_leaves(cast: Cast, visit: Visit, asked: str) -> None:
    assert visit(cast.hilda).get(f"{PAGE}?{asked}").status == 200


def table(response: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_the_same_rows_can_be_taken_away(cast: Cast, visit: Visit) -> None:
    followed(cast.forestal, 40)
    busy(cast, cast.forestal)
    head = visit(cast.hilda)
    response = head.client.get("/programme.csv?sort=name")
    assert response.headers["Content-Disposition"] == 'attachment; filename="programme-2017-06-15.csv"'
    rows = table(response)
    assert [row["Mesa"] for row in rows] == ["Mesa Ejecutiva Acuícola", "Mesa Ejecutiva Forestal"]
    forestal = rows[1]
    assert (forestal["Rhythm"], forestal["Since"]) == ("Late", "2017-06-07")
    assert (forestal["Last meeting"], forestal["Next meeting"]) == ("2017-05-16", "2017-06-22")
    assert (forestal["Meetings in time"], forestal["Meetings due"]) == ("0", "2")
    assert (forestal["In focus"], forestal["Problems identified"], forestal["Red"]) == ("P-1", "1", "0")
    assert table(head.client.get("/programme.csv?stalled=1")) == []
    log = ReadLog.objects.order_by("at").first()
    assert log
    assert (log.what, log.mesa, log.detail) == ("programme.csv", None, "sort=name")


def test_nothing_in_the_file_is_ever_a_formula(cast: Cast, visit: Visit) -> None:
    factories.mesa("=HYPERLINK(1)", "trampa", host=cast.produce)
    names = [row["Mesa"] for row in table(visit(cast.hilda).client.get("/programme.csv"))]
    assert "'=HYPERLINK(1)" in names


def noted(cast: Cast, **fields: object) -> Figure:
    usual: dict[str, object] = {
        "label": "Trabas resueltas",
        "value": "77",
        "out_of": 204,
        "source": "Informe",
    }
    return note_figure(actor=command(), programme=cast.programme, now=NOW, **(usual | fields))  # type: ignore[arg-type]


def test_a_declared_figure_stands_beside_and_in_no_sum(cast: Cast, visit: Visit) -> None:
    before = visit(cast.hilda).get(PAGE).text
    noted(cast)
    noted(cast, label="Mesas abiertas", value="52", out_of=None, unit="mesas", source="Argentina, 2016-2019")
    text = visit(cast.hilda).get(PAGE).text
    assert "77 of 204" in text
    assert "declared (Informe)" in text
    assert "52 mesas" in text
    assert "declared (Argentina, 2016-2019)" in text
    assert "2 mesas" in before
    assert text.count("2 mesas") == before.count("2 mesas") + 1  # that of "52 mesas"
    assert "77 of 204" in visit(cast.ejes).get(PAGE).text


def test_the_head_notes_a_figure_and_withdraws_it_without_scripts(cast: Cast, visit: Visit) -> None:
    head = visit(cast.hilda)
    page = head.fill_in(
        PAGE, "figure", label="Trabas", value="77", out_of="204", as_of="2019", source="Informe final"
    )
    assert page.status == 200
    assert "77 of 204" in page.text
    page = head.fill_in(PAGE, "withdraw-figure", reason="El informe se corrigió.")
    assert "Nobody has declared a figure yet" in page.text
    assert "Hilda Campos withdrew the declared figure “Trabas”" in page.text
    assert "El informe se corrigió." in page.text
    assert Figure.objects.get().withdrawn_at == NOW


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"source": ""}, "This field is required."),
        ({"value": "300"}, "300 is more than the total of 204."),
        ({"value": "casi todas"}, "only a whole number can be told"),
        ({"out_of": "-1"}, "greater than or equal to 1"),
        ({"out_of": "9" * 30}, "less than or equal to 999999999"),
        ({"as_of": "el otro día"}, "is not a date"),
    ],
)
def test_what_makes_no_sense_comes_back_with_what_was_typed(
    cast: Cast, visit: Visit, typed: dict[str, str], said: str
) -> None:
    usual = {"label": "Trabas", "value": "77", "out_of": "204", "source": "Informe final"}
    page = visit(cast.hilda).fill_in(PAGE, "figure", **(usual | typed))
    assert page.status == 422
    assert said in page.text
    assert page.form("figure").fields["label"] == "Trabas"
    assert not Figure.objects.exists()


def test_nobody_but_the_head_posts_there(cast: Cast, visit: Visit) -> None:
    form = visit(cast.hilda).get(PAGE).form("figure")
    typed = {**form.fields, "label": "Trabas", "value": "1", "source": "Yo"}
    assert visit(cast.ejes).post(PAGE, typed).status == 403
    assert visit(cast.ana).post(PAGE, typed).status == 403
    assert not Figure.objects.exists()


def test_reading_writes_nothing_and_costs_the_same_for_one_mesa_and_for_twelve(
    cast: Cast, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    busy(cast, cast.forestal)
    noted(cast)
    Mesa.objects.filter(pk=cast.acuicola.pk).update(withdrawn_at=NOW)
    head, lead = visit(cast.hilda), visit(cast.ejes)
    before = heads()
    with CaptureQueriesContext(connection) as queries:
        head.get(PAGE)
    assert writes(queries.captured_queries) == []
    assert heads() == before
    for mesas in (1, 12):
        with django_assert_num_queries(17):
            assert len({link for link in head.get(PAGE).links if link.count("/") == 3}) >= mesas
        with django_assert_num_queries(12):
            lead.get(PAGE)
        if mesas == 1:
            more_mesas(cast, 11)
