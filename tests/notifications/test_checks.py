"""What was true when it was written and is not when it goes."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from destraba.models import Mesa, Outbox, Person
from destraba.notifications import checks
from destraba.notifications.checks import Check, no_longer
from tests.factories import NOW, Cast
from tests.notifications.writing import write


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Outbox, datetime]]:
    """Whether C-1 is still open is asked of every notice, and is denied."""
    calls: list[tuple[Outbox, datetime]] = []

    def is_open(mail: Outbox, now: datetime) -> bool:
        calls.append((mail, now))
        return False

    monkeypatch.setitem(checks.CHECKS, "notice", Check(is_open, "C-1 is done."))
    return calls


def test_what_nobody_asks_about_is_still_true(followed: Cast) -> None:
    assert no_longer(write(followed, purpose="greeting"), NOW) == ""
    assert no_longer(write(followed, purpose="greeting", mesa=None, person=None), NOW) == ""


def test_the_purpose_says_what_is_asked(
    followed: Cast, asked: list[tuple[Outbox, datetime]], monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = write(followed)
    assert no_longer(mail, NOW) == "C-1 is done."
    assert asked == [(mail, NOW)]
    assert no_longer(write(followed, purpose="greeting"), NOW) == ""
    monkeypatch.setitem(checks.CHECKS, "notice", Check(lambda _mail, _now: True, "C-1 is done."))
    assert no_longer(mail, NOW) == ""


def test_a_mesa_that_became_quiet_and_a_person_who_left_get_nothing(followed: Cast) -> None:
    def of(**changed: object) -> str:
        mail = Outbox(purpose="notice")
        # As the delivery reads them: whatever the mail was written for, they are as they are now.
        fresh = {"mesa": Mesa(following_since=NOW.date()), "person": Person()} | changed
        return no_longer(SimpleNamespace(purpose=mail.purpose, **fresh), NOW)  # type: ignore[arg-type]

    assert of() == ""
    assert of(mesa=Mesa()) == "The mesa is quiet: nothing is mailed."
    assert of(mesa=Mesa(following_since=NOW.date(), withdrawn_at=NOW)) == "The mesa was withdrawn."
    assert of(person=Person(withdrawn_at=NOW)) == "The person was withdrawn."
