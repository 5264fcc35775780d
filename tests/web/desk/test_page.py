"""The desk: what needs whoever looks, in words; and the button that says that it was read."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.replies import give_answer
from destraba.actions.matrix.problems import edit_problem, raise_problem
from destraba.actions.meetings.agenda import add_item
from destraba.actions.meetings.meetings import open_meeting
from destraba.actions.meetings.minutes import object_to_minutes
from destraba.models import Account, Mesa
from destraba.rules.answers import AnswerKind
from destraba.rules.commitments import CommitmentMove
from tests import factories
from tests.factories import NOW, TODAY, Cast, command
from tests.queries.desk.stage import DAY, agreed, called, circulated, followed, prepared
from tests.web.visits import Visitor, heads, writes

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
SEEN = "/desk/seen/"


def test_whoever_is_not_signed_in_signs_in_first(cast: Cast, visit: Visit) -> None:
    assert visit().client.get("/").headers["Location"] == "/accounts/login/?next=%2F"
    sent = visit().client.post(SEEN, {"shown_at": NOW.isoformat()})
    assert sent.headers["Location"].startswith("/accounts/login/")


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
    for who in (cast.antes, cast.admin):
        page = visit(who).get("/")
        assert "You have no seat in a mesa" in page.text
        assert "What I owe" not in page.text
    assert "/programme/accounts/" in visit(cast.admin).get("/").links


def test_the_head_is_offered_a_new_mesa(cast: Cast, visit: Visit) -> None:
    assert "/mesas/new/" in visit(cast.hilda).get("/").links
    assert "/mesas/new/" not in visit(cast.ana).get("/").links


def test_the_head_of_an_empty_programme_is_taught_the_first_step(cast: Cast, visit: Visit) -> None:
    Mesa._base_manager.update(withdrawn_at=NOW)
    page = visit(cast.hilda).get("/")
    assert "There is no mesa yet" in page.text
    assert "/mesas/new/" in page.links


def test_a_quiet_desk_says_so_and_names_the_next_meeting(cast: Cast, visit: Visit) -> None:
    assert "Mesa Ejecutiva Forestal is quiet: nobody is chased yet." in visit(cast.marco).get("/").text
    for where in (cast.forestal, cast.acuicola):
        followed(where)
    assert "Nothing waits for you now." in visit(cast.marco).get("/").text
    called(cast.forestal)
    page = visit(cast.marco).get("/")
    assert "Nothing waits for you now. The next meeting, S-1, is tomorrow at 10:00." in page.text
    assert "/mesas/forestal/meetings/1/" in page.links


def test_a_liaison_is_told_what_was_asked_before_what_is_late(cast: Cast, visit: Visit) -> None:
    followed(cast.forestal)
    problem = factories.problem(cast)
    for title, days in (("Lo vencido", -12), ("Lo más vencido", -14), ("Lo lejano", 90)):
        agreed(problem, title, cast.serfor, TODAY + days * DAY)
    lucia = visit(cast.lucia)
    text = lucia.get("/").text
    assert "2 commitments of yours are overdue; the oldest, C-2, since 1 Jun 2017." in text
    assert text.index("Lo más vencido") < text.index("Lo vencido") < text.index("Lo lejano")
    assert "1 more" in text
    factories.commitment(problem, "Lo pedido", owner=cast.lucia.seat, due=None)
    page = lucia.get("/")
    assert "1 commitment waits for your answer: C-4." in page.text
    assert page.text.index("Lo pedido") < page.text.index("Lo más vencido")
    assert "/mesas/forestal/commitments/4/" in page.links


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (4, "1 commitment of yours is due within a week: C-1, on 19 Jun 2017."),
        (-1, "1 commitment of yours is overdue: C-1, since 14 Jun 2017."),
    ],
)
def test_the_first_sentence_says_by_when(cast: Cast, visit: Visit, days: int, said: str) -> None:
    followed(cast.forestal)
    agreed(factories.problem(cast), "Firmar", cast.serfor, TODAY + days * DAY)
    assert said in visit(cast.lucia).get("/").text


def test_what_waits_is_said_with_its_place_and_its_day(cast: Cast, visit: Visit) -> None:
    everything_waits(cast)
    page = visit(cast.ana).get("/")
    for said in (
        "S-2: call the meeting; nobody is invited yet (Mesa Ejecutiva Forestal). 5 more things wait for you.",
        "Grant another date, 5 Jul 2017, or say why not",
        "Decide whose it is; its owner names SENASA",
        "Confirm that it is done, or send it back",
        "Answer the objection",
        "No dije eso.",
        "Accept the problem, or say why not",
        "since 14 Jun",
    ):
        assert said in page.text, said
    for address in ("commitments/1/", "commitments/2/", "commitments/3/", "meetings/1/#minutes"):
        assert f"/mesas/forestal/{address}" in page.links
    other = visit(cast.marco).get("/")
    assert "Nothing waits for your word." in other.text
    assert "nobody is invited yet" not in other.text


def test_a_member_is_told_until_when_silence_waits(cast: Cast, visit: Visit) -> None:
    circulated(cast.forestal)
    page = visit(cast.marco).get("/")
    assert "Look through the minutes; silence approves" in page.text
    assert "until 16 Jun 2017, 09:00" in page.text
    assert "Approve the minutes" in visit(cast.pilar).get("/").text


def test_the_head_goes_to_what_is_red(cast: Cast, visit: Visit) -> None:
    agreed(factories.problem(cast), "Firmar", cast.osinfor, TODAY - 3 * DAY)
    followed(cast.forestal)
    page = visit(cast.hilda).get("/")
    assert "1 commitment is red" in page.text
    assert "the oldest was due on 12 Jun" in page.text
    assert "/mesas/forestal/matrix/?light=red" in page.links


def test_a_meeting_says_when_where_and_how_long(cast: Cast, visit: Visit) -> None:
    meeting = called(cast.forestal, TODAY)
    for minutes in (45, 25):
        add_item(actor=command(), meeting=meeting, problem=factories.problem(cast), minutes=minutes, now=NOW)
    page = visit(cast.marco).get("/")
    assert "Thursday, 15 June 2017" in page.text
    assert "10:00–11:00 (Lima) · today" in page.text
    assert "2 items on the agenda, 1:10 10 minutes too long" in page.text
    assert "/mesas/forestal/meetings/1/#agenda" in page.links
    open_meeting(actor=command(), meeting=meeting, now=NOW)
    assert "/mesas/forestal/meetings/1/live/" in visit(cast.ana).get("/").links
    assert "/mesas/forestal/meetings/1/live/" not in visit(cast.marco).get("/").links
    assert "S-1 is being held now." in visit(cast.marco).get("/").text


def test_many_of_them_are_folded(cast: Cast, visit: Visit) -> None:
    followed(cast.forestal)
    problem = factories.problem(cast)
    for number in range(10):
        factories.commitment(problem, f"Acción {number}", owner=cast.serfor)
    for number in range(12):
        raise_problem(actor=cast.marco.actor, mesa=cast.forestal, title=f"Traba {number}", now=NOW)
    assert "2 more" in visit(cast.lucia).get("/").text
    assert "What waits for me 12" in visit(cast.ana).get("/").text
    assert "2 more" in visit(cast.ana).get("/").text


def test_what_changed_is_told_until_it_is_marked_as_seen(cast: Cast, visit: Visit) -> None:
    problem = factories.problem(cast)
    edit_problem(actor=cast.ana.actor, problem=problem, title="Tarda doce días", now=NOW)
    marco = visit(cast.marco)
    page = marco.get("/")
    assert "in the last seven days" in page.text
    assert "Ana Paredes edited P-1." in page.text
    assert "/mesas/forestal/problems/1/" in page.links
    (form,) = [one for one in page.forms if one.action == SEEN]
    after = marco.send(SEEN, form)
    assert after.status == 200
    assert "since 15 Jun 2017, 09:00" in after.text
    assert "Nobody else has changed anything that you can see." in after.text
    assert "Ana Paredes edited P-1." in visit(cast.lucia).get("/").text
    assert Account.objects.get(pk=cast.marco.account.pk).desk_seen_at == NOW
    edit_problem(actor=cast.teo.actor, problem=problem, title="Un mes", now=NOW + timedelta(seconds=1))
    assert "Teodoro Quispe edited P-1." in marco.get("/").text


@pytest.mark.parametrize(
    "odd",
    ["", "ayer", "2017-06-15", "2017-06-15T14:00:00", "0001-01-01T00:00:00+23:59", "9" * 400, "\x00", "١٢"],
)
def test_a_moment_that_no_page_says_changes_nothing(cast: Cast, visit: Visit, odd: str) -> None:
    page = visit(cast.marco).post(SEEN, {"shown_at": odd})
    assert page.status == 422
    assert "too old" in page.text
    assert Account.objects.get(pk=cast.marco.account.pk).desk_seen_at is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2999-01-01T00:00:00+00:00", NOW),
        ("1999-01-01T00:00:00+00:00", NOW - timedelta(days=7)),
        ("2017-06-15T08:30:00-05:00", NOW - timedelta(minutes=30)),
    ],
)
def test_nobody_reads_what_is_to_come_nor_unreads(cast: Cast, visit: Visit, said: str, kept: object) -> None:
    assert visit(cast.marco).post(SEEN, {"shown_at": said}).status == 200
    assert Account.objects.get(pk=cast.marco.account.pk).desk_seen_at == kept


def test_marking_without_a_form_of_ours_is_no_get(cast: Cast, visit: Visit) -> None:
    assert visit(cast.marco).get(SEEN).status == 405


def test_the_navigation_offers_what_is_there_and_open(cast: Cast, visit: Visit) -> None:
    for who, accounts in ((cast.ana, False), (cast.admin, True)):
        page = visit(who).get("/")
        assert {"/", "/public/", "/outbox/"} <= set(page.links)
        assert ("/programme/accounts/" in page.links) is accounts
    assert "/programme/" in visit(cast.hilda).get("/").links
    assert "/programme/" not in visit(cast.marco).get("/").links
    assert "/public/" in visit().get("/public/").links
    assert "/outbox/" not in visit().get("/public/").links


def test_reading_writes_nothing(cast: Cast, visit: Visit) -> None:
    everything_waits(cast)
    visitors = [visit(one) for one in cast.roles.values()]
    before = heads()
    with CaptureQueriesContext(connection) as queries:
        for visitor in visitors:
            assert visitor.get("/").status == 200
    assert writes(queries.captured_queries) == []
    assert heads() == before


def test_it_costs_the_same_at_one_row_and_at_three_in_one_mesa_and_in_three(
    cast: Cast, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Account.objects.update(desk_seen_at=NOW)  # what changed is counted in a test of its own
    everything_waits(cast)
    costs = ((cast.ana, 15), (cast.hilda, 11), (cast.marco, 12), (cast.ejes, 10), (cast.antes, 5))
    visitors = [(visit(player), statements) for player, statements in costs]
    for rows in (1, 3):
        for visitor, statements in visitors:
            with django_assert_num_queries(statements):
                visitor.get("/")
        if rows == 1:
            for slug in ("logistica", "textil"):
                everything_waits(cast, factories.mesa(f"Mesa {slug}", slug, host=cast.produce))
            for _ in range(2):
                everything_waits(cast)


def everything_waits(cast: Cast, mesa: Mesa | None = None) -> None:
    """One of each thing that waits for a team, on the axis of the axis lead; and a mesa that is followed."""
    where = mesa or cast.forestal
    if where.is_quiet:
        followed(where)
        where.following_since = TODAY
    problem = raise_problem(
        actor=command(), mesa=where, title="La guía tarda", axis="simplification", now=NOW
    )
    promised = [agreed(problem, f"Firmar {n}", cast.serfor, TODAY - DAY) for n in range(3)]
    said = {"note": "Falta la directiva.", "now": NOW}
    give_answer(
        actor=command(),
        commitment=promised[0],
        kind=AnswerKind.OTHER_DATE,
        proposed_due=factories.FuzzyDate(TODAY + 20 * DAY),
        **said,
    )
    give_answer(actor=command(), commitment=promised[1], kind=AnswerKind.NOT_MINE, named="SENASA", **said)
    move_commitment(actor=command(), commitment=promised[2], move=CommitmentMove.REPORT_DONE, now=NOW)
    raise_problem(actor=cast.marco.actor, mesa=cast.forestal, title="Cierra a las cinco", now=NOW - DAY)
    object_to_minutes(actor=command(), minutes=circulated(where), text="No dije eso.", now=NOW)
    prepared(where)
    called(where, TODAY + 3 * DAY)
