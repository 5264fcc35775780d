"""The minutes behind a mailed link: read, objected to, approved; and whatever a hand may get wrong."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import signing
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from destraba.actions.links import make_link, revoke
from destraba.actions.meetings.minutes import answer_objection, approve_by_silence, approve_minutes
from destraba.actions.meetings.room import write_entry
from destraba.actions.people import end_tenure
from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.models import Event, Link, Minutes, Objection, Tenure
from destraba.queries.files import content_of
from destraba.rules.meetings import EntryKind
from destraba.rules.minutes import MinutesState
from destraba.rules.operations.links import LinkPurpose
from destraba.values.actors import Actor, Via
from destraba.values.visibility import Visibility
from tests.actions.meetings.rounds import DECIDED, PRIVATE, circulated_anew, going_round, objected
from tests.factories import NOW, TODAY, Cast, Player, command
from tests.values.naughty import SOME
from tests.web.links.stage import ROWS, Liaison, link_for
from tests.web.visits import Form, Page

pytestmark = pytest.mark.django_db

SHEET, PDF, OBJECTION, APPROVAL = (
    "/u/minutes/",
    "/u/minutes/pdf/",
    "/u/minutes/objection/",
    "/u/minutes/approval/",
)
SHUT = "This link opens nothing now"


class Reader(Liaison):
    """Somebody who got minutes by mail, at a telephone's browser."""

    def sheet(self) -> Page:
        return Page(self.client.get(SHEET))

    def objection(self) -> Form:
        return next(form for form in self.sheet().forms if form.action.startswith(OBJECTION))

    def object(self, text: str) -> Page:
        return self.send(self.objection(), text=text)

    def approve(self) -> Page:
        return Page(self.client.post(APPROVAL, follow=True))


@pytest.fixture
def minutes(cast: Cast, that_thursday: None) -> Minutes:
    return going_round(cast)


def mailed(minutes: Minutes, to: Player) -> Link:
    return make_link(
        purpose=LinkPurpose.MINUTES,
        person=to.person,
        mesa=minutes.mesa,
        scope=[str(minutes.pk), str(minutes.edition)],
        now=NOW,
    ).link


def reader(link: Link) -> Reader:
    """With the page open already."""
    visitor = Reader()
    visitor.client.cookies["link"] = signing.dumps(str(link.pk), salt="destraba.links.cookie")
    return visitor


def by_mail(minutes: Minutes, to: Player) -> Reader:
    return reader(mailed(minutes, to))


def stored(minutes: Minutes) -> Minutes:
    return Minutes.objects.get(pk=minutes.pk)


def shut(page: Page) -> bool:
    return page.status == 403 and SHUT in page.text


def test_the_secret_opens_the_minutes_as_the_mesa_reads_them(cast: Cast, minutes: Minutes) -> None:
    made = make_link(
        purpose=LinkPurpose.MINUTES, person=cast.lucia.person, scope=[str(minutes.pk), "1"], now=NOW
    )
    page = Reader().open(made.secret)
    assert page.status == 200
    for words in ("Acuerdos 1-2017", "You can object until Saturday 17 June, 09:00. Silence approves.",
                  DECIDED, "C-1 · due 30 Jun 2017 Yours Firmar la guía", "CONAFOR mostró diez guías.",
                  "1 paragraph is withheld"):  # fmt: skip
        assert words in page.text, words
    assert PRIVATE not in page.text
    assert page.text.count("Yours") == 1
    assert all(link.startswith(("#", PDF)) for link in page.links), page.links
    assert page.response.headers["Cache-Control"] == "private, no-store"


def test_the_pdf_is_what_was_circulated_byte_for_byte(cast: Cast, minutes: Minutes) -> None:
    answer = by_mail(minutes, cast.lucia).client.get(PDF)
    assert minutes.pdf is not None
    assert answer.content == content_of(minutes.pdf)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="acuerdos-1-2017.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_an_objection_is_received_with_a_receipt(cast: Cast, minutes: Minutes) -> None:
    lucia = by_mail(minutes, cast.lucia)
    page = lucia.object("La fecha era el 15 de julio.")
    assert page.status == 200
    for words in ("Received, thank you", "They are a draft again", "La fecha era el 15 de julio."):
        assert words in page.text, words
    objection, event = Objection.objects.get(), Event.objects.get(kind="objection.made")
    assert (objection.seat, objection.edition, event.actor, event.via) == (
        cast.lucia.seat, 1, cast.lucia.person.pk, "link",
    )  # fmt: skip
    assert bytes(event.hash).hex()[:12] in page.text
    assert (stored(minutes).state, stored(minutes).edition) == (MinutesState.DRAFT, 2)
    assert DECIDED not in page.text
    assert "Received, thank you" not in lucia.sheet().text
    assert "La fecha era el 15 de julio." in lucia.sheet().text


def test_whoever_objected_reads_the_teams_answer(cast: Cast, minutes: Minutes) -> None:
    lucia = by_mail(minutes, cast.lucia)
    lucia.object("La fecha era el 15 de julio.")
    answer_objection(
        actor=cast.ana.actor,
        objection=Objection.objects.get(),
        is_taken_up=False,
        answer="Así consta en la grabación.",
        now=NOW,
    )
    text = lucia.sheet().text
    assert "The team left it as it was." in text
    assert "Así consta en la grabación." in text


def test_the_same_objection_sent_twice_is_made_once(cast: Cast, minutes: Minutes) -> None:
    lucia = by_mail(minutes, cast.lucia)
    form = lucia.objection()
    first, second = (lucia.send(form, text="No fue así.") for _tap in range(2))
    assert (first.status, second.status) == (200, 200)
    assert "Received, thank you" in second.text
    assert Objection.objects.count() == 1


def test_nobody_finds_anothers_objection_on_record(cast: Cast, minutes: Minutes) -> None:
    lucia, marco = by_mail(minutes, cast.lucia), by_mail(minutes, cast.marco)
    form = lucia.objection()
    marco_form = marco.objection()
    lucia.send(form, text="No fue así.")
    page = marco.send(marco_form, once=form.fields["once"], text="Tampoco dije eso.")
    assert page.status == 409
    assert "An objection has taken these minutes back" in page.text
    # What he wrote is not lost, and he is not shown what she wrote.
    assert "What you wrote is not on record: Tampoco dije eso." in page.text
    assert "No fue así." not in page.text
    assert Objection.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Say in one sentence what is wrong."),
        (" \n\t ", "Say in one sentence what is wrong."),
        ("x" * 2001, "at most 2000 characters"),
        ("a\x00b", "Null characters are not allowed."),
    ],
)
def test_what_says_nothing_or_too_much_is_refused_beside_its_field(
    cast: Cast, minutes: Minutes, text: str, said: str
) -> None:
    lucia = by_mail(minutes, cast.lucia)
    page = lucia.object(text)
    assert page.status == 422
    assert said in page.text
    assert "Nothing was written yet: look at what is marked below." in page.text
    assert not Objection.objects.exists()
    assert stored(minutes).state == MinutesState.CIRCULATED


def test_whatever_is_written_is_kept_as_text_or_refused(cast: Cast, minutes: Minutes) -> None:
    lucia = by_mail(minutes, cast.lucia)
    again = Minutes.objects.filter(pk=minutes.pk)
    going = again.values("state", "edition", "circulated_at", "objections_until").get()
    for text in SOME:
        fields = {"once": uuid4(), "text": text.encode("utf-8", "replace")}
        status = lucia.client.post(OBJECTION, fields).status_code
        assert status in {302, 422}, text[:60]
        assert again.get().state == (MinutesState.DRAFT if status == 302 else MinutesState.CIRCULATED)
        again.update(**going)
    assert Objection.objects.count() > len(SOME) / 3
    assert b"<script>alert" not in lucia.client.get(SHEET).content


@pytest.mark.parametrize(
    "fields", [{}, {"text": "No."}, {"once": "x", "text": "No."}, {"once": "0189-no", "text": "No."}]
)
def test_a_form_that_was_tampered_with_writes_nothing(
    cast: Cast, minutes: Minutes, fields: dict[str, str]
) -> None:
    answer = by_mail(minutes, cast.lucia).client.post(OBJECTION, fields)
    assert answer.status_code == 422
    assert not Objection.objects.exists()


def test_after_the_term_nobody_objects(cast: Cast, minutes: Minutes) -> None:
    lucia = by_mail(minutes, cast.lucia)
    form = lucia.objection()
    with time_machine.travel(NOW + timedelta(hours=48), tick=False):
        lucia = by_mail(minutes, cast.lucia)
        page = lucia.send(form, text="Tarde.")
        assert (page.status, "The time for objections is over." in page.text) == (409, True)
        assert "What you wrote is not on record: Tarde." in page.text
        assert "they wait to be approved" in lucia.sheet().text
        assert not [form for form in lucia.sheet().forms if form.action.startswith(OBJECTION)]
        approve_by_silence(actor=Actor(None, Via.JOB), now=NOW + timedelta(hours=48))
        assert "Approved by silence on 17 Jun 2017, 09:00." in lucia.sheet().text
        assert DECIDED in lucia.sheet().text
        assert lucia.send(form, text="Tarde.").status == 409
    assert not Objection.objects.exists()


def test_an_edition_that_was_replaced_takes_no_objection(cast: Cast, minutes: Minutes) -> None:
    old = by_mail(minutes, cast.lucia)
    form = old.objection()
    objected(minutes, cast.marco)
    assert "An objection has taken this edition back" in old.sheet().text
    write_entry(
        actor=cast.ana.actor, meeting=minutes.meeting, kind=EntryKind.DECISION, text="Otra cosa.", now=NOW
    )
    circulated_anew(cast, minutes)
    page = old.send(form, text="Lo de la primera.")
    assert (page.status, "A later edition of these minutes goes round now." in page.text) == (409, True)
    assert "Lo de la primera." in page.text
    assert "Otra cosa." not in old.sheet().text
    assert old.client.get(PDF).status_code == 409
    assert stored(minutes).state == MinutesState.CIRCULATED
    new = by_mail(minutes, cast.lucia)
    assert "Edition 2, after an objection." in new.sheet().text
    assert "Otra cosa." in new.sheet().text
    assert new.object("Lo de la segunda.").status == 200
    assert Objection.objects.get(text="Lo de la segunda.").edition == 2


def test_a_leader_approves_and_pressing_twice_is_once(cast: Cast, minutes: Minutes) -> None:
    for player in (cast.ana, cast.marco, cast.lucia):
        visitor = by_mail(minutes, player)
        assert not [form for form in visitor.sheet().forms if form.action == APPROVAL], player.person
        assert visitor.approve().status == 404
    pilar = by_mail(minutes, cast.pilar)
    assert "As a leader of this mesa" in pilar.sheet().text
    first, second = pilar.approve(), pilar.approve()
    assert (first.status, second.status) == (200, 200)
    assert "Received, thank you" in first.text
    assert "Approved on 15 Jun 2017, 09:00." in second.text
    assert stored(minutes).state == MinutesState.APPROVED
    assert Event.objects.filter(kind="minutes.approved", via="link").count() == 1


def test_what_another_leader_approved_is_not_approved_again(cast: Cast, minutes: Minutes) -> None:
    pilar = by_mail(minutes, cast.pilar)
    approve_minutes(actor=cast.teo.actor, minutes=minutes, now=NOW)
    page = pilar.approve()
    assert (page.status, "These minutes are approved: not a letter changes any more." in page.text) == (
        409,
        True,
    )
    form_of_then = by_mail(minutes, cast.lucia).client.post(OBJECTION, {"once": uuid4(), "text": "No."})
    assert form_of_then.status_code == 409
    assert Event.objects.filter(kind="minutes.approved").count() == 1


def test_a_leader_does_not_approve_another_edition_nor_past_an_objection(
    cast: Cast, minutes: Minutes
) -> None:
    old = by_mail(minutes, cast.pilar)
    objected(minutes, cast.marco)
    assert old.approve().status == 409
    circulated_anew(cast, minutes)
    assert old.approve().status == 409
    new = by_mail(minutes, cast.pilar)
    assert "An objection waits for the team's answer" in new.sheet().text
    assert not [form for form in new.sheet().forms if form.action == APPROVAL]
    assert new.approve().status == 409
    answer_objection(actor=cast.ana.actor, objection=Objection.objects.get(), is_taken_up=True, now=NOW)
    assert new.approve().status == 200
    assert stored(minutes).state == MinutesState.APPROVED


def test_an_ended_link_opens_nothing_whatever_the_cause(cast: Cast, minutes: Minutes) -> None:
    for ends in ("revoked", "expired"):
        link = mailed(minutes, cast.lucia)
        lucia = reader(link)
        form = lucia.objection()
        if ends == "revoked":
            revoke(link=link, now=NOW)
        else:
            Link.objects.filter(pk=link.pk).update(expires_at=NOW)
        assert shut(lucia.sheet()), ends
        assert shut(lucia.send(form, text="No.")), ends
        assert shut(lucia.approve()), ends
        assert lucia.client.get(PDF).status_code == 403
    assert not Objection.objects.exists()


def test_links_of_either_purpose_do_not_open_the_other(cast: Cast, minutes: Minutes) -> None:
    rows = reader(link_for(cast.lucia.person).link)
    assert shut(rows.sheet())
    assert shut(Page(rows.client.post(OBJECTION, {"once": uuid4(), "text": "No."})))
    assert rows.rows().status == 200
    sheet = by_mail(minutes, cast.lucia)
    assert shut(Page(sheet.client.get(ROWS)))
    assert sheet.sheet().status == 200


@pytest.mark.parametrize("scope", [[], ["x", "1"], [str(uuid4()), "1"], ["", ""], [None, 1], {"a": 1}])
def test_a_link_that_names_no_minutes_opens_nothing(
    cast: Cast, minutes: Minutes, scope: list[object]
) -> None:
    link = mailed(minutes, cast.lucia)
    Link.objects.filter(pk=link.pk).update(scope=scope)
    assert shut(reader(link).sheet())


def test_a_link_names_these_minutes_and_no_others(cast: Cast, minutes: Minutes) -> None:
    """The secretary of next door gets a link that names minutes of a mesa in which she does not sit."""
    vera = by_mail(minutes, cast.vecina)
    assert shut(vera.sheet())
    assert shut(Page(vera.client.post(OBJECTION, {"once": uuid4(), "text": "No."})))
    assert shut(vera.approve())
    assert shut(by_mail(minutes, cast.hilda).sheet())


def test_who_left_yesterday_reads_nothing_more(cast: Cast, minutes: Minutes) -> None:
    lucia = by_mail(minutes, cast.lucia)
    form = lucia.objection()
    tenure = Tenure.objects.get(person=cast.lucia.person)
    end_tenure(actor=command(), tenure=tenure, ends_on=TODAY - timedelta(days=1), now=NOW)
    assert shut(lucia.sheet())
    assert shut(lucia.send(form, text="No."))


def test_what_becomes_the_teams_alone_is_shut(cast: Cast, minutes: Minutes) -> None:
    lucia = by_mail(minutes, cast.lucia)
    for record in (minutes, minutes.meeting):
        with recording(actor=cast.ana.actor, now=NOW, streams=[minutes.mesa_id]) as change:
            change.update(record, kinds.VISIBILITY_CHANGED, visibility=Visibility.TEAM.value)
        assert shut(lucia.sheet())
        with recording(actor=cast.ana.actor, now=NOW, streams=[minutes.mesa_id]) as change:
            change.update(record, kinds.VISIBILITY_CHANGED, visibility=Visibility.MESA.value)
    assert lucia.sheet().status == 200


def test_looking_changes_nothing(cast: Cast, minutes: Minutes) -> None:
    pilar = by_mail(minutes, cast.pilar)
    before = (Event.objects.count(), stored(minutes).version)
    for path in (SHEET, f"{SHEET}?sent", PDF, OBJECTION, APPROVAL):
        for method in (pilar.client.get, pilar.client.head):
            method(path)
            Client().get(path)
    assert (Event.objects.count(), stored(minutes).version) == before


def test_a_form_from_elsewhere_is_refused(cast: Cast, minutes: Minutes) -> None:
    strict = Client(enforce_csrf_checks=True)
    link = mailed(minutes, cast.pilar)
    strict.cookies["link"] = signing.dumps(str(link.pk), salt="destraba.links.cookie")
    assert strict.post(APPROVAL).status_code == 403
    assert strict.post(OBJECTION, {"once": uuid4(), "text": "No."}).status_code == 403
    assert stored(minutes).state == MinutesState.CIRCULATED


def test_the_page_asks_as_much_whatever_was_decided(cast: Cast, minutes: Minutes) -> None:
    lucia = by_mail(minutes, cast.lucia)
    with CaptureQueriesContext(connection) as few:
        lucia.sheet()
    objected(minutes, cast.marco)
    for text in ("Uno.", "Dos.", "Tres."):
        write_entry(
            actor=cast.ana.actor, meeting=minutes.meeting, kind=EntryKind.DECISION, text=text, now=NOW
        )
    circulated_anew(cast, minutes)
    again = by_mail(minutes, cast.lucia)
    with CaptureQueriesContext(connection) as more:
        page = again.sheet()
    assert "Tres." in page.text
    # The first had no objection to ask for.
    assert len(more) <= len(few) + 2


@pytest.mark.django_db(transaction=True)
def test_many_taps_at_the_same_moment_make_one_objection(cast: Cast) -> None:
    """In PostgreSQL really at once; SQLite, in the memory of one process, takes them one after another."""
    minutes, for_ever = going_round(cast), datetime(2099, 1, 1, tzinfo=UTC)
    Minutes.objects.filter(pk=minutes.pk).update(objections_until=for_ever)
    link = mailed(minutes, cast.lucia)
    Link.objects.filter(pk=link.pk).update(expires_at=for_ever)
    fields = {"once": str(uuid4()), "text": "No fue así."}

    def tap(_number: int) -> int:
        try:
            return reader(link).client.post(OBJECTION, fields).status_code
        finally:
            if connection.vendor == "postgresql":
                connections.close_all()

    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(tap, range(24)))
    else:
        statuses = [tap(number) for number in range(24)]
    assert set(statuses) == {302}
    assert Objection.objects.count() == 1
    assert stored(minutes).edition == 2
