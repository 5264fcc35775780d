"""What is put into the outbox: once, never for a quiet mesa, and with nothing that breaks out of a header."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from pytest_django import Settings

from destraba.models import Outbox
from destraba.notifications.messages import NoAddress, message_of
from destraba.notifications.outbox import post, retry
from destraba.rules.operations.mail import MailState
from tests.factories import NOW, Cast
from tests.notifications.writing import letter, write
from tests.values.naughty import NAUGHTY, SOME

EXPECTED_HEADERS = {
    "Auto-Submitted",
    "Content-Transfer-Encoding",
    "Content-Type",
    "Date",
    "From",
    "In-Reply-To",
    "MIME-Version",
    "Message-ID",
    "References",
    "Reply-To",
    "Subject",
    "To",
}
INJECTIONS = [
    f"Hola{end}Bcc: evil@example.com" for end in ("\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\v", "\0")
] + [
    "=?utf-8?q?Hola=0D=0ABcc:_evil@example.com?=",
    "==??utf-8?b?SG9sYQ0KQmNjOiBldmlsQGV4YW1wbGUuY29t?=",
    'Ana" <evil@example.com>, "',
    "Ana\\",
    "evil@example.com",
    "x" * 5000,
    "ñ " * 3000,
]


def as_read(mail: Outbox) -> EmailMessage:
    """The mail as whoever gets it has it."""
    travelled = message_of(mail).message().as_bytes(linesep="\r\n")
    message = message_from_bytes(travelled, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_same_is_never_said_twice(followed: Cast) -> None:
    first = post(**letter(followed, key="notice:C-1:2017-06-15"))
    assert first is not None
    assert post(**letter(followed, key="notice:C-1:2017-06-15", subject="Otra cosa")) is None
    assert Outbox.objects.get() == first
    assert Outbox.objects.get().subject == first.subject


def test_a_quiet_mesa_says_nothing_and_its_key_stays_free(cast: Cast, followed: Cast) -> None:
    assert post(**letter(cast, mesa=cast.acuicola, key="notice:1")) is None
    assert not Outbox.objects.exists()
    assert post(**letter(followed, key="notice:1")) is not None


def test_whoever_has_no_address_is_not_written_to(followed: Cast) -> None:
    assert post(**letter(followed, to_address=" ")) is None
    assert not Outbox.objects.exists()


def test_it_goes_at_once_or_when_it_is_said_to(followed: Cast) -> None:
    tomorrow = NOW + timedelta(days=1)
    assert write(followed).not_before == NOW
    assert write(followed, not_before=tomorrow).not_before == tomorrow


def test_a_calendar_asks_for_something_known(followed: Cast) -> None:
    with pytest.raises(ValueError, match="no method"):
        post(**letter(followed, calendar="BEGIN:VCALENDAR", calendar_method="REQUEST\r\nX: y"))


def test_its_identity_is_of_this_installation_and_never_changes(followed: Cast, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Destraba <destraba@cañón.example>"
    mail = write(followed)
    assert mail.message_id == f"<{mail.pk.hex}@xn--can-8mak.example>"
    assert as_read(mail)["Message-ID"] == as_read(mail)["Message-ID"] == mail.message_id
    assert as_read(mail)["From"].addresses[0].addr_spec == "destraba@xn--can-8mak.example"


def test_mails_of_one_mesa_to_one_person_hang_together(followed: Cast) -> None:
    to_lucia = {write(followed).references, write(followed, subject="Otra").references}
    assert len(to_lucia) == 1
    others = {
        write(followed, person=followed.marco.person).references,
        write(followed, mesa=None).references,
        write(followed, mesa=None, person=None).references,
    }
    assert len(others | to_lucia) == 4
    read = as_read(write(followed))
    assert {read["References"], read["In-Reply-To"]} == to_lucia


def test_it_comes_from_a_person_at_the_address_of_the_installation(
    followed: Cast, settings: Settings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Destraba <mesas@example.pe>"
    read = as_read(write(followed))
    assert str(read["From"]) == '"Ana P., Mesa Forestal" <mesas@example.pe>'
    assert str(read["To"]) == "Lucía Farfán <lucia@example.pe>"
    assert str(read["Reply-To"]) == "ana@example.pe, mesa.forestal@example.pe"
    assert read["Subject"].strip() == "Vence el 30 de junio: aprobar la directiva de la guía electrónica"
    assert read["Auto-Submitted"] == "auto-generated"
    nobody = as_read(write(followed, from_name="", to_name="", reply_to=[]))
    assert str(nobody["From"]) == "Destraba <mesas@example.pe>"
    assert str(nobody["To"]) == "lucia@example.pe"
    assert "Reply-To" not in nobody


def test_text_alone_and_text_with_html(followed: Cast) -> None:
    plain = as_read(write(followed))
    assert plain.get_content_type() == "text/plain"
    assert "C-1 vence el 30 de junio." in plain.get_content()
    both = as_read(write(followed, html="<p>C-1 vence <b>mañana</b></p>"))
    assert [part.get_content_type() for part in both.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_a_calendar_goes_with_it_for_outlook_and_as_a_file(followed: Cast) -> None:
    calendar = (
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Sesión 5\r\n " + "x" * 70 + "\r\nEND:VCALENDAR\r\n"
    )
    read = as_read(write(followed, html="<p>5</p>", calendar=calendar, calendar_method="REQUEST"))
    assert [part.get_content_type() for part in read.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    shown = next(part for part in read.walk() if part.get_content_type() == "text/calendar")
    assert shown["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    content = shown.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert content.decode() == calendar
    (kept,) = read.iter_attachments()
    assert kept.get_filename() == "invite.ics"
    assert kept.get_content() == calendar.encode()


def test_no_text_breaks_out_of_a_header_and_any_text_can_be_sent(followed: Cast) -> None:
    for text in INJECTIONS + SOME:
        mail = write(
            followed, subject=text, to_name=text, from_name=text, text=f"Estimada: {text}", html=text
        )
        mail.refresh_from_db()
        read = as_read(mail)
        assert set(read.keys()) <= EXPECTED_HEADERS, text
        assert read.defects == [], text
        assert [one.addr_spec for one in read["To"].addresses] == ["lucia@example.pe"], text
        assert len(read["From"].addresses) == 1, text
        for name in ("Subject", "From", "To"):
            assert not set("\r\n\0\u2028\u2029") & set(str(read[name])), text
        body = read.get_body()
        assert isinstance(body, EmailMessage)
        assert next(read.walk()).get_content_type() in {"text/plain", "multipart/alternative"}, text


def test_what_is_written_in_a_header_is_what_is_read(followed: Cast) -> None:
    for text in ("Ñandú, café y 5 % más", "¿Qué lo resolvería? 😀", "a" * 200, "ó" * 90):
        assert as_read(write(followed, subject=text))["Subject"].strip() == text
    assert as_read(write(followed, to_name="José 'Pepe' Ñ."))["To"].addresses[0].display_name == (
        "José 'Pepe' Ñ."
    )


def test_an_address_is_one_address_or_none(followed: Cast) -> None:
    for text in INJECTIONS[:-4] + NAUGHTY + ["a@example.pe, b@example.pe", "a@example.pe\nb@example.pe", "@"]:
        mail = post(**letter(followed, to_address=text))
        if mail is None:
            continue
        with pytest.raises(NoAddress):
            message_of(mail)


def test_an_answer_goes_only_to_addresses(followed: Cast) -> None:
    mail = write(followed, reply_to=["ana@example.pe\r\nBcc: x@example.pe", "mesa@example.pe", *NAUGHTY[:20]])
    assert str(as_read(mail)["Reply-To"]) == "mesa@example.pe"


def test_only_what_was_given_up_is_tried_again(followed: Cast) -> None:
    mail = write(followed)
    assert retry(mail, NOW) is False
    Outbox.objects.update(state=MailState.FAILED, attempts=7, error="550 no such user")
    later = NOW + timedelta(days=2)
    assert retry(mail, later) is True
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.not_before, mail.error) == ("waiting", 0, later, "")
