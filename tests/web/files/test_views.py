"""What an owner sent with an answer: for the team and for the sender, and harmless to whoever opens it."""

import pytest
from django.test import Client

from destraba.actions.followup.replies import Evidence, give_answer
from destraba.actions.visibility import set_visibility
from destraba.ledger import kinds
from destraba.ledger.record import recording
from destraba.models import Answer, Commitment, File
from destraba.models.files import place_of
from destraba.rules.answers import AnswerKind
from destraba.values.fuzzy_dates import read
from destraba.values.keys import new_key
from destraba.values.visibility import Visibility
from tests.actions.meetings.rounds import going_round
from tests.factories import NOW, Cast, Player
from tests.web.links.stage import Owing, owing
from tests.web.visits import Visitor

pytestmark = pytest.mark.django_db

PHOTO = b"\x89PNG\r\n\x1a\n" + b"\0" * 2000
LETTER = b"%PDF-1.7 oficio"
PAGE = "/mesas/forestal/commitments/1/"


@pytest.fixture
def stage(cast: Cast, that_thursday: None) -> Owing:
    return owing(cast)


def sent(cast: Cast, commitment: Commitment, content: bytes = PHOTO, name: str = "foto.png") -> File:
    """What Lucía sends with her answer."""
    answer = give_answer(
        actor=cast.lucia.actor,
        commitment=Commitment.objects.get(pk=commitment.pk),
        kind=AnswerKind.OTHER_DATE,
        note="Falta presupuesto.",
        proposed_due=read("31/12/2017"),
        evidence=Evidence(name, content),
        now=NOW,
    )
    assert answer.evidence is not None
    return answer.evidence


def status(player: Player | None, file: File) -> int:
    return Visitor(player).get(f"/files/{file.pk}/").status


def test_the_team_and_whoever_sent_it_open_it_and_nobody_else(cast: Cast, stage: Owing) -> None:
    file = sent(cast, stage.late)
    opens = {name for name, player in cast.roles.items() if status(player, file) == 200}
    assert opens == {"team", "technical_leader", "political_leader", "head", "liaison"}
    assert {status(player, file) for name, player in cast.roles.items() if name not in opens} == {404}
    assert status(None, file) == 302


def test_of_a_commitment_that_is_the_teams_alone_the_sender_reads_nothing(cast: Cast, stage: Owing) -> None:
    file = sent(cast, stage.late)
    record = Commitment.objects.get(pk=stage.late.pk)
    set_visibility(
        actor=cast.ana.actor, record=record, visibility=Visibility.TEAM, reason="En trato.", now=NOW
    )
    assert (status(cast.ana, file), status(cast.lucia, file)) == (200, 404)


def test_what_is_no_evidence_has_no_such_address(cast: Cast, that_thursday: None) -> None:
    minutes = going_round(cast)
    assert minutes.pdf is not None
    assert status(cast.ana, minutes.pdf) == 404
    assert Visitor(cast.ana).get(f"/files/{new_key()}/").status == 404


def test_evidence_of_an_answer_that_was_withdrawn_is_gone(cast: Cast, stage: Owing) -> None:
    file = sent(cast, stage.late)
    with recording(actor=cast.ana.actor, now=NOW, streams=[cast.forestal.pk]) as change:
        change.update(Answer.objects.get(), kinds.ANSWER_SETTLED, withdrawn_at=NOW)
    assert status(cast.ana, file) == 404


@pytest.mark.parametrize(
    ("content", "name", "media_type", "shown"),
    [
        (PHOTO, "foto.png", "image/png", "inline"),
        (LETTER, "oficio 12.pdf", "application/pdf", "attachment"),
        (b"\xff\xd8\xff" + b"\0" * 20, "x.html", "image/jpeg", "inline"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 20, "x.heic", "image/heic", "attachment"),
    ],
)
def test_nothing_that_is_sent_can_do_harm(
    cast: Cast, stage: Owing, content: bytes, name: str, media_type: str, shown: str
) -> None:
    file = sent(cast, stage.late, content, name)
    client = Client()
    client.force_login(cast.ana.account)
    answer = client.get(f"/files/{file.pk}/")
    assert answer.content == content
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Content-Disposition"].startswith(f'{shown}; filename="{name}')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.post(f"/files/{file.pk}/").status_code == 405


def test_what_is_in_it_counts_and_not_what_its_card_says(cast: Cast, stage: Owing) -> None:
    file = sent(cast, stage.late, LETTER, "foto.png")
    File.objects.filter(pk=file.pk).update(media_type="image/png")
    client = Client()
    client.force_login(cast.ana.account)
    answer = client.get(f"/files/{file.pk}/")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "name", ['a"b\r\nSet-Cookie: x=1.png', "niño – foto.png", "../../etc/passwd", "\u202egnp.exe"]
)
def test_a_name_breaks_out_of_nothing(cast: Cast, stage: Owing, name: str) -> None:
    file = sent(cast, stage.late, PHOTO, name)
    client = Client()
    client.force_login(cast.ana.account)
    answer = client.get(f"/files/{file.pk}/")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers or "x=1" not in answer.headers["Set-Cookie"]
    assert "\n" not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "name", "kept"),
    [
        (LETTER + b"<script>alert(1)</script>", "acta.hta", "acta.hta.pdf"),
        (LETTER, "acta.PDF", "acta.PDF"),
        (PHOTO, "foto.html", "foto.html.png"),
        (PHOTO, "foto.jpg. ", "foto.jpg.png"),
        (PHOTO, "foto", "foto.png"),
    ],
)
def test_no_machine_takes_it_for_what_it_is_not(
    cast: Cast, stage: Owing, content: bytes, name: str, kept: str
) -> None:
    """Whoever opens what was saved opens a PDF or a picture, and starts nothing."""
    file = sent(cast, stage.late, content, name)
    client = Client()
    client.force_login(cast.ana.account)
    assert client.get(f"/files/{file.pk}/").headers["Content-Disposition"].endswith(f'filename="{kept}"')


def test_bytes_that_are_gone_or_altered_are_not_there(cast: Cast, stage: Owing) -> None:
    file = sent(cast, stage.late, LETTER + str(new_key()).encode())
    place = place_of(file.sha256)
    place.chmod(0o600)
    place.write_bytes(b"%PDF-1.7 otro")
    assert status(cast.ana, file) == 404
    place.unlink()
    assert status(cast.ana, file) == 404


def test_the_page_shows_it_where_the_answer_stands(cast: Cast, stage: Owing) -> None:
    first = sent(cast, stage.late)
    second = sent(cast, stage.late, LETTER, "oficio.pdf")
    page = Visitor(cast.ana)
    page.client.cookies["django_language"] = "en"
    shown = page.get(PAGE)
    for file, words in ((first, "foto.png Photograph (PNG), 2.0 KB"), (second, "oficio.pdf PDF, 15 bytes")):
        assert f"/files/{file.pk}/" in shown.links
        assert words in shown.text
    assert f'<img src="/files/{first.pk}/"' in shown.response.content.decode()
    assert f'<img src="/files/{second.pk}/"' not in shown.response.content.decode()
    for_the_member = Visitor(cast.marco).get(PAGE)
    assert for_the_member.status == 200
    assert "/files/" not in for_the_member.response.content.decode()


def test_what_was_sent_with_a_word_stands_below_the_light(cast: Cast, stage: Owing) -> None:
    give_answer(
        actor=cast.lucia.actor,
        commitment=Commitment.objects.get(pk=stage.late.pk),
        kind=AnswerKind.DONE,
        note="Publicada.",
        evidence=Evidence("directiva.pdf", LETTER),
        now=NOW,
    )
    page = Visitor(cast.ana)
    page.client.cookies["django_language"] = "en"
    text = page.get(PAGE).text
    sent_with = text.partition("What its owner sent")[2].partition("What you can do here")[0]
    assert "Done Servicio Nacional Forestal y de Fauna Silvestre, 15 Jun 2017 Publicada." in sent_with
    assert "directiva.pdf PDF, 15 bytes" in sent_with
