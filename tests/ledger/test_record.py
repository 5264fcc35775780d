"""No record is written without its event, and no event without its record."""

import hashlib
import json
import uuid
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from destraba.ledger import kinds
from destraba.ledger.canonical import GENESIS
from destraba.ledger.record import derive, recording
from destraba.ledger.verify import verify
from destraba.models import Alias, Commitment, Event, Head, Mesa, Payload, Place, Problem
from destraba.rules.priorities import Importance
from destraba.values.actors import Actor, Via
from destraba.values.errors import Invalid, Stale
from destraba.values.keys import new_key
from tests.factories import NOW, Cast, command, problem
from tests.ledger.stage import Stage

pytestmark = pytest.mark.django_db


def raised_by(cast: Cast) -> Event:
    return Event.objects.get(kind="problem.raised", stream=cast.forestal.pk)


def parts(event: Event) -> dict[str, object]:
    return {part.part: json.loads(part.value or "null") for part in event.parts.all()}


def new_problem(cast: Cast, number: int, **columns: object) -> Problem:
    given = {"title": "Demora", "stage": "raised", "position": f"a{number}"} | columns
    return Problem(mesa=cast.forestal, number=number, **given)


def test_a_new_record_and_its_event_tell_the_same_story(cast: Cast) -> None:
    actor = Actor(cast.ana.person.pk, Via.WEB, on_behalf_of=cast.lucia.seat and cast.lucia.seat.pk)
    clock = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    with (
        time_machine.travel(clock, tick=False),
        recording(actor=actor, now=NOW, streams=[cast.forestal.pk]) as change,
    ):
        made = change.create(
            new_problem(cast, 1, axis="labour"), kinds.PROBLEM_RAISED, because="Lo dijo CONAFOR"
        )

    event = raised_by(cast)
    assert (event.actor, event.via, event.on_behalf_of) == (actor.person_id, "web", actor.on_behalf_of)
    assert (event.occurred_at, event.recorded_at) == (NOW, clock)
    assert (event.object_type, event.object_id, event.object_version) == ("problem", made.pk, 1)
    assert (event.change_set, event.request_id) == (change.change_set, actor.request_id)
    assert made.moved_at == NOW
    said = parts(event)
    assert (said["text.title"], said["because"]) == ("Demora", "Lo dijo CONAFOR")
    assert said["facts"]["axis"] == "labour"  # type: ignore[index]
    assert "text.detail" not in said  # blank: it is the default
    assert verify().ok


def test_events_are_chained_to_the_one_before_and_the_head_to_the_last(cast: Cast) -> None:
    problem(cast)
    chain = list(Event.objects.filter(stream=cast.forestal.pk).order_by("seq"))
    assert [event.seq for event in chain] == list(range(1, len(chain) + 1))
    assert bytes(chain[0].previous) == GENESIS
    for before, event in pairwise(chain):
        assert bytes(event.previous) == bytes(before.hash)
        assert bytes(event.hash) == hashlib.sha256(b"\x00" + bytes(event.header)).digest()
    head = Head.objects.get(stream=cast.forestal.pk)
    assert (head.seq, bytes(head.hash)) == (chain[-1].seq, bytes(chain[-1].hash))


def test_every_part_has_a_salt_of_its_own(stage: Stage) -> None:
    salts = [bytes(salt or b"") for salt in Payload.objects.values_list("salt", flat=True)]
    assert len(set(salts)) == len(salts)
    assert {len(salt) for salt in salts} == {32}


def test_a_change_says_only_what_changed(stage: Stage) -> None:
    with recording(actor=command(), now=NOW, streams=[stage.forestal]) as change:
        change.update(
            stage.problem, kinds.PROBLEM_EDITED, axis="labour", title=stage.problem.title, detail=""
        )

    event = Event.objects.get(kind="problem.edited")
    assert event.object_version == stage.problem.version == 2
    assert parts(event) == {"facts": {"axis": "labour"}, "text.detail": ""}
    assert Problem.objects.get(pk=stage.problem.pk).axis == "labour"
    assert verify().ok


def test_what_changes_nothing_leaves_no_event(stage: Stage) -> None:
    before = Event.objects.count()
    with recording(actor=command(), now=NOW, streams=[stage.forestal]) as change:
        change.update(
            stage.problem, kinds.PROBLEM_EDITED, axis="simplification", number=1, mesa=stage.forestal
        )
    assert Event.objects.count() == before
    assert stage.problem.version == 1


def test_a_relation_takes_a_record_or_its_key(stage: Stage) -> None:
    with recording(actor=command(), now=NOW, streams=[stage.forestal]) as change:
        change.update(stage.commitment, kinds.COMMITMENT_ASSIGNED, owner_organization=stage.cast.osinfor)
        assert stage.commitment.owner_organization == stage.cast.osinfor
        change.update(stage.commitment, kinds.COMMITMENT_ASSIGNED, owner_organization=stage.cast.produce.pk)
        assert stage.commitment.owner_organization == stage.cast.produce
        change.update(stage.commitment, kinds.COMMITMENT_ASSIGNED, owner_organization=None)
    assert Commitment.objects.get().owner_organization is None
    assert verify().ok


def test_values_are_kept_in_the_form_in_which_they_will_be_read(cast: Cast) -> None:
    """What the databases would store otherwise than it was given would look like tampering."""
    with recording(actor=command(), now=NOW, streams=[cast.programme.pk]) as change:
        place = change.create(
            Place(
                programme=cast.programme,
                name="Pucallpa",
                kind="municipality",
                latitude=-8.37915000049,  # type: ignore[misc]
                longitude="-74.5",  # type: ignore[misc]
            ),
            kinds.PLACE_ADDED,
        )
    kept = Place.objects.get(pk=place.pk)
    assert (kept.latitude, kept.longitude) == (place.latitude, place.longitude)
    assert verify().ok


def test_two_who_change_the_same_version_do_not_overwrite_each_other(stage: Stage) -> None:
    hers, his = (Problem.objects.get(pk=stage.problem.pk) for _ in range(2))
    with recording(actor=stage.cast.ana.actor, now=NOW, streams=[stage.forestal]) as change:
        change.update(hers, kinds.PROBLEM_EDITED, title="Demora la guía")
    with (
        pytest.raises(Stale) as refused,
        recording(actor=stage.cast.teo.actor, now=NOW, streams=[stage.forestal]) as change,
    ):
        change.update(his, kinds.PROBLEM_EDITED, title="Tarda la guía", duplicate_of=his)

    assert refused.value.reason.params["object_id"] == str(stage.problem.pk)
    assert (his.title, his.duplicate_of, his.version) == (stage.problem.title, None, 1)
    assert Problem.objects.get(pk=stage.problem.pk).title == "Demora la guía"
    assert verify().ok


def test_an_edit_of_a_mesa_read_long_ago_does_not_turn_its_counters_back(cast: Cast) -> None:
    long_ago = Mesa.objects.get(pk=cast.forestal.pk)
    assert problem(cast).number == 1
    with recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as change:
        change.update(long_ago, kinds.MESA_EDITED, name="Mesa Forestal")
    assert problem(cast).number == 2


def test_what_follows_from_a_change_is_computed_with_it(cast: Cast) -> None:
    alias = Alias.objects.get(name="SERFOR")
    with recording(actor=command(), now=NOW, streams=[cast.programme.pk]) as change:
        change.update(alias, kinds.ORGANIZATION_EDITED, name="Autoridad Forestal")
    assert "forestal" in Alias.objects.get(pk=alias.pk).name_key


def test_a_text_too_long_for_its_column_is_refused_on_both_databases(cast: Cast, stage: Stage) -> None:
    with (
        pytest.raises(Invalid) as refused,
        recording(actor=command(), now=NOW, streams=[stage.forestal]) as change,
    ):
        change.create(new_problem(cast, 7, title="x" * 501), kinds.PROBLEM_RAISED)
    assert dict(refused.value.reason.params) == {"field": "title", "limit": 500, "length": 501}
    with pytest.raises(Invalid), recording(actor=command(), now=NOW, streams=[stage.forestal]) as change:
        change.update(stage.problem, kinds.PROBLEM_EDITED, title="x" * 501)
    assert stage.problem.title == "La guía de transporte tarda 12 días"
    assert Problem.objects.count() == 1


def raise_and_fail(cast: Cast) -> None:
    with recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as change:
        number = change.take_number(cast.forestal, "last_problem")
        change.create(new_problem(cast, number), kinds.PROBLEM_RAISED)
        raise ZeroDivisionError


def test_when_the_block_fails_nothing_was_written(cast: Cast) -> None:
    heads = list(Head.objects.order_by("stream").values())
    with pytest.raises(ZeroDivisionError):
        raise_and_fail(cast)
    assert not Problem.objects.exists()
    assert Mesa.objects.get(pk=cast.forestal.pk).last_problem == 0
    assert list(Head.objects.order_by("stream").values()) == heads


def test_nothing_is_written_into_a_chain_that_was_not_locked(cast: Cast, stage: Stage) -> None:
    with recording(actor=command(), now=NOW, streams=[cast.acuicola.pk]) as change:
        with pytest.raises(RuntimeError, match="did not lock"):
            change.create(new_problem(cast, 2), kinds.PROBLEM_RAISED)
        with pytest.raises(RuntimeError, match="did not lock"):
            change.update(stage.problem, kinds.PROBLEM_EDITED, axis="labour")
        with pytest.raises(RuntimeError, match="did not lock"):
            change.note(cast.forestal, kinds.MESA_EXPORTED)
        with pytest.raises(RuntimeError, match="did not lock"):
            change.take_number(cast.forestal, "last_problem")
    assert verify().ok


def test_a_record_can_not_leave_its_chain(stage: Stage) -> None:
    streams = [stage.forestal, stage.cast.acuicola.pk]
    with (
        recording(actor=command(), now=NOW, streams=streams) as change,
        pytest.raises(ValueError, match="leave"),
    ):
        change.update(stage.problem, kinds.PROBLEM_EDITED, mesa=stage.cast.acuicola)
    assert stage.problem.mesa_id == stage.forestal


def test_only_columns_of_the_ledger_are_changed_and_only_derived_ones_derived(stage: Stage) -> None:
    with recording(actor=command(), now=NOW, streams=[stage.forestal]) as change:
        with pytest.raises(ValueError, match=r"not ledgered: \['light'\]"):
            change.update(stage.commitment, kinds.COMMITMENT_EDITED, light="red")
        with pytest.raises(ValueError, match=r"not derived: \['title'\]"):
            change.derive(stage.commitment, title="Otra")
        with pytest.raises(ValueError, match="not a counter"):
            change.take_number(stage.cast.forestal, "name")


def test_what_is_derived_leaves_neither_event_nor_version(stage: Stage) -> None:
    before = Event.objects.count()
    with recording(actor=command(), now=NOW, streams=[stage.forestal]) as change:
        change.derive(stage.commitment, light="red", light_reason="past_due")
    kept = Commitment.objects.get()
    assert (kept.light, kept.light_reason, kept.version) == ("red", "past_due", 1)
    assert Event.objects.count() == before


def test_what_was_derived_from_a_version_left_behind_is_dropped(stage: Stage) -> None:
    read_before = Commitment.objects.get()
    with recording(actor=command(), now=NOW, streams=[stage.forestal]) as change:
        change.update(stage.commitment, kinds.COMMITMENT_PROGRESSED, situation="En firma")
        change.derive(stage.commitment, light="green")
    derive(read_before, light="red")
    assert Commitment.objects.get().light == "green"


def test_a_note_changes_nothing_and_carries_the_version_that_the_row_has(cast: Cast) -> None:
    long_ago = Mesa.objects.get(pk=cast.forestal.pk)
    with recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as change:
        change.update(cast.forestal, kinds.MESA_EDITED, name="Mesa Forestal")
    with recording(actor=cast.ana.actor, now=NOW, streams=[cast.forestal.pk]) as change:
        change.note(long_ago, kinds.MESA_EXPORTED, "Para la plenaria")
    event = Event.objects.get(kind="mesa.exported")
    assert event.object_version == 2
    assert parts(event) == {"facts": {}, "because": "Para la plenaria"}
    assert verify().ok


def test_nothing_can_be_noted_of_a_record_that_is_not_there(cast: Cast) -> None:
    with (
        recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as change,
        pytest.raises(Problem.DoesNotExist),
    ):
        change.note(new_problem(cast, 1), kinds.PROBLEM_EDITED)


def test_one_change_set_may_reach_over_several_chains(cast: Cast) -> None:
    streams = [cast.forestal.pk, cast.acuicola.pk, cast.forestal.pk]
    with recording(actor=command(), now=NOW, streams=streams) as change:
        change.update(cast.forestal, kinds.MESA_EDITED, is_horizontal=True)
        change.update(cast.acuicola, kinds.MESA_EDITED, is_horizontal=True)
        change.update(cast.forestal, kinds.MESA_EDITED, is_horizontal=False)
    written = Event.objects.filter(change_set=change.change_set)
    assert written.filter(stream=cast.forestal.pk).count() == 2
    assert written.filter(stream=cast.acuicola.pk).count() == 1
    assert verify().ok


def edit_within_an_edit(mesa: Mesa) -> None:
    with recording(actor=command(), now=NOW, streams=[mesa.pk]) as outer:
        outer.update(mesa, kinds.MESA_EDITED, name="Una")
        with recording(actor=command(), now=NOW, streams=[mesa.pk]) as inner:
            inner.update(mesa, kinds.MESA_EDITED, name="Otra")


def test_recordings_can_not_be_nested(cast: Cast) -> None:
    """The inner one would move the chain on under the outer one."""
    with pytest.raises(RuntimeError, match="nested"):
        edit_within_an_edit(cast.forestal)
    assert Mesa.objects.get(pk=cast.forestal.pk).name == "Mesa Ejecutiva Forestal"


def test_the_first_event_of_a_new_chain_makes_its_head(cast: Cast) -> None:
    mesa = Mesa(
        id=new_key(),
        programme=cast.programme,
        slug="textil",
        name="Textil",
        state="candidate",
        method_id="peru-me",
        method_version=1,
        method_digest="0" * 64,
    )
    with recording(actor=command(), now=NOW, streams=[mesa.pk]) as change:
        change.create(mesa, kinds.MESA_OPENED)
    assert Head.objects.get(stream=mesa.pk).seq == 1


def test_a_recording_in_which_nothing_happened_leaves_its_chain_alone() -> None:
    stream = uuid.UUID(int=9)
    with recording(actor=command(), now=NOW, streams=[stream]):
        pass
    assert Head.objects.get(stream=stream).seq == 0
    assert verify().ok


def test_an_act_costs_four_statements_besides_its_own(stage: Stage) -> None:
    """Locking the head, moving it, the event, its parts: the same for one row and for fifty."""
    for rows in (1, 50):
        streams = [stage.forestal]
        with (
            CaptureQueriesContext(connection) as asked,
            recording(actor=command(), now=NOW, streams=streams) as change,
        ):
            for row in range(rows):
                later = NOW.date() + timedelta(days=100 * rows + row)
                change.update(stage.problem, kinds.PROBLEM_EDITED, resolved_on=later)
        statements = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(statements) == 4 + rows


def test_numbers_cost_two_statements_however_many_are_taken(cast: Cast) -> None:
    streams = [cast.forestal.pk]
    with (
        CaptureQueriesContext(connection) as asked,
        recording(actor=command(), now=NOW, streams=streams) as change,
    ):
        assert [change.take_number(cast.forestal, "last_problem") for _ in range(20)] == list(range(1, 21))
    assert sum("last_problem" in one["sql"] for one in asked) == 2
    assert Mesa.objects.get(pk=cast.forestal.pk).last_problem == cast.forestal.last_problem == 20
    assert problem(cast).number == 21


def test_many_new_records_are_written_as_one_by_one(cast: Cast) -> None:
    """Each with its own event, in order, settled and checked, behind what was there before."""
    records = [new_problem(cast, n, axis="labour", importance=Importance.HIGH) for n in range(1, 4)]
    with recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as change:
        change.create_many(records, kinds.PROBLEM_RAISED)
    events = Event.objects.filter(kind="problem.raised", stream=cast.forestal.pk).order_by("seq")
    assert [event.object_id for event in events] == [record.pk for record in records]
    assert all(later.seq == earlier.seq + 1 for earlier, later in pairwise(events))
    first = Problem.objects.get(number=1)
    assert (first.axis, first.importance, first.version, first.moved_at) == ("labour", "high", 1, NOW)
    assert type(records[0].importance) is str
    assert parts(events[0])["text.title"] == "Demora"
    assert "text.detail" not in parts(events[0])
    assert verify().failures == []


def test_many_new_records_cost_no_statement_each(cast: Cast) -> None:
    spent = []
    for start, count in ((1, 1), (10, 15)):
        records = [new_problem(cast, n) for n in range(start, start + count)]
        with (
            CaptureQueriesContext(connection) as asked,
            recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as change,
        ):
            change.create_many(records, kinds.PROBLEM_RAISED)
        spent.append(len(asked))
    assert spent[0] == spent[1]


def test_of_many_new_records_one_that_does_not_fit_takes_all_with_it(cast: Cast) -> None:
    records = [new_problem(cast, 1), new_problem(cast, 2, axis="x" * 81)]
    with (
        pytest.raises(Invalid),
        recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as change,
    ):
        change.create_many(records, kinds.PROBLEM_RAISED)
    assert Problem.objects.count() == 0
    with (
        pytest.raises(RuntimeError, match="did not lock"),
        recording(actor=command(), now=NOW, streams=[cast.acuicola.pk]) as change,
    ):
        change.create_many([new_problem(cast, 1)], kinds.PROBLEM_RAISED)


def test_of_no_new_records_nothing_is_written(cast: Cast) -> None:
    before = Head.objects.get(stream=cast.forestal.pk).seq
    with recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as change:
        assert change.create_many([], kinds.PROBLEM_RAISED) == []
    assert Head.objects.get(stream=cast.forestal.pk).seq == before
