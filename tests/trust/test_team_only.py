"""What is the team's alone, or hangs from what is, stands on no page of anybody else's."""

import pytest
import time_machine

from destraba.actions.matrix.solutions import edit_solution
from destraba.actions.meetings.agenda import add_item
from destraba.actions.mesas import start_following_up
from destraba.actions.visibility import set_visibility
from destraba.rules.matrix.classes import Funding
from destraba.values.visibility import Visibility
from tests import factories
from tests.factories import NOW, Cast, command
from tests.queries.desk.stage import called
from tests.trust.access_table import INSIDERS, ROLES
from tests.web.visits import Visitor

pytestmark = pytest.mark.django_db

HIDDEN = "Lo que se calla"
MESA = "/mesas/forestal/"
PAGES = (
    "/", "/programme/", "/programme.csv", "/public/", "/public/mesas/forestal/", MESA, f"{MESA}people/",
    f"{MESA}matrix/", f"{MESA}matrix/?q=calla", f"{MESA}matrix.csv", f"{MESA}meetings/", f"{MESA}meetings/1/",
    f"{MESA}problems/1/", f"{MESA}problems/2/", f"{MESA}solutions/1.1/", f"{MESA}commitments/1/",
    f"{MESA}commitments/2/", f"{MESA}commitments/3/", f"{MESA}matrix/compare/", f"{MESA}matrix/compare.csv",
    f"{MESA}problems/1/history/", f"{MESA}problems/2/history/", f"{MESA}solutions/1.1/history/?field=title",
    f"{MESA}commitments/1/history/", f"{MESA}funding/",
    "/search/?q=calla", "/search/?q=traba", "/search/?q=medida&kind=solution", "/search/?q=P-2",
)  # fmt: skip


def hide(cast: Cast) -> None:
    """P-2 and P-1.1, with what hangs from them: C-1 below the measure, C-2 below the problem; C-3 is open."""
    start_following_up(actor=command(), mesa=cast.forestal, now=NOW)
    seen, hidden = factories.problem(cast, "La guía tarda"), factories.problem(cast, f"{HIDDEN}: traba")
    measure = factories.solution(seen, f"{HIDDEN}: medida")
    edit_solution(actor=command(), solution=measure, funding=Funding.UNFUNDED, now=NOW)
    below = factories.commitment(seen, f"{HIDDEN}: compromiso", cast.serfor, answer_to=measure)
    deeper = factories.commitment(hidden, f"{HIDDEN}: otro", cast.serfor)
    factories.commitment(seen, "Firmar la guía", cast.serfor)
    meeting = called(cast.forestal)
    add_item(actor=command(), meeting=meeting, problem=hidden, now=NOW)
    for row in (below, deeper):
        add_item(actor=command(), meeting=meeting, commitment=row, now=NOW)
    for record in (hidden, measure):
        set_visibility(
            actor=cast.ana.actor, record=record, visibility=Visibility.TEAM, reason="En trato.", now=NOW
        )


@pytest.mark.parametrize("role", [role for role in ROLES if role not in INSIDERS])
def test_nobody_else_reads_it_anywhere(cast: Cast, role: str) -> None:
    hide(cast)
    with time_machine.travel(NOW, tick=False):
        visitor = Visitor(cast.roles.get(role))
        told = [path for path in PAGES if HIDDEN in visitor.client.get(path).content.decode()]
    assert told == []


def test_the_team_does(cast: Cast) -> None:
    hide(cast)
    with time_machine.travel(NOW, tick=False):
        team = Visitor(cast.ana)
        told = [path for path in PAGES if HIDDEN in team.client.get(path).content.decode()]
    own = {"matrix/", "meetings/1/", "problems/2/", "solutions/1.1/", "funding/"}
    assert {f"{MESA}{page}" for page in own} <= set(told)
