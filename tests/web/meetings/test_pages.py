"""The meetings of a mesa: prepared on paper, looked back on, minutes that go round."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from destraba.actions.matrix.problems import raise_problem
from destraba.actions.meetings.agenda import add_item, take_item
from destraba.actions.meetings.meetings import open_meeting, prepare_meeting
from destraba.actions.meetings.minutes import close_meeting
from destraba.actions.meetings.room import commit_in_room, note_attendance, write_entry
from destraba.ledger.verify import verify
from destraba.methods.schema import MeetingKind
from destraba.models import AgendaItem, File, Meeting
from destraba.queries.files import content_of
from destraba.rules.meetings import EntryKind, ItemState, Presence
from destraba.values.fuzzy_dates import FuzzyDate
from tests import factories
from tests.factories import NOW, Cast
from tests.web.visits import Visitor

pytestmark = pytest.mark.django_db

LIST = "/mesas/forestal/meetings/"
ONE = f"{LIST}1/"
LATER = NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("destraba.web.middleware.timezone.now", lambda: NOW)


def prepared(cast: Cast) -> Meeting:
    return prepare_meeting(
        actor=cast.ana.actor,
        mesa=cast.forestal,
        kind=MeetingKind.SESSION,
        held_on=date(2017, 6, 16),
        begins_at=time(9, 0),
        lasts_minutes=90,
        venue="Sala Grau",
        now=NOW,
    )


def held(cast: Cast) -> Meeting:
    """With a decision, a private note, a promise, somebody there; then closed."""
    assert cast.lucia.seat is not None
    meeting = open_meeting(actor=cast.ana.actor, meeting=prepared(cast), now=NOW)
    problem = factories.problem(cast)
    item = add_item(actor=cast.ana.actor, meeting=meeting, problem=problem, now=NOW)
    note_attendance(
        actor=cast.ana.actor, meeting=meeting, seat=cast.lucia.seat, presence=Presence.PRESENT, now=NOW
    )
    for text, is_private in (("La guía será electrónica.", False), ("Ver con presupuesto antes.", True)):
        write_entry(
            actor=cast.ana.actor,
            meeting=meeting,
            item=item,
            kind=EntryKind.DECISION if not is_private else EntryKind.NOTE,
            text=text,
            is_private=is_private,
            now=NOW,
        )
    commit_in_room(
        actor=cast.ana.actor,
        meeting=meeting,
        problem=problem,
        title="Firmar la guía",
        owner=cast.serfor,
        now=NOW,
    )
    take_item(actor=cast.ana.actor, item=item, state=ItemState.TAKEN, now=NOW)
    return close_meeting(actor=cast.ana.actor, meeting=meeting, now=LATER)


def test_the_team_prepares_a_meeting_and_its_agenda_writes_itself(cast: Cast) -> None:
    factories.commitment(factories.problem(cast), owner=cast.serfor, due=FuzzyDate(date(2017, 6, 1)))
    ana = Visitor(cast.ana)
    page = ana.fill_in(
        LIST, "prepare", held_on="2017-06-16", begins_at="09:00", lasts="1:30", venue="Sala Grau"
    )
    assert page.status == 200
    assert "S-1" in page.text
    proposed = ana.fill_in(ONE, "propose")
    assert "Aprobar la directiva de la guía electrónica" in proposed.text
    assert "15 d" in proposed.text
    with_own = ana.fill_in(ONE, "add-item", title="Próxima fecha", minutes="5")
    assert "Próxima fecha" in with_own.text
    first, second = AgendaItem.objects.all()
    ana.fill_in(ONE, "edit-item", at=1, title="Fecha siguiente", minutes="10m", after="first")
    second.refresh_from_db()
    assert (second.title, second.minutes) == ("Fecha siguiente", 10)
    assert second.position < first.position
    ana.fill_in(ONE, "drop-item", at=0)
    assert "Fecha siguiente" not in ana.get(ONE).text
    assert ana.fill_in(ONE, "call").status == 200
    assert Meeting.objects.get().state == "called"
    assert verify().ok


def test_a_draft_is_the_teams_alone(cast: Cast) -> None:
    prepared(cast)
    for player in (cast.marco, cast.lucia):
        visitor = Visitor(player)
        assert "S-1" not in visitor.get(LIST).text
        assert visitor.get(ONE).status == 404
    assert "S-1" in Visitor(cast.hilda).get(LIST).text


def test_an_axis_has_rows_and_no_meetings(cast: Cast) -> None:
    raise_problem(
        actor=factories.command(), mesa=cast.forestal, title="Trámite", axis="simplification", now=NOW
    )
    assert Visitor(cast.ejes).get(LIST).status == 404


def test_minutes_go_round_are_objected_to_and_approved(cast: Cast) -> None:
    held(cast)
    ana, marco, pilar = Visitor(cast.ana), Visitor(cast.marco), Visitor(cast.pilar)
    assert "Ver con presupuesto antes." in ana.get(ONE).text
    assert "Ver con presupuesto antes." not in marco.get(ONE).text
    assert marco.get(f"{ONE}minutes.pdf").status == 403
    assert ana.get(f"{ONE}minutes.pdf").response.content.startswith(b"%PDF")

    ana.fill_in(ONE, "circulate")
    sheet = marco.get(f"{ONE}minutes.pdf").response
    assert sheet.content.startswith(b"%PDF")
    assert sheet["Content-Disposition"] == 'attachment; filename="acuerdos-1-2017.pdf"'
    assert marco.get(f"{ONE}minutes.docx").response.content.startswith(b"PK")

    marco.fill_in(ONE, "object", text="No dije eso.")
    assert marco.get(f"{ONE}minutes.pdf").status == 403
    ana.fill_in(ONE, "answer-objection", is_taken_up="yes", answer="Se corrigió.")
    ana.fill_in(ONE, "circulate")
    approved = pilar.fill_in(ONE, "approve")
    kept = File.objects.filter(media_type="application/pdf").latest("moved_at", "id")
    assert kept.sha256 in approved.text
    assert marco.get(f"{ONE}minutes.pdf").response.content == content_of(kept)
    assert verify().ok


def test_nobody_else_runs_circulates_or_approves(cast: Cast) -> None:
    held(cast)
    team = {"circulate", "prepare", "propose", "cancel", "edit", "call", "open", "add-item"}
    for player in (cast.marco, cast.lucia, cast.pilar, cast.alto, cast.hilda):
        assert not Visitor(player).get(ONE).acts & team
        assert not Visitor(player).get(LIST).acts & team
    form = Visitor(cast.ana).get(ONE).form("circulate")
    assert Visitor(cast.marco).send(ONE, form).status == 403
    assert Visitor(cast.vecina).get(ONE).status == 404


def test_what_was_typed_comes_back_with_a_sentence(cast: Cast) -> None:
    prepared(cast)
    ana = Visitor(cast.ana)
    for act, typed in (
        ("edit", {"lasts": "mucho"}),
        ("edit", {"held_on": "1200-01-01"}),
        ("edit", {"begins_at": "25:00"}),
        ("add-item", {"title": "", "minutes": "5"}),
        ("add-item", {"problem": "P-99", "minutes": "5"}),
        ("cancel", {"reason": " "}),
    ):
        page = ana.fill_in(ONE, act, **typed)
        assert page.status in {404, 422}, (act, typed)
    assert (Meeting.objects.get().state, AgendaItem.objects.count()) == ("draft", 0)


def test_a_second_tap_on_call_says_so(cast: Cast) -> None:
    prepared(cast)
    ana = Visitor(cast.ana)
    form = ana.get(ONE).form("call")
    assert ana.send(ONE, form).status == 200
    again = Client()
    again.force_login(cast.teo.account)
    assert Visitor(cast.teo).send(ONE, form).status == 409


@pytest.mark.parametrize("items", [1, 3])
def test_the_number_of_statements_does_not_grow(
    cast: Cast, items: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = prepared(cast)
    for _ in range(items):
        add_item(actor=cast.ana.actor, meeting=meeting, problem=factories.problem(cast), now=NOW)
    marco, ana = Visitor(cast.hilda), Visitor(cast.ana)
    for visitor, path in ((marco, LIST), (marco, ONE), (ana, ONE)):
        visitor.get(path)
    with django_assert_num_queries(6):
        ana.get(LIST)
    with django_assert_num_queries(22):
        ana.get(ONE)
