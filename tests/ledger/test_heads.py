"""How far a chain has come."""

import uuid

import pytest

from destraba.ledger import kinds
from destraba.ledger.heads import moved_since, seq_of
from destraba.ledger.record import recording
from destraba.models import Event
from tests.factories import NOW, command
from tests.ledger.stage import Stage

pytestmark = pytest.mark.django_db


def test_a_chain_is_as_long_as_its_events(stage: Stage) -> None:
    assert seq_of(stage.forestal) == Event.objects.filter(stream=stage.forestal).count()
    assert seq_of(uuid.UUID(int=9)) == 0


def test_what_has_moved_since_is_told_with_its_last_event(stage: Stage) -> None:
    before = seq_of(stage.forestal)
    with recording(actor=command(), now=NOW, streams=[stage.forestal]) as change:
        change.update(stage.problem, kinds.PROBLEM_EDITED, axis="labour")
        change.update(stage.commitment, kinds.COMMITMENT_EDITED, situation="En firma")
        change.update(stage.problem, kinds.PROBLEM_EDITED, axis="quality")
    assert moved_since(stage.forestal, before) == {
        "problem": {stage.problem.pk: before + 3},
        "commitment": {stage.commitment.pk: before + 2},
    }
    assert moved_since(stage.forestal, before + 3) == {}
