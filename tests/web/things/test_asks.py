"""The page of a commitment, seen by the team: what its owner asks, and what was heard by telephone."""

from collections.abc import Callable

import pytest

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.replies import give_answer
from destraba.models import Answer
from destraba.rules.answers import AnswerKind, AnswerState
from destraba.rules.commitments import CommitmentMove
from destraba.values.actors import Actor, Via
from destraba.values.fuzzy_dates import FuzzyDate, read
from tests.factories import NOW, Cast, command
from tests.web.things.stage import COMMITMENT, Scene
from tests.web.visits import Visitor

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]


@pytest.fixture
def agreed(scene: Scene) -> Scene:
    move_commitment(actor=command(), commitment=scene.commitment, move=CommitmentMove.AGREE, now=NOW)
    return scene


def asked(cast: Cast, scene: Scene, kind: AnswerKind, **said: object) -> Answer:
    by_link = Actor(cast.lucia.person.pk, Via.LINK)
    return give_answer(actor=by_link, commitment=scene.commitment, kind=kind, now=NOW, **said)  # type: ignore[arg-type]


def due(text: str) -> FuzzyDate:
    found = read(text)
    assert found
    return found


def test_the_team_grants_another_date(cast: Cast, agreed: Scene, visit: Visit) -> None:
    asked(cast, agreed, AnswerKind.OTHER_DATE, proposed_due=due("31/07/2017"), note="Sin presupuesto.")
    visitor = visit(cast.ana)
    page = visitor.get(COMMITMENT)
    assert "What its owner asks Another date: 31 Jul 2017" in page.text
    assert "Sin presupuesto." in page.text
    assert "Its owner asks you for something" in page.text
    assert {"grant_date", "refuse_ask"} <= page.acts
    assert "grant_owner" not in page.acts
    done = visitor.fill_in(COMMITMENT, "grant_date")
    assert done.status == 200
    assert "What its owner asks" not in done.text
    agreed.commitment.refresh_from_db()
    assert (agreed.commitment.due_on, agreed.commitment.slips) == (due("31/07/2017").last_day, 1)


def test_the_team_refuses_and_says_why(cast: Cast, agreed: Scene, visit: Visit) -> None:
    asked(cast, agreed, AnswerKind.OTHER_DATE, proposed_due=due("31/07/2017"), note="Sin presupuesto.")
    visitor = visit(cast.ana)
    assert visitor.fill_in(COMMITMENT, "refuse_ask").status == 422
    page = visitor.fill_in(COMMITMENT, "refuse_ask", reason="La campaña empieza en julio.")
    assert page.status == 200
    assert "La campaña empieza en julio." in page.text
    assert Answer.objects.get().state == AnswerState.REFUSED


def test_the_team_passes_it_on(cast: Cast, agreed: Scene, visit: Visit) -> None:
    asked(cast, agreed, AnswerKind.NOT_MINE, named="La otra dirección")
    visitor = visit(cast.ana)
    assert visitor.fill_in(COMMITMENT, "grant_owner").status == 422
    assert visitor.fill_in(COMMITMENT, "grant_owner", organization="OSINFOR").status == 200
    agreed.commitment.refresh_from_db()
    assert agreed.commitment.owner_organization == cast.osinfor


def test_others_see_that_it_is_asked_and_settle_nothing(cast: Cast, agreed: Scene, visit: Visit) -> None:
    asked(cast, agreed, AnswerKind.NOT_MINE, names=cast.osinfor)
    for player in (cast.lucia, cast.marco):
        page = visit(player).get(COMMITMENT)
        assert "What its owner asks" in page.text
        assert "Its owner asked the team for something" in page.text
        assert page.acts.isdisjoint({"grant_date", "grant_owner", "refuse_ask", "heard"})


def test_two_clicks_enter_what_was_said_by_telephone(cast: Cast, agreed: Scene, visit: Visit) -> None:
    page = visit(cast.ana).fill_in(COMMITMENT, "heard", answer="waits", who="OSINFOR", note="Falta su firma.")
    assert page.status == 200
    answer = Answer.objects.get()
    assert cast.lucia.seat is not None
    assert (answer.kind, answer.names, answer.seat) == (AnswerKind.WAITS, cast.osinfor, cast.lucia.seat)
    assert "Falta su firma." in page.text


def test_what_was_heard_has_to_be_whole(cast: Cast, agreed: Scene, visit: Visit) -> None:
    visitor = visit(cast.ana)
    assert visitor.fill_in(COMMITMENT, "heard", answer="other_date").status == 422
    assert visitor.fill_in(COMMITMENT, "heard", answer="red").status == 422
    assert visitor.fill_in(COMMITMENT, "heard", answer="same").status == 200
    assert Answer.objects.count() == 1


def test_before_it_is_agreed_only_what_may_be_asked_is_offered(
    cast: Cast, scene: Scene, visit: Visit
) -> None:
    form = visit(cast.ana).get(COMMITMENT).form("heard")
    assert form.choices["answer"] == ["other_date", "not_mine"]
