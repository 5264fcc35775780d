"""Out of the outbox, by a real mail server: each mail once, whatever becomes of its neighbours."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.smtp import EmailBackend
from django.db.models import QuerySet
from pytest_django import Settings

from destraba.models import Outbox
from destraba.notifications import checks
from destraba.notifications.checks import Check
from destraba.notifications.delivery import Delivered, deliver_due
from destraba.notifications.outbox import retry
from destraba.notifications.server import Server
from destraba.rules.operations.mail import LEASE, MOST_ATTEMPTS, MailState, pause_after
from tests.factories import NOW, Cast
from tests.notifications.post_office import PostOffice, free_port
from tests.notifications.writing import to, write

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
Meanwhile = Callable[[Callable[[], object]], None]


def deliver(now: datetime = NOW, worker: str = "one", limit: int = 100) -> Delivered:
    """A batch in which no time passes."""
    return deliver_due(now=now, worker=worker, limit=limit, clock=lambda: now)


def fresh(mail: Outbox) -> Outbox:
    return Outbox.objects.get(pk=mail.pk)


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Does something once, when the server has the next mail and the worker has not noted it yet."""

    def arrange(act: Callable[[], object]) -> None:
        hand_over, pending = Server.hand_over, [act]

        def interrupted(server: Server, mail: Outbox) -> None:
            hand_over(server, mail)
            if pending:
                pending.pop()()

        monkeypatch.setattr(Server, "hand_over", interrupted)

    return arrange


def test_what_is_due_goes_out_and_is_noted(followed: Cast, post_office: PostOffice) -> None:
    mails = to(followed, "lucia", "marco")
    assert deliver() == Delivered(sent=2, failed=0, left=0)
    assert post_office.addressees == ["lucia@example.pe", "marco@example.pe"]
    assert [message["Message-ID"].strip() for message in post_office.taken] == [m.message_id for m in mails]
    sent = fresh(mails[0])
    assert (sent.state, sent.sent_at, sent.attempts) == ("sent", NOW, 1)
    assert (sent.lease_until, sent.leased_by, sent.error) == (None, "", "")
    assert deliver() == Delivered(sent=0, failed=0, left=0)
    assert len(post_office.taken) == 2


def test_many_mails_go_over_one_connection(followed: Cast, post_office: PostOffice) -> None:
    to(followed, *(f"socio{number}" for number in range(12)))
    assert deliver().sent == 12
    assert post_office.connections == 1


def test_what_is_not_due_yet_waits_and_a_batch_has_its_measure(
    followed: Cast, post_office: PostOffice
) -> None:
    to(followed, "lucia", "marco", "vera")
    write(followed, not_before=NOW + MINUTE)
    assert deliver(limit=2) == Delivered(sent=2, failed=0, left=1)
    assert deliver() == Delivered(sent=1, failed=0, left=0)
    assert deliver(NOW + MINUTE).sent == 1


def test_a_mailbox_that_refuses_is_given_up_at_once_and_stops_nobody(
    followed: Cast, post_office: PostOffice
) -> None:
    _lucia, gone, _vera = to(followed, "lucia", "nadie", "vera")
    post_office.moods["nadie@example.pe"] = ["550 5.1.1 no such user"]
    assert deliver() == Delivered(sent=2, failed=1, left=0)
    assert post_office.addressees == ["lucia@example.pe", "vera@example.pe"]
    assert fresh(gone).state == "failed"
    assert fresh(gone).error == "The mail server refused it: 550 5.1.1 no such user"
    assert deliver(NOW + timedelta(days=9)) == Delivered(sent=0, failed=0, left=0)


def test_a_mail_that_was_given_up_goes_out_when_somebody_has_it_tried_again(
    followed: Cast, post_office: PostOffice
) -> None:
    (gone,) = to(followed, "nadie")
    post_office.moods["nadie@example.pe"] = ["550 no such user"]
    assert deliver().failed == 1
    assert retry(gone, NOW + MINUTE)
    assert deliver(NOW + MINUTE).sent == 1
    assert post_office.taken[0]["Message-ID"].strip() == gone.message_id


def test_a_mailbox_that_is_busy_is_tried_again_later_and_later_then_given_up(
    followed: Cast, post_office: PostOffice
) -> None:
    busy, _other = to(followed, "lleno", "lucia")
    post_office.moods["lleno@example.pe"] = ["452 mailbox full"] * MOST_ATTEMPTS
    assert deliver() == Delivered(sent=1, failed=0, left=0, put_off=1)
    at = NOW
    for attempt in range(1, MOST_ATTEMPTS):
        pause = pause_after(attempt)
        assert pause is not None
        assert fresh(busy).error == "The mail server refused it: 452 mailbox full"
        assert (fresh(busy).attempts, fresh(busy).not_before) == (attempt, at + pause)
        assert deliver(at + pause - MINUTE / 2) == Delivered(sent=0, failed=0, left=0)
        at += pause
        last = deliver(at)
    assert last == Delivered(sent=0, failed=1, left=0)
    assert fresh(busy).state == "failed"


def test_a_server_that_can_not_be_reached_ends_the_batch_at_once(
    followed: Cast, post_office: PostOffice, settings: Settings
) -> None:
    first, second = to(followed, "lucia", "marco")
    settings.EMAIL_PORT = free_port()
    assert deliver() == Delivered(sent=0, failed=0, left=1, put_off=1)
    assert fresh(first).error.startswith("The mail server can't be reached: [Errno 111]")
    assert (fresh(first).attempts, fresh(first).not_before) == (1, NOW + MINUTE)
    assert (fresh(second).attempts, fresh(second).error) == (0, "")
    settings.EMAIL_PORT = post_office.port
    assert deliver(NOW + MINUTE).sent == 2


def test_a_server_that_never_comes_back_leaves_nothing_unsaid(followed: Cast, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    (mail,) = to(followed, "lucia")
    at = NOW
    for attempt in range(1, MOST_ATTEMPTS):
        assert deliver(at).put_off == 1
        at += pause_after(attempt) or MINUTE
    assert deliver(at).failed == 1
    assert fresh(mail).state == "failed"


def test_a_connection_that_breaks_stops_neither_the_mail_nor_those_behind_it(
    followed: Cast, post_office: PostOffice
) -> None:
    to(followed, "lucia", "corta", "vera")
    post_office.hang_ups["corta@example.pe"] = 1
    assert deliver() == Delivered(sent=3, failed=0, left=0)
    assert post_office.connections == 2


def test_a_connection_that_always_breaks_at_one_mailbox_puts_that_one_off(
    followed: Cast, post_office: PostOffice
) -> None:
    _lucia, cut, _vera = to(followed, "lucia", "corta", "vera")
    post_office.hang_ups["corta@example.pe"] = 2
    assert deliver() == Delivered(sent=2, failed=0, left=0, put_off=1)
    assert "Connection unexpectedly closed" in fresh(cut).error
    assert deliver(NOW + MINUTE).sent == 1


def test_a_server_that_takes_a_few_mails_at_a_time_gets_them_all(
    followed: Cast, post_office: PostOffice
) -> None:
    to(followed, *(f"socio{number}" for number in range(7)))
    post_office.most_per_connection = 2
    assert deliver() == Delivered(sent=7, failed=0, left=0)
    assert post_office.connections == 4


def test_a_sender_that_is_refused_is_put_right_here_so_nothing_is_given_up(
    followed: Cast, post_office: PostOffice, settings: Settings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "wrong@example.pe"
    post_office.moods["wrong@example.pe"] = ["550 you may not send here"]
    (mail,) = to(followed, "lucia")
    assert deliver().put_off == 1
    assert fresh(mail).error == "The mail server refused it: 550 you may not send here"
    assert deliver(NOW + MINUTE).sent == 1


def test_what_is_no_address_is_given_up_before_any_server_sees_it(
    followed: Cast, post_office: PostOffice
) -> None:
    bad = write(followed, to_address="lucia@example.pe\r\nBcc: otra@example.pe")
    to(followed, "marco")
    assert deliver() == Delivered(sent=1, failed=1, left=0)
    assert fresh(bad).error == "This is no address that mail can go to."
    assert post_office.addressees == ["marco@example.pe"]


def test_what_can_not_take_the_form_of_a_mail_is_given_up(followed: Cast, post_office: PostOffice) -> None:
    bad = write(followed)
    Outbox.objects.filter(pk=bad.pk).update(subject="uno\ndos")
    assert deliver().failed == 1
    assert fresh(bad).error.startswith("It can't take the form of a mail: Header values can't contain")


def test_what_is_no_longer_true_is_dropped_and_says_why(
    followed: Cast, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, open_still = write(followed), write(followed)
    check = Check(lambda mail, _now: mail.pk != done.pk, "C-1 is done.")
    monkeypatch.setitem(checks.CHECKS, "notice", check)
    assert deliver() == Delivered(sent=1, failed=0, left=0, dropped=1)
    assert (fresh(done).state, fresh(done).error) == ("dropped", "C-1 is done.")
    assert fresh(open_still).state == "sent"
    assert not retry(done, NOW)


def test_a_question_that_can_not_be_answered_puts_off_the_mail_and_stops_nobody(
    followed: Cast, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    puzzling, _plain = write(followed), write(followed, purpose="greeting")

    def divide(_mail: Outbox, _now: datetime) -> bool:
        return 1 / 0 > 0

    monkeypatch.setitem(checks.CHECKS, "notice", Check(divide, ""))
    assert deliver() == Delivered(sent=1, failed=0, left=0, put_off=1)
    assert fresh(puzzling).error == "Something unforeseen went wrong: ZeroDivisionError('division by zero')"
    assert str(puzzling.pk) in caplog.text


def test_while_one_sends_another_sends_the_rest(
    followed: Cast, post_office: PostOffice, meanwhile: Meanwhile
) -> None:
    to(followed, "lucia", "marco", "vera")
    others: list[Delivered] = []
    meanwhile(lambda: others.append(deliver(worker="two")))
    assert deliver() == Delivered(sent=1, failed=0, left=0)
    assert others == [Delivered(sent=2, failed=0, left=1)]
    assert sorted(post_office.addressees) == ["lucia@example.pe", "marco@example.pe", "vera@example.pe"]


def test_of_two_that_found_the_same_mail_one_gets_it(
    followed: Cast, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    to(followed, "lucia", "marco")
    find, others = QuerySet.first, [lambda: deliver(worker="two", limit=1)]

    def first(found: QuerySet[Outbox]) -> Outbox | None:
        mail = find(found)
        if others:
            assert others.pop()().sent == 1
        return mail

    monkeypatch.setattr(QuerySet, "first", first)
    assert deliver() == Delivered(sent=1, failed=0, left=0)
    assert post_office.addressees == ["lucia@example.pe", "marco@example.pe"]


def test_a_connection_that_can_not_even_be_closed_stops_nobody(
    followed: Cast, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = EmailBackend.close

    def torn(backend: EmailBackend) -> None:
        close(backend)
        raise OSError("broken pipe")

    to(followed, "lucia", "corta", "vera")
    post_office.hang_ups["corta@example.pe"] = 1
    monkeypatch.setattr(EmailBackend, "close", torn)
    assert deliver() == Delivered(sent=3, failed=0, left=0)


def test_what_a_dead_worker_had_in_hand_goes_out_once_its_lease_is_over(
    followed: Cast, post_office: PostOffice
) -> None:
    (mail,) = to(followed, "lucia")
    Outbox.objects.update(leased_by="dead", lease_until=NOW + LEASE, attempts=1)
    assert deliver(NOW + MINUTE) == Delivered(sent=0, failed=0, left=1)
    assert deliver(NOW + LEASE) == Delivered(sent=1, failed=0, left=0)
    assert (fresh(mail).attempts, fresh(mail).leased_by) == (2, "")


def test_who_comes_back_after_the_lease_still_notes_what_was_sent(
    followed: Cast, post_office: PostOffice, meanwhile: Meanwhile
) -> None:
    """Another may be sending it too: the reader's program knows it by its Message-ID and shows it once."""
    (mail,) = to(followed, "lucia")
    meanwhile(lambda: Outbox.objects.update(leased_by="two", lease_until=NOW + LEASE, attempts=2))
    assert deliver().sent == 1
    assert fresh(mail).state == "sent"


def test_who_fails_after_the_lease_leaves_the_mail_to_the_other(
    followed: Cast, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mail,) = to(followed, "lleno")
    post_office.moods["lleno@example.pe"] = ["452 mailbox full"]

    def taken_over(_mail: Outbox, _now: datetime) -> bool:
        return bool(Outbox.objects.update(leased_by="two", lease_until=NOW + LEASE, attempts=2))

    monkeypatch.setitem(checks.CHECKS, "notice", Check(taken_over, ""))
    deliver()
    left = fresh(mail)
    assert (left.state, left.leased_by, left.attempts, left.not_before) == ("waiting", "two", 2, NOW)


def test_a_mail_that_stops_the_machine_each_time_is_given_up(followed: Cast, post_office: PostOffice) -> None:
    (mail,) = to(followed, "lucia")
    Outbox.objects.update(leased_by="dead", lease_until=NOW, attempts=MOST_ATTEMPTS)
    assert deliver().failed == 1
    assert fresh(mail).error == "The machine stopped each time while this was on its way."
    assert post_office.taken == []


def test_time_goes_on_while_a_batch_is_sent(followed: Cast, post_office: PostOffice) -> None:
    (mail,) = to(followed, "lucia")
    assert deliver_due(now=NOW, worker="one").sent == 1
    sent_at = fresh(mail).sent_at
    assert sent_at is not None
    assert NOW < sent_at < NOW + MINUTE


def test_without_a_mail_server_the_demo_sends_nothing_and_notes_it_as_sent(
    followed: Cast, settings: Settings
) -> None:
    settings.OUTBOX_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    (mail,) = to(followed, "lucia")
    assert deliver().sent == 1
    assert fresh(mail).state == MailState.SENT
    assert django_mail.outbox == []
