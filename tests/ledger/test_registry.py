"""The names under which events speak of models."""

from destraba.ledger.registry import ledgered_models, object_type
from destraba.models import Account, Event, Problem, SolutionPlace


def test_every_record_is_ledgered_and_nothing_else_is() -> None:
    models = ledgered_models()
    assert models["problem"] is Problem
    assert models["solutionplace"] is SolutionPlace
    assert not {Account, Event} & set(models.values())


def test_a_record_and_its_class_have_the_same_name() -> None:
    assert object_type(Problem) == object_type(Problem()) == "problem"
