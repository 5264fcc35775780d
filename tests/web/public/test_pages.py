"""What anybody may read: approved minutes that were published, and what follows from them. Nothing else."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from docx import Document
from pytest_django import DjangoAssertNumQueries

from destraba.actions.followup.answers import move_commitment
from destraba.actions.followup.commitments import date_commitment
from destraba.actions.meetings.minutes import approve_minutes, circulate_minutes, publish_minutes
from destraba.actions.mesas import start_following_up
from destraba.actions.visibility import set_visibility
from destraba.models import Commitment, File, Meeting, Minutes, Problem
from destraba.queries.files import content_of
from destraba.rules.commitments import CommitmentMove
from destraba.values.fuzzy_dates import read
from destraba.values.visibility import Visibility
from destraba.web.meetings.renditions import rendition_of
from tests import factories
from tests.factories import NOW, Cast
from tests.web.meetings.test_pages import LATER, held
from tests.web.visits import Visitor

pytestmark = pytest.mark.django_db

PAGE = "/public/mesas/forestal/"


def approved(cast: Cast, meeting: Meeting) -> Minutes:
    minutes = meeting.minutes
    rendition = rendition_of(cast.forestal, meeting, LATER)
    circulate_minutes(actor=cast.ana.actor, minutes=minutes, rendition=rendition, now=LATER)
    return approve_minutes(actor=cast.pilar.actor, minutes=minutes, now=LATER)


def published(cast: Cast) -> Minutes:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    minutes = approved(cast, held(cast))
    return publish_minutes(actor=cast.pilar.actor, minutes=minutes, now=LATER)


def test_before_anything_is_published_there_is_nothing_to_see(cast: Cast) -> None:
    anybody = Visitor()
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    meeting = held(cast)
    for _step in range(2):
        assert anybody.get(PAGE).status == 404
        assert anybody.get(f"{PAGE}minutes/2017-1.pdf").status == 404
        assert "Forestal" not in anybody.get("/public/").text
        if _step == 0:
            approved(cast, meeting)


def test_what_is_published_names_agencies_and_no_officials(cast: Cast) -> None:
    published(cast)
    page = Visitor().get(PAGE)
    assert page.status == 200
    for said in (
        "Servicio Nacional Forestal",
        "Firmar la guía",
        "Acuerdos 1-2017",
        File.objects.get(media_type="application/pdf").sha256,
    ):
        assert said in page.text
    for hidden in ("Lucía", "Farfán", "Ana Paredes", "Ver con presupuesto"):
        assert hidden not in page.text
    assert "Mesa Ejecutiva Forestal" in Visitor().get("/public/").text


def test_the_pdf_is_the_one_that_was_approved(cast: Cast) -> None:
    minutes = published(cast)
    answer = Client().get(f"{PAGE}minutes/2017-1.pdf")
    assert answer.content.startswith(b"%PDF")
    assert minutes.pdf is not None
    assert len(answer.content) == minutes.pdf.size
    assert Client().get(f"{PAGE}minutes/2017-2.pdf").status_code == 404


def test_what_is_published_does_not_call_itself_a_draft(cast: Cast) -> None:
    minutes = published(cast)
    assert minutes.docx is not None
    said = "\n".join(one.text for one in Document(BytesIO(content_of(minutes.docx))).paragraphs)
    assert "1-2017" in said
    for untrue in ("Draft", "Borrador", "may still change", "puede cambiar"):
        assert untrue not in said


def test_nothing_moves_between_two_approved_meetings(cast: Cast) -> None:
    published(cast)
    before = Visitor().get(PAGE).text
    commitment = Commitment.objects.get(title="Firmar la guía")
    date_commitment(
        actor=cast.ana.actor,
        commitment=commitment,
        due=read("31/12/2017"),
        reason="Falta una firma.",
        now=LATER + timedelta(days=1),
    )
    move_commitment(
        actor=cast.lucia.actor,
        commitment=commitment,
        move=CommitmentMove.REPORT_DONE,
        now=LATER + timedelta(days=1),
    )
    assert Visitor().get(PAGE).text == before


def test_what_is_the_teams_stays_out(cast: Cast) -> None:
    published(cast)
    set_visibility(
        actor=cast.ana.actor,
        record=Commitment.objects.get(title="Firmar la guía"),
        visibility=Visibility.TEAM,
        reason="En trato.",
        now=LATER,
    )
    assert "Firmar la guía" not in Visitor().get(PAGE).text


def test_what_hangs_from_a_measure_of_the_teams_stays_out_as_well(cast: Cast) -> None:
    published(cast)
    brief = factories.solution(Problem.objects.get())
    Commitment.objects.filter(title="Firmar la guía").update(solution=brief)
    assert "Firmar la guía" in Visitor().get(PAGE).text
    set_visibility(
        actor=cast.ana.actor, record=brief, visibility=Visibility.TEAM, reason="En trato.", now=LATER
    )
    assert "Firmar la guía" not in Visitor().get(PAGE).text


def test_five_statements_whoever_looks(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    published(cast)
    Visitor().get(PAGE)
    with django_assert_num_queries(5):
        Client().get(PAGE)
