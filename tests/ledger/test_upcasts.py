"""Events of yesterday read under the names of today."""

import json

import pytest

from destraba.ledger.replay import read_parts
from destraba.ledger.upcasts import STEPS, Values, upcast


def renamed(object_type: str, values: Values) -> Values:
    """As if `heading` of problems had become `title`."""
    if object_type == "problem" and "heading" in values:
        values["title"] = values.pop("heading")
    return values


@pytest.fixture
def older_schema(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setitem(STEPS, 0, (renamed,))
    return 0


def test_events_of_today_pass_as_they_are() -> None:
    assert upcast(1, "problem", {"axis": "labour"}) == {"axis": "labour"}


def test_an_older_event_takes_every_step_up_to_today(older_schema: int) -> None:
    assert upcast(older_schema, "problem", {"heading": "Demora"}) == {"title": "Demora"}
    assert upcast(older_schema, "solution", {"heading": "Demora"}) == {"heading": "Demora"}


def test_a_text_that_was_renamed_is_found_under_its_new_name_redacted_or_not(older_schema: int) -> None:
    told = read_parts(older_schema, "problem", {"facts": "{}", "text.heading": json.dumps("Demora")})
    assert told.values == {"title": "Demora"}
    gone = read_parts(older_schema, "problem", {"facts": "{}", "text.heading": None})
    assert gone.values == {}
    assert gone.redacted == {"title"}


def test_a_schema_from_the_future_is_unknown() -> None:
    with pytest.raises(KeyError):
        upcast(9, "problem", {})
