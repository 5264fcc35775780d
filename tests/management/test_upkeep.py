"""`destraba verify`, `doctor`, `prepare`: whether an installation is sound, and making it so."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.db import connection
from django.db.utils import OperationalError
from django.utils import timezone

from destraba.actions.jobs import enqueue
from destraba.actions.mesas import start_following_up
from destraba.jobs import presence, timetable
from destraba.ledger import triggers
from destraba.management.commands import doctor, prepare
from destraba.models import Commitment, Job, Mesa, SearchEntry, Turn
from destraba.rules.lights import Light
from destraba.rules.operations.jobs import UNSERVED, JobState
from destraba.values.fuzzy_dates import read
from tests import factories
from tests.exchange.matrix.tables import FIRST, bring
from tests.factories import NOW, Cast
from tests.management.running import run


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


def test_the_search_is_made_anew(cast: Cast) -> None:
    factories.problem(cast, "El flete sube")
    known = SearchEntry.objects.count()
    SearchEntry.objects.all().delete()
    told = run("doctor")
    assert told.code == 1
    assert "The search does not know every record: run destraba search-rebuild." in told.complained
    ran = run("search_rebuild")
    assert (ran.code, ran.said) == (0, f"{known} records can be found.\n")
    assert SearchEntry.objects.count() == known
    assert "search" not in run("doctor").complained


def test_a_version_that_reads_words_otherwise_makes_it_anew_by_itself(cast: Cast) -> None:
    SearchEntry.objects.update(edition=0)
    run("prepare")
    assert not SearchEntry.objects.filter(edition=0).exists()


@pytest.mark.django_db
def test_a_sound_installation() -> None:
    ran = run("doctor")
    assert (ran.code, ran.complained) == (0, "")
    assert ran.said.endswith("Everything is in order.\n")
    listed = {line.split()[0] for line in ran.said.splitlines() if line.startswith("  ")}
    assert listed >= {"DESTRABA_DATABASE_URL", "DESTRABA_HOME", "DESTRABA_EMAIL_URL", "DESTRABA_LOG_LEVEL"}


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


@pytest.mark.django_db
def test_preparing_is_safe_at_every_start(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_options: called.append(name))
    assert run("prepare").code == 0
    assert called == ["migrate", "createcachetable", "collectstatic"]


def test_a_tick_turns_the_lights_whose_day_has_come(cast: Cast) -> None:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    owed = factories.commitment(factories.problem(cast), owner=cast.serfor, due=read("31/08/2017"))
    ran = run("tick", "--now", "2017-12-31T08:00-05:00")
    assert (ran.code, ran.said) == (0, "1 light looked at.\n")
    owed.refresh_from_db()
    assert owed.light == Light.AMBER


def test_a_tick_does_what_is_due_and_what_waits(cast: Cast) -> None:
    waits = enqueue("tidy", now=NOW)
    ran = run("tick", "--now", "2017-12-31T08:00-05:00")
    assert (ran.code, ran.complained) == (0, "")
    waits.refresh_from_db()
    assert waits.state == JobState.SUCCEEDED
    assert set(Turn.objects.values_list("last_run", flat=True)) == {datetime(2017, 12, 31, 13, tzinfo=UTC)}
    assert not Job.objects.exclude(state=JobState.SUCCEEDED).exists()


@pytest.mark.django_db
def test_doctor_says_whether_anybody_works() -> None:
    assert "No worker was ever heard" in run("doctor").said
    presence.say("wanda", timezone.now() - timedelta(minutes=20))
    ran = run("doctor")
    assert ran.code == 0
    assert "A worker was heard 20 minutes ago." in ran.said


@pytest.mark.django_db
def test_doctor_sees_that_work_is_stuck() -> None:
    timetable.announce(now=timezone.now() - UNSERVED)
    ran = run("doctor")
    assert ran.code == 1
    assert "Work is due and nobody does it" in ran.complained
    presence.say("wanda", timezone.now())
    Job.objects.create(name="tidy", created_at=NOW, run_after=NOW, state=JobState.FAILED)
    assert "Some work failed for good: the administrator finds it at /jobs/." in run("doctor").complained


@pytest.mark.parametrize("moment", ["mañana", "2017-12-31", "2017-12-31T08:00"])
def test_a_tick_takes_a_moment_with_its_zone(moment: str) -> None:
    with pytest.raises(CommandError, match="2017-06-30T08:00-05:00"):
        run("tick", "--now", moment)


@pytest.mark.django_db
def test_a_demo_that_everybody_can_enter_is_not_loaded_in_production(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "IS_PRODUCTION", True)
    ran = run("demo")
    assert (ran.code, ran.said) == (1, "")
    assert "DESTRABA_ENV is production" in ran.complained
    assert not Mesa.objects.exists()


@pytest.mark.django_db
def test_doctor_sees_what_lies_open(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    lax = {"HOME": tmp_path, "IS_PRODUCTION": True, "SITE_URL": "http://mesas.example", "ALLOWED_HOSTS": []}
    for name, value in lax.items():
        monkeypatch.setattr(settings, name, value)
    complained = run("doctor").complained
    assert "chmod 700" in complained
    assert "DESTRABA_URL is not an https address" in complained
    assert "DESTRABA_HOSTS names no host" in complained
