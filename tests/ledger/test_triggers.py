"""The database itself refuses what the code never does."""

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, models, transaction

from destraba.apps import DestrabaConfig
from destraba.ledger import triggers
from destraba.models import Event, Head, Payload
from tests.factories import Cast
from tests.ledger.tampering import run

pytestmark = pytest.mark.django_db

TABLES = ["destraba_event", "destraba_payload", "destraba_head"]
REFUSED = {
    "an event is changed": "UPDATE destraba_event SET kind = 'x'",
    "an event is changed into itself": "UPDATE destraba_event SET kind = kind",
    "an event is deleted": "DELETE FROM destraba_event",
    "a value is changed": "UPDATE destraba_payload SET value = '\"x\"'",
    "only the salt is taken": "UPDATE destraba_payload SET salt = NULL",
    "only the value is taken": "UPDATE destraba_payload SET value = NULL",
    "a redaction changes the digest": "UPDATE destraba_payload SET salt = NULL, value = NULL, digest = salt",
    "a redaction renames the part": "UPDATE destraba_payload SET salt = NULL, value = NULL, part = 'x' || id",
    "a part is deleted": "DELETE FROM destraba_payload",
    "a head goes back": "UPDATE destraba_head SET seq = seq - 1",
    "a head stays where it is": "UPDATE destraba_head SET seq = seq",
    "a head is deleted": "DELETE FROM destraba_head",
}
REFUSED |= {
    "sqlite": {
        f"{table} is replaced": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" for table in TABLES
    }
    | {f"{table} is upserted": f"REPLACE INTO {table} SELECT * FROM {table}" for table in TABLES},
    "postgresql": {f"{table} is emptied": f"TRUNCATE {table} CASCADE" for table in TABLES},
}[connection.vendor]


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_the_ledger_is_append_only(cast: Cast, statement: str) -> None:
    connection.check_constraints()  # PostgreSQL empties no table whose foreign keys are still to be checked
    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic():
        run(statement)


def test_a_redaction_may_take_salt_and_value_together(cast: Cast) -> None:
    assert run("UPDATE destraba_payload SET salt = NULL, value = NULL WHERE part = 'text.phone'") == 0
    assert run("UPDATE destraba_payload SET salt = NULL, value = NULL WHERE part = 'text.full_name'") > 0


def test_a_head_may_move_on(cast: Cast) -> None:
    assert run("UPDATE destraba_head SET seq = seq + 1") > 0


def test_nothing_is_missing_after_a_migration() -> None:
    assert triggers.missing() == set()


def test_inside_removed_everything_is_missing_and_after_it_nothing(cast: Cast) -> None:
    with triggers.removed():
        assert len(triggers.missing()) >= 8
        run("UPDATE destraba_event SET kind = kind")
    assert triggers.missing() == set()


def test_a_trigger_that_was_dropped_is_missed_and_comes_back(cast: Cast) -> None:
    on = "" if connection.vendor == "sqlite" else " ON destraba_event"
    name = "ledger_event_delete" if connection.vendor == "sqlite" else "ledger_event_change"
    run(f"DROP TRIGGER {name}{on}")
    assert triggers.missing() == {name}
    triggers.reinstall()
    assert triggers.missing() == set()


GUTTED = {
    "sqlite": [
        "DROP TRIGGER ledger_event_delete",
        "CREATE TRIGGER ledger_event_delete BEFORE DELETE ON destraba_event BEGIN SELECT 1; END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RETURN OLD; END$$"
    ],
}[connection.vendor]


def test_a_trigger_that_does_nothing_any_more_is_missed_and_put_right(cast: Cast) -> None:
    for statement in GUTTED:
        run(statement)
    assert "ledger_event_delete" in triggers.missing() or "ledger_event_change" in triggers.missing()
    triggers.reinstall()
    assert triggers.missing() == set()


def test_triggers_come_back_after_every_migration() -> None:
    triggers.remove()
    config = DestrabaConfig.create("destraba.apps.DestrabaConfig")
    triggers.reinstall_after_migrate(config, using="default", verbosity=0)
    assert triggers.missing() == set()


@pytest.mark.django_db(transaction=True)
def test_triggers_survive_a_table_that_is_made_anew(cast: Cast) -> None:
    """On SQLite a changed column makes Django copy the table into a new one, and the triggers stay behind."""
    old, new = Event._meta.get_field("via"), models.CharField(max_length=9)
    new.set_attributes_from_name("via")
    for before, after in ((old, new), (new, old)):
        with connection.schema_editor() as editor:
            editor.alter_field(Event, before, after, strict=True)
        if connection.vendor == "sqlite":
            assert {name for name in triggers.missing() if "event" in name} == triggers.missing() != set()
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
        assert triggers.missing() == set()
    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic():
        run("DELETE FROM destraba_event")


@pytest.mark.django_db(transaction=True)
def test_tables_are_emptied_after_a_test_without_a_transaction(cast: Cast) -> None:
    assert Event.objects.exists()


def test_and_the_next_test_finds_none_of_it() -> None:
    assert [table.objects.count() for table in (Event, Payload, Head)] == [0, 0, 0]
    assert triggers.missing() == set()


def test_before_the_tables_exist_there_is_nothing_to_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", lambda: ["django_migrations"])
    with triggers.removed():
        pass
    assert len(triggers.missing()) >= 8
    monkeypatch.undo()
    triggers.reinstall()
    assert triggers.missing() == set()
