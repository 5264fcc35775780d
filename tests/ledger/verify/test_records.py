"""Every ledgered column of every kind of record, changed by hand, is found and named."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models

from destraba.ledger.columns import Column, column, current_plain, settle
from destraba.ledger.events import FACTS, REDACTION
from destraba.ledger.registry import ledgered_models
from destraba.ledger.verify import verify
from destraba.models import (
    Commitment,
    Event,
    FocusInterval,
    Mesa,
    Payload,
    Person,
    Problem,
    Solution,
)
from destraba.models.fields import ValueField
from destraba.values.fuzzy_dates import FuzzyDate
from destraba.values.keys import new_key
from tests import factories
from tests.ledger.stage import SEPTEMBER, Stage
from tests.ledger.tampering import append, behind_the_ledgers_back, codes, failures, run

pytestmark = pytest.mark.django_db

PLACES = {
    "agendaitem": "agenda item {id} of mesa forestal",
    "alias": "alias {id}",
    "answer": "answer {id} of mesa forestal",
    "attendance": "attendance {id} of mesa forestal",
    "collaboration": "collaboration {id} of mesa forestal",
    "commitment": "commitment C-1 of mesa forestal",
    "confirmation": "confirmation {id} of mesa forestal",
    "enactment": "enactment {id} of mesa forestal",
    "entry": "entry {id} of mesa forestal",
    "figure": "figure {id}",
    "file": "file {id} of mesa forestal",
    "focusinterval": "focus interval {id} of mesa forestal",
    "meeting": "meeting {id} of mesa forestal",
    "mesa": "mesa forestal",
    "minutes": "minutes {id} of mesa forestal",
    "objection": "objection {id} of mesa forestal",
    "opinion": "opinion {id} of mesa forestal",
    "organization": "organization Servicio Nacional Forestal y de Fauna Silvestre",
    "person": "person {id}",
    "place": "place Ucayali",
    "problem": "problem P-1 of mesa forestal",
    "programme": "programme Programa de prueba",
    "seat": "seat {id} of mesa forestal",
    "solution": "solution P-1.1 of mesa forestal",
    "solutionplace": "solution place {id} of mesa forestal",
    "tenure": "tenure {id} of mesa forestal",
}


def another(field: Column, value: Any) -> Any:
    """A value that the column could hold, and does not."""
    match field:
        case models.ForeignKey() if value is not None and field.null:
            return None
        case models.ForeignKey():
            return new_key()
        case ValueField():
            return None if value is not None else _some(field)
        case models.JSONField():
            return {**value, "cadence": {"interval_days": 30}}
        case models.BooleanField():
            return not value
        case models.IntegerField():
            return value + 1
        case models.DecimalField():
            return value + 1
        case models.TimeField():
            return value.replace(hour=(value.hour + 1) % 24)
        case models.BooleanField() if value is None:
            return True
        case models.DateTimeField() | models.DateField() if value is None:
            return factories.NOW
        case models.DateTimeField() | models.DateField():
            return value + timedelta(days=1)
    return value[:-1] + ("x" if value[-1:] != "x" else "y")


def _some(field: ValueField) -> Any:
    return SEPTEMBER if field.value_class is FuzzyDate else field.value_class.from_plain(_ONE_DAY)


_ONE_DAY = {"low": "1", "high": "1", "unit": "days", "qualifier": "exact", "text": "1 día"}


def test_a_ledger_that_nobody_touched_holds(stage: Stage) -> None:
    report = verify()
    assert report.ok
    assert report.failures == []
    assert report.events == Event.objects.count()


def test_the_stage_has_one_record_of_every_kind(stage: Stage) -> None:
    assert stage.every_record().keys() == ledgered_models().keys() == PLACES.keys()


@pytest.mark.parametrize("object_type", sorted(PLACES))
def test_every_column_changed_by_hand_is_named(stage: Stage, object_type: str) -> None:
    record = stage.every_record()[object_type]
    model = type(record)
    changes = {
        name: another(column(model, name), getattr(record, column(model, name).attname))
        for name in model.ledger.recorded
    }
    with behind_the_ledgers_back():
        model._default_manager.filter(pk=record.pk).update(**changes, version=record.version + 1)
        found = failures()

    if object_type == "file":  # under a name that was made up there are no bytes either
        assert found.pop().code == "file_missing"
    place = PLACES[object_type].format(id=record.pk)
    assert [failure.place for failure in found] == [
        f"{place}, column {name}" for name in ["version", *model.ledger.recorded]
    ]
    assert {failure.code for failure in found} == {"table_differs"}
    assert {(failure.object_type, failure.object_id) for failure in found} == {(object_type, str(record.pk))}


def test_columns_that_the_ledger_does_not_carry_are_none_of_its_business(stage: Stage) -> None:
    with behind_the_ledgers_back():
        Commitment.objects.update(light="red", light_reason="past_due")
        Mesa.objects.update(last_problem=40)
        assert failures() == []


def test_a_row_that_was_deleted_is_missed(stage: Stage) -> None:
    with behind_the_ledgers_back():
        run("DELETE FROM destraba_collaboration")
        (failure,) = failures()
    assert failure.code == "row_missing"
    assert failure.place == f"collaboration {stage.collaboration.pk} of mesa forestal"


@pytest.mark.parametrize("number", [0, 2**130], ids=["before all others", "after all others"])
def test_a_row_that_nobody_recorded_is_found_wherever_it_lies(stage: Stage, number: int) -> None:
    with behind_the_ledgers_back():
        person = Person.objects.get(pk=stage.cast.ana.person.pk)
        person.pk = uuid.UUID(int=number % 2**128 or (2**128 - 1 if number else 0))
        person.save(force_insert=True)
        (failure,) = failures()
    assert failure.code == "row_without_events"
    assert failure.place == f"person {person.pk}"


def test_a_row_under_another_key_is_both_missing_and_unheard_of(stage: Stage) -> None:
    with behind_the_ledgers_back():
        Person.objects.filter(pk=stage.cast.ana.person.pk).update(id=uuid.UUID(int=7))
        assert sorted(codes()) == ["row_missing", "row_without_events"]


def test_a_record_that_says_it_belongs_to_another_mesa_is_found_in_the_table(stage: Stage) -> None:
    with behind_the_ledgers_back():
        Problem.objects.update(mesa=stage.cast.acuicola)
        (failure,) = failures()
    assert failure.place == "problem P-1 of mesa forestal, column mesa"


STORED_OTHERWISE = {
    "sqlite": [
        ("destraba_problem", "title", "CAST(x'ff' AS TEXT)", "no UTF-8"),
        ("destraba_problem", "title", "CAST(title AS BLOB)", "text kept as bytes"),
        ("destraba_problem", "mesa", "UPPER(mesa_id)", "a key in capitals"),
        ("destraba_problem", "number", "'one'", "a word for a number"),
        ("destraba_tenure", "starts_on", "'2015-01-0'", "a day that is none"),
        ("destraba_tenure", "starts_on", "'2015-1-1'", "a day spelt otherwise"),
        ("destraba_mesa", "is_horizontal", "2", "neither true nor false"),
        ("destraba_commitment", "due", "REPLACE(due, ':', ': ')", "a value spelt otherwise"),
        ("destraba_commitment", "due", "SUBSTR(due, 2)", "no JSON"),
        ("destraba_mesa", "method_override", """'{"a": 0.5}'""", "a float"),
        ("destraba_place", "latitude", "'north'", "a word for a decimal"),
        ("destraba_programme", "withdrawn_at", "'yesterday'", "a moment that is none"),
    ],
    "postgresql": [
        ("destraba_problem", "title", "title || E'\\u200b'", "a blank without width"),
        ("destraba_tenure", "starts_on", "'-infinity'", "a day before all days"),
        ("destraba_commitment", "asked_on", "'12015-01-01'", "a day that Python does not know"),
        ("destraba_programme", "withdrawn_at", "'infinity'", "a moment that never comes"),
        ("destraba_mesa", "method_override", """'{"a": 0.5}'""", "a float"),
        ("destraba_place", "latitude", "'NaN'", "a decimal that is none"),
        ("destraba_commitment", "due", "REPLACE(due, ':', ': ')", "a value spelt otherwise"),
        ("destraba_commitment", "due", "SUBSTR(due, 2)", "no JSON"),
    ],
}[connection.vendor]


@pytest.mark.parametrize(("table", "name", "expression", "_what"), STORED_OTHERWISE)
def test_what_the_database_keeps_and_python_would_stumble_over_is_named(
    stage: Stage, table: str, name: str, expression: str, _what: str
) -> None:
    attribute = "mesa_id" if name == "mesa" else name
    with behind_the_ledgers_back():
        run(f"UPDATE {table} SET {attribute} = {expression}")
        found = failures()
    assert {failure.code for failure in found} == {"table_differs"}
    assert {failure.column for failure in found} == {name}


KEYS_OF_NOBODY = {
    "sqlite": ["'zzz'", "5", "x'00'", "''"],
    "postgresql": [f"'{uuid.UUID(int=number)}'" for number in (0, 1, 2**127, 2**128 - 1)],
}[connection.vendor]


def test_rows_are_walked_in_the_order_of_the_database_whatever_their_keys(stage: Stage) -> None:
    with behind_the_ledgers_back():
        people = Person.objects.order_by("pk").values_list("pk", flat=True)
        pk_field = Person._meta.pk
        for pk, key in zip(list(people), KEYS_OF_NOBODY, strict=False):
            stored = pk_field.get_db_prep_value(pk, connection)
            run(f"UPDATE destraba_person SET id = {key} WHERE id = %s", stored)
        found = codes()
    assert sorted(found) == ["row_missing"] * 4 + ["row_without_events"] * 4


def test_an_event_that_says_the_same_version_twice_is_found(stage: Stage) -> None:
    append(stage.forestal, "problem.edited", stage.problem, 1, {FACTS: {"axis": "labour"}})
    with behind_the_ledgers_back():
        Problem.objects.update(axis="labour", version=2)
        (failure,) = failures()
    assert (failure.code, failure.place) == ("version_gap", "problem P-1 of mesa forestal")
    assert failure.detail.endswith("says 1, not 2")


def test_an_event_without_a_change_stays_at_the_version(stage: Stage) -> None:
    append(stage.forestal, "mesa.exported", stage.cast.forestal, 1, {FACTS: {}})
    assert verify().ok
    append(stage.forestal, "mesa.exported", stage.cast.forestal, 2, {FACTS: {}})
    assert codes() == ["version_gap"]


def test_a_record_can_not_begin_with_an_event_without_a_change(stage: Stage) -> None:
    append(stage.forestal, "problem.edited", Problem(pk=new_key()), 0, {FACTS: {}})
    assert sorted(codes()) == ["row_missing", "version_gap"]


def test_a_column_that_the_model_does_not_have_is_found(stage: Stage) -> None:
    append(stage.forestal, "problem.edited", stage.problem, 2, {FACTS: {"colour": "red"}})
    with behind_the_ledgers_back():
        Problem.objects.update(version=2)
        (failure,) = failures()
    assert (failure.code, failure.column) == ("unknown_column", "colour")


@pytest.mark.parametrize(
    "parts",
    [
        {FACTS: []},
        {FACTS: {}, "secret": "x"},
        {FACTS: {"title": "a"}, "text.title": "b"},
        {FACTS: {}, "because": 1},
    ],
    ids=["facts that are a list", "an unknown part", "a column said twice", "a reason that is a number"],
)
def test_parts_of_another_shape_are_found(stage: Stage, parts: Any) -> None:
    append(stage.forestal, "problem.edited", stage.problem, 2, parts)
    (failure,) = failures()
    assert (failure.code, failure.place) == ("unreadable_payload", "problem P-1 of mesa forestal")


def test_events_of_one_record_in_two_chains_are_found(stage: Stage) -> None:
    append(stage.cast.acuicola.pk, "problem.edited", stage.problem, 2, {FACTS: {"axis": "labour"}})
    with behind_the_ledgers_back():
        Problem.objects.update(axis="labour", version=2)
        assert "foreign_stream" in codes()


def test_a_record_in_the_chain_of_another_mesa_is_found(stage: Stage) -> None:
    stray = FocusInterval(mesa=stage.cast.acuicola, problem=stage.problem, starts_on=factories.TODAY)
    settle(stray, stray.ledger.recorded)
    append(stage.forestal, "focus.started", stray, 1, {FACTS: current_plain(stray)})
    with behind_the_ledgers_back():
        stray.moved_at = factories.NOW
        stray.save(force_insert=True)
        (failure,) = failures()
    assert (failure.code, failure.detail) == ("foreign_stream", "in mesa forestal")
    assert failure.place == f"focus interval {stray.pk} of mesa acuicola"


def redact(stage: Stage, *openings: tuple[Event, str]) -> None:
    """What redaction will do: empty salt and value, clear the table, and append an event that says so."""
    for event, part in openings:
        Payload.objects.filter(event=event, part=part).update(salt=None, value=None)
    named = [[str(event.pk), part] for event, part in openings]
    append(stage.forestal, "text.redacted", stage.problem, 1, {FACTS: {}, REDACTION: {"openings": named}})


def test_what_was_redacted_is_accounted_for_and_the_table_is_expected_blank(stage: Stage) -> None:
    redact(stage, (stage.raised, "text.title"))
    (failure,) = failures()
    assert failure.place == "problem P-1 of mesa forestal, column title"
    with behind_the_ledgers_back():
        Problem.objects.update(title="")
        assert verify().ok


def test_a_redaction_accounts_for_what_it_names_and_for_nothing_else(stage: Stage) -> None:
    redact(stage, (stage.raised, "text.title"))
    with behind_the_ledgers_back():
        Problem.objects.update(title="", detail="")
        Payload.objects.filter(event=stage.raised, part="text.detail").update(salt=None, value=None)
        (failure,) = failures()
    assert (failure.code, failure.part) == ("opening_missing", "text.detail")


def test_facts_are_never_redacted(stage: Stage) -> None:
    redact(stage, (stage.raised, FACTS))
    assert ("opening_missing", f"{stage.here}, part facts") in [(f.code, f.place) for f in failures()]


def test_another_event_that_claims_to_redact_accounts_for_nothing(stage: Stage) -> None:
    Payload.objects.filter(event=stage.raised, part="text.title").update(salt=None, value=None)
    named = {"openings": [[str(stage.raised.pk), "text.title"]]}
    append(stage.forestal, "problem.edited", stage.problem, 1, {FACTS: {}, REDACTION: named})
    assert "opening_missing" in codes()


def test_more_failures_than_anyone_reads_are_counted(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("destraba.ledger.verify.failures.MOST", 3)
    with behind_the_ledgers_back():
        Person.objects.update(full_name="Nadie")
        report = verify()
    assert not report.ok
    assert len(report.failures) == 3
    assert report.unlisted == Person.objects.count() - 3


def test_progress_is_told_now_and_then(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("destraba.ledger.verify.chains.BATCH", 20)
    told: list[int] = []
    report = verify(told.append)
    assert told == list(range(20, report.events + 1, 20))


def test_a_solution_of_a_problem_that_is_gone_is_still_named(stage: Stage) -> None:
    with behind_the_ledgers_back():
        Problem.objects.filter(pk=stage.problem.pk)._raw_delete("default")
        Solution.objects.update(title="Otra")
        found = [failure.place for failure in failures()]
    assert found == ["problem P-1 of mesa forestal", "solution P-?.1 of mesa forestal, column title"]
