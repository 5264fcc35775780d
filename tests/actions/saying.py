"""How the stories about actions look at what came of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from destraba.ledger.replay import entries_of
from destraba.models import Head, Record
from destraba.values.errors import DomainError
from tests.factories import NOW

LATER = NOW + timedelta(days=1)


@contextmanager
def refused(kind: type[DomainError], code: str) -> Iterator[pytest.ExceptionInfo[DomainError]]:
    """What happens inside is refused for this reason, and nothing is written."""
    before = heads()
    with pytest.raises(kind) as caught:
        yield caught
    assert caught.value.reason.code == code
    assert heads() == before


def heads() -> dict[str, int]:
    """How far every chain has come."""
    return {str(head.stream): head.seq for head in Head.objects.all()}


def kinds_of(*records: Record) -> list[str]:
    """What happened to these records, oldest first."""
    ids: dict[str, list[object]] = {}
    for record in records:
        ids.setdefault(str(record._meta.model_name), []).append(record.pk)
    return [entry.kind for entry in entries_of(ids)]  # type: ignore[arg-type]


def because(record: Record) -> str:
    """The reason that the last event of a record gives."""
    return entries_of({str(record._meta.model_name): [record.pk]})[-1].because
