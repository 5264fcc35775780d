"""`destraba verify`, `doctor`, `prepare`: whether an installation is sound, and making it so."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import OperationalError
from django.utils import translation

from destraba.ledger import triggers
from destraba.management.commands import doctor, prepare
from destraba.models import Commitment
from tests.exchange.matrix.tables import FIRST, bring
from tests.factories import Cast
from tests.management.running import run


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_a_ledger_that_holds(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    told = json.loads(run("verify", "--json").said)
    assert told == {"ok": True, "events": told["events"], "failures": []}
    ran = run("verify")
    assert (ran.code, ran.said) == (0, f"The ledger holds: {told['events']} events, 0 failures.\n")


def test_a_table_changed_by_hand_is_named_and_ends_with_1(cast: Cast) -> None:
    bring(FIRST, cast.forestal)
    Commitment.objects.filter(number=2).update(title="Capacitar a nadie")
    ran = run("verify")
    assert ran.code == 1
    assert "C-2" in ran.complained
    assert "column title" in ran.complained
    assert ran.said.startswith("THE LEDGER DOES NOT HOLD")
    ran = run("verify", "--json")
    told = json.loads(ran.said)
    assert (ran.code, told["ok"]) == (1, False)
    assert set(told["failures"][0]) == {"place", "code", "detail"}


@pytest.mark.django_db
def test_a_sound_installation() -> None:
    ran = run("doctor")
    assert (ran.code, ran.complained) == (0, "")
    assert ran.said.endswith("Everything is in order.\n")
    assert all(f"  {variable} " in ran.said for variable, _name in doctor.SETTINGS)
    assert "DESTRABA_DATABASE_URL" in ran.said


@pytest.mark.django_db
def test_passwords_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "muy-secreta")
    monkeypatch.setitem(connection.settings_dict, "HOST", "db.example")
    said = run("doctor").said
    assert "db.example" in said
    assert "muy-secreta" not in said


@pytest.mark.django_db
def test_missing_triggers_are_noticed() -> None:
    with triggers.removed():
        ran = run("doctor")
    assert ran.code == 1
    assert "The ledger's triggers are missing" in ran.complained
    assert "run destraba prepare" in ran.complained


@pytest.mark.django_db
def test_a_home_that_can_not_be_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path / "nowhere")
    ran = run("doctor")
    assert ran.code == 1
    assert "nowhere can't be written (No such file or directory)" in ran.complained


@pytest.mark.django_db
def test_a_database_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(_connection: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(doctor, "MigrationExecutor", silent)
    ran = run("doctor")
    assert ran.code == 1
    assert "The database does not answer (connection refused): check DESTRABA_DATABASE_URL." in ran.complained


@pytest.mark.django_db
def test_a_database_behind_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.MigrationExecutor, "migration_plan", lambda *_args: [object(), object()])
    ran = run("doctor")
    assert "2 migrations are not applied: run destraba prepare." in ran.complained


@pytest.mark.django_db
def test_a_write_ahead_log_that_could_corrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_uses_wal", lambda: True)
    monkeypatch.setattr(doctor, "wal_is_safe", lambda: False)
    assert "must not use WAL: restart to switch it off." in run("doctor").complained


def test_a_database_that_can_not_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def readonly(*_args: object, **_options: object) -> None:
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(prepare, "call_command", readonly)
    ran = run("prepare")
    assert ran.code == 1
    assert ran.complained.startswith("The database can't be written (attempt to write a readonly database).")


def test_preparing_is_safe_at_every_start(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_options: called.append(name))
    assert run("prepare").code == 0
    assert called == ["migrate", "createcachetable", "collectstatic"]
