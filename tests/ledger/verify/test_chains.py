"""Every column of the ledger's own tables, changed by hand, is found and named; so is what was cut out."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models

from destraba.ledger.canonical import GENESIS, canonical, leaf_hash, part_digest, payload_digest
from destraba.ledger.columns import Column
from destraba.ledger.events import BECAUSE, FACTS, Draft, Occasion, header, sealed
from destraba.ledger.verify import verify
from destraba.models import Event, Head, Payload
from destraba.values.keys import new_key
from tests.factories import NOW, command
from tests.ledger.stage import Stage
from tests.ledger.tampering import (
    append,
    append_draft,
    behind_the_ledgers_back,
    codes,
    failures,
    run,
    seal_anew,
)

pytestmark = pytest.mark.django_db


def altered(field: Column, value: Any) -> Any:
    match field:
        case models.BinaryField():
            return bytes(value)[:-1] + bytes([bytes(value)[-1] ^ 1])
        case models.UUIDField():
            return new_key()
        case models.DateTimeField():
            return value + timedelta(microseconds=1)
        case models.IntegerField():
            return value + 100
    return value + "x"


@pytest.mark.parametrize("name", [field.name for field in Event._meta.concrete_fields])
def test_every_column_of_an_event_changed_by_hand_is_named(stage: Stage, name: str) -> None:
    event = stage.raised
    field = Event._meta.get_field(name)
    with behind_the_ledgers_back():
        Event.objects.filter(pk=event.pk).update(**{name: altered(field, getattr(event, name))})
        found = failures()

    places = [failure.place for failure in found]
    if name in {"header", "hash"}:
        assert ("header_hash", stage.here) in [(f.code, f.place) for f in found]
    else:
        assert f"{stage.here}, column {name}" in places
        named = next(failure for failure in found if failure.column == name)
        assert (named.code, named.stream, named.seq) == (
            "column_differs_from_header",
            str(stage.forestal),
            stage.seq,
        )


# Its `id` is a mere row number: no hash holds it, and nothing refers to it.
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("part", "payload_digest"),
        ("digest", "part_digest"),
        ("salt", "part_digest"),
        ("value", "part_digest"),
    ],
)
def test_every_column_of_a_part_changed_by_hand_is_named(stage: Stage, name: str, code: str) -> None:
    part = Payload.objects.get(event=stage.raised, part="text.title")
    field = Payload._meta.get_field(name)
    with behind_the_ledgers_back():
        Payload.objects.filter(pk=part.pk).update(**{name: altered(field, getattr(part, name))})
        found = failures()
    at_event = [(failure.code, failure.place) for failure in found if failure.seq == stage.seq]
    named = ", part text.title" if code == "part_digest" else ""
    assert (code, f"{stage.here}{named}") in at_event


def test_a_part_moved_to_another_event_is_missed_in_one_and_too_much_in_the_other(stage: Stage) -> None:
    other = Event.objects.get(kind="collaboration.added")
    with behind_the_ledgers_back():
        Payload.objects.filter(event=stage.raised, part="text.detail").update(event=other)
        found = failures()
    missed = [failure.seq for failure in found if failure.code == "payload_digest"]
    assert missed == [stage.seq, other.seq]


def test_a_part_added_or_taken_away_is_noticed(stage: Stage) -> None:
    event = stage.raised
    with behind_the_ledgers_back():
        Payload.objects.create(event=event, part="text.note", digest=b"d" * 32, salt=b"s" * 32, value='"x"')
        assert "payload_digest" in codes()
    with behind_the_ledgers_back():
        Payload.objects.filter(event=event, part="text.detail").delete()
        assert "payload_digest" in codes()


@pytest.mark.parametrize("gone", [{"salt": None}, {"value": None}])
def test_half_an_opening_is_none(stage: Stage, gone: dict[str, None]) -> None:
    with behind_the_ledgers_back():
        Payload.objects.filter(event=stage.raised, part="text.title").update(**gone)
        found = failures()
    assert ("opening_missing", f"{stage.here}, part text.title") in [
        (failure.code, failure.place) for failure in found
    ]


def test_an_opening_that_is_gone_without_a_redaction_is_a_failure(stage: Stage) -> None:
    with behind_the_ledgers_back():
        Payload.objects.filter(event=stage.raised, part="text.title").update(salt=None, value=None)
        found = failures()
    assert [(failure.code, failure.place) for failure in found] == [
        ("opening_missing", f"{stage.here}, part text.title"),
        # Replay expects the blank that a redaction leaves, and the table still has the text.
        ("table_differs", "problem P-1 of mesa forestal, column title"),
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"seq": 99}, "head_seq"), ({"hash": b"h" * 32}, "head_hash")],
)
def test_a_head_changed_by_hand_is_named(stage: Stage, changes: dict[str, Any], code: str) -> None:
    with behind_the_ledgers_back():
        Head.objects.filter(stream=stage.forestal).update(**changes)
        (failure,) = failures()
    assert (failure.code, failure.place) == (code, "head of the chain of mesa forestal")
    assert failure.column == next(iter(changes))


def test_a_head_under_another_name_is_missing_there_and_has_no_events_here(stage: Stage) -> None:
    stray = uuid.UUID(int=5)
    with behind_the_ledgers_back():
        Head.objects.filter(stream=stage.forestal).update(stream=stray)
        found = failures()
    assert [(failure.code, failure.place) for failure in found] == [
        ("head_missing", "head of the chain of mesa forestal"),
        ("events_missing", f"head of the chain of chain {stray}"),
    ]


def test_a_head_that_waits_for_its_first_event_is_no_failure(stage: Stage) -> None:
    Head.objects.create(stream=uuid.UUID(int=5), hash=GENESIS)
    assert verify().ok


def cut_out(stage: Stage, seq: int) -> None:
    event = Event.objects.get(stream=stage.forestal, seq=seq)
    Payload.objects.filter(event=event).delete()
    Event.objects.filter(pk=event.pk).delete()


def test_the_first_event_cut_off_is_missed(stage: Stage) -> None:
    with behind_the_ledgers_back():
        cut_out(stage, 1)
        found = [(failure.code, failure.seq) for failure in failures() if failure.seq]
    assert found == [("previous_hash", 2), ("seq_gap", 2)]


def test_an_event_cut_out_of_the_middle_is_missed(stage: Stage) -> None:
    with behind_the_ledgers_back():
        cut_out(stage, stage.seq)
        found = [(failure.code, failure.seq) for failure in failures() if failure.seq]
    assert found == [("previous_hash", stage.seq + 1), ("seq_gap", stage.seq + 1)]


def test_the_last_event_cut_off_is_missed_by_its_head(stage: Stage) -> None:
    last = Head.objects.get(stream=stage.forestal).seq
    with behind_the_ledgers_back():
        cut_out(stage, last)
        assert "head_seq" in codes()


def test_two_events_that_changed_places_are_found(stage: Stage) -> None:
    first, second = stage.seq, stage.seq + 1
    chain = Event.objects.filter(stream=stage.forestal)
    with behind_the_ledgers_back():
        for old, new in ((first, 1000), (second, first), (1000, second)):
            chain.filter(seq=old).update(seq=new)
        found = failures()
    assert {failure.seq for failure in found if failure.column == "seq"} == {first, second}
    assert "previous_hash" in codes(found)


def test_who_did_it_can_be_rewritten_only_against_a_checkpoint_that_somebody_keeps(stage: Stage) -> None:
    """Whoever holds the database can seal everything anew; then only a head that others wrote down tells."""
    written_down = bytes(Head.objects.get(stream=stage.forestal).hash)
    with behind_the_ledgers_back():
        Event.objects.filter(stream=stage.forestal, seq=stage.seq).update(actor=stage.cast.pilar.person.pk)
        assert "column_differs_from_header" in codes()
        seal_anew(stage.forestal, first=stage.seq)
        assert verify().ok
        assert bytes(Head.objects.get(stream=stage.forestal).hash) != written_down


def test_what_an_event_says_can_not_be_changed_by_sealing_it_anew_without_the_table(stage: Stage) -> None:
    with behind_the_ledgers_back():
        event = stage.raised
        parts = {part.part: bytes(part.digest) for part in event.parts.all()}
        title = Payload.objects.get(event=event, part="text.title")
        title.value, title.salt = '"Otra cosa"', b"s" * 32
        title.digest = parts["text.title"] = part_digest(b"s" * 32, title.value.encode())
        title.save()
        Event.objects.filter(pk=event.pk).update(payload_digest=payload_digest(parts))
        seal_anew(stage.forestal, first=stage.seq)
        (failure,) = failures()
    assert (failure.code, failure.place) == ("table_differs", "problem P-1 of mesa forestal, column title")


def test_names_that_nobody_knows_are_found(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stray = Draft(stage.forestal, "problem.forgotten", "anger", new_key(), 1, {FACTS: {}})
    append_draft(stray)
    found = failures()
    assert [(failure.code, failure.column, failure.detail) for failure in found] == [
        ("unknown_kind", "kind", "problem.forgotten"),
        ("unknown_object_type", "object_type", "anger"),
    ]


def test_an_event_from_a_later_version_is_not_guessed_at(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("destraba.ledger.events.SCHEMA", 9)
    append(stage.forestal, "problem.edited", stage.problem, 2, {FACTS: {"axis": "labour"}})
    assert codes() == ["unknown_schema", "unreadable_payload"]


@pytest.mark.parametrize(
    "value",
    [' "x"', "x", '"x', "1.5", '{"a":1,"a":2}', "[" * 100_000],
    ids=["a blank", "a word", "cut off", "a float", "a key said twice", "a pit"],
)
def test_a_value_in_another_than_the_one_form_is_found(stage: Stage, value: str) -> None:
    """Well sealed all the same: but two who read it could come to two readings."""
    head = Head.objects.get(stream=stage.forestal)
    draft = Draft(stage.forestal, "problem.edited", "problem", stage.problem.pk, 1, {BECAUSE: "x"})
    occasion = Occasion(command(), new_key(), NOW, NOW)
    event, (part,) = sealed(draft, occasion, seq=head.seq + 1, previous=bytes(head.hash))
    part.value = value
    part.digest = part_digest(bytes(part.salt or b""), value.encode())
    event.payload_digest = payload_digest({BECAUSE: bytes(part.digest)})
    event.header = canonical(header(event))
    event.hash = leaf_hash(event.header)
    event.save(force_insert=True)
    part.save(force_insert=True)
    Head.objects.filter(stream=stage.forestal).update(seq=event.seq, hash=event.hash)
    assert codes()[0] == "part_not_canonical"


@pytest.mark.parametrize(
    "text",
    ["not JSON", '{"a":1}', '["a"]', '{"a":1', "\ud800", "[" * 100_000],
    ids=["words", "another object", "a list", "cut off", "half a character", "a pit"],
)
def test_header_bytes_that_say_nothing_are_found(stage: Stage, text: str) -> None:
    header_bytes = text.encode(errors="surrogatepass")
    with behind_the_ledgers_back():
        Event.objects.filter(stream=stage.forestal, seq=stage.seq).update(
            header=header_bytes, hash=leaf_hash(header_bytes)
        )
        found = failures()
    assert ("header_hash", stage.here) in [(f.code, f.place) for f in found]


def test_parts_that_outlive_their_event_are_found(stage: Stage) -> None:
    event = stage.raised
    with behind_the_ledgers_back():
        Event.objects.filter(pk=event.pk)._raw_delete("default")
        found = [failure for failure in failures() if failure.code == "payload_without_event"]
    assert sorted(failure.detail for failure in found) == [
        f"part facts of event {event.pk}",
        f"part text.detail of event {event.pk}",
        f"part text.title of event {event.pk}",
    ]


STORED_OTHERWISE = {
    "sqlite": [
        ("event", "occurred_at", "'soon'"),
        ("event", "actor", "'nobody'"),
        ("event", "seq", "'first'"),
        ("event", "stream", "'mesa'"),
        ("event", "stream", "5"),
        ("event", "schema", "'x'"),
        ("event", "object_id", "x'01'"),
        ("event", "object_version", "'one'"),
        ("event", "kind", "CAST(x'ff' AS TEXT)"),
        ("event", "header", "'text'"),
        ("event", "header", "CAST(header AS TEXT)"),
        ("payload", "value", "CAST(value AS BLOB)"),
        ("payload", "value", "CAST(x'ff' AS TEXT)"),
        ("payload", "salt", "'salt'"),
        ("payload", "part", "5"),
        ("head", "seq", "'last'"),
        ("head", "hash", "'hash'"),
        ("head", "stream", "'mesa'"),
    ],
    "postgresql": [
        ("event", "occurred_at", "'infinity'"),
        ("event", "recorded_at", "'12015-01-01'"),
        ("event", "header", "''"),
        ("payload", "value", "''"),
        ("payload", "salt", "''"),
        ("head", "hash", "''"),
    ],
}[connection.vendor]


@pytest.mark.parametrize(("table", "name", "expression"), STORED_OTHERWISE)
def test_what_no_program_wrote_is_reported_and_not_stumbled_over(
    stage: Stage, table: str, name: str, expression: str
) -> None:
    stored = Event._meta.pk.get_db_prep_value
    where = {
        "event": ("id", stored(stage.raised.pk, connection)),
        "payload": ("event_id", stored(stage.raised.pk, connection)),
        "head": ("stream", stored(stage.forestal, connection)),
    }[table]
    with behind_the_ledgers_back():
        one = " AND part = 'text.title'" if table == "payload" else ""
        assert run(f"UPDATE destraba_{table} SET {name} = {expression} WHERE {where[0]} = %s{one}", where[1])
        found = failures()
    assert found
    about = [f for f in found if f.seq == stage.seq or f.stream == str(stage.forestal) or f.part]
    assert about
