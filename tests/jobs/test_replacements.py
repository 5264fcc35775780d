"""Another link goes to the address on record, to nobody else, and not twice in a row."""

from datetime import datetime, timedelta

import pytest

from destraba.actions.links import redeem
from destraba.actions.mesas import start_following_up
from destraba.actions.people import end_tenure
from destraba.jobs.catalogue import Run
from destraba.jobs.replacements import replace
from destraba.models import Link, Outbox
from destraba.rules.operations.links import LinkPurpose
from tests.factories import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


def ask(address: str, now: datetime = NOW) -> int:
    return replace(Run(now, "nobody", lambda _done, _total, _words="": None), address)


@pytest.fixture
def followed(cast: Cast) -> Cast:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    return cast


def test_it_goes_to_whoever_sits_somewhere(followed: Cast) -> None:
    cast = followed
    lucia = cast.lucia.person
    assert ask(lucia.email.upper()) == 1
    mail = Outbox.objects.get()
    assert (mail.person, mail.to_address, mail.mesa) == (lucia, lucia.email, None)
    assert mail.reply_to == [cast.ana.person.email]
    link = redeem(given=mail.text.partition("/u#")[2].split()[0], now=NOW)
    assert link is not None
    assert (link.person, link.purpose) == (lucia, LinkPurpose.UPDATE)


def test_asked_for_twice_in_a_row_it_goes_once(followed: Cast) -> None:
    assert [ask(followed.lucia.person.email, NOW + timedelta(minutes=each)) for each in (0, 1, 11)] == [
        1,
        0,
        1,
    ]
    assert Link.objects.count() == 2


def test_nobody_is_written_to_for_a_quiet_mesa(followed: Cast) -> None:
    assert ask(followed.vecina.person.email) == 0
    assert not Outbox.objects.exists()
    assert ask(followed.hilda.person.email) == 1  # a seat of the programme reaches every mesa


def test_to_nobody_else(followed: Cast) -> None:
    cast = followed
    assert cast.lucia.seat is not None
    end_tenure(
        actor=cast.ana.actor,
        tenure=cast.lucia.seat.tenures.get(),
        ends_on=TODAY - timedelta(days=1),
        now=NOW,
    )
    for address in (cast.lucia.person.email, cast.admin.person.email, "nadie@example.pe", ""):
        assert ask(address) == 0
    assert not Outbox.objects.exists()
    assert not Link.objects.exists()
