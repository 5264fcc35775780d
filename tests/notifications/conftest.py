"""A mesa that is followed up, so that its people are written to; and a mail server of one's own."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from destraba.actions.mesas import start_following_up
from tests.factories import NOW, Cast
from tests.notifications.post_office import PostOffice


@pytest.fixture
def followed(cast: Cast) -> Cast:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    return cast


@pytest.fixture
def post_office(settings: Settings) -> Iterator[PostOffice]:
    """A real SMTP server, which all mail goes to."""
    with PostOffice() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = office.host, office.port, 5
        yield office
