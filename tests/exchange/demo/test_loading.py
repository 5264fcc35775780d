"""How the demo is loaded: once, whole or not at all, and the same whatever the day and the hour."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from destraba.exchange.demo import load as loading
from destraba.exchange.demo.load import is_loaded
from destraba.models import Account, Commitment, File, Meeting, Mesa, Programme
from destraba.rules.meetings import MeetingState
from destraba.values.days import day_in
from tests.exchange.demo.stages import loaded
from tests.factories import NOW

pytestmark = pytest.mark.django_db

Stands = list[tuple[str, int, str, str, str]]
A_SUNDAY_AND_THE_LAST_OF_THE_YEAR = datetime(2028, 12, 31, 5, 5, tzinfo=UTC)  # five past midnight in Lima
LATE_ON_A_WEDNESDAY = datetime(2027, 3, 4, 4, 55, tzinfo=UTC)  # five to midnight


def stands(mesa: Mesa) -> Stands:
    rows = Commitment.objects.filter(mesa=mesa).order_by("number")
    return list(rows.values_list("title", "number", "state", "light", "light_reason"))


def test_it_is_the_same_on_every_day_and_at_every_hour() -> None:
    told: list[Stands] = []
    for now in (A_SUNDAY_AND_THE_LAST_OF_THE_YEAR, LATE_ON_A_WEDNESDAY):
        with transaction.atomic():
            mesa = loaded(now)
            called = Meeting.objects.get(mesa=mesa, state=MeetingState.CALLED)
            assert called.held_on == day_in(mesa.time_zone, now) + timedelta(days=1)
            told.append(stands(mesa))
            transaction.set_rollback(True)
    assert told[0] == told[1]


def test_it_is_loaded_once_and_tells_its_accounts(capsys: pytest.CaptureFixture[str]) -> None:
    assert not is_loaded()
    call_command("demo")
    call_command("demo")
    assert (Programme.objects.count(), Mesa.objects.count()) == (1, 12)
    assert "ana@demo.example" in capsys.readouterr().out
    assert File.objects.filter(media_type="application/pdf").count() > 3


def test_a_demo_that_is_interrupted_leaves_an_empty_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "_play", killed)
    with pytest.raises(KeyboardInterrupt):
        loaded(NOW)
    assert not is_loaded()
    assert Account.objects.count() == 0
