"""A meeting chaired from one page, without a script: every form brings the page back."""

import time as clock
from collections.abc import Callable
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from destraba.actions.meetings.agenda import add_item, propose_agenda
from destraba.actions.meetings.meetings import open_meeting, prepare_meeting
from destraba.actions.meetings.minutes import Rendition, circulate_minutes, close_meeting
from destraba.actions.meetings.room import note_attendance, write_entry
from destraba.actions.people import open_seat
from destraba.ledger.verify import verify
from destraba.methods.schema import MeetingKind
from destraba.models import AgendaItem, Attendance, Commitment, Entry, Event, Meeting, Mesa, Problem
from destraba.rules.meetings import EntryKind, ItemState, Presence
from destraba.rules.permissions import Role
from destraba.values.fuzzy_dates import FuzzyDate
from tests import factories
from tests.factories import NOW, Cast, command
from tests.values.naughty import SOME
from tests.web.visits import Form, Page, Visitor, heads, writes

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
LIVE = "/mesas/forestal/meetings/1/live/"


def prepared(cast: Cast, mesa: Mesa | None = None) -> Meeting:
    return prepare_meeting(
        actor=command(),
        mesa=mesa or cast.forestal,
        kind=MeetingKind.SESSION,
        held_on=date(2017, 6, 15),
        begins_at=time(9, 0),
        lasts_minutes=90,
        now=NOW,
    )


def on_the_agenda(cast: Cast, meeting: Meeting) -> list[AgendaItem]:
    """One commitment that is late, one problem without any, and a matter of its own."""
    factories.commitment(factories.problem(cast), owner=cast.serfor, due=FuzzyDate(date(2017, 6, 1)))
    return [
        *propose_agenda(actor=command(), meeting=meeting, now=NOW),
        add_item(
            actor=command(), meeting=meeting, problem=factories.problem(cast, "Falta un camino"), now=NOW
        ),
        add_item(actor=command(), meeting=meeting, title="Próxima fecha", minutes=5, now=NOW),
    ]


def opened(cast: Cast) -> tuple[Meeting, list[AgendaItem]]:
    meeting = prepared(cast)
    items = on_the_agenda(cast, meeting)
    return open_meeting(actor=command(), meeting=meeting, now=NOW), items


def at(item: AgendaItem) -> str:
    return f"{LIVE}?item={item.pk}"


def quick(page: Page) -> Form:
    return page.form("write")


def test_it_is_opened_with_one_button(cast: Cast, visit: Visit) -> None:
    on_the_agenda(cast, prepared(cast))
    page = visit(cast.ana).get(LIVE)
    assert page.status == 200
    assert page.acts == {"open", "attend"}
    page = visit(cast.ana).fill_in(LIVE, "open")
    assert Meeting.objects.get().state == "in_progress"
    assert {"write", "take", "attend"} <= page.acts
    assert "0:00 of 1:30" in page.text


def test_only_who_runs_meetings_chairs(cast: Cast, visit: Visit) -> None:
    prepared(cast)
    for player, status in ((cast.teo, 200), (cast.marco, 403), (cast.lucia, 403), (cast.vecina, 404)):
        assert visit(player).get(LIVE).status == status
    assert visit().client.get(LIVE).status_code == 302
    assert visit(cast.ana).get("/mesas/forestal/meetings/2/live/").status == 404
    assert visit(cast.ana).get("/mesas/forestal/meetings/99999999999/live/").status == 404


def test_the_item_says_what_is_known_before_anybody_speaks(cast: Cast, visit: Visit) -> None:
    _meeting, items = opened(cast)
    page = visit(cast.ana).get(LIVE)
    assert "Item 1 of 3 › P-1 › C-1" in page.text
    assert f"{cast.serfor.name}. Due 1 Jun 2017" in page.text
    assert "Overdue by 14 days" in page.text
    page = visit(cast.ana).get(at(items[1]))
    assert "Item 2 of 3 › P-2" in page.text


def test_a_note_a_decision_and_what_is_for_the_team_alone(cast: Cast, visit: Visit) -> None:
    _meeting, items = opened(cast)
    ana = visit(cast.ana)
    ana.fill_in(LIVE, "write", text="Ucayali cubre tres plazas de nueve")
    ana.fill_in(LIVE, "write", kind="decision", text="Se aplica el protocolo")
    page = ana.fill_in(LIVE, "write", text="Ver con presupuesto", team_only="on")
    assert [(one.kind, one.visibility, one.item) for one in Entry.objects.order_by("position")] == [
        ("note", "mesa", items[0]),
        ("decision", "mesa", items[0]),
        ("note", "team", items[0]),
    ]
    assert page.text.index("Ver con presupuesto") < page.text.index("Se aplica el protocolo")
    assert "3 paragraphs" in page.text


def test_what_belongs_to_no_item_is_written_down_too(cast: Cast, visit: Visit) -> None:
    opened(cast)
    ana = visit(cast.ana)
    page = ana.fill_in(f"{LIVE}?item=none", "write", text="Se saluda a los presentes")
    assert Entry.objects.get().item is None
    assert "Record outside the agenda" in page.text
    assert "Se saluda" not in ana.get(LIVE).text


def test_a_promise_is_agreed_where_its_owner_is_there_and_asked_where_not(cast: Cast, visit: Visit) -> None:
    meeting, _items = opened(cast)
    assert cast.lucia.seat
    note_attendance(
        actor=command(), meeting=meeting, seat=cast.lucia.seat, presence=Presence.PRESENT, now=NOW
    )
    ana = visit(cast.ana)
    promise = {"kind": "commitment", "text": "Ceder dos inspectores", "agreed": "on"}
    page = ana.fill_in(LIVE, "write", **promise, owner="SERFOR", pick="next")
    assert "C-2 is on record, agreed in the room." in page.text
    page = ana.fill_in(LIVE, "write", **promise, owner="osinfor", pick="date", due="Q3 2017")
    assert "C-3 is on record as asked" in page.text
    page = ana.fill_in(LIVE, "write", **promise, owner="SERFOR", pick="later")
    made = list(Commitment.objects.filter(meeting=meeting).order_by("number"))
    assert [(one.state, one.due and str(one.due_on)) for one in made] == [
        ("agreed", "2017-06-29"),
        ("asked", "2017-09-30"),
        ("agreed", None),
    ]
    assert {one.problem.number for one in made} == {1}
    assert "Commitments made here" in page.text


def test_what_was_not_agreed_is_asked_although_the_owner_is_there(cast: Cast, visit: Visit) -> None:
    meeting, _items = opened(cast)
    assert cast.lucia.seat
    note_attendance(
        actor=command(), meeting=meeting, seat=cast.lucia.seat, presence=Presence.SUBSTITUTE, now=NOW
    )
    form = quick(visit(cast.ana).get(LIVE))
    form.fields.pop("agreed")
    visit(cast.ana).send(LIVE, form, kind="commitment", text="Ceder", owner="SERFOR")
    assert Commitment.objects.get(meeting=meeting).state == "asked"


def test_a_matter_of_its_own_asks_which_problem(cast: Cast, visit: Visit) -> None:
    meeting, items = opened(cast)
    ana = visit(cast.ana)
    page = ana.fill_in(at(items[2]), "write", kind="commitment", text="Convocar", owner="SERFOR")
    assert page.status == 422
    assert "Say which problem it belongs to, such as P-3." in page.text
    page = ana.send(LIVE, quick(page), problem="P-9")
    assert (page.status, quick(page).fields["text"]) == (422, "Convocar")
    assert "There is no P-9 in this mesa." in page.text
    ana.send(LIVE, quick(page), problem="p 2")
    assert Commitment.objects.get(meeting=meeting).problem.number == 2


def test_a_problem_that_comes_up_is_accepted_at_once(cast: Cast, visit: Visit) -> None:
    meeting, _items = opened(cast)
    page = visit(cast.ana).fill_in(LIVE, "write", kind="problem", text="La guía se pide dos veces")
    raised = Problem.objects.get(meeting=meeting)
    assert (raised.number, raised.stage) == (3, "accepted")
    assert "It is on record as P-3." in page.text


def test_taken_up_it_moves_on_to_the_next(cast: Cast, visit: Visit) -> None:
    _meeting, items = opened(cast)
    ana = visit(cast.ana)
    page = ana.fill_in(LIVE, "take", state="taken")
    assert "Item 2 of 3" in page.text
    page = ana.fill_in(at(items[1]), "take", state="not_reached")
    assert "Item 3 of 3" in page.text
    page = ana.fill_in(at(items[0]), "take", state="planned")
    assert "Item 1 of 3" in page.text
    assert [one.state for one in AgendaItem.objects.all()] == ["planned", "not_reached", "planned"]


def test_a_paragraph_is_put_right_and_struck(cast: Cast, visit: Visit) -> None:
    meeting, items = opened(cast)
    entry = write_entry(
        actor=command(), meeting=meeting, kind=EntryKind.NOTE, text="Cinco plazas", item=items[0], now=NOW
    )
    ana = visit(cast.ana)
    page = ana.fill_in(LIVE, "edit", text="Nueve plazas")
    assert "Nueve plazas" in page.text
    assert "Cinco plazas" not in page.text
    page = ana.fill_in(LIVE, "strike")
    assert "Nothing is written down yet." in page.text
    entry.refresh_from_db()
    assert entry.withdrawn_at


def test_two_chairs_overwrite_nothing(cast: Cast, visit: Visit) -> None:
    meeting, items = opened(cast)
    write_entry(
        actor=command(), meeting=meeting, kind=EntryKind.NOTE, text="Cinco plazas", item=items[0], now=NOW
    )
    ana, teo = visit(cast.ana), visit(cast.teo)
    lying_open = ana.get(LIVE).form("edit")
    teo.fill_in(LIVE, "edit", text="Seis plazas")
    page = ana.send(LIVE, lying_open, text="Nueve plazas")
    assert page.status == 412
    assert "It says now: “Seis plazas”" in page.text
    assert page.form("edit").fields["text"] == "Nueve plazas"
    assert Entry.objects.get().text == "Seis plazas"
    ana.send(LIVE, page.form("edit"))
    assert Entry.objects.get().text == "Nueve plazas"


def test_a_seat_that_somebody_else_noted_meanwhile_is_left_alone(cast: Cast, visit: Visit) -> None:
    opened(cast)
    assert cast.lucia.seat
    assert cast.marco.seat
    lucia, marco = f"p-{cast.lucia.seat.pk}", f"p-{cast.marco.seat.pk}"
    ana, teo = visit(cast.ana), visit(cast.teo)
    lying_open = ana.get(LIVE).form("attend")
    teo.fill_in(LIVE, "attend", **{lucia: "present"})
    page = ana.send(LIVE, lying_open, **{lucia: "absent", marco: "excused"})
    assert "1 seat was noted otherwise meanwhile and was left as it stands" in page.text
    noted = {one.seat_id: one.presence for one in Attendance.objects.all()}
    assert noted == {cast.lucia.seat.pk: "present", cast.marco.seat.pk: "excused"}


def test_sixty_seats_are_one_change_of_what_changed(cast: Cast, visit: Visit) -> None:
    opened(cast)
    for number in range(60):
        open_seat(
            actor=command(),
            organization=cast.serfor,
            role=Role.MEMBER,
            mesa=cast.forestal,
            title=f"{number}",
            now=NOW,
        )
    ana = visit(cast.ana)
    form = ana.get(LIVE).form("attend")
    seats = [name for name in form.choices if name.startswith("p-")]
    assert len(seats) >= 60
    page = ana.send(LIVE, form, **dict.fromkeys(seats, "present"))
    noted = Event.objects.filter(kind="attendance.noted")
    assert (noted.count(), noted.values("change_set").distinct().count()) == (len(seats), 1)
    ana.send(LIVE, page.form("attend"), **{seats[3]: "substitute", seats[3].replace("p-", "s-"): "Nora Díaz"})
    assert noted.count() == len(seats) + 1
    before = heads()
    ana.fill_in(LIVE, "attend")
    assert heads() == before


def test_it_is_closed_after_saying_what_will_happen(cast: Cast, visit: Visit) -> None:
    meeting, _items = opened(cast)
    ana = visit(cast.ana)
    ana.fill_in(LIVE, "take", state="taken")
    page = ana.get(f"{LIVE}?closing=1")
    assert "2 items were not reached: they return by themselves at the next session." in page.text
    page = ana.send(LIVE, page.form("close"))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.minutes.state) == ("closed", "draft")
    page = ana.get(LIVE)
    assert page.acts == {"attend"}
    assert "/mesas/forestal/meetings/1/" in page.links
    assert verify().ok


def test_closing_what_is_closed_is_refused_in_a_sentence(cast: Cast, visit: Visit) -> None:
    meeting, _items = opened(cast)
    ana = visit(cast.ana)
    lying_open = ana.get(f"{LIVE}?closing=1").form("close")
    close_meeting(actor=command(), meeting=meeting, now=NOW)
    before = heads()
    page = ana.send(LIVE, lying_open)
    assert page.status == 409
    assert "It can't do that from where it stands now" in page.text
    assert heads() == before


def test_what_comes_after_the_close_is_kept_or_given_back(cast: Cast, visit: Visit) -> None:
    meeting, _items = opened(cast)
    ana = visit(cast.ana)
    first, second = quick(ana.get(LIVE)), quick(ana.get(LIVE))
    close_meeting(actor=command(), meeting=meeting, now=NOW)
    assert ana.send(LIVE, first, text="Llegó tarde").status == 200
    assert Entry.objects.get().text == "Llegó tarde"
    pages = Rendition(name="acuerdos", pdf=b"%PDF-1.7", docx=b"PK")
    circulate_minutes(actor=command(), minutes=meeting.minutes, rendition=pages, now=NOW)
    page = ana.send(LIVE, second, text="Demasiado tarde")
    assert page.status == 409
    assert quick(page).fields["text"] == "Demasiado tarde"
    assert Entry.objects.count() == 1


def bad(cast: Cast, elsewhere: AgendaItem) -> list[tuple[dict[str, str], int]]:
    assert cast.vecina.seat
    return [
        ({"act": "write", "item": str(elsewhere.pk), "kind": "note", "text": "x"}, 422),
        ({"act": "write", "item": "garbage", "kind": "note", "text": "x"}, 422),
        ({"act": "write", "kind": "garbage", "text": "x"}, 422),
        ({"act": "write", "kind": "note", "text": "  "}, 422),
        ({"act": "write", "kind": "note", "text": "a\x00b"}, 422),
        ({"act": "write", "kind": "note", "text": "x" * 10_001}, 422),
        ({"act": "write", "kind": "problem", "text": "x" * 501}, 422),
        ({"act": "write", "kind": "commitment", "text": "x", "owner": "Nadie"}, 422),
        ({"act": "write", "kind": "commitment", "text": "x", "pick": "date", "due": "mañana"}, 422),
        ({"act": "write", "kind": "commitment", "text": "x", "pick": "date"}, 422),
        ({"act": "write", "kind": "commitment", "text": "x", "pick": "nunca"}, 422),
        ({"act": "attend", f"p-{cast.vecina.seat.pk}": "present"}, 422),
        ({"act": "attend", f"p-{uuid4()}": "present"}, 422),
        ({"act": "take", "state": "garbage"}, 422),
        ({"act": "take", "item": "none", "state": "taken"}, 422),
        ({"act": "edit", "target": str(uuid4()), "version": "1", "text": "x"}, 422),
        ({"act": "strike", "target": "garbage", "version": "1"}, 422),
        ({"act": "garbage"}, 404),
        ({}, 404),
    ]


def test_what_makes_no_sense_is_refused_in_a_sentence_and_writes_nothing(cast: Cast, visit: Visit) -> None:
    opened(cast)
    elsewhere = add_item(actor=command(), meeting=prepared(cast, cast.acuicola), title="Otro", now=NOW)
    ana, before = visit(cast.ana), heads()
    for posted, status in bad(cast, elsewhere):
        page = ana.post(LIVE, posted)
        assert page.status == status, posted
        if posted.get("act") == "write" and len(posted["text"]) < 500 and "\x00" not in posted["text"]:
            assert quick(page).fields["text"].strip() == posted["text"].strip(), posted
    assert heads() == before


def test_ten_megabytes_are_refused_and_written_nowhere(cast: Cast, visit: Visit) -> None:
    opened(cast)
    before = heads()
    page = visit(cast.ana).post(LIVE, {"act": "write", "kind": "note", "text": "x" * 10_000_000})
    assert page.status == 422
    assert "10000 characters" in page.text or "10,000" in page.text
    assert heads() == before


@pytest.mark.parametrize("kind", ["note", "problem"])
def test_naughty_strings_are_text_like_any_other(cast: Cast, visit: Visit, kind: str) -> None:
    opened(cast)
    ana = visit(cast.ana)
    for text in SOME:
        sent = text.encode(errors="replace").decode()  # as a browser does with half a letter
        response = ana.client.post(LIVE, {"act": "write", "kind": kind, "text": sent})
        assert response.status_code in (302, 422), text
    assert ana.get(LIVE).status == 200
    assert verify().ok


def many(cast: Cast, meeting: Meeting, items: int, seats: int) -> None:
    problem = factories.problem(cast)
    for number in range(items):
        row = factories.commitment(problem, f"Compromiso {number}", owner=cast.serfor)
        add_item(actor=command(), meeting=meeting, commitment=row, now=NOW)
    for number in range(seats):
        seat = open_seat(
            actor=command(),
            organization=cast.serfor,
            role=Role.MEMBER,
            mesa=cast.forestal,
            title=f"{number}",
            now=NOW,
        )
        note_attendance(actor=command(), meeting=meeting, seat=seat, presence=Presence.PRESENT, now=NOW)


@pytest.mark.parametrize(("items", "seats"), [(1, 1), (40, 60)])
def test_the_page_takes_as_many_statements_for_few_as_for_many(
    cast: Cast, visit: Visit, items: int, seats: int
) -> None:
    meeting = open_meeting(actor=command(), meeting=prepared(cast), now=NOW)
    many(cast, meeting, items, seats)
    ana = visit(cast.ana)
    ana.get(LIVE)
    with CaptureQueriesContext(connection) as captured:
        assert ana.get(LIVE).status == 200
    assert len(captured) == 17, "\n".join(one["sql"][:150] for one in captured)
    assert writes(captured.captured_queries) == []


def test_forty_items_and_sixty_seats_are_closed_within_three_seconds(cast: Cast, visit: Visit) -> None:
    meeting = open_meeting(actor=command(), meeting=prepared(cast), now=NOW)
    many(cast, meeting, 40, 60)
    ana = visit(cast.ana)
    form = ana.get(f"{LIVE}?closing=1").form("close")
    with time_machine.travel(NOW + timedelta(hours=1), tick=True):
        began = clock.perf_counter()
        response = ana.client.post(LIVE, form.fields)
        took = clock.perf_counter() - began
    assert response.status_code == 302
    assert took < 3
    assert set(AgendaItem.objects.values_list("state", flat=True)) == {ItemState.NOT_REACHED.value}
