"""What nobody asks for again goes, a day after the ninetieth; what keeps a promise stays."""

from datetime import datetime, timedelta

import pytest

from destraba.actions.links import make_link, revoke
from destraba.actions.mesas import start_following_up
from destraba.jobs.catalogue import Run
from destraba.jobs.tidying import MAIL_KEPT, tidy
from destraba.models import Link, Outbox
from destraba.notifications.outbox import post
from destraba.rules.operations.links import LIFETIME, LinkPurpose
from destraba.rules.operations.mail import MailState
from tests.factories import NOW, Cast
from tests.notifications.writing import letter, write

pytestmark = pytest.mark.django_db
BODIES = {"html": "<p>Hola.</p>", "calendar": "BEGIN:VCALENDAR", "calendar_method": "REQUEST"}


def run(at: datetime) -> dict[str, int]:
    told = tidy(Run(at, "nobody", lambda _done, _total, _words="": None))
    assert isinstance(told, dict)
    return told


def mail(cast: Cast, state: MailState, **changed: object) -> Outbox:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW) if cast.forestal.is_quiet else None
    written = write(cast, **BODIES)
    Outbox.objects.filter(pk=written.pk).update(state=state, **changed)
    return written


def texts(written: Outbox) -> set[str]:
    written.refresh_from_db()
    return {written.text, written.html, written.calendar}


def test_mail_that_went_out_long_ago_loses_its_text_and_keeps_its_row(cast: Cast) -> None:
    sent = mail(cast, MailState.SENT, sent_at=NOW)
    dropped = mail(cast, MailState.DROPPED)
    assert run(NOW + MAIL_KEPT)["mails"] == 0
    later = NOW + MAIL_KEPT + timedelta(seconds=1)
    assert (run(later)["mails"], run(later)["mails"]) == (2, 0)
    for one in (sent, dropped):
        assert texts(one) == {""}
        assert one.subject
        assert post(**letter(cast, key=one.key)) is None


def test_mail_that_may_still_go_out_keeps_its_text(cast: Cast) -> None:
    waiting, failed = mail(cast, MailState.WAITING), mail(cast, MailState.FAILED)
    lately = mail(cast, MailState.SENT, sent_at=NOW + timedelta(days=80))
    assert run(NOW + timedelta(days=91))["mails"] == 0
    for one in (waiting, failed, lately):
        assert "" not in texts(one)


def test_links_go_once_they_have_opened_nothing_for_long(cast: Cast) -> None:
    made = [
        make_link(purpose=LinkPurpose.UPDATE, person=cast.lucia.person, now=NOW).link for _each in range(3)
    ]
    expired, revoked, fresh = made
    revoke(link=revoked, now=NOW)
    Link.objects.filter(pk=fresh.pk).update(expires_at=NOW + timedelta(days=365))
    assert run(NOW + MAIL_KEPT)["links"] == 0
    assert run(NOW + MAIL_KEPT + timedelta(days=1))["links"] == 1
    assert set(Link.objects.all()) == {expired, fresh}
    assert run(NOW + LIFETIME[LinkPurpose.UPDATE] + MAIL_KEPT + timedelta(days=1))["links"] == 1
    assert set(Link.objects.all()) == {fresh}
