"""The values of columns in words."""

import pytest
from django.db import models

from destraba.ledger.columns import column
from destraba.ledger.describe.sentences import QUIET
from destraba.ledger.describe.values import _enumeration, value_words
from destraba.ledger.labels import FIELDS
from destraba.ledger.names import Names
from destraba.ledger.registry import ledgered_models
from destraba.models import File
from destraba.models.people import OrganizationKind
from destraba.rules.lights import Light

NAMES = Names({})
COLUMNS = [
    (name, column) for name, model in sorted(ledgered_models().items()) for column in model.ledger.recorded
]


@pytest.mark.parametrize(("object_type", "name"), COLUMNS)
def test_every_column_that_is_told_has_a_heading(object_type: str, name: str) -> None:
    assert name in FIELDS or name in QUIET


@pytest.mark.parametrize(("object_type", "name"), COLUMNS)
def test_every_choice_has_words(object_type: str, name: str) -> None:
    field = column(ledgered_models()[object_type], name)
    assert bool(field.flatchoices) == (_enumeration(field) is not None)


def test_a_choice_is_told_by_its_label() -> None:
    assert _enumeration(column(ledgered_models()["commitment"], "declared")) is Light
    assert _enumeration(column(ledgered_models()["organization"], "kind")) is OrganizationKind


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_value_is_blank(nothing: str | None) -> None:
    assert value_words("problem", "axis", nothing, NAMES) == ""


def test_a_relation_to_nobody_known_is_blank() -> None:
    assert value_words("problem", "raised_by", "00000000-0000-0000-0000-000000000001", NAMES) == ""


def test_a_number_is_told_as_the_reader_writes_it() -> None:
    assert isinstance(File._meta.get_field("size"), models.IntegerField)
    assert value_words("file", "size", 2048, NAMES) == "2,048"
