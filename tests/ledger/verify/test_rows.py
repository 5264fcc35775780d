"""Verification reads everything as of one moment."""

import threading

import pytest
from django.db import connection

from destraba.ledger.verify import verify
from destraba.ledger.verify.rows import snapshot
from destraba.models import Event
from tests.factories import Cast, problem


@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite whoever writes waits until it is over")
@pytest.mark.django_db(transaction=True)
def test_what_is_recorded_meanwhile_is_not_seen(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("destraba.ledger.verify.chains.BATCH", 1)
    before = Event.objects.count()

    def somebody_writes(events: int) -> None:
        if events == 1:
            other = threading.Thread(target=write_elsewhere, args=[cast])
            other.start()
            other.join()

    report = verify(somebody_writes)
    assert (report.events, report.failures) == (before, [])
    assert Event.objects.count() == before + 1
    assert verify().ok


def write_elsewhere(cast: Cast) -> None:
    try:
        problem(cast)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_nothing_stays_behind_when_it_is_over(cast: Cast) -> None:
    with snapshot():
        assert connection.in_atomic_block
    assert not connection.in_atomic_block
    assert problem(cast).number == 1
