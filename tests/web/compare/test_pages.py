"""What changed between two moments: the page, its filters, and what one takes away."""

from collections.abc import Iterator

import pytest
import time_machine
from django.utils import translation

from destraba.actions.followup.commitments import date_commitment
from destraba.actions.matrix.problems import edit_problem, move_problem
from destraba.actions.visibility import set_visibility
from destraba.models import ReadLog
from destraba.rules.problems import ProblemMove
from destraba.values.fuzzy_dates import read
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast
from tests.queries.matrix.compare.stage import DAY, FIRST, SECOND, TODAY, held
from tests.web.conftest import Callable, Player, Visitor

pytestmark = pytest.mark.django_db
Visit = Callable[[Player | None], Visitor]
PAGE = "/mesas/forestal/matrix/compare/"
CSV = "/mesas/forestal/matrix/compare.csv"


@pytest.fixture(autouse=True)
def _three_weeks_later() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False), translation.override("en"):
        yield


@pytest.fixture
def changed(cast: Cast) -> Cast:
    """Since S-1: P-1 has another title, P-2 was withdrawn, P-3 and its C-1 are new, P-4 is the team's."""
    first, second, secret = (factories.problem(cast, title) for title in ("Uno", "Dos", "Callado"))
    set_visibility(
        actor=cast.ana.actor, record=secret, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    held(cast.forestal, FIRST)
    edit_problem(actor=cast.ana.actor, problem=first, title="=Uno y medio", now=FIRST + DAY)
    edit_problem(actor=cast.ana.actor, problem=secret, title="Más callado", now=FIRST + DAY)
    move_problem(
        actor=cast.ana.actor, problem=second, move=ProblemMove.WITHDRAW, reason="Repetida.", now=FIRST + DAY
    )
    owed = factories.commitment(first, owner=cast.serfor, now=FIRST + DAY)
    date_commitment(actor=cast.ana.actor, commitment=owed, due=read("31/07/2017"), now=SECOND)
    return cast


def test_it_tells_since_the_last_session(changed: Cast, visit: Visit) -> None:
    page = visit(changed.marco).get(PAGE)
    assert page.status == 200
    assert "From S-1 (22 Jun 2017) to now." in page.text
    assert "was Uno now =Uno y medio" in page.text
    assert "Withdrawn" in page.text
    assert "Repetida." in page.text
    assert "allado" not in page.text
    assert "All 3" in page.text
    assert {"/mesas/forestal/problems/1/", "/mesas/forestal/commitments/1/"} <= set(page.links)


def test_one_kind_of_difference_alone(changed: Cast, visit: Visit) -> None:
    page = visit(changed.marco).get(f"{PAGE}?show=added")
    assert "/mesas/forestal/commitments/1/" in page.links
    assert "Repetida." not in page.text
    assert "Uno y medio was" not in page.text
    assert visit(changed.marco).get(f"{PAGE}?show=nonsense&page=-7").status == 200
    assert "?from=S-1&show=removed" in visit(changed.marco).get(f"{PAGE}?from=S-1").links


def test_the_form_leads_to_an_address_that_says_it_plainly(changed: Cast, visit: Visit) -> None:
    reader = visit(changed.marco)
    typed = reader.client.get(f"{PAGE}?from=day&from_day=2017-06-20&to=now&to_day=")
    assert (typed.status_code, typed["Location"]) == (302, f"{PAGE}?from=2017-06-20&to=now")
    page = reader.get(f"{PAGE}?from=2017-06-20&to=S-1")
    form = next(one for one in page.forms if "from_day" in one.fields)
    assert (form.fields["from"], form.fields["from_day"], form.fields["to"]) == ("day", "2017-06-20", "S-1")
    assert form.choices["to"] == ["now", "S-1", "day"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=now&to=S-1", "The first moment has to lie before the second."),
        ("from=S-7", "“S-7” is no day, and no meeting that was held here."),
        ("to=<script>", "“&lt;script&gt;” is no day"),
        ("from=2031-01-01", "1 Jan 2031 has not come yet."),
    ],
)
def test_what_can_not_be_compared_is_said_beside_the_choice(
    changed: Cast, visit: Visit, query: str, said: str
) -> None:
    page = visit(changed.marco).get(f"{PAGE}?{query}")
    assert page.status == 422
    assert said in page.response.content.decode()
    assert page.forms
    assert visit(changed.marco).get(f"{CSV}?{query}").status == 422


def test_nothing_changed_is_said_too(cast: Cast, visit: Visit) -> None:
    held(cast.forestal, FIRST)
    page = visit(cast.marco).get(PAGE)
    assert "Nothing changed between S-1 (22 Jun 2017) and now" in page.text


def test_it_is_taken_away_and_the_taking_leaves_a_line(changed: Cast, visit: Visit) -> None:
    taken = visit(changed.marco).client.get(f"{CSV}?from=S-1")
    assert taken["Content-Disposition"] == 'attachment; filename="forestal-s-1-now.csv"'
    lines = taken.content.decode("utf-8-sig").splitlines()
    assert lines[0] == (
        "Difference;Level;No.;What;Who answers;Column;Was (S-1 (22 Jun 2017));Now (now);Reason"
    )
    assert "Modified;Problem;P-1;'=Uno y medio;;Title;Uno;'=Uno y medio;" in lines
    assert "Removed;Problem;P-2;Dos;;;Dos;Withdrawn;Repetida." in lines
    assert any(line.startswith("Added;Commitment;C-1;") for line in lines)
    only = visit(changed.marco).client.get(f"{CSV}?show=removed").content.decode("utf-8-sig").splitlines()
    assert len(only) == 2
    assert [one.what for one in ReadLog.objects.all()] == ["compare.csv", "compare.csv"]


def test_whoever_may_not_take_the_record_is_not_offered_it(changed: Cast, visit: Visit) -> None:
    assert f"{CSV}?" in visit(changed.marco).get(PAGE).links
    assert f"{CSV}?" not in visit(changed.alto).get(PAGE).links
    assert visit(changed.alto).get(CSV).status == 403


def test_a_long_comparison_goes_over_pages(cast: Cast, visit: Visit) -> None:
    held(cast.forestal, FIRST)
    held(cast.forestal, NOW - DAY)
    for number in range(51):
        factories.problem(cast, f"Traba {number}")
    page = visit(cast.marco).get(f"{PAGE}?from=2017-06-10")
    assert "?from=2017-06-10&page=2" in page.links
    assert "Traba 50" in visit(cast.marco).get(f"{PAGE}?from=2017-06-10&page=2").text


def test_a_meeting_and_the_mesa_lead_here(changed: Cast, visit: Visit) -> None:
    reader = visit(changed.marco)
    assert f"{PAGE}?from=S-1" in reader.get("/mesas/forestal/meetings/1/").links
    assert PAGE in reader.get("/mesas/forestal/").links
