"""The page of the rows: what is asked, what is answered, and what a hand may get wrong."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from destraba.actions.followup.answers import report_progress
from destraba.actions.mesas import start_following_up
from destraba.models import Answer, Commitment, Event, File
from destraba.rules.answers import AnswerKind, AnswerState
from destraba.rules.commitments import CommitmentState
from destraba.values.fuzzy_dates import FuzzyDate
from tests import factories
from tests.factories import NOW, Cast, command
from tests.values.naughty import SOME
from tests.web.links.stage import ROWS, Liaison, Owing, address, agree, day, link_for
from tests.web.visits import Form

pytestmark = pytest.mark.django_db
FIELDS = ("waits_for", "proposed", "whose", "decline_reason", "opinion_of", "why", "note", "remedy", "head")


def stored(commitment: Commitment) -> Commitment:
    return Commitment.objects.get(pk=commitment.pk)


def test_what_presses_most_comes_first_and_what_wants_nothing_is_folded(
    liaison: Liaison, stage: Owing
) -> None:
    page = liaison.rows()
    assert "2 questions" in page.text
    assert [form.action.partition("#")[0] for form in page.forms if form.action.startswith(ROWS)] == [
        address(stage.late), address(stage.asked), address(stage.later),
    ]  # fmt: skip
    assert "One more that wants nothing today" in page.text
    assert "Overdue due 2 weeks ago" in page.text


def test_every_row_says_what_it_is_for_and_what_was_said(cast: Cast, liaison: Liaison, stage: Owing) -> None:
    report_progress(actor=cast.ana.actor, commitment=stage.late, note="Borrador circulado.", now=NOW)
    text = liaison.rows().text
    for words in ("C-1", "Mesa Ejecutiva Forestal", "due 31 May 2017", "La guía de transporte tarda 12 días",
                  "Borrador circulado."):  # fmt: skip
        assert words in text


def test_an_answer_is_received_with_a_receipt_and_can_be_corrected(liaison: Liaison, stage: Owing) -> None:
    page = liaison.answer(stage.late, "progress", note="En firma.")
    assert page.status == 200
    assert "Received, thank you. One is left." in page.text
    event = Event.objects.get(kind="answer.given")
    assert bytes(event.hash).hex()[:12] in page.text
    again = liaison.answer(stage.late, "waits", waits_for="OSINFOR", note="Me equivoqué.")
    assert again.status == 200
    kinds = list(Answer.objects.order_by("said_at", "pk").values_list("kind", flat=True))
    assert sorted(kinds) == [AnswerKind.PROGRESS, AnswerKind.WAITS]
    assert stored(stage.late).waits_for_organization is not None


def test_she_accepts(liaison: Liaison, stage: Owing) -> None:
    page = liaison.answer(stage.asked, "accept")
    assert "It is agreed." in page.text
    assert stored(stage.asked).state == CommitmentState.AGREED


def test_what_changed_under_her_eyes_is_not_accepted_unseen(
    cast: Cast, liaison: Liaison, stage: Owing
) -> None:
    form = liaison.form(stage.asked)
    report = Commitment.objects.get(pk=stage.asked.pk)
    from destraba.actions.followup.commitments import date_commitment  # heavy: this story alone

    date_commitment(actor=cast.ana.actor, commitment=report, due=day("20/06/2017"), now=NOW)
    page = liaison.send(form, answer="accept")
    assert page.status == 412
    assert "changed while you were reading" in page.text
    assert stored(stage.asked).state == CommitmentState.ASKED
    assert liaison.answer(stage.asked, "accept").status == 200


def test_she_declines_and_says_why(liaison: Liaison, stage: Owing) -> None:
    missing = liaison.answer(stage.asked, "decline")
    assert (missing.status, "Choose what stands in the way" in missing.text) == (422, True)
    unnamed = liaison.answer(stage.asked, "decline", decline_reason="needs_opinion")
    assert (unnamed.status, "Name the agency" in unnamed.text) == (422, True)
    page = liaison.answer(
        stage.asked,
        "decline",
        decline_reason="needs_opinion",
        opinion_of="SERNANP",
        why="Son áreas protegidas.",
    )
    assert "You declined it" in page.text
    assert stored(stage.asked).state_because == "SERNANP\nSon áreas protegidas."


def test_another_date_says_how_often_it_was_moved(cast: Cast, liaison: Liaison, stage: Owing) -> None:
    Commitment.objects.filter(pk=stage.late.pk).update(slips=2, original_due=day("31/03/2017"))
    assert "moved 2 times. The first date, 31 Mar 2017, stays in view" in liaison.rows().text
    page = liaison.answer(stage.late, "other_date", proposed="2017-07-31", why="Sin presupuesto.")
    assert "The team has not answered yet." in page.text
    answer = Answer.objects.get()
    assert (answer.state, answer.note) == (AnswerState.OPEN, "Sin presupuesto.")
    assert answer.proposed_due == FuzzyDate(date(2017, 7, 31))


def test_it_is_somebody_elses(cast: Cast, liaison: Liaison, stage: Owing) -> None:
    liaison.answer(stage.asked, "not_mine", whose="OSINFOR")
    assert Answer.objects.get().names == cast.osinfor


def test_a_photo_goes_with_it(liaison: Liaison, stage: Owing) -> None:
    photo = SimpleUploadedFile("acta.html", b"\xff\xd8\xff\xe0 photo", content_type="text/html")
    page = liaison.answer(stage.late, "done", evidence=photo, head="yes", remedy="Nada más.")
    assert "the team looks at it" in page.text
    answer = Answer.objects.get()
    assert answer.head_consulted is True
    assert File.objects.get(pk=answer.evidence_id).media_type == "image/jpeg"


def test_what_is_no_evidence_is_refused_and_what_was_typed_is_kept(liaison: Liaison, stage: Owing) -> None:
    page = liaison.answer(
        stage.late,
        "done",
        note="Publicada.",
        evidence=SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>"),
    )
    assert page.status == 422
    assert "Send a photograph, a PDF" in page.text
    back = next(form for form in page.forms if form.action.startswith(address(stage.late)))
    assert back.fields["note"] == "Publicada."
    assert back.fields["answer"] == "done"
    assert not Answer.objects.exists()
    assert not File.objects.exists()


def test_a_file_beyond_the_limit_is_refused(
    liaison: Liaison, stage: Owing, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings as product  # circular: the fixture has the same name

    monkeypatch.setattr(product, "UPLOAD_LIMIT", 1000)
    huge = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"x" * 100_000)
    page = liaison.answer(stage.late, "done", evidence=huge)
    assert page.status == 422
    assert "larger than" in page.text
    assert not Answer.objects.exists()


def test_without_an_answer_nothing_is_sent(liaison: Liaison, stage: Owing) -> None:
    page = liaison.send(liaison.form(stage.late), note="Olvidé elegir.")
    assert page.status == 422
    assert "Choose one of these first." in page.text


@pytest.mark.parametrize("answer", ["done", "progress", "same", "waits", "other_date", "not_mine"])
def test_two_taps_are_one_answer(liaison: Liaison, stage: Owing, answer: str) -> None:
    form = liaison.form(stage.late)
    typed = {"answer": answer, "waits_for": "MEF", "proposed": "2017-07-31", "why": "x", "whose": "MEF"}
    pages = [liaison.send(form, **typed) for _ in range(3)]
    assert [page.status for page in pages] == [200] * 3
    assert Answer.objects.count() == 1
    assert Event.objects.filter(kind="answer.given").count() == 1


@pytest.mark.parametrize(("answer", "kind"), [("accept", "agreed"), ("decline", "declined")])
def test_two_taps_are_one_move(liaison: Liaison, stage: Owing, answer: str, kind: str) -> None:
    form = liaison.form(stage.asked)
    pages = [liaison.send(form, answer=answer, decline_reason="budget") for _ in range(3)]
    assert [page.status for page in pages] == [200] * 3
    of_it = Event.objects.filter(kind=f"commitment.{kind}", object_id=stage.asked.pk)
    assert of_it.count() == 1


def test_what_is_said_after_it_was_reported_done_is_not_swallowed(liaison: Liaison, stage: Owing) -> None:
    of_an_old_tab = liaison.form(stage.late)
    liaison.answer(stage.late, "done")
    page = liaison.send(of_an_old_tab, answer="same")
    assert page.status == 409
    assert "Nothing is asked of you here any more." in page.text
    assert Answer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_are_one_answer(liaison: Liaison, stage: Owing) -> None:
    """In PostgreSQL really at once; SQLite, in the memory of one process, takes them one after another."""
    form, cookies = liaison.form(stage.late), liaison.client.cookies

    def send(_number: int) -> int:
        client = Client()
        client.cookies = cookies
        try:
            return client.post(address(stage.late), {**form.fields, "answer": "same"}).status_code
        finally:
            if connection.vendor == "postgresql":
                connections.close_all()

    with ThreadPoolExecutor(max_workers=8 if connection.vendor == "postgresql" else 1) as pool:
        statuses = (
            list(pool.map(send, range(50)))
            if connection.vendor == "postgresql"
            else [send(n) for n in range(50)]
        )
    assert set(statuses) == {302}
    assert Answer.objects.count() == 1
    assert Event.objects.filter(kind="answer.given").count() == 1


def test_the_row_of_somebody_else_is_not_there(cast: Cast, liaison: Liaison, stage: Owing) -> None:
    mine = liaison.form(stage.late)
    theirs = Form(address(stage.of_another), "post", mine.fields)
    for action in (theirs.action, f"{ROWS}{uuid4()}/"):
        assert liaison.send(Form(action, "post", mine.fields), answer="done").status == 404
    assert not Answer.objects.exists()


def test_rows_of_every_mesa_stand_on_one_page(cast: Cast, liaison: Liaison, stage: Owing) -> None:
    """A liaison of the whole agency answers for it wherever it owes something."""
    seat = factories.player("Leandro Sosa", cast.serfor, factories.Role.LIAISON, None)
    elsewhere = factories.commitment(
        factories.problem(cast, "El cultivo espera", cast.acuicola),
        "Emitir la guía acuícola",
        cast.serfor,
        day("20/06/2017"),
    )
    agree(elsewhere)
    start_following_up(actor=command(), mesa=cast.acuicola, now=NOW)
    visitor = Liaison()
    page = visitor.open(link_for(seat.person).secret)
    assert "Mesa Ejecutiva Acuícola" in page.text
    assert "Mesa Ejecutiva Forestal" in page.text
    assert visitor.answer(elsewhere, "progress").status == 200


def test_whatever_is_typed_it_is_taken_whole_or_refused(liaison: Liaison, stage: Owing) -> None:
    """Every text in every field at once, whatever was answered."""
    drawn = liaison.form(stage.late).fields
    for at, text in enumerate(SOME):
        typed = dict.fromkeys(FIELDS, text.encode("utf-8", "replace").decode())
        kind = ("waits", "other_date", "not_mine", "progress")[at % 4]
        sent = {**drawn, **typed, "once": str(uuid4()), "answer": kind, "head": "", "decline_reason": ""}
        if kind == "other_date":
            sent["proposed"] = "2017-07-31"
        elif len(text) % 2:
            sent["proposed"] = ""
        answer = liaison.client.post(address(stage.late), sent)
        assert answer.status_code in {302, 422}, text[:60]
    page = liaison.rows()
    assert page.status == 200
    assert "<script>alert" not in page.response.content.decode()
    assert Answer.objects.exists()


@pytest.mark.parametrize("field", [*FIELDS, "answer", "once", "version"])
def test_a_field_that_holds_what_it_never_should_is_refused(
    liaison: Liaison, stage: Owing, field: str
) -> None:
    drawn = {**liaison.form(stage.late).fields, "answer": "other_date", "why": "x", "proposed": "2017-07-31"}
    for text in ("\x00", "\x00" * 100, "a" * 20_001):
        refused = liaison.client.post(address(stage.late), {**drawn, field: text})
        assert refused.status_code in {404, 412, 422}, field
    assert not Answer.objects.exists()


def test_wrong_types_and_missing_fields_are_refused(liaison: Liaison, stage: Owing) -> None:
    good = liaison.form(stage.late).fields
    broken = [
        {}, {"answer": "done"}, {**good, "answer": "red"}, {**good, "answer": "accept"},
        {**good, "answer": "done", "once": "x"}, {**good, "answer": "done", "version": "-1"},
        {**good, "answer": "done", "version": "9" * 40}, {**good, "answer": ["done", "x"]},
        {**good, "answer": "done", "head": "maybe"},
        {**good, "answer": "other_date", "proposed": "31/31/2017"},
    ]  # fmt: skip
    for fields in broken:
        assert liaison.client.post(address(stage.late), fields).status_code in {404, 409, 412, 422}, fields
    assert liaison.client.post(address(stage.late), b"{}", content_type="application/json").status_code == 422
    assert not Answer.objects.exists()


def test_a_note_of_ten_megabytes_is_refused(liaison: Liaison, stage: Owing) -> None:
    page = liaison.answer(stage.late, "progress", note="a" * 10 * 1024 * 1024)
    assert page.status == 422
    assert not Answer.objects.exists()


def test_the_page_takes_as_many_statements_for_one_row_as_for_many(
    cast: Cast, liaison: Liaison, stage: Owing
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            liaison.rows()
        return len(queries)

    liaison.answer(stage.late, "progress")
    few = statements()
    for number in range(5):
        agree(factories.commitment(stage.late.problem, f"Otra {number}", cast.serfor, day("18/06/2017")))
    assert statements() == few
    assert few <= 13
